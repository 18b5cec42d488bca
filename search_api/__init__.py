"""From a question to hits, an answer with citations, and the ways of asking."""
