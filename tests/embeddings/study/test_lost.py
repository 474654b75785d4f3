from __future__ import annotations

import pytest

from fairaudit.core.measurement import Measurement, Passages
from fairaudit.embeddings import Embedding, WordSet
from fairaudit.embeddings.study.lost import TITLE, lost_caveats, lost_words
from fairaudit.embeddings.study.sides import Side, before_and_after, single

LISTS = (
    WordSet(name="letters", words=("a", "b", "y", "z", "z")),
    WordSet(name="early letters", words=("a", "b")),
)


def test_lost_words_are_counted_and_listed_once_a_list(toy: Embedding) -> None:
    (told,) = lost_caveats(single(toy), LISTS)
    assert told.startswith("Without a vector: 2 of 4 letters.")
    (table,) = lost_words(single(toy), (*LISTS, *LISTS))
    assert table.rows == (("letters", "2 of 4", "y, z"),)
    assert lost_words(before_and_after(toy, toy), LISTS) == (table,)


def test_nothing_is_said_where_nothing_is_lost(toy: Embedding) -> None:
    assert lost_caveats(single(toy), LISTS[1:]) == ()
    assert lost_words(single(toy), LISTS[1:]) == ()


def test_two_files_lose_words_of_their_own(toy: Embedding) -> None:
    other = Embedding.make("other", list("yzabcdef"), toy.matrix)
    sides = (Side(label="toy", embedding=toy), Side(label="other", embedding=other))
    (told,) = lost_caveats(sides, LISTS)
    assert told.startswith("Without a vector in toy: 2 of 4 letters.")
    (table,) = lost_words(sides, LISTS)
    assert table.rows == (("letters (toy)", "2 of 4", "y, z"),)


def _table(passages: tuple[Passages, ...]) -> dict[str, tuple[str, str]]:
    (table,) = (one for one in passages if one.title == TITLE)
    return {name: (count, words) for name, count, words in table.rows}


@pytest.mark.parametrize(
    ("test", "lists"),
    [
        ("direct_bias", {"professions"}),
        ("rnd", {"professions", "words for caucasian", "words for jew"}),
        ("ripa", {"professions", "words for caucasian", "words for christian"}),
        ("ect", {"professions", "words for caucasian", "words for christian"}),
        ("mac", {"professions", "words for caucasian", "stereotypes of jew"}),
        ("rnsb", {"names of groups by race", "names of groups by religion"}),
    ],
)
def test_every_measure_names_the_words_it_lost(
    glove: Embedding, test: str, lists: set[str]
) -> None:
    report = glove.audit(tests=[test], draws=0)
    table = _table(report.parts[0].passages)
    assert lists <= table.keys()
    caveats = " ".join(report.findings[0].caveats)
    assert all(f"{table[name][0]} {name}" in caveats for name in lists)


def test_professions_and_groups_that_were_lost_are_named(glove: Embedding) -> None:
    report = glove.audit(tests=["direct_bias", "rnd", "rnsb"], draws=0)
    table = _table(report.parts[0].passages)
    count, words = table["professions"]
    assert count.split(" of ")[0] == str(len(words.split(", ")))
    assert "caucasian" in table["words for caucasian"][1]
    sentiment = next(one for one in report.findings if one.id == "rnsb")
    assert isinstance(sentiment.evidence, Measurement)
    remarks = {row.name: row.remark or "" for row in sentiment.evidence.rows}
    assert remarks["race"].endswith("; no vector for caucasian")
    assert remarks["religion"].endswith("; no vector for jew")
