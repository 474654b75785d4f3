"""Which differences between groups are looked at: never all against one reference alone.

One lucky draw of the reference's names makes every other group look treated worse. So two
groups are subtracted, and more are compared with their grand mean, or all with all.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from fairaudit.core.errors import InputError
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

Comparison = Literal["grand mean", "all pairs"]


@value
class Contrast:
    """A weighted sum of the outcomes of groups whose weights sum to zero.

    Attributes
    ----------
    name : str
        Such as "women minus men".
    weights : tuple of float
        One for each group.
    """

    name: str
    weights: tuple[float, ...]

    def array(self) -> np.ndarray[Any, np.dtype[Any]]:
        """The weights as an array."""
        import numpy as np

        return np.array(self.weights)


def contrasts_of(
    groups: Sequence[str], comparison: Comparison = "grand mean"
) -> tuple[Contrast, ...]:
    """Which differences answer whether groups are treated alike?

    Parameters
    ----------
    groups : sequence of str of shape (n_groups,)
        At least two, the reference last where there is one.
    comparison : {"grand mean", "all pairs"}
        For more than two groups.

    Returns
    -------
    tuple of Contrast
        One of two groups; of more, one each or one for every pair.

    Examples
    --------
    >>> [contrast.name for contrast in contrasts_of(["women", "men"])]
    ['women minus men']
    >>> contrasts_of(["a", "b", "c"])[0].weights
    (0.667, -0.333, -0.333)
    """
    if len(groups) < 2:
        raise InputError(f"contrasts_of: two groups or more are compared; got {groups}.")
    if len(groups) == 2 or comparison == "all pairs":
        return tuple(
            _less(groups, one, other) for one, other in combinations(range(len(groups)), 2)
        )
    share = 1 / len(groups)
    return tuple(
        Contrast(
            name=f"{group} minus the grand mean",
            weights=tuple(float(other == group) - share for other in groups),
        )
        for group in groups
    )


def _less(groups: Sequence[str], one: int, other: int) -> Contrast:
    """Take one group less another."""
    return Contrast(
        name=f"{groups[one]} minus {groups[other]}",
        weights=tuple(
            float(place == one) - float(place == other) for place in range(len(groups))
        ),
    )
