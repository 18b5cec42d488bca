"""Public test collections, through the same index and search code as the documents."""
