from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from fairaudit.core.cells import Cells
from fairaudit.core.errors import InputError
from fairaudit.core.evidence import EVERYONE_ELSE
from fairaudit.core.weights import Weights
from fairaudit.criteria.comparisons import (
    FAMILY_ALPHA,
    PASS_ALPHA,
    allowed_limit,
    check_compare,
    compare_rate,
    count_defined,
    pairings,
    shown_limit,
)
from fairaudit.tally.rates import SELECTION_RATE, TRUE_POSITIVE_RATE, Proportion, proportion
from tests.people import table_of
from tests.strategies import FULL_GROUPS

PEOPLE: dict[str, Cells] = {
    "a": Cells(tp=40, fp=20, fn=10, tn=30),
    "b": Cells(tp=20, fp=10, fn=20, tn=10),
    "c": Cells(fp=5, tn=15),
}


def test_pairs_name_every_two_groups_once_the_larger_first() -> None:
    table = table_of(PEOPLE)
    assert [(one.name, other.name) for one, other in pairings(table)] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]


def test_rest_holds_each_group_against_all_others_together() -> None:
    found = {one.name: other for one, other in pairings(table_of(PEOPLE, compare="rest"))}
    assert set(found) == set(PEOPLE)
    assert {other.name for other in found.values()} == {EVERYONE_ELSE}
    assert found["a"].cells == PEOPLE["b"] + PEOPLE["c"]


def test_rest_of_two_groups_are_each_other() -> None:
    pair = {name: PEOPLE[name] for name in "ab"}
    found = {
        one.name: other.cells for one, other in pairings(table_of(pair, compare="rest"))
    }
    assert found == {"a": PEOPLE["b"], "b": PEOPLE["a"]}


def test_a_lone_group_has_no_rest() -> None:
    assert list(pairings(table_of({"a": PEOPLE["a"]}, compare="rest"))) == []


def test_a_reference_is_the_second_of_every_pair() -> None:
    table = table_of(PEOPLE, compare="reference:b")
    assert [(one.name, other.name) for one, other in pairings(table)] == [
        ("a", "b"),
        ("c", "b"),
    ]
    first = compare_rate(SELECTION_RATE, table, family_size=1)[0]
    assert first.difference.value == pytest.approx(0.6 - 0.5)


def test_people_without_a_group_are_never_compared() -> None:
    people: dict[str | None, Cells] = {None: Cells(tp=500)}
    people.update(PEOPLE)
    for compare in ("pairs", "rest"):
        for one, other in pairings(table_of(people, compare=compare)):
            assert one.cells.total + other.cells.total <= 200


def test_a_reference_that_is_not_there_is_refused_with_the_likely_one() -> None:
    table = table_of({"Caucasian": PEOPLE["a"], "Asian": PEOPLE["b"]})
    wanted = table_of(
        {"Caucasian": PEOPLE["a"], "Asian": PEOPLE["b"]}, compare="reference:caucasian"
    )
    assert list(pairings(table))
    with pytest.raises(InputError, match=r"'caucasian'.*Did you mean 'Caucasian'\?"):
        list(pairings(wanted))


@pytest.mark.parametrize("compare", ["pairs", "rest", "reference:x"])
def test_the_three_ways_to_compare_are_known(compare: str) -> None:
    check_compare(compare)


def test_another_way_to_compare_is_refused() -> None:
    with pytest.raises(InputError, match=r"must be pairs, rest or reference:GROUP; got"):
        check_compare("pair")


def test_an_undefined_rate_leaves_the_comparison_undefined_and_says_so() -> None:
    by_pair = {
        (one.first, one.second): one
        for one in compare_rate(TRUE_POSITIVE_RATE, table_of(PEOPLE), family_size=3)
    }
    undefined = by_pair["a", "c"]
    assert (undefined.at_least, undefined.at_most) == (None, None)
    assert undefined.difference.value is None
    assert undefined.difference.undefined_because
    assert by_pair["a", "b"].at_most is not None
    assert count_defined(TRUE_POSITIVE_RATE, table_of(PEOPLE)) == 1


def test_a_comparison_is_in_scope_when_both_its_groups_are() -> None:
    scoped = compare_rate(
        SELECTION_RATE, table_of(PEOPLE), family_size=1, in_scope={"a", "b"}
    )
    assert {(one.first, one.second) for one in scoped if one.in_scope} == {("a", "b")}
    rest = compare_rate(
        SELECTION_RATE, table_of(PEOPLE, compare="rest"), family_size=1, in_scope={"a"}
    )
    assert {one.first for one in rest if one.in_scope} == {"a"}


counts = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


exact: Any = proportion_confint
"""It has no types."""


def mover(
    first: tuple[int, int], second: tuple[int, int], alpha: float
) -> tuple[float, float]:
    """Combine statsmodels' exact limits as Zou and Donner do, by square and add."""
    (x1, n1), (x2, n2) = first, second
    l1, u1 = exact(x1, n1, alpha, method="beta")
    l2, u2 = exact(x2, n2, alpha, method="beta")
    p1, p2 = x1 / n1, x2 / n2
    return (
        p1 - p2 - math.hypot(p1 - l1, u2 - p2),
        p1 - p2 + math.hypot(u1 - p1, p2 - l2),
    )


