"""Pieces of the page in Markdown."""
