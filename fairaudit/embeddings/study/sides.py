"""Vectors looked at side by side: before and after debiasing, or one file and another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate
from fairaudit.core.measurement import Measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fairaudit.core.finding import Finding
    from fairaudit.core.measurement import Passages
    from fairaudit.embeddings.embedding import Embedding
    from fairaudit.embeddings.word_sets import WordSet

BEFORE, AFTER = "before", "after"

_ROUNDING = 1e-7
"""What debiasing took away comes back as large as this from numbers stored in float32."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """One embedding, and what its rows are called where there are several."""

    label: str | None
    embedding: Embedding

    @property
    def named(self) -> str:
        """Name it in a sentence."""
        return self.label or self.embedding.name


Sides = tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Section:
    """What one question found: findings, texts, and the numbers that can be gated.

    `numbers` are of the last side, which is the one that would be used; `chance` has what
    some of them would be if the words were divided by chance. `lists` were looked up, and
    what they lost is shown once for all sections.
    """

    findings: tuple[Finding, ...] = ()
    passages: tuple[Passages, ...] = ()
    numbers: dict[str, Estimate] = field(default_factory=dict)
    chance: dict[str, tuple[float, ...]] = field(default_factory=dict)
    lists: tuple[WordSet, ...] = ()


def joined(sections: Iterable[Section]) -> Section:
    """Put what several questions found into one."""
    found = tuple(sections)
    return Section(
        findings=tuple(one for section in found for one in section.findings),
        passages=tuple(one for section in found for one in section.passages),
        numbers={
            name: number for section in found for name, number in section.numbers.items()
        },
        chance={name: drawn for section in found for name, drawn in section.chance.items()},
        lists=tuple(words for section in found for words in section.lists),
    )


def single(embedding: Embedding) -> Sides:
    """Look at one embedding alone."""
    return (Side(label=None, embedding=embedding),)


def before_and_after(before: Embedding, after: Embedding) -> Sides:
    """Look at the same words before and after debiasing."""
    return (Side(label=BEFORE, embedding=before), Side(label=AFTER, embedding=after))


def attempted(measure: Callable[[Embedding], Estimate], embedding: Embedding) -> Estimate:
    """Measure; where the words for it are not there, say why there is no number.

    A number no larger than rounding is 0: debiased vectors have no part along the
    direction, and not 1e-17 of it.
    """
    try:
        found = measure(embedding)
    except InputError as error:
        return Estimate.undefined(str(error).removesuffix("."))
    if found.value is not None and abs(found.value) <= _ROUNDING:
        return Estimate(value=0.0)
    return found


def measured(
    sides: Sides, name: str, measure: Callable[[Embedding], Estimate]
) -> tuple[Measured, ...]:
    """Measure one thing on every side: a row each."""
    return tuple(
        Measured(name=name, estimate=attempted(measure, side.embedding), group=side.label)
        for side in sides
    )


def written(estimate: Estimate, places: int = 2) -> str:
    """Write a number into a sentence, with its interval."""
    if estimate.value is None:
        return f"undefined ({estimate.undefined_because})"
    # Adding 0 turns the -0.00 of a rounded number into 0.00.
    text = f"{round(estimate.value, places) + 0:.{places}f}"
    interval = estimate.interval
    if interval is None or interval.low is None or interval.high is None:
        return text
    low, high = (round(end, places) + 0 for end in (interval.low, interval.high))
    return f"{text} [{low:.{places}f}, {high:.{places}f}]"


def each_side(sides: Sides, texts: Iterable[str]) -> str:
    """Write one text per side: "0.17 before, 0.00 after"."""
    return ", ".join(
        text if side.label is None else f"{text} {_phrase(side.label)}"
        for side, text in zip(sides, texts, strict=True)
    )


def _phrase(label: str) -> str:
    """Say where a number is from."""
    return label if label in (BEFORE, AFTER) else f"in {label}"
