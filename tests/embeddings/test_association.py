from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import (
    AssociationTest,
    Embedding,
    WordSet,
    association_tests,
    debiased,
    load,
    save,
    single_category_weat,
    weat,
    weat_battery,
)
from tests.embeddings.subsets import Subset

TESTS = list(association_tests())
SIDES = ("first_target", "second_target", "first_attribute", "second_attribute")


def of_words(*sets: str) -> AssociationTest:
    """A test of one-letter words."""
    first, second, near, far = (
        WordSet(name=side, words=tuple(words))
        for side, words in zip(SIDES, sets, strict=True)
    )
    return AssociationTest(
        id="own",
        first_target=first,
        second_target=second,
        first_attribute=near,
        second_attribute=far,
        published={},
    )


def of_rows(**rows: list[float]) -> Embedding:
    return Embedding.make("rows", list(rows), np.array(list(rows.values())))


@pytest.fixture
def toy() -> Embedding:
    """Sixteen words on a circle: enough for four lists."""
    angles = np.arange(16) * np.pi / 16
    return Embedding.make(
        "toy", list("abcdefghijklmnop"), np.stack([np.cos(angles), np.sin(angles)], axis=1)
    )


@pytest.mark.parametrize("time", ["before", "after"])
@pytest.mark.parametrize("test", TESTS)
def test_every_association_is_that_of_the_reference(
    subset: Subset, time: str, test: str
) -> None:
    expected = subset.expected[time]["weat"][test]
    found = weat(subset.at(time), test, draws=0)
    assert found.effect_size.value == pytest.approx(expected["d_ddof1"], abs=1e-6)
    assert found.statistic == pytest.approx(expected["s"], abs=1e-6)
    assert {side: list(words) for side, words in found.lost.items()} == expected["lost"]
    assert [len(found.used[side]) for side in SIDES] == expected["n"]
    assert found.p is not None
    if expected["p_method"] == "exact":
        assert found.p.method == "exact"
        assert found.p.at_least == pytest.approx(expected["p_ge"], rel=1e-9)
        assert found.p.above == pytest.approx(expected["p_gt"], rel=1e-9)
        assert found.p.partitions == expected["partitions"]
    else:
        assert found.p.method == "grid"
        assert expected["p_lo"] <= found.p.at_least <= expected["p_hi"]
        assert found.p.low <= expected["p_ge"] <= found.p.high


@pytest.mark.parametrize("test", TESTS)
def test_the_population_deviation_gives_the_larger_effect(
    subset: Subset, test: str
) -> None:
    expected = subset.expected["before"]["weat"][test]
    found = weat(subset.before, test, ddof=0, draws=0)
    assert found.effect_size.value == pytest.approx(expected["d_ddof0"], abs=1e-6)


@pytest.mark.parametrize("test", ["weat-1", "weat-2", "weat-6", "weat-7", "weat-8"])
def test_google_news_gives_the_effect_sizes_of_the_publication(
    google_news: Subset, test: str
) -> None:
    # Caliskan et al. 2017, printed with two decimals.
    printed = association_tests()[test].published["word2vec_googlenews_d"]
    found = weat(google_news.before, test, draws=0)
    assert found.effect_size.value == pytest.approx(printed, abs=0.0051)


def test_single_words_lean_as_in_the_reference(google_news: Subset) -> None:
    terms = association_tests()["weat-7"]
    for time in ("before", "after"):
        for word, value in google_news.expected[time]["sc_weat_male_minus_female"].items():
            found = single_category_weat(
                google_news.at(time), word, terms.first_attribute, terms.second_attribute
            )
            assert found.effect_size.value == pytest.approx(value, abs=1e-6)


def test_exchanging_the_targets_turns_the_sign(glove: Embedding) -> None:
    test = association_tests()["weat-6"]
    turned = AssociationTest(
        id="turned",
        first_target=test.second_target,
        second_target=test.first_target,
        first_attribute=test.first_attribute,
        second_attribute=test.second_attribute,
        published={},
    )
    one, other = weat(glove, test, draws=0), weat(glove, turned, draws=0)
    assert one.effect_size.value == pytest.approx(-(other.effect_size.value or 0))
    assert one.p is not None
    assert other.p is not None
    assert other.p.at_least == pytest.approx(1 - (one.p.above or 0))


def test_the_interval_holds_the_effect_and_is_the_same_for_the_same_seed(
    glove: Embedding,
) -> None:
    first, again = (weat(glove, "weat-8", rng=np.random.default_rng(3)) for _ in range(2))
    interval = first.effect_size.interval
    assert interval == again.effect_size.interval
    assert interval is not None
    assert interval.low < first.effect_size.value < interval.high


def test_a_battery_adjusts_for_its_number_and_names_what_it_cannot_test(
    toy: Embedding,
) -> None:
    made = of_words("abc", "def", "ijk", "lmn")
    gone = of_words("xyz", "def", "ijk", "lmn")
    battery = weat_battery(toy, [made, "weat-6"], draws=0)
    (one,) = battery.associations
    assert one.p_holm == one.p.at_least
    assert "0 of 8 words of 'Male names' remain" in battery.unavailable["weat-6"]
    with pytest.raises(
        InputError,
        match=r"own: 0 of 3 words of 'first_target' remain, and at least 3 are needed; "
        r"not in toy: x, y, z\.",
    ):
        weat(toy, gone)


