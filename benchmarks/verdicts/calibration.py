"""Scores that mean what they say must not fail, and scores that do not must be found."""

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
    from collections.abc import Callable

    import numpy as np

    from benchmarks.verdicts.case import Trial

    Array = np.ndarray[tuple[int], np.dtype[np.float64]]

ID = "calibration"
ALLOWED = 0.05
FOUND = 0.95
CRITERIA = ("calibration_within_groups", "test_fairness")
SIZES = (100, 300, 1_000, 3_000, 10_000)
SCORES: dict[str, tuple[tuple[float, float], ...]] = {
    "alike": ((1, 1), (1, 1)),
    "unlike": ((2, 4), (4, 2)),
    "rare": ((0.5, 20), (1, 15)),
    "six, unlike": ((2, 4), (4, 2), (1, 1), (2, 2), (1, 3), (3, 1)),
}
"""Parameters of the Beta distribution that each group's scores are drawn from."""

CHANCES: dict[str, Callable[[Array], Array]] = {
    "calibrated": lambda scores: scores,
    "tilted": lambda scores: scores + 0.15 * (1 - 2 * scores),
    "off by 0.1": lambda scores: scores + 0.1,
}
"""What the last group's chances are, by its scores; the others' are their scores."""

Watch = tuple[str, Literal["fail", "pass"], float, Literal["at most", "at least"], float]
"""Chances, the status watched for, the tolerance, and what its share must be."""

FAIR: Watch = ("calibrated", "fail", 0.0, "at most", ALLOWED)
TILTED: Watch = ("tilted", "fail", 0.05, "at least", FOUND)
SHIFTED: Watch = ("off by 0.1", "pass", 0.1, "at most", ALLOWED)


def section() -> Section:
    """Give calibrated scores at every size, then tilted and shifted ones."""
    return Section(
        id=ID,
        title="Scores: calibration within groups and test fairness",
        text=(
            "Calibrated: everybody's chance is their score, in every group; a verdict of "
            "*fail* at tolerance 0 is false. Groups may have very different scores, which "
            "must not be taken for different chances at the same score. Tilted: in the "
            "last group chances run from 0.15 above the lowest score to 0.15 below the "
            "highest, and must be found to be more than 0.05 off. Off by 0.1: in the last "
            "group chances are 0.1 above the scores, and a *pass* at tolerance 0.1 is "
            "false."
        ),
        views=tuple(
            View(
                rows=("criterion", "scores"),
                across="people",
                where={"chances": chances},
                title=title,
            )
            for chances, title in (
                ("calibrated", "Calibrated scores that fail, by people in each group"),
                ("tilted", "Tilted scores that fail"),
                ("off by 0.1", "Scores off by the tolerance that pass"),
            )
        ),
        cases=(
            *(_case(scores, size, FAIR) for scores, size in product(SCORES, SIZES)),
            _case("alike", 5_000, TILTED),
            *(_case("low", size, SHIFTED) for size in SIZES),
        ),
    )


def _case(scores: str, people: int, watch: Watch) -> Case:
    """Make one setting; both criteria are judged on the same people."""
    chances, status, tolerance, side, bound = watch
    shapes = SCORES.get(scores, ((2, 4), (2, 4)))

    def trial(rng: np.random.Generator) -> list[float]:
        found = _judged(rng, shapes, people, CHANCES[chances], tolerance)
        return [float(one == status) for one in found]

    watched: Trial = trial
    return Case(
        section=ID,
        settings={"scores": scores, "people": f"{people:,}", "chances": chances},
        watched=tuple(
            Watched(
                settings={"criterion": criterion, "tolerance": f"{tolerance:g}"},
                what=f"{status}es" if status == "pass" else f"{status}s",
                side=side,
                bound=bound,
            )
            for criterion in CRITERIA
        ),
        trial=watched,
        weight=0.3 if people == SIZES[-1] and len(shapes) > 2 else 1.0,
    )


def _judged(
    rng: np.random.Generator,
    shapes: tuple[tuple[float, float], ...],
    people: int,
    chances: Callable[[Array], Array],
    tolerance: float,
) -> list[str]:
    """Draw people, and judge each criterion by itself as the command does."""
    groups = names(len(shapes))
    drawn = {
        name: _drawn(rng, shape, people, chances if name == groups[-1] else None)
        for name, shape in zip(groups, shapes, strict=True)
    }
    profile = ScoreProfile(
        attributes=("group",),
        tables={Key(groups=(name,)): scores for name, scores in drawn.items()},
    )
    made = table([Cells(tp=people)] * len(shapes))
    scores = [scored_groups(profile, made)]
    return [
        judge(
            [made],
            Requirements(criteria=(gate(criterion, tolerance),)),
            favourable=None,
            seed=0,
            today=DAY,
            scores=scores,
        )[0].status
        for criterion in CRITERIA
    ]


def _drawn(
    rng: np.random.Generator,
    shape: tuple[float, float],
    people: int,
    chances: Callable[[Array], Array] | None,
) -> ScoreTable:
    """Draw scores of three decimals, and what happens to those who have them."""
    import numpy as np

    scores = rng.beta(*shape, people).round(3)
    chance = scores if chances is None else np.clip(chances(scores), 0, 1)
    happened = rng.random(people) < chance
    levels, places = np.unique(scores, return_inverse=True)
    positives = np.bincount(places, happened, len(levels)).astype(np.int64)
    everybody = np.bincount(places, minlength=len(levels))
    return ScoreTable(
        scores=levels,
        positives=positives,
        negatives=everybody - positives,
        unlabelled=everybody * 0,
    )
