"""Whatever combines rooms: the audit of a table, from reading it to its report."""
