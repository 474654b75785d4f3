"""Criteria of fairness, each a value in one file, and how far a table is from them."""
