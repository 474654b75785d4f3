"""The measures behind `speed.py`, one file each, and what they are made with."""
