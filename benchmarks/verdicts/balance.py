"""Equal mean scores must not fail, unequal ones not pass: few people, skewed scores."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import DAY, gate, names, table
from benchmarks.verdicts.section import Section, View
from fairaudit.core.cells import Cells
from fairaudit.core.requirements import Requirements
from fairaudit.criteria.scored_groups import scored_groups
from fairaudit.policy.judging import judge
from fairaudit.tally.counts import Key
from fairaudit.tally.profile import ScoreProfile, ScoreTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np

    Array = np.ndarray[tuple[int], np.dtype[np.float64]]
    Draw = Callable[[np.random.Generator, int], Array]

ID = "balance"
CRITERION = "balance_for_the_positive_class"
ALLOWED = 0.05
FEW = (10, 20, 60, 200, 1_000)
MANY = (100, 300, 1_000, 3_000)


def section() -> Section:
    """Give equal scores, then true gaps, then how many people a pass takes."""
    return Section(
        id=ID,
        title="Mean scores: balance for the positive and the negative class",
        text=(
            "All people have the same outcome, and their scores lie between 0 and 1. Every "
            "limit is that of Gaffke for a bounded mean, joined for two groups by MOVER. "
            "Where scores are drawn alike in every group a verdict of *fail* at tolerance "
            "0 is false. Where the true mean scores of two groups differ by exactly the "
            "tolerance a *pass* is false; the second group has the skewed scores, that of "
            "0.9 being rare, and is the smaller one. Last, groups that do not differ: how "
            "often they pass at tolerance 0.05, where nothing is claimed."
        ),
        views=(
            View(
                rows=("scores", "groups"),
                across="people",
                where={"seen": "fails"},
                title="Equal scores that fail, by people in the first and the others",
            ),
            View(
                rows=("scores", "tolerance"),
                across="people",
                where={"seen": "passes unfounded"},
                title="True gaps that pass, by people in the first and the second group",
            ),
            View(
                rows=("scores",),
                across="people",
                where={"seen": "passes"},
                title="Equal scores that pass at tolerance 0.05, by people in each of two",
            ),
        ),
        cases=(*_equal(), *_apart(), *_enough()),
    )


def _beta(a: float, b: float) -> Draw:
    """Draw from a Beta distribution."""
    return lambda rng, people: rng.beta(a, b, people)


def _rarely(share: float) -> Draw:
    """Draw 0.02, and 0.9 with a small probability."""
    return lambda rng, people: 0.02 + 0.88 * (rng.random(people) < share)


ALIKE: dict[str, Draw] = {
    "Beta(0.3, 3)": _beta(0.3, 3),
    "Beta(0.1, 1)": _beta(0.1, 1),
    "Beta(0.5, 0.5)": _beta(0.5, 0.5),
    "0.02, 5 % 0.9": _rarely(0.05),
}


def _equal() -> Iterator[Case]:
    """The same distribution in two groups or in six."""
    sizes = ((2, 20, 20), (2, 2_000, 20), (2, 1_000, 100), (6, 2_000, 10), (6, 2_000, 30))
    for (scores, draw), (groups, first, others) in product(ALIKE.items(), sizes):
        people = [first, *[others] * (groups - 1)]
        yield _case(
            {
                "scores": scores,
                "groups": str(groups),
                "people": f"{first:,} and {others:,}",
            },
            [draw] * groups,
            people,
            tolerance=0.0,
            status="fail",
            watched=Watched(settings={"seen": "fails"}, what="fails", bound=ALLOWED),
            weight=0.5 if groups > 2 else 1.0,
        )


def _apart() -> Iterator[Case]:
    """A true gap of exactly the tolerance."""
    for tolerance, few in product((0.05, 0.1), FEW):
        pairs = {
            "0.02, and now and then 0.9": (_rarely(0), _rarely(tolerance / 0.88)),
            "Beta of means 0.1 and more": (
                _beta(0.3, 2.7),
                _beta(3 * (0.1 + tolerance), 3 * (0.9 - tolerance)),
            ),
            "Beta(2, 4) and more": (
                _beta(2, 4),
                _beta(2 + 6 * tolerance, 4 - 6 * tolerance),
            ),
        }
        for scores, draws in pairs.items():
            yield _case(
                {
                    "scores": scores,
                    "tolerance": f"{tolerance:g}",
                    "people": f"500 and {few:,}",
                },
                list(draws),
                [500, few],
                tolerance=tolerance,
                status="pass",
                watched=Watched(
                    settings={"seen": "passes unfounded"},
                    what="passes unfounded",
                    bound=ALLOWED,
                ),
            )


def _enough() -> Iterator[Case]:
    """No difference, and more and more people."""
    shapes = {**ALIKE, "Beta(2, 4)": _beta(2, 4), "0.5 for all": lambda _, n: _half(n)}
    for (scores, draw), people in product(shapes.items(), MANY):
        yield _case(
            {"scores": scores, "people": f"{people:,}"},
            [draw, draw],
            [people, people],
            tolerance=0.05,
            status="pass",
            watched=Watched(settings={"seen": "passes"}, what="passes", side="at least"),
            weight=0.5,
        )


def _half(people: int) -> Array:
    """Give everybody 0.5."""
    import numpy as np

    return np.full(people, 0.5)


def _case(
    settings: dict[str, str],
    draws: list[Draw],
    people: list[int],
    *,
    tolerance: float,
    status: Literal["fail", "pass"],
    watched: Watched,
    weight: float = 1.0,
) -> Case:
    """Put a case together."""

    def trial(rng: np.random.Generator) -> list[float]:
        scores = [draw(rng, n) for draw, n in zip(draws, people, strict=True)]
        return [float(_judged(scores, tolerance) == status)]

    return Case(
        section=ID, settings=settings, watched=(watched,), trial=trial, weight=weight
    )


def _judged(scores: list[Array], tolerance: float) -> str:
    """Judge groups of people with a positive label as the command does."""
    groups = names(len(scores))
    profile = ScoreProfile(
        attributes=("group",),
        tables={
            Key(groups=(name,)): _counted(one)
            for name, one in zip(groups, scores, strict=True)
        },
    )
    made = table([Cells(tp=len(one)) for one in scores])
    (verdict,) = judge(
        [made],
        Requirements(criteria=(gate(CRITERION, tolerance),)),
        favourable=None,
        seed=0,
        today=DAY,
        scores=[scored_groups(profile, made)],
    )
    return verdict.status


def _counted(scores: Array) -> ScoreTable:
    """Count people by score."""
    import numpy as np

    levels, people = np.unique(scores, return_counts=True)
    return ScoreTable(
        scores=levels, positives=people, negatives=people * 0, unlabelled=people * 0
    )
