from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import Embedding


@pytest.mark.parametrize("scale", [1e-149, 1e-20, 1.0, 1e149])
def test_directions_do_not_depend_on_scale(glove: Embedding, scale: float) -> None:
    words = glove.words[:50]
    scaled = Embedding.make("scaled", words, glove.rows(words) * scale)
    assert scaled.unit(words) == pytest.approx(glove.unit(words), abs=1e-12)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (1e300, "the vector of 'b' has numbers so large or so small that float32 loses"),
        (1e-160, "the vector of 'b' has numbers so large or so small that float32 loses"),
        (1e-300, "the vector of 'b' has numbers so large or so small that float32 loses"),
        (np.nan, "the vector of 'b' holds NaN or an infinity"),
        (0.0, "the vector of 'b' is all zeros, so that it has no direction"),
    ],
)
def test_a_vector_without_a_direction_is_refused_with_the_reason(
    number: float, says: str
) -> None:
    rows = np.array([[1.0, 2.0], [number, number]])
    with pytest.raises(InputError, match=says):
        Embedding.make("v", ["a", "b"], rows).unit(["a", "b"])
