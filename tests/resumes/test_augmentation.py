from __future__ import annotations

from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import ColumnNotFoundError, InputError, UnreadableTableError
from fairaudit.resumes.augmentation import augment, counterpart, exchange_table
from fairaudit.resumes.generator import generate

TABLE = exchange_table([("Colin", "Kerri")])
ROWS = {
    "text": ["She runs.", "A nurse.", None, "Colin, men's choir"],
    "hired": [1, 0, 1, 0],
}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Captain,  women's chess club\n", "Captain,  men's chess club\n"),
        ("Kerri Walsh, kerri.walsh@example.com", "Colin Walsh, colin.walsh@example.com"),
        ("She led HER team.", "He led HIS team."),
        ("Mr. Walsh, salesman", "Ms. Walsh, saleswoman"),
        ("Managed 30 others", "Managed 30 others"),
    ],
)
def test_a_text_is_told_with_the_genders_exchanged(text: str, other: str) -> None:
    assert counterpart(text, TABLE) == other


@given(st.lists(st.sampled_from([*TABLE, "nurse", ",", "\n", "2", "MEN", "Ms"])))
def test_exchanged_twice_a_text_is_itself_again(words: list[str]) -> None:
    text = " ".join(words)

    assert counterpart(counterpart(text, TABLE), TABLE) == text


def test_the_halves_of_a_pronoun_pair_are_counterparts_of_each_other() -> None:
    for pair in generate(pairs=6, arms=["pronoun"], seed=4).pairs:
        women, men = (half.text for half in pair.halves)
        assert counterpart(women, exchange_table([])) == men


@pytest.mark.parametrize("library", [pd.DataFrame, pl.DataFrame])
def test_rows_that_name_a_gender_are_there_twice_with_their_label(library: type) -> None:
    with pytest.warns(UserWarning, match="of 4 texts 2 have no counterpart"):
        whole = augment(library(ROWS), "text", names=[("Colin", "Kerri")])
    table = (
        whole.to_dict(as_series=False) if library is pl.DataFrame else whole.to_dict("list")
    )

    assert table["text"][4:] == ["He runs.", "Kerri, women's choir"]
    assert table["hired"] == [1, 0, 1, 0, 1, 0]
    assert table["counterpart_of"][4:] == [0, 3]
    assert {type(place) for place in table["counterpart_of"][4:]} == {int}


def test_a_csv_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    pd.DataFrame(ROWS).to_csv(path, index=False)

    with pytest.warns(UserWarning, match="no counterpart"):
        assert len(augment(path, "text")) == 6


def test_data_without_gender_stay_as_they_are() -> None:
    with pytest.warns(UserWarning, match="of 1 texts 1 have no counterpart"):
        whole = augment(pd.DataFrame({"text": ["A nurse."]}), "text")
    assert whole["text"].tolist() == ["A nurse."]


def test_names_that_are_not_known_are_told_with_how_many_people_stay_half_themselves() -> (
    None
):
    texts = ["James Smith. He leads.", "Mary Jones, nurse", "Kerri Walsh leads her team"]
    with pytest.warns(
        UserWarning,
        match=r"of 3 texts 1 have .* in 1 of 2 copies no first name was exchanged",
    ):
        whole = augment(pd.DataFrame({"text": texts}), "text")
    assert whole["text"].tolist()[3] == "James Smith. She leads."
    # Warnings are errors here: with names for everybody there is nothing to tell.
    pairs = iter([("James", "Mary"), ("Colin", "Kerri")])
    whole = augment(pd.DataFrame({"text": texts}), "text", names=pairs)
    assert whole["text"].tolist()[3:] == [
        "Mary Smith. She leads.",
        "James Jones, nurse",
        "Colin Walsh leads his team",
    ]


def test_what_cannot_be_augmented_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ColumnNotFoundError, match="'txt' is not there"):
        augment(pd.DataFrame(ROWS), "txt")
    with pytest.raises(InputError, match="augmented already"):
        augment(pd.DataFrame(ROWS).assign(counterpart_of=None), "text")
    with pytest.raises(InputError, match="is no table"):
        augment(3, "text")
    with pytest.raises(UnreadableTableError, match="cannot be read"):
        augment(tmp_path / "none.csv", "text")


def test_a_name_with_two_counterparts_is_refused() -> None:
    with pytest.raises(InputError, match="'colin' cannot stand for both"):
        exchange_table([("Colin", "Kerri"), ("Colin", "Paige")])
