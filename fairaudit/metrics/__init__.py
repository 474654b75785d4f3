"""Rates by group, with how sure they are."""
