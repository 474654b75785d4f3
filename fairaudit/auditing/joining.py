"""Two tables about the same people, joined person by person."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fairaudit.core.errors import ColumnNotFoundError, InputError
from fairaudit.core.spelling import option
from fairaudit.core.value import replace, value
from fairaudit.engines.query import TextColumn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from fairaudit.engines.query import Table

Texts = list[str | None]

_SHOWN = 3

_WHOLE = re.compile(r"-?[0-9]+(\.0+)?")


@value
class Joined:
    """People in both tables: shared columns once, each system's own column twice.

    `where` names the tables that have a shared column; the counts are of rows without a
    partner, and `alone` holds the columns of these, of each table that has any.
    """

    shared: dict[str, Texts]
    first: dict[str, Texts]
    second: dict[str, Texts]
    people: int
    only_first: int
    only_second: int
    without_id: int
    where: dict[str, str]
    alone: tuple[dict[str, Texts], dict[str, Texts]]

    @property
    def absent(self) -> tuple[int, int]:
        """Count those of whom the first table has no row, and the second."""
        in_first, in_second = (len(next(iter(one.values()))) for one in self.alone)
        return in_second, in_first

    def everybody(self, place: int) -> dict[str, Texts]:
        """Put everybody of either table in one, with what one system decided.

        About whom only the other table tells, this one has decided nothing.
        """
        decided = self.second if place else self.first
        return {
            name: [
                *texts,
                *(
                    text if name in self.shared or number == place else None
                    for number, others in enumerate(self.alone)
                    for text in others[name]
                ),
            ]
            for name, texts in (self.shared | decided).items()
        }


@contextmanager
def speaking_of(name: str, columns: Mapping[str, str] | None = None) -> Iterator[None]:
    """Let errors about data in memory name the table that is meant.

    Parameters
    ----------
    name : str
        What the table is called.
    columns : mapping from str to str, optional
        Columns that stand in other tables, and what those are called.

    Yields
    ------
    None
        For the time in which errors are about that table.

    Raises
    ------
    InputError
        As it came, but for the name.
    """
    try:
        yield
    except InputError as error:
        kind, _, told = str(error).partition(": ")
        if kind not in {"arrays", "frame", "data"}:
            raise
        owners = (columns or {}).items()
        about = (one for column, one in owners if told.startswith(f"column {column!r}"))
        raise type(error)(f"{next(about, name)}: {told}") from None


def join(
    first: Table,
    second: Table,
    *,
    id_column: str,
    shared: Sequence[str],
    own: Sequence[str],
) -> Joined:
    """Who is in both tables, and what did each system decide about them?

    Parameters
    ----------
    first, second : Table
        Opened tables.
    id_column : str
        The column that names a person; each once in either table. Whole numbers are the
        same with and without `.0`.
    shared : sequence of str
        Columns of people: groups and the label. Taken from the table that has them; where
        both do, they must say the same.
    own : sequence of str
        Columns of the systems: prediction or score, in both tables.

    Returns
    -------
    Joined
        Rows in the order of the first table.

    Raises
    ------
    InputError
        When a person stands twice, the tables contradict each other, or nobody is in both.
    """
    for column in own:
        for table in (first, second):
            if column not in table.columns:
                raise ColumnNotFoundError.among(
                    column, table.columns, where=table.source.name
                )
    tables = (first, second)
    read = [_texts(table, (id_column, *shared, *own)) for table in tables]
    ids = _alike(*(texts[id_column] for texts in read))
    sides = [
        _by_person(table, texts, id_column, named)
        for table, texts, named in zip(tables, read, ids, strict=True)
    ]
    both = [one for one in sides[0].rows if one in sides[1].rows]
    if not both:
        example = [next(iter(side.rows), None) for side in sides]
        raise InputError(
            f"{first.source.name} and {second.source.name} have nobody in common by "
            f"{id_column!r}: one has {example[0]!r}, the other {example[1]!r}. Name the "
            f"column that says who a row is about, such as "
            f"{option('id_column', 'person_id')}, and write it alike in both."
        )
    return Joined(
        shared={column: _shared(column, sides, both) for column in shared},
        first=sides[0].picked(own, both),
        second=sides[1].picked(own, both),
        people=len(both),
        only_first=len(sides[0].rows) - len(both),
        only_second=len(sides[1].rows) - len(both),
        without_id=sum(len(side.nameless) for side in sides),
        where={
            column: " and ".join(side.name for side in sides if column in side.texts)
            for column in shared
        },
        alone=(
            sides[0].without_partner((*shared, *own), set(both)),
            sides[1].without_partner((*shared, *own), set(both)),
        ),
    )


@value
class _Side:
    """One table as read: the row of every person, and the columns."""

    name: str
    columns: tuple[str, ...]
    rows: dict[str, int]
    nameless: list[int]
    texts: dict[str, TextColumn]

    def picked(self, columns: Sequence[str], people: list[str]) -> dict[str, Texts]:
        """Give some columns in the order of some people."""
        return self._at(columns, [self.rows[one] for one in people])

    def without_partner(
        self, columns: Sequence[str], both: Collection[str]
    ) -> dict[str, Texts]:
        """Give the rows of those who are not in both tables; a column may be missing."""
        rows = [row for one, row in self.rows.items() if one not in both]
        rows += self.nameless
        there = [name for name in columns if name in self.texts]
        nothing: Texts = [None] * len(rows)
        return dict.fromkeys(columns, nothing) | self._at(there, rows)

    def _at(self, columns: Sequence[str], rows: list[int]) -> dict[str, Texts]:
        """Give some columns of some rows."""
        found = {}
        for name in columns:
            column = self.texts[name]
            found[name] = [column.labels[code] for code in column.codes[rows].tolist()]
        return found


def _texts(table: Table, columns: Sequence[str]) -> dict[str, TextColumn]:
    """Read a table at once, because a second reading may come in another order."""
    id_column, *others = dict.fromkeys(columns)
    names = [id_column, *(name for name in others if name in table.columns)]
    with speaking_of(table.source.name):
        return dict(zip(names, table.texts(names), strict=True))


def _alike(first: TextColumn, second: TextColumn) -> list[TextColumn]:
    """Write ids without `.0` if all are whole numbers: one empty id makes them floats."""
    both = (first, second)
    known = [text for ids in both for text in ids.labels if text is not None]
    if not all(_WHOLE.fullmatch(text) for text in known):
        return [*both]
    return [
        replace(ids, labels=tuple(text and text.partition(".")[0] for text in ids.labels))
        for ids in both
    ]


def _by_person(
    table: Table, texts: dict[str, TextColumn], id_column: str, ids: TextColumn
) -> _Side:
    """Find the row of every person, each of whom stands once."""
    rows: dict[str, int] = {}
    twice: dict[str, int] = {}
    nameless: list[int] = []
    for row, code in enumerate(ids.codes.tolist()):
        text = ids.labels[code]
        if text is None:
            nameless.append(row)
            continue
        if text in rows:
            twice[text] = twice.get(text, 1) + 1
        rows[text] = row
    if twice:
        name, times = next(iter(twice.items()))
        raise InputError(
            f"{table.source.name}: {id_column} {name!r} stands {times} times, so rows "
            f"cannot be matched one to one ({len(twice):,} such). Name the column that "
            "tells people apart, or keep one row each."
        )
    return _Side(
        name=table.source.name,
        columns=table.columns,
        rows=rows,
        nameless=nameless,
        texts=texts,
    )


def _shared(column: str, sides: Sequence[_Side], both: list[str]) -> Texts:
    """Take a column of people from whichever table has it."""
    found = [side.picked([column], both)[column] for side in sides if column in side.texts]
    where = " and ".join(side.name for side in sides)
    if not found:
        known = [name for side in sides for name in side.columns]
        raise ColumnNotFoundError.among(column, known, where=where)
    if len(found) > 1 and found[0] != found[1]:
        apart = [
            f"{who!r}: {one!r} v {other!r}"
            for who, one, other in zip(both, *found, strict=True)
            if one != other
        ]
        people = "person" if len(apart) == 1 else "people"
        raise InputError(
            f"column {column!r} differs between {where} for {len(apart):,} {people} "
            f"({'; '.join(apart[:_SHOWN])}). It is about people and not about a system, so "
            "it must be the same; mend it or leave it out of one file."
        )
    return found[0]
