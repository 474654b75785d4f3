"""Dated practices added to an audit: which columns they need, and what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.spelling import option
from fairaudit.practices.categories import Category, categories_of, table_of, unknown_in
from fairaudit.practices.four_fifths import four_fifths
from fairaudit.practices.ll144 import CategoryTable, ll144

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.report.model import DecisionAudit, Study
    from fairaudit.tally.profile import ScoreProfile

PRACTICES = ("four_fifths", "ll144")

_CROSS = "×"


def practices_named(names: Sequence[str]) -> tuple[str, ...]:
    """Check which practices are asked for; a hyphen does for an underscore."""
    chosen = tuple(dict.fromkeys(name.replace("-", "_") for name in names))
    for name in chosen:
        if name not in PRACTICES:
            raise InputError(
                f"practice {name!r} is not known. Practices: {shown(PRACTICES)}."
                f"{did_you_mean(name, PRACTICES)}"
            )
    return chosen


def groups_needed(
    practices: Sequence[str], groups: Sequence[str], *, sex: str | None, race: str | None
) -> tuple[str, ...]:
    """Which groups must be counted for the practices, beside those asked for?

    Parameters
    ----------
    practices : sequence of str
        As `practices_named` gives them.
    groups : sequence of str
        Groups asked for.
    sex, race : str, optional
        The columns of New York's categories.

    Returns
    -------
    tuple of str
        The groups, with sex, race and their crossing where New York's tables are made.

    Raises
    ------
    InputError
        When those tables are asked for without their columns.
    """
    if "ll144" not in practices:
        return tuple(groups)
    if sex is None or race is None:
        raise InputError(
            "practice ll144: its tables are by sex, by race or ethnicity, and by both. "
            f"Name the columns: {option('sex', 'COLUMN')} and {option('race', 'COLUMN')}."
        )
    return tuple(dict.fromkeys((*groups, sex, race, f"{sex}{_CROSS}{race}")))


def practice_parts(
    part: DecisionAudit,
    profile: ScoreProfile | None,
    practices: Sequence[str],
    *,
    sex: str | None,
    race: str | None,
    today: str,
) -> Iterator[Study]:
    """Lay an audit out as the practices want it.

    Parameters
    ----------
    part : DecisionAudit
        The audit.
    profile : ScoreProfile, optional
        People by score, for scoring rates.
    practices : sequence of str
        As `practices_named` gives them.
    sex, race : str, optional
        The columns of New York's categories.
    today : str
        The day, an ISO date.

    Yields
    ------
    Study
        One per practice; of New York's tables one of selection and one of scoring rates,
        as far as there are decisions and scores.
    """
    if "four_fifths" in practices:
        yield four_fifths(part, today=today)
    if "ll144" not in practices or sex is None or race is None:
        return
    asked = {"sex": (sex,), "race or ethnicity": (race,), "both": (sex, race)}
    if part.roles.prediction is not None or profile is None:
        yield ll144(
            part,
            tuple(_selected(part, title, columns) for title, columns in asked.items()),
            kind="selection",
            today=today,
        )
    if profile is not None:
        yield _scoring(part, profile, asked, today)


def _selected(part: DecisionAudit, title: str, columns: tuple[str, ...]) -> CategoryTable:
    """Count who was selected."""
    table = table_of(part, columns)
    return CategoryTable(
        title=f"Selection rates by {title}",
        attribute=table.attribute,
        categories=categories_of(table, part.roles.favourable),
        unknown=unknown_in(table),
    )


def _scoring(
    part: DecisionAudit,
    profile: ScoreProfile,
    asked: dict[str, tuple[str, ...]],
    today: str,
) -> Study:
    """Count who scored strictly above the full sample's median."""
    if profile.bits is not None:
        raise InputError(
            "practice ll144: there are too many distinct scores to count each, and the "
            "share above the median must be exact. Round the scores, to three decimals say."
        )
    median = _median(profile)
    tables = []
    for title, columns in asked.items():
        by_group = profile.by(columns)
        tables.append(
            CategoryTable(
                title=f"Scoring rates by {title}",
                attribute=table_of(part, columns).attribute,
                categories=tuple(
                    Category(
                        name=name,
                        people=int(of.people.sum()),
                        favoured=int(of.people[:, of.scores > median].sum()),
                    )
                    for name, of in sorted(by_group.items(), key=lambda one: one[0] or "")
                    if name is not None
                ),
                unknown=sum(
                    int(of.people.sum()) for name, of in by_group.items() if name is None
                ),
            )
        )
    return ll144(part, tuple(tables), kind="scoring", today=today, median=median)


def _median(profile: ScoreProfile) -> float:
    """Give the median score of everybody who has one."""
    import numpy as np

    (everybody,) = profile.by(()).values()
    people = everybody.people.sum(axis=0)
    below = np.cumsum(people)
    total = int(below[-1])
    low, high = (
        float(everybody.scores[np.searchsorted(below, place + 1)])
        for place in ((total - 1) // 2, total // 2)
    )
    return (low + high) / 2
