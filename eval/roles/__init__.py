"""How well the roles of sentences, items and rows are told, against labels made by hand."""
