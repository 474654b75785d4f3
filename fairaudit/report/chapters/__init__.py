"""What follows the first page: one file per chapter, with a template of the same name.

A module here is found by being there. It has `PLACE` (chapters stand in this order),
`TITLE` and `content(part, run)`, which gives what `templates/chapters/NAME.html` lays out,
or `None` where the audit has nothing for it.
"""