def test_all_divisions_are_those_that_could_be_written_down(toy: Embedding) -> None:
    found = weat(toy, of_words("abc", "efg", "ijk", "lmn"), draws=0)
    scores = list(found.scores.values())
    sums = [sum(scores[i] for i in chosen) for chosen in combinations(range(6), 3)]
    at_least = sum(one >= sums[0] - 1e-12 for one in sums) / len(sums)
    assert found.p is not None
    assert found.p.at_least == pytest.approx(at_least)


def test_two_words_are_too_few(toy: Embedding) -> None:
    with pytest.raises(InputError, match=r"2 of 2 words of 'second_attribute' remain"):
        weat(toy, of_words("abc", "def", "ijk", "lm"))
    assert weat(toy, of_words("abc", "def", "ijk", "lm"), minimum=2).p is not None


@pytest.mark.parametrize(
    ("sets", "says"),
    [
        (("abc", "cba", "def", "fgh"), "are the same words: a, b, c"),
        (("abc", "cde", "abf", "fgh"), "share words: c"),
        (("abc", "def", "gij", "jig"), "are the same words: g, i, j"),
        (("abc", "def", "jai", "klm"), "'first_target' and 'first_attribute' share .*: a"),
        (("abc", "def", "jki", "lmf"), "'second_target' and 'second_attribute' .*: f"),
    ],
)
def test_lists_that_are_the_same_or_overlap_are_refused(
    toy: Embedding, sets: tuple[str, ...], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        weat(toy, of_words(*sets))


def test_lists_of_unequal_size_are_not_trimmed(toy: Embedding) -> None:
    found = weat(toy, of_words("abcd", "efg", "hij", "klm"), draws=0)
    assert [len(found.used[side]) for side in SIDES] == [4, 3, 3, 3]
    assert found.p is not None
    assert found.p.partitions == 35


def test_constant_vectors_have_no_effect_and_no_p() -> None:
    constant = of_rows(**{word: [1.0, 2.0, 3.0] for word in "abcdefghijkl"})
    found = weat(constant, of_words("abc", "def", "ghi", "jkl"))
    assert found.effect_size.undefined_because == "all words are equally near to both lists"
    assert found.p is None


def test_one_dimension_has_no_angles() -> None:
    flat = of_rows(**{word: [place + 1.0] for place, word in enumerate("abcdefghijkl")})
    with pytest.raises(InputError, match="one dimension have no angles"):
        weat(flat, of_words("abc", "def", "ghi", "jkl"))


def test_an_unknown_test_is_answered_with_a_suggestion(toy: Embedding) -> None:
    with pytest.raises(InputError, match=r"Did you mean 'weat-1"):
        weat(toy, "weat-11")
    with pytest.raises(InputError, match="ddof must be 0 or 1; got 2"):
        weat(toy, of_words("abc", "def", "ijk", "lmn"), ddof=2)


def test_what_debiasing_took_away_is_no_effect_after_reading_it_back(
    glove: Embedding, tmp_path: Path
) -> None:
    """Scores of 1e-9 stored in float32 have an effect size; it is one of rounding."""
    test = AssociationTest(
        id="pairs",
        first_target=WordSet(name="math", words=("math", "algebra", "geometry")),
        second_target=WordSet(name="arts", words=("poetry", "art", "dance")),
        first_attribute=WordSet(name="men", words=("he", "his", "man", "boy")),
        second_attribute=WordSet(name="women", words=("she", "her", "woman", "girl")),
        published={},
    )
    save(debiased(glove, "hard"), tmp_path / "debiased.bin")
    found = weat(load(tmp_path / "debiased.bin"), test)
    assert 0 < max(map(abs, found.scores.values())) < 1e-7
    assert found.effect_size.value is None
    assert found.p is None


@pytest.mark.parametrize("ddof", [0, 1])
def test_one_word_a_side_has_no_effect_size_but_that_of_its_construction(
    toy: Embedding, ddof: int
) -> None:
    found = weat(toy, of_words("a", "d", "ijk", "lmn"), minimum=1, ddof=ddof)
    assert "by construction" in (found.effect_size.undefined_because or "")
    assert found.effect_size.interval is None
    assert found.p is None
    two = weat(toy, of_words("ab", "d", "ijk", "lmn"), minimum=1, ddof=ddof)
    assert two.effect_size.value is not None
    near, far = (WordSet(name=name, words=(name,)) for name in "ij")
    single = single_category_weat(toy, "a", near, far, minimum=1, ddof=ddof)
    assert single.effect_size.value is None


def test_a_word_that_stands_more_than_once_is_not_called_lost(toy: Embedding) -> None:
    with pytest.raises(
        InputError,
        match=r"own: 1 of 1 different words of 'first_target' remain, and at least 3 are "
        r"needed; more than once: a\.",
    ):
        weat(toy, of_words("aaa", "def", "ijk", "lmn"))


def test_a_single_word_is_not_held_against_itself(toy: Embedding) -> None:
    near, far = (WordSet(name=name, words=tuple(name)) for name in ("abc", "def"))
    with pytest.raises(InputError, match="'b' stands in 'abc' itself"):
        single_category_weat(toy, "b", near, far)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"draws": -1}, r"weat: draws must be 0 .* or more; got -1"),
        ({"minimum": 0}, r"weat: minimum must be 1 or more; got 0"),
        ({"minimum": -2}, r"weat: minimum must be 1 or more; got -2"),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    toy: Embedding, options: dict[str, int], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        weat(toy, of_words("abc", "def", "ijk", "lmn"), **options)
    with pytest.raises(InputError, match=says):
        weat_battery(toy, **options)
    with pytest.raises(InputError, match=says.replace("weat", "audit")):
        toy.audit("rnd", **options)
