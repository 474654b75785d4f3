"""One quantity measured of several things, where the evidence is no table of decisions."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.estimate import Estimate
from fairaudit.core.value import value


@value
class Measured:
    """What one thing measures: a test, a word, a model, an arm of a study.

    `group` tells rows of one name apart, such as "before" and "after". `p_value` is as
    corrected as the measurement's `method` says.
    """

    name: str
    estimate: Estimate
    group: str | None = None
    p_value: float | None = None
    remark: str | None = None


@value
class Band:
    """A range the numbers are held against, such as a placebo's floor or a margin."""

    title: str
    low: float
    high: float


@value
class Measurement:
    """One quantity, measured of several things in one unit: a table and a picture.

    Attributes
    ----------
    title : str
        What is shown, as a heading.
    quantity : str
        What a number is, and its unit.
    rows : tuple of Measured
        In the order they are shown.
    neutral : float or None
        The value that means no difference, where there is one.
    bands : tuple of Band
        What the numbers are held against.
    method : str or None
        How intervals and p-values were made, and what they are corrected for.
    places : int
        Decimals that are worth showing.
    """

    kind: Literal["measurement"] = "measurement"
    title: str
    quantity: str
    rows: tuple[Measured, ...]
    neutral: float | None = None
    bands: tuple[Band, ...] = ()
    method: str | None = None
    places: int = 2


@value
class Passages:
    """Texts side by side, such as two answers or the words that were used and lost."""

    kind: Literal["passages"] = "passages"
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
