"""What speaks for a passage, and the order that it makes: docs/retrieval.md tells the steps."""
