from __future__ import annotations

import math

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import Embedding, WordSet, relative_negative_sentiment


def divided() -> Embedding:
    """Good words on the left, bad ones on the right, and groups in between."""
    places = dict(zip("abcdef", (-3, -2.5, -2, 2, 2.5, 3), strict=True))
    places |= {"left": -2.0, "middle": 0.0, "right": 2.0, "also": 2.0}
    rows = [[place, 1.0] for place in places.values()]
    return Embedding.make("divided", list(places), np.array(rows))


GOOD, BAD = (
    WordSet(name="good", words=tuple("abc")),
    WordSet(name="bad", words=tuple("def")),
)


def test_a_group_among_bad_words_gets_the_larger_share() -> None:
    found = relative_negative_sentiment(
        divided(), ["left", "middle", "right"], positive=GOOD, negative=BAD
    )
    assert found.shares["left"] < found.shares["middle"] < found.shares["right"]
    assert sum(found.shares.values()) == pytest.approx(1)
    entropy = -sum(share * math.log(share) for share in found.shares.values())
    assert found.divergence.value == pytest.approx(math.log(3) - entropy)


def test_groups_alike_share_evenly() -> None:
    found = relative_negative_sentiment(
        divided(), ["right", "also", "nobody"], positive=GOOD, negative=BAD
    )
    assert found.divergence.value == pytest.approx(0, abs=1e-12)
    assert found.lost == ("nobody",)


def test_religions_are_compared_on_real_vectors(glove: Embedding) -> None:
    found = relative_negative_sentiment(glove, ["christian", "muslim"])
    assert found.shares["muslim"] > 0.5 > found.shares["christian"]


def test_one_group_is_no_comparison() -> None:
    with pytest.raises(InputError, match=r"RNSB: 1 of 2 groups remain.*not in divided: up"):
        relative_negative_sentiment(divided(), ["left", "up"], positive=GOOD, negative=BAD)
    with pytest.raises(InputError, match="'good' and 'good' are the same words"):
        relative_negative_sentiment(divided(), ["left"], positive=GOOD, negative=GOOD)


def test_a_text_is_no_list_of_groups() -> None:
    with pytest.raises(InputError, match="RNSB: words must be a list; got 'left'"):
        relative_negative_sentiment(divided(), "left", positive=GOOD, negative=BAD)
