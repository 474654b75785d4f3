"""The command: `fairaudit`, one file per verb."""
