"""One file per format; each renders a report to text and knows no analysis."""
