"""Résumé counterfactuals: the same application, another name."""
