from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import Embedding


@pytest.mark.parametrize(
    ("tests", "says"),
    [
        ("weat", r"nothing could be measured: no association test .* 'Flowers' remain"),
        (None, r"nothing could be measured: direction: 0 of 10 .* \(and \d+ more\)\.$"),
    ],
)
def test_vectors_without_the_words_are_refused_with_one_reason(
    toy: Embedding, tests: str | None, says: str
) -> None:
    with pytest.raises(InputError, match=says) as refused:
        toy.audit(tests)
    assert str(refused.value).count("definitional sets") <= 1


def test_vectors_that_are_all_the_same_are_audited_to_the_end(glove: Embedding) -> None:
    same = Embedding.make("same", glove.words, np.ones((len(glove), 3)))
    report = same.audit(draws=20)
    found = {finding.id: finding.estimate for finding in report.findings}
    assert found["weat"].value is None
    assert found["ripa"].undefined_because is not None
    assert found["ect"].undefined_because is not None
    notes = [note.text for note in report.parts[0].notes]
    assert len([text for text in notes if "do not differ in 1 direction" in text]) == 1
    assert any("'man' and 'doctor' have the same vector" in text for text in notes)
