from __future__ import annotations

import re
import sys

import pytest

from fairaudit.core.errors import MissingExtraError
from fairaudit.resumes import text_outcomes, word_lists
from fairaudit.resumes.text_outcomes import (
    MEASURES,
    ability_less_effort,
    agentic_less_communal,
    doubt_raisers,
    hedges,
    length,
    most_different,
    sentiment,
    share_of,
)
from tests.resumes.studies import outcome, pair

LISTS = {
    name: getattr(word_lists, name)
    for name in ("HEDGES", "DOUBT_RAISERS", "AGENTIC", "COMMUNAL", "ABILITY", "EFFORT")
}


def test_words_of_each_kind_are_counted_in_a_hundred() -> None:
    assert hedges("She might possibly fit the role of nurse here today.") == 20
    assert doubt_raisers("A modest record; concerns remain.") == 40
    assert agentic_less_communal("An ambitious leader") == pytest.approx(200 / 3)
    assert agentic_less_communal("A warm and helpful colleague") == -40
    assert ability_less_effort("Brilliant.") == 100
    assert ability_less_effort("Hard-working and diligent") == pytest.approx(-200 / 3)


def test_case_and_typographic_apostrophes_make_no_difference() -> None:
    assert hedges("PERHAPS she’ll do") == hedges("perhaps she'll do")


def test_a_stem_takes_what_begins_so_and_a_word_only_itself() -> None:
    assert share_of("may mayor", frozenset({"may"})) == 50
    assert share_of("may mayor", frozenset({"may*"})) == 100


def test_a_text_without_words_has_a_length_and_nothing_else() -> None:
    assert length("…") == 0
    assert all(take("…") is None for name, take in MEASURES.items() if name != "length")


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_single_words_in_lower_case(name: str) -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*\*?", word) for word in LISTS[name])


@pytest.mark.parametrize(("one", "other"), [("AGENTIC", "COMMUNAL"), ("ABILITY", "EFFORT")])
def test_lists_that_are_subtracted_share_no_word(one: str, other: str) -> None:
    for word in LISTS[one]:
        for against in LISTS[other]:
            stem, other_stem = word.rstrip("*"), against.rstrip("*")
            assert not (word.endswith("*") and other_stem.startswith(stem))
            assert not (against.endswith("*") and stem.startswith(other_stem))
            assert word != against


def test_praise_has_a_better_tone_than_complaint() -> None:
    pytest.importorskip("vaderSentiment")
    good, bad = sentiment("A great, excellent nurse."), sentiment("A poor, terrible nurse.")
    assert good is not None
    assert bad is not None
    assert bad < 0 < good


def test_the_tone_does_not_grow_with_length() -> None:
    pytest.importorskip("vaderSentiment")
    once = sentiment("A good nurse.")
    assert sentiment("A good nurse. " * 20) == pytest.approx(once)


def test_without_the_package_sentiment_is_left_out_and_asking_for_it_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_outcomes, "has_sentiment", lambda: False)
    assert "sentiment" not in text_outcomes.measures()
    monkeypatch.setitem(sys.modules, "vaderSentiment", None)
    monkeypatch.setitem(sys.modules, "vaderSentiment.vaderSentiment", None)
    text_outcomes._analyser.cache_clear()
    with pytest.raises(MissingExtraError, match="vaderSentiment is not installed"):
        sentiment("A good nurse.")


def test_the_most_different_replies_come_first_and_each_pair_once() -> None:
    pairs = [pair(k, "name", ("women", "men"), ("Ann", "Bob"), str(k)) for k in range(3)]
    texts = [
        ("A solid nurse.", "A solid nurse."),
        ("Perhaps she might do, but concerns remain.", "A brilliant, ambitious leader."),
        ("A careful nurse.", "A careful and warm nurse."),
    ]
    outcomes = {
        (one.id, half, "plain", repeat): outcome(1.0, text=text)
        for one, both in zip(pairs, texts, strict=True)
        for half, text in enumerate(both)
        for repeat in (0, 1)
    }
    found = most_different(pairs, outcomes, count=2)
    assert [side.pair for side in found] == ["name-1", "name-2"]
    assert found[0].texts == texts[1]
    assert found[0].groups == ("women", "men")
    assert found[0].repeat == 0
    assert found[0].distance > found[1].distance > 0


def test_no_texts_give_no_pairs_to_read() -> None:
    pairs = [pair(0, "name", ("women", "men"), ("Ann", "Bob"), "0")]
    assert most_different(pairs, {("name-0", 0, "plain", 0): outcome(1.0)}) == ()
