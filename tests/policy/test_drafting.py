from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.words import Favourable
from fairaudit.criteria.catalogue import catalogue
from fairaudit.policy.draft_text import draft_text, toml_string
from fairaudit.policy.drafting import Acted, Answers, Labels, Worst, propose
from fairaudit.policy.reading import parse_policy

ALL_ANSWERS = [
    Answers(
        decides="who is invited",
        favourable=favourable,
        worst=worst,
        labels=labels,
        shares_goal=goal,
        acted_on=acted,
    )
    for favourable, worst, labels, goal, acted in product(
        get_args(Favourable),
        get_args(Worst),
        get_args(Labels),
        (True, False),
        get_args(Acted),
    )
]


def answers(**changed: Any) -> Answers:  # noqa: ANN401 - any of the answers
    base: dict[str, Any] = {
        "decides": "who is invited",
        "favourable": "selected",
        "worst": "both",
        "labels": "trusted",
        "shares_goal": False,
        "acted_on": "no",
    }
    return Answers(**{**base, **changed})


@pytest.mark.parametrize(
    ("changed", "criterion"),
    [
        # The leaves of the decision diagram in Makhlouf et al. 2021, in its order.
        ({"shares_goal": True, "acted_on": "selections"}, "demographic_parity"),
        ({"labels": "biased", "acted_on": "selections"}, "demographic_parity"),
        ({"labels": "none", "worst": "wrongly-rejected"}, "demographic_parity"),
        ({"acted_on": "selections"}, "predictive_parity"),
        ({"acted_on": "both"}, "conditional_use_accuracy_equality"),
        ({"worst": "wrongly-rejected"}, "equal_opportunity"),
        ({"worst": "wrongly-selected"}, "predictive_equality"),
        ({"worst": "both"}, "equalized_odds"),
    ],
)
def test_each_answer_leads_to_its_criterion(
    changed: dict[str, Any], criterion: str
) -> None:
    assert propose(answers(**changed))[0].criterion == criterion


@pytest.mark.parametrize("given_answers", ALL_ANSWERS)
def test_whatever_is_answered_a_known_criterion_is_proposed_once(
    given_answers: Answers,
) -> None:
    proposed = [proposal.criterion for proposal in propose(given_answers)]
    assert proposed
    assert len(set(proposed)) == len(proposed)
    assert set(proposed) <= set(catalogue())


@pytest.mark.parametrize("given_answers", ALL_ANSWERS)
def test_without_trusted_labels_no_error_rate_is_proposed(given_answers: Answers) -> None:
    if given_answers.labels != "trusted":
        for proposal in propose(given_answers):
            assert not catalogue()[proposal.criterion].uses_label


def test_what_else_the_answers_speak_for_is_proposed_too() -> None:
    proposals = propose(answers(shares_goal=True, acted_on="selections"))
    assert [proposal.criterion for proposal in proposals] == [
        "demographic_parity",
        "predictive_parity",
        "equalized_odds",
    ]


def test_the_reason_speaks_the_words_of_the_direction() -> None:
    helps = propose(answers(acted_on="selections"))[0].why
    harms = propose(answers(acted_on="selections", favourable="not-selected"))[0].why
    assert "selected" in helps
    assert "flagged" in harms


def test_every_source_is_in_the_bibliography() -> None:
    root = Path(__file__).parents[2]
    listed = (root / "docs" / "references.bib").read_text("utf-8")
    for given_answers in ALL_ANSWERS:
        for proposal in propose(given_answers):
            for source in proposal.sources:
                assert f"{{{source}," in listed


@pytest.mark.parametrize("given_answers", ALL_ANSWERS)
def test_every_draft_is_a_policy_that_can_be_followed(given_answers: Answers) -> None:
    proposal = propose(given_answers)[0]
    policy = parse_policy(draft_text(given_answers, proposal), name="draft")
    gate = policy.requirements.criteria[0]
    assert (gate.criterion, gate.tolerance) == (proposal.criterion, 0.1)
    assert policy.requirements.why == proposal.why
    assert policy.favourable == given_answers.favourable
    assert policy.disclosure.intended_uses == ("who is invited",)
    assert "contact" in policy.disclosure.unfilled


def test_what_is_not_filled_in_stands_in_the_draft_as_a_comment() -> None:
    text = draft_text(answers(), propose(answers())[0])
    assert '# contact = ""' in text
    assert "you look at results" in text


@given(st.text())
def test_any_text_survives_as_a_toml_string(text: str) -> None:
    written = toml_string(text)
    assert "\n" not in written
    survived = text.encode("utf-8", "replace").decode()
    assert tomllib.loads(f"a = {written}")["a"] == survived
