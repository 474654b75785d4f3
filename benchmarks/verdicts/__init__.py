"""Simulated audits: how often verdicts are wrong, and how often one is given."""
