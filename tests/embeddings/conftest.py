"""Real vectors: the GloVe subset that ships, and Google News where it may be read."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from fairaudit import datasets, embeddings
from fairaudit.embeddings import Embedding
from tests.embeddings.subsets import Subset

SUBSETS = ("glove_50d_subset", "gnews_300d_subset")


def _google_news() -> Embedding:
    folder = os.environ.get("FAIRAUDIT_DATA")
    file = Path(folder or "", "embeddings", "gnews_300d_subset.npz")
    if not folder or not file.is_file():
        pytest.skip(
            "the Google News vectors are not committed; FAIRAUDIT_DATA must name the "
            "folder of embeddings/gnews_300d_subset.npz"
        )
    return embeddings.load(file)


@pytest.fixture(scope="session")
def glove() -> Embedding:
    return embeddings.load(datasets.path("glove_50d_subset"))


@pytest.fixture(scope="session")
def gnews() -> Embedding:
    return _google_news()


@pytest.fixture(scope="session", params=SUBSETS)
def subset(request: pytest.FixtureRequest) -> Subset:
    name = str(request.param)
    fixture = name.partition("_")[0]
    return Subset(name, request.getfixturevalue(fixture))


@pytest.fixture(scope="session")
def google_news(gnews: Embedding) -> Subset:
    return Subset("gnews_300d_subset", gnews)


@pytest.fixture
def toy() -> Embedding:
    """Eight words on a circle."""
    angles = np.arange(8) * np.pi / 8
    return Embedding.make(
        "toy", list("abcdefgh"), np.stack([np.cos(angles), np.sin(angles)], axis=1)
    )
