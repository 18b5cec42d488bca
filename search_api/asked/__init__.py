"""What a question asks for, and what sort of sentence can answer it; it knows no documents."""
