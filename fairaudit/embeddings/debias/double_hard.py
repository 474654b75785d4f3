"""Double-hard debiasing: first the direction of frequency, then hard debiasing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.embeddings.debias.hard import HardDebias
from fairaudit.embeddings.debias.subspace import Removal
from fairaudit.embeddings.residual import PER_SIDE, cluster_accuracy, gendered_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.embedding import Embedding

_CANDIDATES = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DoubleHardDebias:
    """Frequent and rare words differ in one direction that hides some of their gender.

    Of the main principal components of all vectors the one is removed after which hard
    debiasing leaves gendered words the least apart.

    Attributes
    ----------
    removal : Removal
        The mean of all vectors, and the component.
    hard : HardDebias
        Fitted to what is left.
    clustering : tuple of float
        How well two clusters told gender after removing each candidate, the first first.

    References
    ----------
    [wang2020].
    """

    removal: Removal
    hard: HardDebias
    clustering: tuple[float, ...]

    @classmethod
    def fit(
        cls,
        embedding: Embedding,
        *,
        candidates: int = _CANDIDATES,
        per_side: int = PER_SIDE,
        seed: int = 1,
    ) -> DoubleHardDebias:
        """Choose the component, and fit hard debiasing after its removal.

        Parameters
        ----------
        embedding : Embedding
            The vectors.
        candidates : int
            How many principal components are tried.
        per_side : int
            The most male and most female words that are clustered.
        seed : int
            For clustering.

        Returns
        -------
        DoubleHardDebias
            To be applied by `transform`.

        Raises
        ------
        InputError
            When there are too few words or dimensions.
        """
        if not 1 <= candidates < embedding.dimensions:
            raise InputError(
                f"double-hard: candidates must be from 1 to {embedding.dimensions - 1}, "
                f"one less than the dimensions; got {candidates}."
            )
        mean, components = _principal_components(embedding, candidates)
        removals = [Removal(basis=one[None, :], centre=mean) for one in components]
        gendered = gendered_words(embedding)
        male, female = gendered.sides(min(per_side, len(gendered.words) // 2))
        clustering = []
        for removal in removals:
            without = embedding.changed_by(removal)
            left = HardDebias.fit(without).transform(without)
            told = cluster_accuracy(left.unit(male), left.unit(female), seed=seed)
            clustering.append(told.value or 0.0)
        chosen = removals[clustering.index(min(clustering))]
        return cls(
            removal=chosen,
            hard=HardDebias.fit(embedding.changed_by(chosen)),
            clustering=tuple(clustering),
        )

    def transform(self, embedding: Embedding) -> Embedding:
        """Debias an embedding whenever its vectors are read."""
        name = f"{embedding.name}, double-hard-debiased"
        return embedding.changed_by(self.removal).changed_by(self.hard, name)


def _principal_components(
    embedding: Embedding, most: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find mean and main components of all vectors, from sums over blocks."""
    import numpy as np

    total = np.zeros(embedding.dimensions)
    products = np.zeros((embedding.dimensions, embedding.dimensions))
    for _, rows in embedding.blocks():
        total += rows.sum(axis=0)
        products += rows.T @ rows
    mean = total / len(embedding)
    covariance = products / len(embedding) - np.outer(mean, mean)
    _, axes = np.linalg.eigh(covariance)
    return mean, axes[:, ::-1][:, :most].T.copy()
