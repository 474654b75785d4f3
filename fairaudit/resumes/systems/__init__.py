"""Systems under audit: what is put to them, and what they reply."""
