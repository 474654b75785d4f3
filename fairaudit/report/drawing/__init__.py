"""Drawing with matplotlib: the same look for every picture, and its way into a page."""
