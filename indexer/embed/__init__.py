"""Text to vectors: one protocol, and the runtimes that keep it."""
