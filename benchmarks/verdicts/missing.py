"""Missing values can hide a gap: a pass is given only where they could not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import gate, table, verdicts
from benchmarks.verdicts.section import Section, View
from fairaudit.core.cells import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

ID = "missing"
PEOPLE = 5000
RATE = 0.3


def section() -> Section:
    """Give the cases."""
    return Section(
        id=ID,
        title="Missing predictions",
        text=(
            "Groups of 5,000, selection rate 0.3. A pass is *unfounded* when more than 5 % "
            "of some group are missing and filling them in as selected in one group and as "
            "rejected in another would exceed the tolerance."
        ),
        views=(View(rows=("missing", "groups", "tolerance"), across="seen", where={}),),
        cases=(*_at_random(), _hidden_gap()),
    )


def _at_random() -> Iterator[Case]:
    """A fair model; whose prediction is missing does not depend on it."""
    for share, groups, tolerance, bound, side in (
        (0.03, 2, 0.1, 0.95, "at least"),
        (0.2, 2, 0.1, 0.0, "at most"),
        (0.2, 6, 0.1, 0.0, "at most"),
        (0.2, 2, 0.3, 0.95, "at least"),
        (0.2, 6, 0.3, 0.95, "at least"),
    ):
        lost = [(share, share)] * groups
        rates = [RATE] * groups
        yield _case(
            f"{100 * share:g} % at random",
            tolerance,
            rates,
            lost,
            Watched(
                settings={"seen": "passes"},
                what="passes",
                side=side,  # type: ignore[arg-type]
                bound=bound,
            ),
        )


def _hidden_gap() -> Case:
    """A true gap of 0.1; in the group selected more, most of the missing were selected."""
    return _case(
        "hides a gap of 0.1",
        0.1,
        [RATE + 0.1, RATE],
        [(0.3, 0.05), (0.06, 0.06)],
        Watched(settings={"seen": "passes"}, what="passes", bound=0.0),
    )


def _case(
    missing: str,
    tolerance: float,
    rates: Sequence[float],
    lost: Sequence[tuple[float, float]],
    passes: Watched,
) -> Case:
    """Put a case together; `lost` is the share missing of the selected and the rejected."""

    def trial(rng: np.random.Generator) -> list[float]:
        cells = [
            _with_missing(rng, rate, share) for rate, share in zip(rates, lost, strict=True)
        ]
        (verdict,) = verdicts([table(cells)], gate("demographic_parity", tolerance))
        passed = verdict.status == "pass"
        return [float(passed), float(passed and _could_hide(cells, tolerance))]

    return Case(
        section=ID,
        settings={
            "missing": missing,
            "groups": str(len(rates)),
            "tolerance": f"{tolerance:g}",
        },
        watched=(
            passes,
            Watched(
                settings={"seen": "passes unfounded"}, what="passes unfounded", bound=0.0
            ),
        ),
        trial=trial,
    )


def _with_missing(
    rng: np.random.Generator, rate: float, lost: tuple[float, float]
) -> Cells:
    """Draw a group, then lose some of the predictions."""
    selected = int(rng.binomial(PEOPLE, rate))
    kept = int(rng.binomial(selected, 1 - lost[0]))
    left = int(rng.binomial(PEOPLE - selected, 1 - lost[1]))
    return Cells(
        unlabelled_selected=kept,
        unlabelled_rejected=left,
        blank=PEOPLE - kept - left,
    )


def _could_hide(cells: Sequence[Cells], tolerance: float) -> bool:
    """Fill in as badly as can be, and leave sampling error out of it."""
    if all(one.blank <= 0.05 * PEOPLE for one in cells):
        return False
    most = [(one.unlabelled_selected + one.blank) / PEOPLE for one in cells]
    least = [one.unlabelled_selected / PEOPLE for one in cells]
    return any(
        high - low > tolerance
        for place, high in enumerate(most)
        for other, low in enumerate(least)
        if place != other
    )
