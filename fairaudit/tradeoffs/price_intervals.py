"""How sure a price is: people redrawn, rules and shadow prices held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.estimate import Interval
from fairaudit.inference.multinomial import percentile_interval
from fairaudit.tradeoffs.redrawn import redraw

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.hull import Steps
    from fairaudit.feasibility.shadow_prices import Shadow
    from fairaudit.tradeoffs.redrawn import Redrawn, Rule

    Array = NDArray[np.float64]

METHOD = (
    "people redrawn (multinomial over group, outcome and score), rules and shadow prices "
    "held (envelope theorem), percentiles"
)


def intervals(
    groups: Sequence[Steps],
    priced: Sequence[tuple[Shadow | None, Rule | None]],
    *,
    present: Rule | None,
    draws: int,
    rng: np.random.Generator,
) -> list[Interval | None]:
    """Between which limits would prices and gaps lie in other samples of these people?

    Parameters
    ----------
    groups : sequence of Steps
        People by score.
    priced : sequence of (Shadow or None, rule or None)
        Optima with their rules. The first is the cost of the best rule that need keep no
        criterion: other costs are given as what they exceed it by. Excesses stand alone.
    present : mapping of str to tuple of Part, optional
        Today's decisions, whose selection rate is held in every sample; without them it is
        held at the one counted.
    draws : int
        How many samples.
    rng : numpy.random.Generator
        Source of the draws.

    Returns
    -------
    list of Interval or None
        Of a loss or a gap, never below 0; `None` without a shadow or draws. They are
        about the sampling of people, for rules chosen in sample: they do not say how much
        of a price is luck of the choice.
    """
    if not draws:
        return [None] * len(priced)
    rules = [made for _, made in priced if made is not None]
    people = redraw(groups, [*rules, *([present] if present else [])], draws=draws, rng=rng)
    moves = [_move(people, present, *one) for one in priced]
    found: list[Interval | None] = []
    for (worth, _), move in zip(priced, moves, strict=True):
        if worth is None or move is None:
            found.append(None)
        elif worth.goal == "excess":
            found.append(_limits(move))
        else:
            free = moves[0]
            assert free is not None
            found.append(_limits(move - free))
    return found


def _move(
    people: Redrawn, present: Rule | None, worth: Shadow | None, made: Rule | None
) -> Array | None:
    """Where does one optimum lie in each sample?"""
    import numpy as np

    if worth is None or made is None:
        return None
    portions = people.portions
    held = np.zeros(len(portions))
    if present is not None:
        held = (portions * people.cells(present)[..., :2].sum(axis=2)).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        charged = worth.charged(people.cells(made), portions, held)
    return np.asarray(worth.attained + charged[1:] - charged[0])


def _limits(samples: Array) -> Interval | None:
    """Give the limits of what cannot be negative."""
    import numpy as np

    finite = samples[np.isfinite(samples)]
    if len(finite) < len(samples) / 2:
        return None
    found = percentile_interval(np.maximum(finite, 0.0))
    return Interval(
        low=found.low, high=found.high, level=found.level, method="redrawn, envelope"
    )
