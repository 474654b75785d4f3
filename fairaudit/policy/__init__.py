"""What is required of an audit, and what the evidence makes of it."""
