"""Columns are found, or the message says what would solve it."""

from __future__ import annotations

import pytest

from fairaudit.core.columns import Bin
from fairaudit.core.errors import ColumnNotFoundError, InputError
from fairaudit.tally.roles import Wanted, find_roles

COLUMNS = ("id", "gender", "race", "y_true", "y_pred", "score")


def test_well_known_names_are_found_and_said() -> None:
    found = find_roles(Wanted(groups=("gender",)), COLUMNS, where="t.csv")
    assert (found.roles.label, found.roles.prediction) == ("y_true", "y_pred")
    assert found.taken == (
        "label 'y_true'",
        "prediction 'y_pred'",
    )


def test_named_columns_are_not_said_to_be_found() -> None:
    wanted = Wanted(groups=("gender",), label="y_true", prediction="y_pred")
    assert find_roles(wanted, COLUMNS, where="t.csv").taken == ()


def test_a_threshold_makes_decisions_of_a_score() -> None:
    found = find_roles(Wanted(groups=("gender",), threshold=0.5), COLUMNS, where="t.csv")
    assert (found.roles.prediction, found.roles.score) == (None, "score")


def test_a_misspelt_group_is_met_with_the_likely_one() -> None:
    with pytest.raises(ColumnNotFoundError, match=r"'gendr'.*Did you mean 'gender'\?"):
        find_roles(Wanted(groups=("gendr",)), COLUMNS, where="t.csv")


def test_a_crossing_is_split_unless_a_column_has_that_name() -> None:
    found = find_roles(Wanted(groups=("gender×race", "race")), COLUMNS, where="t.csv")
    assert found.roles.tables == (("gender", "race"), ("race",))
    assert found.roles.attributes == ("gender", "race")
    literal = find_roles(Wanted(groups=("a×b",)), ("a×b", "a", "b", "y_pred"), where="t")
    assert literal.roles.tables == (("a×b",),)


def test_one_column_cannot_play_two_parts() -> None:
    with pytest.raises(
        InputError, match=r"'y_pred' cannot be both the prediction and the group"
    ):
        find_roles(
            Wanted(groups=("y_pred",), label="y_true", prediction="y_pred"),
            COLUMNS,
            where="t",
        )


def test_no_group_is_refused_with_the_columns_there_are() -> None:
    with pytest.raises(InputError, match=r"no group column.*gender.*groups="):
        find_roles(Wanted(), COLUMNS, where="t.csv")


def test_a_score_alone_asks_for_the_threshold() -> None:
    with pytest.raises(InputError, match=r"Add threshold="):
        find_roles(Wanted(groups=("g",), score="s"), ("g", "s"), where="t.csv")


def test_no_decision_at_all_names_both_ways_to_give_one() -> None:
    with pytest.raises(InputError, match=r"prediction='COLUMN', or score='COLUMN' with"):
        find_roles(Wanted(groups=("g",)), ("g", "hired"), where="t.csv")


def test_a_threshold_beside_a_prediction_is_refused() -> None:
    with pytest.raises(InputError, match="decisions come from one of them"):
        find_roles(
            Wanted(groups=("gender",), prediction="y_pred", threshold=0.5),
            COLUMNS,
            where="t",
        )


def test_count_and_weight_together_are_refused() -> None:
    with pytest.raises(InputError, match="not both"):
        find_roles(
            Wanted(groups=("gender",), count="id", weight="score"), COLUMNS, where="t.csv"
        )


def test_bins_of_a_column_that_makes_no_groups_are_refused() -> None:
    with pytest.raises(InputError, match="neither a group nor a stratum"):
        find_roles(
            Wanted(groups=("gender",), bins=(Bin(column="id", edges=(1.0,)),)),
            COLUMNS,
            where="t.csv",
        )
