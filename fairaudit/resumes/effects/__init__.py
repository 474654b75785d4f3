"""What an implied group changed in a system's answers, with the name as the unit."""
