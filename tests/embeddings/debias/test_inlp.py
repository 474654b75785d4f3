from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import Embedding, InlpDebias


def test_accuracy_falls_to_chance_as_directions_are_removed(glove: Embedding) -> None:
    fitted = InlpDebias.fit(glove)
    assert fitted.accuracies[0] > 0.9
    # 180 words held out: chance is within 3.3 standard deviations of one half.
    assert abs(fitted.accuracies[-1] - 0.5) < 3.3 * (0.25 / 180) ** 0.5
    basis = fitted.removal.basis
    assert basis @ basis.T == pytest.approx(np.eye(len(basis)), abs=1e-9)


def test_removing_twice_is_removing_once(glove: Embedding) -> None:
    fitted = InlpDebias.fit(glove, iterations=3)
    once = fitted.transform(glove).rows(["nurse", "captain"])
    twice = fitted.removal.apply([], once.copy())
    assert twice == pytest.approx(once, abs=1e-12)
    assert once @ fitted.removal.basis.T == pytest.approx(0, abs=1e-12)


def test_more_directions_than_there_are_is_refused(glove: Embedding) -> None:
    with pytest.raises(InputError, match=r"iterations must be from 1 to 49.*; got 50"):
        InlpDebias.fit(glove, iterations=50)
