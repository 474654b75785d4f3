"""Score levels counted again in other samples, as far as given rules tell them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.inference.multinomial import resample_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.hull import Steps
    from fairaudit.feasibility.rules import Part

    Array = NDArray[np.float64]
    Rule = Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Redrawn:
    """People above each level that some rule uses: as counted in row 0, then drawn.

    `levels` and the columns of `positives` and `negatives` belong together, by group; the
    last level is everybody.
    """

    names: tuple[str, ...]
    levels: dict[str, list[int]]
    positives: dict[str, Array]
    negatives: dict[str, Array]

    @property
    def people(self) -> Array:
        """Count each group: shape (1 + n_draws, n_groups)."""
        import numpy as np

        counted = [
            self.positives[name][:, -1] + self.negatives[name][:, -1] for name in self.names
        ]
        return np.stack(counted, axis=1)

    @property
    def portions(self) -> Array:
        """Give each group's part of all people."""
        import numpy as np

        people = self.people
        return np.asarray(people / people.sum(axis=1, keepdims=True))

    def cells(self, rule: Rule) -> Array:
        """What does a rule make of each group: (1 + n_draws, n_groups, 4) shares."""
        import numpy as np

        of_groups = []
        for name in self.names:
            tp, fp = (
                sum(
                    part.probability * counted[:, self.levels[name].index(part.levels)]
                    for part in rule[name]
                )
                for counted in (self.positives[name], self.negatives[name])
            )
            fn = self.positives[name][:, -1] - tp
            tn = self.negatives[name][:, -1] - fp
            of_groups.append(np.stack([tp, fp, fn, tn], axis=1))
        return np.asarray(np.stack(of_groups, axis=1) / self.people[..., None])


def redraw(
    groups: Sequence[Steps],
    rules: Sequence[Rule],
    *,
    draws: int,
    rng: np.random.Generator,
) -> Redrawn:
    """How else might these people have been counted, as far as these rules can tell?

    Parameters
    ----------
    groups : sequence of Steps
        People by score.
    rules : sequence of mapping from str to tuple of Part
        Whose thresholds matter.
    draws : int
        How many samples.
    rng : numpy.random.Generator
        Source of the draws.

    Returns
    -------
    Redrawn
        The bootstrap of people: a multinomial over group, outcome and the stretch between
        two thresholds, so that its cost does not depend on the number of people or scores.
    """
    import numpy as np

    levels = {
        of.name: sorted(
            {0, len(of.scores), *(part.levels for rule in rules for part in rule[of.name])}
        )
        for of in groups
    }
    stretches = []
    for of in groups:
        for outcome in (of.positives, of.negatives):
            above = np.concatenate([[0], np.cumsum(outcome)])[levels[of.name]]
            stretches.append(np.diff(above))
    counted = np.concatenate(stretches)
    drawn = np.vstack([counted, resample_cells(counted.tolist(), draws, rng)])
    sizes = [len(stretch) for stretch in stretches]
    split = np.split(drawn, np.cumsum(sizes)[:-1], axis=1)
    above_levels = [
        np.concatenate([np.zeros((len(part), 1)), np.cumsum(part, axis=1)], axis=1)
        for part in split
    ]
    names = tuple(of.name for of in groups)
    return Redrawn(
        names=names,
        levels=levels,
        positives=dict(zip(names, above_levels[::2], strict=True)),
        negatives=dict(zip(names, above_levels[1::2], strict=True)),
    )
