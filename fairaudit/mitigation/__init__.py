"""Train under fairness constraints: before, within and after a model learns."""
