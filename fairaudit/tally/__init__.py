"""Counted cells, and the rates that are sums of them divided by sums of them."""
