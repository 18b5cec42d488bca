"""The addresses: questions, documents and passages, the machine's health, the pages."""
