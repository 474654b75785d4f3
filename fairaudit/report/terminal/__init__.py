"""Laying text out in the cells of a terminal."""
