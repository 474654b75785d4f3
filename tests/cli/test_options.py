from __future__ import annotations

import pytest

from fairaudit.cli import options
from fairaudit.core.columns import Bin
from fairaudit.core.errors import InputError
from fairaudit.core.requirements import CriterionGate, NumberGate, Requirements
from fairaudit.policy.document import Policy

WITHIN_10 = CriterionGate(criterion="predictive_parity", tolerance=0.1)
AS_RATIO = CriterionGate(criterion="equal_opportunity", tolerance=0.8, measure="ratio")
POLICY = Policy(requirements=Requirements(criteria=(WITHIN_10, AS_RATIO)))


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (["yes"], "yes"),
        # A value may hold the sign that parts a column from its value.
        ([">=50K"], ">=50K"),
        (["income=high"], "income=high"),
        (["y_true=yes"], {"y_true": "yes"}),
        (["hired=a=b"], {"hired": "a=b"}),
        (["a=b=c"], {"a=b": "c"}),
        (["hired=1", "y_pred=made"], {"hired": "1", "y_pred": "made"}),
        (["hired="], {"hired": ""}),
    ],
)
def test_a_positive_value_names_its_column_only_where_there_is_one(
    texts: list[str], read: str | dict[str, str]
) -> None:
    assert options.positive(texts, ["hired", "a", "a=b", None]) == read


def test_edges_are_numbers_behind_the_last_sign() -> None:
    assert options.bins(["age=25,40", "a=b=-1.5"]) == (
        Bin(column="age", edges=(25.0, 40.0)),
        Bin(column="a=b", edges=(-1.5,)),
    )


@pytest.mark.parametrize("text", ["age", "age=", "=1", "age=a,b", "age=1,", "age=1;2"])
def test_a_bin_without_column_or_numbers_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="write the column and where it is cut"):
        options.bins([text])


def test_expected_groups_are_of_the_one_attribute_or_of_each() -> None:
    assert options.expected(["a, b", "c"], ["race"]) == ("a", "b", "c")
    both = options.expected(["race=a,b", "sex=f", "race=c"], ["race", "sex"])
    assert both == {"race": ("a", "b", "c"), "sex": ("f",)}


def test_a_criterion_takes_the_tolerance_given_or_the_policys() -> None:
    assert options.criteria(["predictive-parity"], [], POLICY) == (WITHIN_10,)
    assert options.criteria(["Equal opportunity"], [0.9], POLICY) == (
        CriterionGate(criterion="equal_opportunity", tolerance=0.9, measure="ratio"),
    )
    assert options.criteria(["equalized_odds"] * 2, [0.2], POLICY) == (
        CriterionGate(criterion="equalized_odds", tolerance=0.2),
    )


def test_a_tolerance_alone_is_for_the_policys_criteria() -> None:
    assert [gate.tolerance for gate in options.criteria([], [0.3], POLICY)] == [0.3, 0.3]


def test_tolerances_are_paired_with_criteria_in_their_order() -> None:
    names = ["equalized_odds", "demographic parity"]
    gates = options.criteria(names, [0.1, 0.4], Policy())
    assert {gate.criterion: gate.tolerance for gate in gates} == {
        "equalized_odds": 0.1,
        "demographic_parity": 0.4,
    }


@pytest.mark.parametrize(
    ("names", "tolerances", "why"),
    [
        (["equalized_odds"], [0.1, 0.4], r"2 times for 1 criterion\. Give one for all"),
        (["equalized_odds"] * 3, [0.1, 0.4], "2 times for 3 criteria"),
        (
            ["equalized_odds", "Equalized odds"],
            [0.1, 0.4],
            "equalized_odds was given twice",
        ),
        ([], [0.1, 0.4], "2 times without a criterion"),
        (["equalized_odds"], [float("nan")], "must lie between 0 and 1"),
    ],
)
def test_a_tolerance_too_many_or_too_few_is_refused(
    names: list[str], tolerances: list[float], why: str
) -> None:
    with pytest.raises(InputError, match=why):
        options.criteria(names, tolerances, POLICY)


def test_a_measure_is_taken_with_a_tolerance_of_its_own() -> None:
    as_ratio = CriterionGate(criterion="predictive_parity", tolerance=0.8, measure="ratio")
    names = ["predictive_parity"]
    assert options.criteria(names, [0.8], POLICY, measure="ratio") == (as_ratio,)
    assert options.criteria(names, [0.8], Policy(), measure="ratio") == (as_ratio,)
    assert options.criteria(names, [], POLICY, measure="difference") == (WITHIN_10,)
    # The policy's 0.1 is a strict difference, and a ratio that nearly anything keeps to.
    with pytest.raises(InputError, match=r"Add a tolerance, such as --tolerance 0\.8"):
        options.criteria(names, [], POLICY, measure="ratio")
    with pytest.raises(InputError, match=r"--measure is for a criterion"):
        options.criteria([], [], Policy(), measure="ratio")


def test_a_setting_of_a_policy_is_shown_as_it_is_written() -> None:
    gate = NumberGate(number="impact_ratio", relation=">=", limit="0.8", attribute="race")
    assert options.shown_setting((WITHIN_10, AS_RATIO)) == (
        "predictive_parity within 0.1, equal_opportunity with a ratio of at least 0.8"
    )
    assert options.shown_setting((gate,)) == "race:impact_ratio>=0.8"
    assert options.shown_setting((Bin(column="age", edges=(25.0, 40.5)),)) == "age=25,40.5"
    assert options.shown_setting({"race": ("a", "b")}) == "race=a, b"
    assert options.shown_setting(5.0) == "5.0"
