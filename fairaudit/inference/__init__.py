"""Intervals, tests and sample sizes for shares of people."""
