"""Dated practices: an audit's counts laid out as a rule or a guideline asks for them.

None of them is a criterion of fairness, none judges, and none is legal advice.
"""
