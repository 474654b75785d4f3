"""The pictures a report can show: every module of `plots` is one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.prices import Combination
from fairaudit.report import plots
from fairaudit.report.model import Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.figure import Figure

    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import AuditReport, DecisionAudit


class Chart(Protocol):
    """One picture of one table: its numbers, the same in words, and how it is drawn.

    `headings` and `rows` are the table that stands beside it.
    """

    @property
    def title(self) -> str:
        """Say what is shown."""

    @property
    def alt(self) -> str:
        """Say what there is to see, for those who do not see it."""

    @property
    def headings(self) -> Sequence[str]:
        """Name the columns of the table beside it."""

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """Give the numbers that are drawn."""

    def figure(self) -> Figure:
        """Draw it."""


class Picture(Protocol):
    """A module that draws one kind of picture."""

    NAME: str
    PLACE: int
    CHAPTER: str
    QUESTION: str

    def charts(self, part: DecisionAudit, table: GroupTable) -> Sequence[Chart]:
        """Give the charts of one table; none where there is nothing to draw."""


@cache
def pictures() -> dict[str, Picture]:
    """Find every picture by its name, in the order they stand in.

    Examples
    --------
    >>> list(pictures())[:2]
    ['rates', 'gaps']
    """
    found: list[Picture] = [
        import_module(f"{plots.__name__}.{module.name}")
        for module in iter_modules(plots.__path__)
    ]
    return {one.NAME: one for one in sorted(found, key=lambda one: one.PLACE)}


def plot(
    report: AuditReport, name: str, *, part: int = 0, attribute: str | None = None
) -> Figure:
    """Draw one picture of a report.

    Parameters
    ----------
    report : AuditReport
        The report.
    name : str
        Which picture, such as "rates" or "bill".
    part : int
        Which part of the report, counted from 0.
    attribute : str, optional
        Which of its tables; by default the first that has such a picture.

    Returns
    -------
    matplotlib.figure.Figure
        Not known to pyplot, so that nothing has to be closed.

    Raises
    ------
    InputError
        When there is no such picture, part or table, or nothing to draw.
    """
    if not 0 <= part < len(report.parts):
        raise InputError(
            f"plot: part must be from 0 to {len(report.parts) - 1}; got {part}."
        )
    audit = report.parts[part]
    if isinstance(audit, Study):
        return _of_study(audit, name)
    if name not in pictures():
        raise InputError(
            f"plot: picture {name!r} is not known. Pictures: {shown(pictures())}."
            f"{did_you_mean(name, pictures())}"
        )
    tables = _tables(audit, attribute)
    for table in tables:
        for chart in pictures()[name].charts(audit, table):
            return chart.figure()
    raise InputError(
        f"plot: this report has nothing to draw as {name!r}"
        f"{f' by {attribute}' if attribute else ''}: {_why_nothing(audit, name, tables)}."
    )


def _of_study(study: Study, name: str) -> Figure:
    """Draw what one finding of a study measured."""
    from fairaudit.report.drawing.measured import measured_charts
    from fairaudit.report.sections.studies import measurement_of

    charts = {
        finding.id: chart
        for finding in study.findings
        for chart in measured_charts(measurement_of(finding))
    }
    if name not in charts:
        raise InputError(
            f"plot: this part is a study, and {name!r} is none of its pictures. Pictures: "
            f"{shown(charts)}.{did_you_mean(name, charts)}"
        )
    return charts[name].figure()


def _tables(audit: DecisionAudit, attribute: str | None) -> Sequence[GroupTable]:
    """Choose the tables to look at."""
    if attribute is None:
        return audit.tables
    chosen = [table for table in audit.tables if table.attribute == attribute]
    if not chosen:
        known = [table.attribute for table in audit.tables]
        raise InputError(
            f"plot: attribute {attribute!r} is not in the report. Attributes: "
            f"{shown(known)}.{did_you_mean(attribute, known)}"
        )
    return chosen


def _why_nothing(audit: DecisionAudit, name: str, tables: Iterable[GroupTable]) -> str:
    """Say what a picture needs, or what stands in its way where that is there."""
    needed = _NEEDED.get(name, "no numbers")
    roles = audit.roles
    if name not in _OF_SCORES or roles.score is None or roles.label is None:
        return needed
    notes = {note.id: note.text.removesuffix(".") for note in audit.notes}
    reasons = ["scores_withheld", "too_many_scores"]
    if name != "roc_plane":  # drawn from the scores, without their prices
        reasons += [f"no_prices_{table.attribute}" for table in tables]
    for reason in reasons:
        if reason in notes:
            return notes[reason]
    if any(isinstance(finding.evidence, Combination) for finding in audit.findings):
        return "it is drawn from an audit, and this report answers one combination"
    return needed


_OF_SCORES = {"prices", "joint_gap", "roc_plane"}

_NEEDED = {
    "bill": "it needs two groups with every kind of decision, right and wrong",
    "joint_gap": "it needs a score and labels, and a rule that brings criteria together",
    "pairs": "it needs a required criterion and two groups",
    "prices": "it needs a score and labels",
    "roc_plane": "it needs a score and labels, and two groups with both outcomes",
}
"""What a picture needs."""
