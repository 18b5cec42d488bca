"""The pages for people: an answer, the quotations, and the document with the quote marked."""
