"""Least-squares concept erasure: no linear classifier can find gender, at least change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.embeddings.debias.subspace import ToUnitLength
from fairaudit.embeddings.residual import gendered_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.embedding import Embedding

_PER_SIDE = 300
_SMALLEST_SHARE = 1e-10
"""Directions with less of the variance than this, relative to the largest, are rounding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeaceFit:
    """Sums from which an eraser is made: of rows, of concepts, and of their products."""

    n: int
    rows: NDArray[np.float64]
    concepts: NDArray[np.float64]
    row_products: NDArray[np.float64]
    cross_products: NDArray[np.float64]

    @classmethod
    def of(cls, X: NDArray[np.float64], concepts: NDArray[np.float64]) -> LeaceFit:
        """Sum up rows and their concepts, one column each or one-hot."""
        return cls(
            n=len(X),
            rows=X.sum(axis=0),
            concepts=concepts.sum(axis=0),
            row_products=X.T @ X,
            cross_products=X.T @ concepts,
        )

    def __add__(self, other: LeaceFit) -> LeaceFit:
        """Put the sums of two parts together."""
        return LeaceFit(
            n=self.n + other.n,
            rows=self.rows + other.rows,
            concepts=self.concepts + other.concepts,
            row_products=self.row_products + other.row_products,
            cross_products=self.cross_products + other.cross_products,
        )

    def eraser(self) -> LeaceDebias:
        """Give the least change after which no linear function finds the concept."""
        import numpy as np

        mean = self.rows / self.n
        covariance = self.row_products / self.n - np.outer(mean, mean)
        cross = self.cross_products / self.n - np.outer(mean, self.concepts / self.n)
        lengths, axes = np.linalg.eigh(covariance)
        real = lengths > _SMALLEST_SHARE * lengths[-1]
        axes, spread = axes[:, real], np.sqrt(lengths[real])
        whitened = (axes / spread).T @ cross
        found, sizes, _ = np.linalg.svd(whitened, full_matrices=False)
        found = found[:, sizes > _SMALLEST_SHARE * max(1.0, float(sizes[0]))]
        return LeaceDebias(
            mean=mean,
            outward=(axes * spread) @ found,
            inward=(axes / spread) @ found,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeaceDebias:
    """An affine change of rows of length 1: ``x - outward @ inward.T @ (x - mean)``.

    Attributes
    ----------
    mean : ndarray of shape (n_dimensions,)
        Of the words it was fitted to.
    outward, inward : ndarray of shape (n_dimensions, n_concepts)
        The factors of the projection.

    References
    ----------
    [belrose2023].
    """

    mean: NDArray[np.float64]
    outward: NDArray[np.float64]
    inward: NDArray[np.float64]

    @classmethod
    def fit(cls, embedding: Embedding, *, per_side: int = _PER_SIDE) -> LeaceDebias:
        """Learn from the most gendered plain words.

        Parameters
        ----------
        embedding : Embedding
            The vectors.
        per_side : int
            The most male and most female words that are learnt from.

        Returns
        -------
        LeaceDebias
            To be applied by `transform`.

        Raises
        ------
        InputError
            When there are too few words.
        """
        import numpy as np

        gendered = gendered_words(embedding)
        n = min(per_side, len(gendered.words) // 2)
        if n < 2:
            raise InputError(f"leace: {n} words of either side; at least 2 are needed.")
        X = np.vstack([embedding.unit(side) for side in gendered.sides(n)])
        return LeaceFit.of(X, np.repeat([0.0, 1.0], n)[:, None]).eraser()

    def transform(self, embedding: Embedding) -> Embedding:
        """Debias an embedding whenever its vectors are read; rows have length 1 before."""
        name = f"{embedding.name}, LEACE-debiased"
        return embedding.changed_by(ToUnitLength()).changed_by(self, name)

    def apply(
        self, words: Sequence[str], rows: NDArray[np.floating]
    ) -> NDArray[np.floating]:
        """Change rows in place, whatever their words."""
        del words
        rows -= ((rows - self.mean) @ self.inward) @ self.outward.T
        return rows
