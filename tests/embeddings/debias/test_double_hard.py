from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import DoubleHardDebias, Embedding


def test_the_component_is_removed_after_which_gender_is_told_least(
    glove: Embedding,
) -> None:
    fitted = DoubleHardDebias.fit(glove, candidates=3, per_side=60)
    assert len(fitted.clustering) == 3
    rows = glove.matrix.astype(float)
    centred = rows - rows.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    chosen = fitted.clustering.index(min(fitted.clustering))
    assert abs(fitted.removal.basis[0] @ axes[chosen]) == pytest.approx(1, abs=1e-6)
    after = fitted.transform(glove).rows(["nurse", "table"])
    assert after @ fitted.hard.direction.vector == pytest.approx(0, abs=1e-12)


def test_more_components_than_dimensions_are_refused(glove: Embedding) -> None:
    with pytest.raises(InputError, match="candidates must be from 1 to 49"):
        DoubleHardDebias.fit(glove, candidates=50)
