"""What is found in word vectors, put as findings of a report: one file per question."""
