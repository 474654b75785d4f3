"""The report every audit ends in, and the formats it is written in."""
