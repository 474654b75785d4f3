"""What counts as a positive label is understood or asked for, never guessed."""

from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.tally.positives import parse_positives


@pytest.mark.parametrize(
    ("positive", "negative"),
    [
        ("1", "0"),
        ("1.0", "0.0"),
        ("true", "false"),
        ("TRUE", "False"),
        ("1", "-1"),
        (" 1", "0 "),
    ],
)
def test_plain_ways_to_write_yes_and_no_are_understood(
    positive: str, negative: str
) -> None:
    assert parse_positives("y", {positive: 3, negative: 4}, None) == {
        positive: True,
        negative: False,
    }


@pytest.mark.parametrize(
    ("text", "is_positive"), [("1", True), ("0", False), ("-1", False)]
)
def test_a_column_with_one_understood_value_is_understood(
    text: str, is_positive: bool
) -> None:
    assert parse_positives("y", {text: 3}, None) == {text: is_positive}


def test_words_are_asked_about_and_the_message_solves_it() -> None:
    with pytest.raises(InputError, match=r"'no' \(21\), 'yes' \(19\).*positive='yes'"):
        parse_positives("y_true", {"yes": 19, "no": 21}, None)


def test_a_named_positive_value_makes_the_rest_negative() -> None:
    understood = parse_positives("risk", {"High": 2, "Medium": 3, "Low": 4}, "High")
    assert understood == {"High": True, "Medium": False, "Low": False}


@pytest.mark.parametrize("positive", [None, "1", "1.0", "True", "true"])
def test_one_and_true_are_one_value_however_they_are_written(positive: str | None) -> None:
    texts = {"1": 1, "1.0": 1, "True": 1, "0": 1, "0.0": 1, "False": 1}
    understood = parse_positives("y", texts, positive)
    assert [text for text, is_it in understood.items() if is_it] == ["1", "1.0", "True"]


def test_the_named_value_is_taken_in_every_case_and_zero_may_be_it() -> None:
    understood = parse_positives("y", {"yes": 2, "Yes": 1, "no": 3}, "yes")
    assert understood == {"yes": True, "Yes": True, "no": False}
    assert parse_positives("y", {"False": 2, "True": 1}, "0") == {
        "False": True,
        "True": False,
    }


@pytest.mark.parametrize("positive", [None, "1", "yes"])
def test_spellings_that_no_value_reconciles_are_called_mixed(positive: str | None) -> None:
    with pytest.raises(InputError, match=r"'y' mixes ways to write yes and no: '0' \(4\)"):
        parse_positives("y", {"1": 3, "0": 4, "yes": 1, "no": 2}, positive)


def test_a_value_of_a_column_that_is_neither_names_the_column() -> None:
    with pytest.raises(
        InputError, match=r"'foo' is neither the label nor.*Write positive=\{'y': 'yes'\}\."
    ):
        parse_positives("y", {"yes": 2, "no": 3}, "foo=yes")


def test_a_positive_value_that_never_occurs_means_nobody_in_a_constant_column() -> None:
    assert parse_positives("y", {"no": 5}, "yes") == {"no": False}


def test_a_positive_value_of_the_other_column_leaves_numbers_understood() -> None:
    assert parse_positives("y_pred", {"1": 2, "0": 3}, "yes") == {"1": True, "0": False}


def test_a_misspelt_positive_value_is_refused_with_the_likely_one() -> None:
    with pytest.raises(InputError, match=r"'Yse' does not occur.*Did you mean 'Yes'\?"):
        parse_positives("y", {"Yes": 1, "No": 2}, "Yse")


def test_a_score_where_a_decision_belongs_names_the_threshold() -> None:
    with pytest.raises(InputError, match=r"'0\.9999'.*score='y_pred'.*threshold="):
        parse_positives("y_pred", {"1": 9, "0.9999": 1, "0": 9}, None)


def test_whole_numbers_beyond_two_are_not_coerced() -> None:
    with pytest.raises(
        InputError, match=r"numbers '3'.*threshold=.*positive=\{'decile': 'VALUE'\}"
    ):
        parse_positives("decile", {"1": 1, "2": 2, "3": 3}, None)


def test_zero_and_minus_one_together_are_not_guessed() -> None:
    with pytest.raises(InputError, match="say which value is positive"):
        parse_positives("y", {"0": 1, "-1": 2}, None)
