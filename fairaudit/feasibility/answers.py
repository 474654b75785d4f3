"""An answer: what a rule attains, what no rule can better, and the cover that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.linear_program import Multipliers
    from fairaudit.feasibility.relaxation import Box, Program

    Array = NDArray[np.float64]

Status = Literal["proven", "impossible", "not proven"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class End:
    """A program and multipliers of its rows: they show `base` plus its optimum."""

    program: Program
    multipliers: Multipliers
    base: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leaf:
    """One box of a cover: no rule with its levels there does better than `bound`.

    `bound` is infinite where no rule has its levels in the box at all. `program` and
    `multipliers` show it, by weak duality: `base` plus the program's optimum. It is never
    below `known`, the bound of the box that this one was cut from.

    Where there is an `end`, the program is that of the lowest level in the box, the end's
    that of the highest, both for rules that reach `bound`; multipliers interpolated between
    them show that there are none.
    """

    box: Box
    bound: float
    known: float
    base: float
    program: Program
    multipliers: Multipliers | None
    end: End | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What the best rule attains, and what no rule can better.

    Attributes
    ----------
    status : {"proven", "impossible", "not proven"}
        "proven": `attained` and `bound` agree up to the tolerance. "impossible": shown that
        no rule does it. "not proven": the work ran out with something between.
    attained : float, optional
        What the rule found does; `None` where none was found.
    bound : float
        What no rule betters; infinite where there is none.
    weights : ndarray of shape (n_corners,), optional
        The rule, as a mixture of the corners of `Regions`.
    cover : tuple of Leaf
        Boxes that together hold every level a better rule could have.
    work : int
        Linear programs solved.
    """

    status: Status
    attained: float | None
    bound: float
    weights: Array | None
    cover: tuple[Leaf, ...]
    work: int
