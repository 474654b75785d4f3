from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.cells import Cells
from fairaudit.core.value import replace
from fairaudit.core.weights import Weights
from fairaudit.criteria.conditional import (
    compare_within_strata,
    count_within_strata,
    pairs_within_strata,
)
from tests.people import strata_of

# Bickel, Hammel and O'Connell, Science 187 (1975): admitted and rejected of the men, then
# of the women, in the six largest departments of Berkeley in 1973.
BERKELEY = {
    "A": ((512, 313), (89, 19)),
    "B": ((353, 207), (17, 8)),
    "C": ((120, 205), (202, 391)),
    "D": ((138, 279), (131, 244)),
    "E": ((53, 138), (94, 299)),
    "F": ((22, 351), (24, 317)),
}


def berkeley() -> dict[tuple[str, str | None], Cells]:
    return {
        (sex, department): Cells(unlabelled_selected=yes, unlabelled_rejected=no)
        for department, both in BERKELEY.items()
        for sex, (yes, no) in zip(("men", "women"), both, strict=True)
    }


def test_berkeley_admits_more_men_and_favours_women_within_departments() -> None:
    table = strata_of(berkeley())
    rates = {row.name: row.rates["selection_rate"].value for row in table.groups}
    assert rates["men"] == pytest.approx(0.445, abs=5e-4)
    assert rates["women"] == pytest.approx(0.304, abs=5e-4)
    (pair,) = compare_within_strata(table, family=7)
    assert (pair.first, pair.second) == ("men", "women")
    # Mantel and Haenszel's weights n1 n2 / (n1 + n2), by hand.
    weights, weighted = 0.0, 0.0
    for men, women in BERKELEY.values():
        weight = sum(men) * sum(women) / (sum(men) + sum(women))
        weights += weight
        weighted += weight * (men[0] / sum(men) - women[0] / sum(women))
    assert pair.common.value == pytest.approx(weighted / weights)
    assert pair.common.value is not None
    assert pair.common.value < 0
    assert (pair.strata_used, pair.strata_skipped) == (6, 0)
    # Only department A is known to differ, in favour of women.
    assert pair.worst_stratum == "A"
    assert pair.heterogeneity_p is not None
    assert pair.heterogeneity_p < 0.05


def test_strata_with_one_group_are_counted_and_decide_nothing() -> None:
    people = berkeley()
    both = compare_within_strata(strata_of(people), family=7)
    people["men", "G"] = Cells(unlabelled_selected=900)
    people["women", "H"] = Cells(unlabelled_rejected=900)
    (pair,) = compare_within_strata(strata_of(people), family=7)
    assert (pair.strata_used, pair.strata_skipped) == (6, 2)
    assert pair.common == both[0].common


def test_people_without_a_stratum_are_in_none() -> None:
    people = berkeley()
    both = compare_within_strata(strata_of(people), family=7)
    people["men", None] = Cells(unlabelled_selected=900)
    people["women", None] = Cells(unlabelled_rejected=900)
    assert compare_within_strata(strata_of(people), family=7) == both


def test_groups_that_never_meet_cannot_be_compared_and_it_is_said() -> None:
    table = strata_of(
        {
            ("a", "x"): Cells(unlabelled_selected=5, unlabelled_rejected=5),
            ("b", "y"): Cells(unlabelled_selected=5, unlabelled_rejected=5),
        }
    )
    (pair,) = compare_within_strata(table, family=1)
    assert pair.common.undefined_because == "no stratum has both a and b"
    assert (pair.at_least, pair.at_most, pair.strata_used) == (None, None, 0)
    assert count_within_strata(table) == 0


def test_a_stratum_where_one_group_has_no_decision_is_skipped() -> None:
    table = strata_of(
        {
            ("a", "x"): Cells(unlabelled_selected=5, unlabelled_rejected=5),
            ("b", "x"): Cells(undecided_positive=5),
            ("a", "y"): Cells(unlabelled_selected=5, unlabelled_rejected=5),
            ("b", "y"): Cells(unlabelled_selected=5, unlabelled_rejected=5),
        }
    )
    (pair,) = compare_within_strata(table, family=2)
    assert (pair.strata_used, pair.strata_skipped) == (1, 1)


def test_the_family_is_every_pair_over_all_strata_and_within_each() -> None:
    # Three pairs, each over all strata and in six of them.
    people = berkeley()
    for department in BERKELEY:
        people["unknown", department] = Cells(unlabelled_selected=9, unlabelled_rejected=9)
    assert count_within_strata(strata_of(people)) == 3 * (1 + 6)
    assert count_within_strata(strata_of(people, compare="reference:men")) == 2 * (1 + 6)


def test_a_reference_is_the_second_of_every_pair() -> None:
    pairs = compare_within_strata(
        strata_of(berkeley(), compare="reference:men"), family=7, in_scope={"men"}
    )
    assert [(one.first, one.second, one.in_scope) for one in pairs] == [
        ("women", "men", False)
    ]


cells = st.builds(
    Cells, unlabelled_selected=st.integers(1, 80), unlabelled_rejected=st.integers(1, 80)
)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_with_one_stratum_it_is_the_plain_difference_and_else_between_those_of_the_strata(
    strata: list[tuple[Cells, Cells]],
) -> None:
    table = strata_of(
        {
            (name, f"s{place}"): here
            for place, both in enumerate(strata)
            for name, here in zip("ab", both, strict=True)
        },
        compare="reference:b",
    )
    (pair,) = compare_within_strata(table, family=1)
    seen = [
        one.unlabelled_selected / one.total - other.unlabelled_selected / other.total
        for one, other in strata
    ]
    assert pair.common.value is not None
    assert min(seen) - 1e-9 <= pair.common.value <= max(seen) + 1e-9
    assert pair.at_most is not None
    assert pair.at_least is not None
    assert pair.at_least <= abs(pair.common.value) <= pair.at_most


def test_strata_weigh_by_their_people_whoever_was_selected() -> None:
    table = strata_of({("a", "x"): Cells(tp=10, tn=20), ("b", "x"): Cells(tp=1, tn=4)})
    (stratum,) = table.strata
    # In b two people, of weights 1 and 4.
    squares = {"a": Cells(tp=10, tn=20), "b": Cells(tp=1, tn=16)}
    groups = tuple(
        replace(row, weights=Weights(squares=squares[row.name], heaviest=4))
        for row in stratum.groups
    )
    weighted = replace(table, strata=(replace(stratum, groups=groups),))
    (pair,) = pairs_within_strata(weighted)
    assert pair.first == "a"
    assert pair.strata["x"][3] < 2
    assert pair.weights == {"x": 30 * 5 / 35}
