from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.resumes.systems.log_odds import log_odds


def token(text: str, listed: dict[str, float]) -> dict[str, Any]:
    """Write a token with the probabilities of the likeliest ones in its place."""
    top = [{"token": t, "logprob": math.log(p) if p else None} for t, p in listed.items()]
    return {"token": text, "logprob": -0.1, "top_logprobs": top}


def test_forms_of_a_word_are_added_whatever_their_case_and_spaces() -> None:
    listed = {"Yes": 0.3, " yes": 0.2, "YES": 0.1, "No": 0.1, "\u2581no": 0.1, "Maybe": 0.1}
    assert log_odds([token("Yes", listed)]) == pytest.approx(math.log(0.6 / 0.2))


def test_other_words_that_begin_alike_are_not_added() -> None:
    listed = {"Yes": 0.4, "No": 0.2, "Not": 0.1, "Now": 0.1, "Yesterday": 0.1}
    assert log_odds([token("Yes", listed)]) == pytest.approx(math.log(2))


def test_marks_and_spaces_before_the_answer_are_skipped() -> None:
    never = {"Yes": 0.01, "No": 0.9}
    said = [token("\n", never), token(" **", never), token("Yes", {"Yes": 0.8, "No": 0.2})]
    assert log_odds(said) == pytest.approx(math.log(4))


def test_only_the_first_word_counts() -> None:
    said = [token("Yes", {"Yes": 0.8, "No": 0.1}), token("No", {"Yes": 0.1, "No": 0.8})]
    assert log_odds(said) == pytest.approx(math.log(8))


def test_a_word_that_is_not_listed_is_bounded_by_the_least_likely_one() -> None:
    # Eight forms of "no", each at most as likely as "I".
    found = log_odds([token("Yes", {"Yes": 0.5, "The": 0.01, "I": 0.001})])
    assert found == pytest.approx(math.log(0.5 / 0.008))


def test_a_word_that_is_not_listed_is_bounded_by_what_is_left_where_that_is_less() -> None:
    found = log_odds([token("No", {"No": 0.9, "I": 0.098})])
    assert found == pytest.approx(math.log(0.002 / 0.9))


@given(
    st.floats(0.05, 0.9),
    st.floats(0.001, 0.05),
    st.lists(st.floats(0.001, 0.1), max_size=8),
)
def test_a_bound_is_never_farther_from_0_than_the_truth(
    yes: float, no: float, others: list[float]
) -> None:
    scale = yes + no + sum(others)
    every = {"Yes": yes / scale, "No": no / scale}
    every |= {f"w{k}": p / scale for k, p in enumerate(others)}
    truth = log_odds([token("Yes", every)])
    assert truth is not None
    ranked = sorted(every.items(), key=lambda one: -one[1])
    for most in range(1, len(ranked)):
        found = log_odds([token("Yes", dict(ranked[:most]))])
        if found is not None:
            assert abs(found) <= abs(truth) + 1e-9
            assert math.copysign(1, found) == math.copysign(1, truth) or abs(found) < 1e-9


@pytest.mark.parametrize(
    "listed",
    [
        # It was saying something else.
        {"I": 0.9, "Yes": 0.004, "No": 0.004},
        {"The": 0.9},
        # "No" may be as likely as "Yes".
        {"The": 0.5, "Yes": 0.1, "I": 0.09},
        {},
        {"Yes": 0.0, "No": 0.0},
    ],
)
def test_where_the_odds_are_not_known_there_are_none(listed: dict[str, float]) -> None:
    assert log_odds([token("Yes", listed)]) is None


@pytest.mark.parametrize(
    "tokens",
    [
        None,
        [],
        {},
        ["Yes"],
        [{"token": 1}],
        [{"token": "Yes"}],
        [{"token": "Yes", "top_logprobs": "Yes"}],
        [{"token": "Yes", "top_logprobs": [None, {"token": "Yes"}, {"logprob": -1}]}],
        [{"token": "Yes", "top_logprobs": [{"token": "Yes", "logprob": math.nan}]}],
        [{"token": "Yes", "top_logprobs": [{"token": "Yes", "logprob": -math.inf}]}],
        [{"token": " "}, {"token": "\n"}],
    ],
)
def test_whatever_a_server_sends_instead_gives_none(tokens: object) -> None:
    assert log_odds(tokens) is None


def test_probabilities_above_one_count_as_one() -> None:
    listed = [{"token": "Yes", "logprob": 1e300}, {"token": "No", "logprob": math.log(0.5)}]
    said = [{"token": "Yes", "top_logprobs": listed}]
    assert log_odds(said) == pytest.approx(math.log(2))
