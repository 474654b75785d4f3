"""One file per picture: what it shows as numbers, and how these are drawn.

A module here is found by being there. It has `NAME`, `PLACE` (pictures stand in this
order), `CHAPTER` (of the page), `QUESTION` and `charts(part, table)`: frozen values that
hold everything drawn and draw it themselves.
"""
