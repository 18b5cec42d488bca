"""The addresses: one module for the API, one for the machine's health, one for the pages."""
