"""One door for tables of every kind: files, frames, arrays."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from fairaudit.core.errors import InputError

if TYPE_CHECKING:
    from fairaudit.engines.files import Given
    from fairaudit.engines.query import Table


def open_table(
    data: object,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    na: Sequence[str] = (),
) -> Table:
    """What is in this table, ready to be counted?

    Parameters
    ----------
    data : str, path, frame or mapping
        A file (CSV, Parquet or JSON lines, also compressed), a pattern, a list of files,
        "-" for standard input; a frame of pandas, polars, Arrow, DuckDB, Ibis, Dask or
        PySpark; or a mapping from column names to one-dimensional arrays.
    encoding : str, optional
        The encoding of a text file, if it is neither UTF-8 nor marked.
    delimiter : str, optional
        The delimiter of a CSV file, if the one found is wrong.
    na : sequence of str
        Texts that mean "missing". The empty cell always does; nothing else does unasked.

    Returns
    -------
    Table
        To be closed, or used in a `with` statement.

    Raises
    ------
    InputError
        When the data are of another kind, or cannot be read as what they claim to be.

    Examples
    --------
    >>> from fairaudit.engines.query import CountQuery, KeyColumn
    >>> query = CountQuery(keys=(KeyColumn(column="gender"),))
    >>> with open_table({"gender": ["F", "M", "F", None]}) as table:
    ...     [(cell.key, cell.rows) for cell in table.count(query).cells]
    [(('F',), 2), (('M',), 1), ((None,), 1)]
    """
    if isinstance(data, str | os.PathLike) or _are_paths(data):
        from fairaudit.engines.files import open_files

        given = [data] if isinstance(data, str | os.PathLike) else data
        return open_files(
            cast("Sequence[Given]", given), encoding=encoding, delimiter=delimiter, na=na
        )
    if encoding is not None or delimiter is not None:
        raise InputError("encoding and delimiter are for files; leave them out.")
    if isinstance(data, Mapping):
        from fairaudit.engines.arrays import open_arrays

        return open_arrays(data, na=na)
    from fairaudit.engines.frames import open_frame

    return open_frame(data, na=na)


def _are_paths(data: object) -> bool:
    return isinstance(data, list | tuple) and all(
        isinstance(one, str | os.PathLike) for one in data
    )
