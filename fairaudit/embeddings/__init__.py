"""How biased are word vectors, shown how, and what does debiasing leave behind?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairaudit.embeddings.analogies import analogy, analogy_pairs
    from fairaudit.embeddings.association import single_category_weat, weat, weat_battery
    from fairaudit.embeddings.augmentation import augmented, exchanges
    from fairaudit.embeddings.debias.double_hard import DoubleHardDebias
    from fairaudit.embeddings.debias.hard import HardDebias
    from fairaudit.embeddings.debias.inlp import InlpDebias
    from fairaudit.embeddings.debias.leace import LeaceDebias
    from fairaudit.embeddings.debias.methods import debiased
    from fairaudit.embeddings.direction import (
        Direction,
        direct_bias,
        direction_of,
        gender_direction,
        indirect_bias,
        projections,
    )
    from fairaudit.embeddings.embedding import Embedding
    from fairaudit.embeddings.group_distances import (
        coherence_of_attributes,
        mean_average_cosine,
        relational_inner_product,
        relative_norm_distance,
    )
    from fairaudit.embeddings.loading import load
    from fairaudit.embeddings.occupations import occupation_association
    from fairaudit.embeddings.residual import Residual, residual_bias
    from fairaudit.embeddings.saving import pick, rewrite, save
    from fairaudit.embeddings.sentiment import relative_negative_sentiment
    from fairaudit.embeddings.utility import Utility, usefulness
    from fairaudit.embeddings.word_sets import (
        AssociationTest,
        WordSet,
        association_tests,
        female_shares,
        gender_lists,
        group_lists,
    )

__all__ = [
    "AssociationTest",
    "Direction",
    "DoubleHardDebias",
    "Embedding",
    "HardDebias",
    "InlpDebias",
    "LeaceDebias",
    "Residual",
    "Utility",
    "WordSet",
    "analogy",
    "analogy_pairs",
    "association_tests",
    "augmented",
    "coherence_of_attributes",
    "debiased",
    "direct_bias",
    "direction_of",
    "exchanges",
    "female_shares",
    "gender_direction",
    "gender_lists",
    "group_lists",
    "indirect_bias",
    "load",
    "mean_average_cosine",
    "occupation_association",
    "pick",
    "projections",
    "relational_inner_product",
    "relative_negative_sentiment",
    "relative_norm_distance",
    "residual_bias",
    "rewrite",
    "save",
    "single_category_weat",
    "usefulness",
    "weat",
    "weat_battery",
]

_WHERE = {
    "Embedding": "embedding",
    "load": "loading",
    "weat": "association",
    "weat_battery": "association",
    "single_category_weat": "association",
    "AssociationTest": "word_sets",
    "WordSet": "word_sets",
    "association_tests": "word_sets",
    "female_shares": "word_sets",
    "gender_lists": "word_sets",
    "group_lists": "word_sets",
    "Direction": "direction",
    "direction_of": "direction",
    "gender_direction": "direction",
    "projections": "direction",
    "direct_bias": "direction",
    "indirect_bias": "direction",
    "occupation_association": "occupations",
    "relative_norm_distance": "group_distances",
    "coherence_of_attributes": "group_distances",
    "relational_inner_product": "group_distances",
    "mean_average_cosine": "group_distances",
    "relative_negative_sentiment": "sentiment",
    "analogy": "analogies",
    "analogy_pairs": "analogies",
    "save": "saving",
    "pick": "saving",
    "rewrite": "saving",
    "residual_bias": "residual",
    "Residual": "residual",
    "usefulness": "utility",
    "Utility": "utility",
    "HardDebias": "debias.hard",
    "DoubleHardDebias": "debias.double_hard",
    "InlpDebias": "debias.inlp",
    "LeaceDebias": "debias.leace",
    "debiased": "debias.methods",
    "augmented": "augmentation",
    "exchanges": "augmentation",
}
"""Loaded on first use, so that importing the room costs next to nothing."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load a public name on first use."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
