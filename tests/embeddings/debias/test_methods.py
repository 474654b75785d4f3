from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import Embedding
from fairaudit.embeddings.debias.hard import HardDebias
from fairaudit.embeddings.debias.methods import METHODS, debiased


def test_a_method_by_name_is_the_method(glove: Embedding) -> None:
    by_hand = HardDebias.fit(glove).transform(glove)
    words = ["nurse", "he", "engineer"]
    assert np.array_equal(debiased(glove, "hard").rows(words), by_hand.rows(words))


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"double-hard"}))
def test_every_method_leaves_the_given_vectors_as_they_were(
    method: str, glove: Embedding
) -> None:
    before = glove.rows(["nurse"])
    after = debiased(glove, method).rows(["nurse"])
    assert not np.allclose(before, after)
    assert np.array_equal(glove.rows(["nurse"]), before)


def test_an_unknown_method_is_refused_with_the_nearest_known(glove: Embedding) -> None:
    with pytest.raises(InputError, match=r"no method 'harder'.* Did you mean 'hard'"):
        debiased(glove, "harder")
