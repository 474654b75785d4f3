"""Who belongs to which group, row by row: beside the features, or among them."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.checks import is_whole
from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.value import replace, value
from fairaudit.engines.arrays import ArrayColumn, SequenceColumn
from fairaudit.engines.canonical import Reader
from fairaudit.engines.codes import Array
from fairaudit.tally.counts import CROSS
from fairaudit.tally.group_names import check_crossing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.engines.codes import Column


MOST_GROUPS = 50
"""The most values of one attribute, as in an audit."""


@value
class Attributes:
    """What makes the groups: attributes, and the crossings of their values that occur."""

    names: tuple[str | None, ...] = ()
    """`None` where a column has no name."""
    crossings: tuple[tuple[str, ...], ...] = ()


@value
class People:
    """A group per row: `names[codes[row]]`, no row without one."""

    codes: Array
    names: tuple[str, ...]
    attributes: Attributes = Attributes()

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.codes)

    @property
    def labels(self) -> Array:
        """Give the group's name of every row."""
        return np.array(self.names, dtype=object)[self.codes]

    def among(self, names: Sequence[str]) -> Array:
        """Give every row's place in another list of groups, -1 where it is not in it."""
        place = {name: number for number, name in enumerate(names)}
        return np.array([place.get(name, -1) for name in self.names], dtype=np.intp)[
            self.codes
        ]


def people(
    features: Any,
    *,
    rows: int,
    where: str,
    most: int | None = None,
    attributes: Attributes | None = None,
) -> People:
    """Which group does each row belong to?

    Parameters
    ----------
    features : array-like of shape (n_rows,) or (n_rows, n_attributes), frame or mapping
        Sensitive features; several attributes are crossed.
    rows : int
        How many rows there must be.
    where : str
        Who asks, for messages.
    most : int, optional
        The most values that one attribute may have.
    attributes : Attributes, optional
        Those of people known before, to be matched: by name where names are known.

    Returns
    -------
    People
        Groups in sorted order, their names as an audit writes them.

    Raises
    ------
    InputError
        When there are none, another number of rows, missing values, too many groups,
        other attributes, or two groups of one name.
    """
    if features is None:
        raise InputError(
            f"{where}: it is not known who belongs to which group. Give "
            f"sensitive_features=, or name sensitive_columns= of X."
        )
    named = _named_columns(features, where)
    if not named:
        raise InputError(f"{where}: the sensitive features have no column. Give one.")
    has_names = isinstance(features, dict) or hasattr(features, "columns")
    own = tuple(name if has_names else None for name in named)
    if attributes is not None:
        own, named = _matched(own, named, attributes.names, where)
    coded = []
    for name, column in named.items():
        if len(column) != rows:
            raise InputError(
                f"{where}: {name} has {len(column):,} rows and X has {rows:,}; there must "
                f"be one value per row."
            )
        coded.append(_coded(column, name, where))
        values = len(coded[-1].names)
        if most is not None and values > most:
            raise InputError(
                f"{where}: {name} has {values:,} distinct values in {rows:,} rows, more "
                f"than the {most:,} allowed; it looks like an identifier or a number: cut "
                f"a number into bands, or choose another attribute."
            )
    found, crossings = _crossed(coded)
    before = () if attributes is None else attributes.crossings
    try:
        check_crossing(tuple(named), (*before, *crossings))
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    return replace(found, attributes=Attributes(names=own, crossings=crossings))


def _matched(
    own: tuple[str | None, ...],
    named: dict[str, Column],
    attributes: tuple[str | None, ...],
    where: str,
) -> tuple[tuple[str | None, ...], dict[str, Column]]:
    """Put columns in the order of the attributes they are."""
    if len(own) != len(attributes):
        raise InputError(
            f"{where}: the number of sensitive features is {len(own)}, and was "
            f"{len(attributes)} while fitting. Give the same ones."
        )
    if None in own or None in attributes:
        return own, named
    if set(own) != set(attributes):
        raise InputError(
            f"{where}: the sensitive features are {shown(map(str, own))}, and while "
            f"fitting they were {shown(map(str, attributes))}. Give the same ones."
        )
    return attributes, {str(name): named[str(name)] for name in attributes}


def require_groups(found: People, where: str) -> None:
    """Refuse a single group."""
    if len(found.names) < 2:
        raise InputError(
            f"{where}: there is only one group, {found.names[0]}, so there is nothing to "
            f"compare. Give people of two groups or more."
        )


def split_columns(
    X: Any,
    columns: Any,
    *,
    keep: bool,
    where: str,
) -> tuple[Any, Any]:
    """Take the sensitive columns out of X.

    Parameters
    ----------
    X : array or frame of shape (n_rows, n_features)
        Features with the sensitive ones among them.
    columns : str, int or sequence of either
        Names or positions of the sensitive ones; a number that names a column is a name.
    keep : bool
        Whether the model may see them.
    where : str
        Who asks, for messages.

    Returns
    -------
    tuple
        X for the model, and the sensitive columns.

    Raises
    ------
    InputError
        When a column is not there, named twice or not certain which, or none is named or
        left for the model.
    """
    single = isinstance(columns, str | int | np.integer) or not np.iterable(columns)
    wanted = [columns] if single else list(columns)
    names = _names_of(X)
    width = len(names) if names else np.shape(X)[1] if np.ndim(X) == 2 else 0
    places = [_place(one, names, width, where) for one in wanted]
    if len(set(places)) != len(places) or not places:
        raise InputError(
            f"{where}: sensitive_columns must name one column or several, each once; got "
            f"{columns!r}."
        )
    rest = [place for place in range(width) if place not in set(places)]
    if not rest and not keep:
        raise InputError(
            f"{where}: X has no column beside the sensitive ones, so there is nothing to "
            f"learn from."
        )
    return (X if keep else _columns_of(X, rest)), _columns_of(X, places)


