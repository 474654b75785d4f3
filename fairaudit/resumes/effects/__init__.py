"""The statistics of résumé counterfactuals: arrays and outcomes in, verdicts out."""
