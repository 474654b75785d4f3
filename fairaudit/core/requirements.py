"""What is asked of an audit: criteria with tolerances, plain numbers, and exceptions."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.value import value


@value
class CriterionGate:
    """A criterion that must hold within a tolerance; judged by confidence limits.

    Under the measure "ratio" the tolerance is the smallest allowed ratio of the smaller to
    the larger rate, such as 0.8.
    """

    criterion: str
    tolerance: float
    measure: Literal["difference", "ratio"] = "difference"

    @property
    def text(self) -> str:
        """Say what is asked, by the criterion's id."""
        return f"{self.criterion} within {self.tolerance:g}"


@value
class NumberGate:
    """A plain number that must keep to a limit, read as a rule would read it.

    `limit` is kept as written, so that it is exact.
    """

    number: str
    relation: Literal[">=", "<="]
    limit: str
    attribute: str | None = None

    @property
    def text(self) -> str:
        """Write the gate as it is given on the command line."""
        where = f"{self.attribute}:" if self.attribute else ""
        return f"{where}{self.number}{self.relation}{self.limit}"


@value
class MarginGate:
    """An effect that must lie within a margin of none; judged by confidence limits.

    `unit` is what the margin is counted in, such as "points of a rating".
    """

    effect: str
    margin: float
    unit: str | None = None

    @property
    def text(self) -> str:
        """Say what is asked."""
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.effect} within {self.margin:g}{unit}"


@value
class Waiver:
    """An exception somebody answers for, until a day (ISO date, inclusive).

    `gate` is a criterion's id or a number gate's text; `attribute` narrows it to one table.
    """

    gate: str
    attribute: str | None = None
    owner: str
    reason: str
    expires: str


@value
class Requirements:
    """Everything asked of one audit, and why."""

    criteria: tuple[CriterionGate, ...] = ()
    numbers: tuple[NumberGate, ...] = ()
    margins: tuple[MarginGate, ...] = ()
    why: str | None = None
    min_group: int | None = None
    undecided: Literal["fail", "pass"] = "fail"
    waivers: tuple[Waiver, ...] = ()

    @property
    def anything(self) -> bool:
        """Tell whether anything is required at all."""
        return bool(self.criteria or self.numbers or self.margins)
