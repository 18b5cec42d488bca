"""A question's vector and tokens: read once, together with others, whole where it is long."""
