"""A run: every call of a study put to a system once, whatever happens in between."""
