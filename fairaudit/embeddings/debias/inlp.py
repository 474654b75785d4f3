"""Iterative nullspace projection: what a linear classifier finds is removed, repeatedly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.embeddings.debias.subspace import Removal, ToUnitLength
from fairaudit.embeddings.residual import gendered_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.embedding import Embedding

_PER_SIDE = 300
_HELD_OUT = 0.3
_ITERATIONS = 10
_NOTHING = 1e-9
"""A classifier whose weights are this small has found nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InlpDebias:
    """Directions that linear classifiers of male and female words use, one after another.

    Attributes
    ----------
    removal : Removal
        All of them, made orthonormal.
    accuracies : tuple of float
        On words held out, before each removal and after the last.

    References
    ----------
    [ravfogel2020].
    """

    removal: Removal
    accuracies: tuple[float, ...]

    @classmethod
    def fit(
        cls,
        embedding: Embedding,
        *,
        per_side: int = _PER_SIDE,
        iterations: int = _ITERATIONS,
        seed: int = 1,
    ) -> InlpDebias:
        """Learn, remove, and learn again.

        Parameters
        ----------
        embedding : Embedding
            The vectors.
        per_side : int
            The most male and most female plain words that are learnt from; 30 % of them are
            held out.
        iterations : int
            The most directions, less than there are dimensions; fewer where a classifier
            finds nothing more.
        seed : int
            For the choice of words held out.

        Returns
        -------
        InlpDebias
            To be applied by `transform`.

        Raises
        ------
        InputError
            When there are too few words or dimensions.
        """
        if not 1 <= iterations < embedding.dimensions:
            raise InputError(
                f"inlp: iterations must be from 1 to {embedding.dimensions - 1}, one less "
                f"than the dimensions; got {iterations}."
            )
        X, y, test = _divided(embedding, per_side, seed)
        basis, accuracies = _directions(X, y, test, iterations)
        return cls(removal=Removal(basis=basis), accuracies=accuracies)

    def transform(self, embedding: Embedding) -> Embedding:
        """Debias an embedding whenever its vectors are read; rows have length 1 before."""
        name = f"{embedding.name}, INLP-debiased"
        return embedding.changed_by(ToUnitLength()).changed_by(self.removal, name)


def _divided(
    embedding: Embedding, per_side: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
    """Take the most gendered words, and hold some of either side out."""
    import numpy as np

    gendered = gendered_words(embedding)
    n = min(per_side, len(gendered.words) // 2)
    X = np.vstack([embedding.unit(side) for side in gendered.sides(n)])
    held = np.arange(n) < round(n * _HELD_OUT)
    rng = np.random.default_rng(seed)
    test = np.concatenate([rng.permutation(held), rng.permutation(held)])
    return X, np.repeat([0, 1], n), test


def _directions(
    X: NDArray[np.float64], y: NDArray[np.int64], test: NDArray[np.bool_], iterations: int
) -> tuple[NDArray[np.float64], tuple[float, ...]]:
    """Find the directions classifiers use, each orthogonal to those before it."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    basis = np.empty((0, X.shape[1]))
    accuracies = []
    for _ in range(iterations + 1):
        left = X - (X @ basis.T) @ basis
        learnt = LogisticRegression(max_iter=1_000).fit(left[~test], y[~test])
        accuracies.append(float(learnt.score(left[test], y[test])))
        found = learnt.coef_[0] - (learnt.coef_[0] @ basis.T) @ basis
        length = float(np.linalg.norm(found))
        if len(basis) == iterations or length <= _NOTHING:
            break
        basis = np.vstack([basis, found / length])
    return basis, tuple(accuracies)
