"""Directions to be taken out of every vector, whatever its word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Removal:
    """Orthonormal directions, taken out of rows less `centre`, where there is one.

    Attributes
    ----------
    basis : ndarray of shape (n_directions, n_dimensions)
        Orthonormal rows.
    centre : ndarray of shape (n_dimensions,) or None
        Taken from every row first.
    """

    basis: NDArray[np.float64]
    centre: NDArray[np.float64] | None = None

    def apply(
        self, words: Sequence[str], rows: NDArray[np.floating]
    ) -> NDArray[np.floating]:
        """Change rows in place, whatever their words."""
        del words
        if self.centre is not None:
            rows -= self.centre
        rows -= (rows @ self.basis.T) @ self.basis
        return rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ToUnitLength:
    """Rows scaled to length 1."""

    def apply(
        self, words: Sequence[str], rows: NDArray[np.floating]
    ) -> NDArray[np.floating]:
        """Change rows in place, whatever their words."""
        import numpy as np

        del words
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        rows /= np.where(lengths > 0, lengths, 1)[:, None]
        return rows
