"""What each step of the search is worth: the same questions, one step more at a time."""
