from __future__ import annotations

from fairaudit.core.disclosure import Disclosure
from fairaudit.core.requirements import CriterionGate, NumberGate, Requirements, Waiver
from fairaudit.policy.document import Policy
from fairaudit.policy.overriding import override

WAIVER = Waiver(gate="predictive_parity", owner="a", reason="b", expires="2027-01-31")
WITHIN_10 = CriterionGate(criterion="predictive_parity", tolerance=0.1)
WITHIN_20 = CriterionGate(criterion="predictive_parity", tolerance=0.2)
OTHER = CriterionGate(criterion="demographic_parity", tolerance=0.1)
POLICY = Policy(
    requirements=Requirements(
        criteria=(WITHIN_10,), why="one meaning", min_group=30, waivers=(WAIVER,)
    ),
    label="hired",
    groups=("race",),
    disclosure=Disclosure(contact=("a",)),
)


def test_nothing_given_leaves_the_policy_as_it_is() -> None:
    same = override(POLICY, {})
    assert same.policy == POLICY
    assert same.instead_of == {}


def test_what_is_given_holds_and_what_it_replaces_is_told() -> None:
    both = override(POLICY, {"label": "kept", "groups": ("sex",), "min_group": 50})
    assert both.policy.label == "kept"
    assert both.policy.groups == ("sex",)
    assert both.policy.requirements.min_group == 50
    assert both.instead_of == {"label": "hired", "groups": ("race",), "min_group": 30}


def test_the_original_policy_is_untouched() -> None:
    override(POLICY, {"label": "kept"})
    assert POLICY.label == "hired"


def test_saying_the_same_again_or_filling_a_gap_replaces_nothing() -> None:
    gate = NumberGate(number="impact_ratio", relation=">=", limit="0.8")
    same = override(POLICY, {"label": "hired", "count": "n", "numbers": (gate,)})
    assert same.policy.count == "n"
    assert same.policy.requirements.numbers == (gate,)
    assert same.instead_of == {}


def test_another_tolerance_keeps_the_reason() -> None:
    both = override(POLICY, {"criteria": (WITHIN_20,)})
    assert both.policy.requirements.why == "one meaning"
    assert both.instead_of == {"criteria": (WITHIN_10,)}


def test_another_criterion_loses_the_reason_that_was_for_the_first() -> None:
    assert override(POLICY, {"criteria": (OTHER,)}).policy.requirements.why is None
    kept = override(POLICY, {"criteria": (OTHER,), "why": "shares"})
    assert kept.policy.requirements.why == "shares"


def test_one_answer_to_a_question_takes_the_other_away() -> None:
    scored = Policy(score="risk", threshold=5.0, count="n")
    both = override(scored, {"prediction": "made", "weight": "w"})
    assert (both.policy.prediction, both.policy.threshold) == ("made", None)
    assert (both.policy.weight, both.policy.count) == ("w", None)
    assert both.policy.score == "risk"
    assert both.instead_of == {"threshold": 5.0, "count": "n"}


def test_two_answers_to_a_question_are_left_to_be_refused() -> None:
    both = override(Policy(), {"prediction": "made", "threshold": 5.0}).policy
    assert (both.prediction, both.threshold) == ("made", 5.0)


def test_waivers_and_disclosure_stay_the_policys() -> None:
    both = override(POLICY, {"criteria": (OTHER,), "label": "kept"}).policy
    assert both.requirements.waivers == (WAIVER,)
    assert both.disclosure == POLICY.disclosure


def test_letting_undecided_pass_is_told_where_the_policy_said_otherwise() -> None:
    lenient = Policy(requirements=Requirements(undecided="pass"))
    assert override(lenient, {"undecided": "fail"}).instead_of == {"undecided": "pass"}
    # "fail" is what holds where a policy says nothing, so nothing is replaced here.
    assert override(Policy(), {"undecided": "pass"}).instead_of == {}
