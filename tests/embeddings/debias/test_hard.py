from __future__ import annotations

import numpy as np
import pytest

from fairaudit.embeddings import Embedding, HardDebias, gender_direction, gender_lists
from fairaudit.embeddings.debias.hard import equalised_pairs
from tests.embeddings.subsets import Subset


def test_as_many_words_are_changed_as_in_the_reference(subset: Subset) -> None:
    expected, words = subset.expected["hard_debias"], subset.before.words
    changed = sum(word not in subset.hard.kept for word in words)
    assert changed == expected["neutralised"]
    pairs = list(equalised_pairs(subset.before, gender_lists()))
    assert len(pairs) == expected["equalised_pairs"]


def test_neutral_words_lose_the_direction_and_gendered_ones_keep_it(
    glove: Embedding,
) -> None:
    direction = gender_direction(glove).vector
    after = HardDebias.fit(glove).transform(glove)
    before = glove.unit(["nurse", "actress"]) @ direction
    nurse, actress = after.unit(["nurse", "actress"]) @ direction
    assert abs(before[0]) > 0.1
    assert abs(nurse) < 1e-15
    assert actress == pytest.approx(before[1])


def test_the_words_of_a_pair_are_as_near_to_every_neutral_word(glove: Embedding) -> None:
    after = HardDebias.fit(glove).transform(glove)
    she, he, nurse = after.unit(["she", "he", "nurse"])
    assert she @ nurse == pytest.approx(he @ nurse, abs=1e-12)
    she, he, nurse = glove.unit(["she", "he", "nurse"])
    assert abs(she @ nurse - he @ nurse) > 0.1


def test_nothing_is_computed_or_changed_before_rows_are_read(glove: Embedding) -> None:
    stored = np.array(glove.matrix)
    after = HardDebias.fit(glove).transform(glove)
    assert after.matrix is glove.matrix
    after.rows(["nurse"])
    assert (glove.matrix == stored).all()
    again = HardDebias.fit(after).transform(after)
    assert again.rows(["nurse"]) == pytest.approx(after.rows(["nurse"]), abs=1e-9)
