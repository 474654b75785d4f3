"""First names that imply a group, surnames that go with them, and who is cast as whom."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from fairaudit.core.errors import ColumnNotFoundError, InputError, UnreadableTableError
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

GROUPS = {
    "gender": ("women", "men"),
    "race": ("Black", "white", "Hispanic", "Asian"),
}
"""The groups of each attribute that the bundled names can imply."""

_WORDS = {
    "female": "women",
    "male": "men",
    "black": "Black",
    "white": "white",
    "hispanic": "Hispanic",
    "asian": "Asian",
}


@value
class FirstName:
    """A first name, the group it implies, and what has to match.

    Halves of a pair are of one `stratum` (women and men of one race; Black and white people
    of one gender). A surname comes from the same `kin`. `born` holds the years within which
    most bearers were born, None if not known.
    """

    name: str
    group: str
    stratum: str
    kin: str
    born: tuple[int, int] | None = None


@value
class NameBook:
    """First names of every group, and surnames by kin."""

    attribute: str
    first_names: tuple[FirstName, ...]
    surnames: dict[str, tuple[str, ...]]

    @property
    def groups(self) -> tuple[str, ...]:
        """Which groups are there, in order of appearance?"""
        return tuple(dict.fromkeys(n.group for n in self.first_names))


@cache
def name_book(attribute: str = "gender") -> NameBook:
    """Which names imply which group?

    Parameters
    ----------
    attribute : str, optional
        "gender" or "race".

    Returns
    -------
    NameBook
        Names of the United States, with sources in ``names/README.md``.

    Raises
    ------
    InputError
        For another attribute.
    """
    if attribute not in GROUPS:
        raise InputError(
            f"names: there are none for the attribute {attribute!r}. Give 'gender' or "
            "'race', or names of your own."
        )
    rows = _rows(_text("first_names.csv"), "first_names.csv")
    surnames: dict[str, list[str]] = {}
    for row in _rows(_text("surnames.csv"), "surnames.csv"):
        surnames.setdefault(_kin(row), []).append(row["surname"])
    return NameBook(
        attribute=attribute,
        first_names=tuple(_bundled(row, attribute) for row in rows),
        surnames={kin: tuple(names) for kin, names in surnames.items()},
    )


def names_from_csv(path: str | PathLike[str], *, attribute: str = "gender") -> NameBook:
    """Which names does a file of one's own hold?

    Parameters
    ----------
    path : str or path
        A CSV file with the columns ``name`` and ``group``, and if wanted ``surname``,
        ``stratum`` (halves of a pair are of one) and ``birth_year_p10`` and
        ``birth_year_p90``.
    attribute : str, optional
        What the groups are groups of.

    Returns
    -------
    NameBook
        Surnames of the file by stratum; where it has none, the bundled ones, the same in
        all halves of a pair.

    Raises
    ------
    InputError
        When the file cannot be read, lacks a column, or has fewer than two groups.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:  # noqa: PTH123 - any path
            rows = _rows(file.read(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableTableError(f"names: {path} cannot be read: {error}.") from error
    for column in ("name", "group"):
        if rows and column not in rows[0]:
            raise ColumnNotFoundError.among(column, rows[0], where=f"names in {path}")
    book = NameBook(
        attribute=attribute,
        first_names=tuple(_own(row, path) for row in rows),
        surnames=_own_surnames(rows),
    )
    if len(book.groups) < 2:
        raise InputError(
            f"names: {path} holds {len(book.groups)} group(s) and a pair needs two. Give "
            "names of at least two groups."
        )
    return book


@cache
def famous() -> frozenset[str]:
    """Which full names belong to a well-known person, in lower case?"""
    lines = _text("famous.txt").splitlines()
    return frozenset(line.lower() for line in lines if line and not line.startswith("#"))


def common_years(names: tuple[FirstName, ...], span: tuple[int, int]) -> tuple[int, int]:
    """Within which years of the span were most bearers of all names born?

    Parameters
    ----------
    names : tuple of FirstName
        Those of one pair.
    span : tuple of int
        First and last year wanted.

    Returns
    -------
    tuple of int
        First and last year; the first is the greater when there is none.
    """
    known = [n.born for n in names if n.born is not None]
    return (
        max([span[0], *(low for low, _ in known)]),
        min([span[1], *(high for _, high in known)]),
    )


def _bundled(row: Mapping[str, str], attribute: str) -> FirstName:
    """Read a row of the bundled table."""
    kin = _kin(row)
    gender, race = _WORDS[row["implied_gender"]], _WORDS[row["implied_group"]]
    return FirstName(
        name=row["name"],
        group=gender if attribute == "gender" else race,
        stratum=kin if attribute == "gender" else gender,
        kin=kin,
        born=_born(row),
    )


def _own(row: Mapping[str, str], path: str | PathLike[str]) -> FirstName:
    """Read a row of a user's table."""
    if not row["name"] or not row["group"]:
        raise InputError(
            f"names: {path} has a row without a name or a group: {dict(row)}. Fill "
            "it in or take it out."
        )
    stratum = row.get("stratum") or ""
    return FirstName(
        name=row["name"],
        group=row["group"],
        stratum=stratum,
        kin=f"{stratum} {row['group']}" if row.get("surname") else "",
        born=_born(row),
    )


def _own_surnames(rows: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """Collect a user's surnames by kin; bundled ones serve names without."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.get("surname"):
            kin = f"{row.get('stratum') or ''} {row['group']}"
            found.setdefault(kin, {})[row["surname"]] = None
    bundled = name_book("gender").surnames["white"]
    return {"": bundled} | {kin: tuple(names) for kin, names in found.items()}


def _born(row: Mapping[str, str]) -> tuple[int, int] | None:
    """Read the years of birth, if they are there."""
    low, high = row.get("birth_year_p10"), row.get("birth_year_p90")
    if not low or not high:
        return None
    try:
        return int(float(low)), int(float(high))
    except ValueError as error:
        raise InputError(
            f"names: the years of birth of {row['name']!r} are {low!r} and {high!r}. Give "
            "whole years."
        ) from error


def _kin(row: Mapping[str, str]) -> str:
    """Name the set within which first names and surnames go together."""
    return row["subgroup"] or row["implied_group"]


def _rows(text: str, where: str) -> list[dict[str, str]]:
    """Read CSV into rows; cells that are missing are empty."""
    from csv import DictReader

    rows = [
        {key.strip(): (cell or "").strip() for key, cell in row.items() if key}
        for row in DictReader(text.splitlines())
    ]
    if not rows:
        raise UnreadableTableError(f"names: {where} has no rows.")
    return rows


def _text(name: str) -> str:
    """Read a bundled file."""
    place = files("fairaudit.resumes") / "names" / name
    return place.read_text(encoding="utf-8")
