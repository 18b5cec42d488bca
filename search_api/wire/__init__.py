"""The wire: what may be asked, what is answered, and how nouns become JSON; it knows no HTTP."""
