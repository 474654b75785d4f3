"""Training under fairness constraints, ours and the peers', judged on rows held out."""
