"""Outcomes of a study laid out by pair and group, what is missing kept as missing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np

    from fairaudit.resumes.pair import Outcome, Pair

    Array = np.ndarray[Any, np.dtype[Any]]
    Outcomes = Mapping[tuple[str, int, str, int], Outcome]

PLACEBO = "placebo"
QUALITY = "quality"
PLAIN = "plain"
REVERSED = "reversed"
"""The plain question turned round, asked about strong and weak applications alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a system answered in one arm under one framing.

    Attributes
    ----------
    arm, framing : str
        Which they are of.
    groups : tuple of str
        The columns, the reference last.
    values : array of shape (n_pairs, n_groups)
        Mean over repeats that were answered; NaN of none.
    refused, unusable : array of shape (n_pairs, n_groups)
        Share of the repeats that were refused, or could not be read (unparsable or cut
        off); NaN where no reply came.
    names : array of shape (n_pairs, n_groups)
        First names.
    resumes : array of shape (n_pairs,)
        Bodies.
    """

    arm: str
    framing: str
    groups: tuple[str, ...]
    values: Array
    refused: Array
    unusable: Array
    names: Array
    resumes: Array

    @property
    def answered(self) -> float:
        """The share of halves that have a usable answer; 0 of none."""
        import numpy as np

        return float(np.isfinite(self.values).mean()) if self.values.size else 0.0


def answers_of(
    pairs: Sequence[Pair],
    outcomes: Outcomes,
    framing: str,
    *,
    reference: str | None = None,
    measure: Callable[[Outcome], float | None] | None = None,
) -> Answers:
    """What was answered to the pairs of one arm under one framing?

    Parameters
    ----------
    pairs : sequence of Pair
        Of one arm; all have the same groups.
    outcomes : mapping of (pair id, half, framing, repeat) to Outcome
        Of any pairs and framings.
    framing : str
        The one wanted.
    reference : str, optional
        The group that is subtracted; without it the last in alphabetical order.
    measure : callable, optional
        A number to take of an answered outcome instead of its value.

    Returns
    -------
    Answers
        A row for every pair, answered or not.
    """
    import numpy as np

    groups = _groups(pairs, reference)
    replies = _by_half(outcomes, framing)
    take = measure or (lambda outcome: outcome.value)
    halves = [_ordered(pair, groups) for pair in pairs]
    cells = [
        [_cell(replies.get((pair.id, half), []), take) for half in order]
        for pair, order in zip(pairs, halves, strict=True)
    ]
    table = np.array(cells, dtype=float).reshape(len(pairs), len(groups), 3)
    return Answers(
        arm=pairs[0].arm,
        framing=framing,
        groups=groups,
        values=table[:, :, 0],
        refused=table[:, :, 1],
        unusable=table[:, :, 2],
        names=np.array(
            [_names(pair, order) for pair, order in zip(pairs, halves, strict=True)]
        ),
        resumes=np.array([pair.resume for pair in pairs]),
    )


def is_asked(pair: Pair, framing: str) -> bool:
    """Is a pair put to a system under a framing? The reverse is for the quality arm."""
    return framing != REVERSED or pair.arm == QUALITY


def by_arm(pairs: Iterable[Pair]) -> dict[tuple[str, tuple[str, ...]], list[Pair]]:
    """Which pairs are compared together: those of one arm that have the same groups?

    Parameters
    ----------
    pairs : iterable of Pair
        Of a study.

    Returns
    -------
    dict of (arm, groups) to list of Pair
        In the order of the first pair of each.
    """
    found: dict[tuple[str, tuple[str, ...]], list[Pair]] = {}
    for pair in pairs:
        groups = tuple(sorted(half.group for half in pair.halves))
        if len(set(groups)) < max(2, len(groups)):
            raise InputError(
                f"effects_of: pair {pair.id!r} has the groups {', '.join(groups)}; "
                "every half is to be of another group, and there are two or more."
            )
        found.setdefault((pair.arm, groups), []).append(pair)
    return found


def _groups(pairs: Sequence[Pair], reference: str | None) -> tuple[str, ...]:
    """Put the groups in order, the reference last."""
    groups = sorted(half.group for half in pairs[0].halves)
    if reference in groups:
        groups.remove(reference)
        groups.append(reference)
    return tuple(groups)


def _ordered(pair: Pair, groups: tuple[str, ...]) -> list[int]:
    """Say which half is of each group."""
    where = {half.group: place for place, half in enumerate(pair.halves)}
    return [where[group] for group in groups]


def _names(pair: Pair, order: list[int]) -> list[str]:
    """Name the halves; of one person's it is the body that sets pairs apart."""
    names = [pair.halves[half].first_name for half in order]
    return [pair.resume] * len(names) if len(set(names)) == 1 else names


def _by_half(outcomes: Outcomes, framing: str) -> dict[tuple[str, int], list[Outcome]]:
    """Collect the repeats of every half under one framing."""
    found: dict[tuple[str, int], list[Outcome]] = {}
    for (pair, half, under, _), outcome in outcomes.items():
        if under == framing:
            found.setdefault((pair, half), []).append(outcome)
    return found


def _cell(
    replies: list[Outcome], take: Callable[[Outcome], float | None]
) -> tuple[float, float, float]:
    """Give the mean answer and the shares refused and unusable of one half."""
    # An error of the line says nothing about the group.
    came = [reply for reply in replies if reply.state != "error"]
    if not came:
        return math.nan, math.nan, math.nan
    taken = [take(reply) for reply in came if reply.state == "ok"]
    numbers = [float(one) for one in taken if one is not None]
    refused = sum(reply.state == "refused" for reply in came)
    unusable = sum(reply.state in {"unparsable", "truncated"} for reply in came)
    mean = sum(numbers) / len(numbers) if numbers else math.nan
    return mean, refused / len(came), unusable / len(came)
