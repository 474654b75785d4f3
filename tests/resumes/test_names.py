from __future__ import annotations

from pathlib import Path

import pytest

from fairaudit.core.errors import ColumnNotFoundError, InputError, UnreadableTableError
from fairaudit.resumes.names import common_years, famous, name_book, names_from_csv


def test_the_bundled_names_are_those_of_the_census_tables() -> None:
    book = name_book("gender")

    assert len(book.first_names) == 180
    assert sum(map(len, book.surnames.values())) == 91
    # Social Security births: Aparna, 1976 to 2009.
    assert next(n.born for n in book.first_names if n.name == "Aparna") == (1976, 2009)


def test_women_and_men_match_by_race_and_races_by_gender() -> None:
    by_gender = {n.name: n for n in name_book("gender").first_names}
    by_race = {n.name: n for n in name_book("race").first_names}

    assert (by_gender["Latesha"].group, by_gender["Latesha"].stratum) == ("women", "black")
    assert (by_race["Latesha"].group, by_race["Latesha"].stratum) == ("Black", "women")


def test_every_kin_has_surnames() -> None:
    book = name_book("race")

    assert {n.kin for n in book.first_names} == set(book.surnames)


def test_years_common_to_names_are_those_of_all_of_them() -> None:
    names = tuple(n for n in name_book().first_names if n.name in {"Aparna", "Anuradha"})

    # 1972 to 1999 and 1976 to 2009.
    assert common_years(names, (1900, 2100)) == (1976, 1999)


def test_a_farmworkers_leader_is_known() -> None:
    assert "cesar chavez" in famous()


def test_an_unknown_attribute_is_refused() -> None:
    with pytest.raises(InputError, match="attribute 'age'"):
        name_book("age")


def test_names_of_ones_own_are_read(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(
        "name,group,surname,birth_year_p10,birth_year_p90\n"
        "Aoife,north,Kelly,1980,1999\nMaria,south,Rossi,,\n"
    )

    book = names_from_csv(path, attribute="region")

    assert book.groups == ("north", "south")
    assert book.first_names[0].born == (1980, 1999)
    assert book.surnames[book.first_names[1].kin] == ("Rossi",)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        ("name,groups\nAnn,a\n", ColumnNotFoundError, "column 'group' is not there"),
        ("name,group\n", UnreadableTableError, "has no rows"),
        ("name,group\nAnn,a\n", InputError, "holds 1 group"),
        ("name,group\nAnn,\n", InputError, "without a name or a group"),
        (
            "name,group,birth_year_p10,birth_year_p90\nAnn,a,old,1990\n",
            InputError,
            "years of birth of 'Ann'",
        ),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, content: str, error: type[Exception], words: str
) -> None:
    path = tmp_path / "names.csv"
    path.write_text(content)

    with pytest.raises(error, match=words):
        names_from_csv(path)


def test_a_list_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTableError, match="cannot be read"):
        names_from_csv(tmp_path / "none.csv")