def _place(column: Any, names: list[Any], width: int, where: str) -> int:
    """Find one column: by its name, by its name written as text, else by position."""
    texts = [str(name) for name in names]
    position = int(column) if is_whole(column, least=0) and column < width else None
    named = _named(column, names) or _named(column, texts)
    if len(named) > 1:
        raise InputError(
            f"{where}: {len(named)} columns of X are named {column!r}. Rename one."
        )
    if named and position not in (None, named[0]):
        raise InputError(
            f"{where}: sensitive column {column} is the name of one column of X and the "
            f"position of another. Write '{column}' for the name, or "
            f"'{texts[int(column)]}' for the column at that position."
        )
    for place in (*named, position):
        if place is not None:
            return place
    known = f"Columns: {', '.join(texts)}." if texts else f"X has {width} columns."
    hint = did_you_mean(column, texts) if isinstance(column, str) else ""
    raise InputError(f"{where}: sensitive column {column!r} is not in X. {known}{hint}")


def _named(column: Any, names: list[Any]) -> list[int]:
    """Find the columns of a name; only texts and whole numbers are names."""
    if isinstance(column, bool) or not isinstance(column, str | Integral):
        return []
    return [place for place, name in enumerate(names) if name == column]


def _columns_of(X: Any, places: list[int]) -> Any:
    """Take columns by position, the kind of table staying."""
    if hasattr(X, "iloc"):
        return X.iloc[:, places]
    if hasattr(type(X), "column_names"):
        return X.select(places)
    if hasattr(X, "columns"):
        return X[[X.columns[place] for place in places]]
    return (X if hasattr(X, "shape") else np.asarray(X, dtype=object))[:, places]


def _names_of(X: Any) -> list[Any]:
    """List the names of columns; those of an Arrow table are no `columns`."""
    if hasattr(type(X), "column_names"):
        return list(X.column_names)
    return list(getattr(X, "columns", []))


def _named_columns(features: Any, where: str) -> dict[str, Column]:
    """Read one or several columns, whatever holds them."""
    if np.ma.isMaskedArray(features):
        masked = np.ma.getmaskarray(features)
        features = np.array(features.data, dtype=object)
        features[masked] = None
    if isinstance(features, dict):
        return {str(name): _column(one) for name, one in features.items()}
    if hasattr(features, "columns"):
        names = [str(name) for name in _names_of(features)]
        if len(set(names)) != len(names):
            raise InputError(
                f"{where}: two sensitive features have one name, among {shown(names)}. "
                f"Rename one."
            )
        return {str(name): _column(features[name]) for name in _names_of(features)}
    if np.ndim(features) == 2:
        table = np.asarray(features)
        return {
            f"sensitive feature {place}": _column(table[:, place])
            for place in range(table.shape[1])
        }
    if np.ndim(features) != 1:
        raise InputError(
            f"{where}: sensitive features must be one column or several; got something "
            f"of {np.ndim(features)} dimensions."
        )
    return {"sensitive_features": _column(features)}


def _column(given: Any) -> Column:
    if isinstance(given, list | tuple):
        return SequenceColumn(given)
    if hasattr(given, "iloc"):
        from fairaudit.engines.pandas_frames import SeriesColumn

        return SeriesColumn(given)
    for listed in ("to_list", "to_pylist"):
        if hasattr(given, listed):
            return SequenceColumn(getattr(given, listed)())
    return ArrayColumn(np.asarray(given))


def _coded(column: Column, name: str, where: str) -> People:
    """Code one attribute; a missing value belongs nowhere."""
    codes = column.codes(Reader(column=name, where=where))
    places = codes.array + np.intp(codes.offset)
    present = np.zeros(len(codes.labels), dtype=bool)
    present[places] = True
    for place, text in enumerate(codes.labels):
        if text is None and present[place]:
            rows = np.count_nonzero(places == place)
            raise InputError(
                f"{where}: {name} is missing in {rows:,} rows. Fill them in, name the "
                f"missing a group of their own, or leave those rows out."
            )
    kept = sorted(
        (text, place)
        for place, text in enumerate(codes.labels)
        if text is not None and present[place]
    )
    new = np.full(len(codes.labels), -1, dtype=np.intp)
    for number, (_, place) in enumerate(kept):
        new[place] = number
    return People(codes=new.take(places), names=tuple(text for text, _ in kept))


def _crossed(attributes: list[People]) -> tuple[People, tuple[tuple[str, ...], ...]]:
    """Cross attributes; only combinations that occur are groups."""
    if len(attributes) == 1:
        return attributes[0], tuple((name,) for name in attributes[0].names)
    codes = np.zeros(len(attributes[0]), dtype=np.intp)
    for attribute in attributes:
        codes = codes * len(attribute.names) + attribute.codes
    occurring, places = np.unique(codes, return_inverse=True)
    crossings = []
    for code in occurring:
        parts, rest = [], int(code)
        for attribute in reversed(attributes):
            rest, place = divmod(rest, len(attribute.names))
            parts.append(attribute.names[place])
        crossings.append(tuple(reversed(parts)))
    names = tuple(CROSS.join(parts) for parts in crossings)
    return People(codes=places.astype(np.intp), names=names), tuple(crossings)
