"""A part of the printed page: its cases, what it says of them, and how its tables lie."""

from __future__ import annotations

from benchmarks.verdicts.case import Case
from fairaudit.core.value import value


@value
class View:
    """One table of a section: a row per combination of `rows`, the worst of all others.

    `across` names the setting that gets a column per value; `where` keeps some results.
    """

    rows: tuple[str, ...]
    across: str
    where: dict[str, str]
    title: str = ""


@value
class Section:
    """One thing the verdicts are held to, with everything simulated for it.

    Its numbers are shares, written in percent, unless `percent` is false.
    """

    id: str
    title: str
    text: str
    views: tuple[View, ...]
    cases: tuple[Case, ...]
    percent: bool = True
