"""From a folder of governance documents to an immutable, searchable build."""