@given(counts, counts, st.integers(1, 40))
def test_limits_agree_with_the_exact_intervals_of_statsmodels(
    first: tuple[int, int], second: tuple[int, int], family: int
) -> None:
    table = table_of(
        {
            name: Cells(unlabelled_selected=hits, unlabelled_rejected=people - hits)
            for name, (hits, people) in (("a", first), ("b", second))
        }
    )
    (found,) = compare_rate(SELECTION_RATE, table, family_size=family)
    low, high = mover(first, second, FAMILY_ALPHA / family)
    assert found.at_least == pytest.approx(max(low, -high, 0), abs=1e-7)
    low, high = mover(first, second, PASS_ALPHA)
    assert found.at_most == pytest.approx(max(abs(low), abs(high)), abs=1e-7)


@given(counts, counts)
def test_what_is_shown_is_seen_and_what_is_seen_is_not_excluded(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    seen = abs(first[0] / first[1] - second[0] / second[1])
    four = (*first, *second)
    assert shown_limit(four, FAMILY_ALPHA, "difference") <= seen + 1e-12
    assert allowed_limit(four, "difference") >= seen - 1e-12


@given(counts, counts)
def test_a_ratio_falls_short_of_one_the_same_way_whichever_group_is_first(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    one, other = (*first, *second), (*second, *first)
    shown = [shown_limit(counts, FAMILY_ALPHA, "ratio") for counts in (one, other)]
    allowed = [allowed_limit(counts, "ratio") for counts in (one, other)]
    for limit, turned in (shown, allowed):
        assert limit == pytest.approx(turned, abs=1e-6)
        assert 0 <= limit <= 1
    if first[0] and second[0]:
        rates = sorted((first[0] / first[1], second[0] / second[1]))
        shortfall = 1 - rates[0] / rates[1]
        assert shown_limit(one, FAMILY_ALPHA, "ratio") <= shortfall + 1e-9
        assert allowed_limit(one, "ratio") >= shortfall - 1e-9


@given(FULL_GROUPS)
def test_a_larger_family_shows_less(people: dict[str | None, Cells]) -> None:
    table = table_of(people)
    alone = compare_rate(SELECTION_RATE, table, family_size=1)
    among_many = compare_rate(SELECTION_RATE, table, family_size=100)
    for one, other in zip(alone, among_many, strict=True):
        assert one.at_least is not None
        assert other.at_least is not None
        assert other.at_least <= one.at_least
        # A pass needs no correction: every comparison must be within the tolerance.
        assert other.at_most == one.at_most


def test_survey_weights_widen_the_limits_to_the_effective_size() -> None:
    people = {"a": Cells(tp=60.0, tn=40.0), "b": Cells(tp=50.0, tn=50.0)}
    # Weights of 2 for half as many people.
    squares = {name: Cells(tp=2 * c.tp, tn=2 * c.tn) for name, c in people.items()}
    weighted = table_of(people, squares=squares)
    half = table_of({"a": Cells(tp=30, tn=20), "b": Cells(tp=25, tn=25)})
    (one,) = compare_rate(SELECTION_RATE, weighted, family_size=1)
    (other,) = compare_rate(SELECTION_RATE, half, family_size=1)
    assert one.at_most == pytest.approx(other.at_most)
    assert one.at_least == pytest.approx(other.at_least)


def test_equal_groups_do_not_fail_where_weights_go_with_the_outcome() -> None:
    rng, runs, failed = np.random.default_rng(0), 500, 0
    for _ in range(runs):
        sides = [_heavy_and_selected(rng) for _ in "ab"]
        counts = (sides[0].successes, sides[0].size, sides[1].successes, sides[1].size)
        failed += shown_limit(counts, FAMILY_ALPHA, "difference") > 0.01
    # With Kish's size one in eight.
    assert failed / runs <= 0.05


def _heavy_and_selected(rng: np.random.Generator) -> Proportion:
    """Draw 400 people: one in twenty weighs 10, and half of those alone are selected."""
    heavy = int(rng.binomial(400, 0.05))
    hits = int(rng.binomial(heavy, 0.5))
    people = Cells(tp=10.0 * hits, tn=10.0 * (heavy - hits) + 400 - heavy)
    squares = Cells(tp=100.0 * hits, tn=100.0 * (heavy - hits) + 400 - heavy)
    return proportion(SELECTION_RATE, people, Weights(squares=squares, heaviest=10.0))


@given(FULL_GROUPS)
def test_the_rest_of_every_group_is_everybody_but_that_group(
    people: dict[str | None, Cells],
) -> None:
    everybody = sum(people.values(), Cells())
    for one, rest in pairings(table_of(people, compare="rest")):
        assert one.cells + rest.cells == everybody
        assert rest.weights is None
