"""Training data told again with the genders exchanged, labels kept.

Counterfactual augmentation for those who train a screener on texts: each text that names a
gender is there a second time with words, pronouns and known names exchanged, and the same
label.
"""

from __future__ import annotations

import re
import warnings
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import ColumnNotFoundError, InputError, UnreadableTableError
from fairaudit.core.exchange import exchanged
from fairaudit.resumes.names import name_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PIECE = re.compile(r"(?i:\bshe/her\b|\bhe/him\b)|[^\W\d_]+|\s+|[\d_]+|.", re.DOTALL)

_PAIRS = (
    ("he", "she"),
    ("he/him", "she/her"),
    ("himself", "herself"),
    ("man", "woman"),
    ("men", "women"),
    ("male", "female"),
    ("males", "females"),
    ("boy", "girl"),
    ("boys", "girls"),
    ("mr", "ms"),
    ("gentleman", "lady"),
    ("gentlemen", "ladies"),
    ("father", "mother"),
    ("fathers", "mothers"),
    ("son", "daughter"),
    ("sons", "daughters"),
    ("brother", "sister"),
    ("brothers", "sisters"),
    ("husband", "wife"),
    ("fraternity", "sorority"),
    ("fatherhood", "motherhood"),
    ("paternity", "maternity"),
    ("chairman", "chairwoman"),
    ("salesman", "saleswoman"),
    ("businessman", "businesswoman"),
    ("spokesman", "spokeswoman"),
    ("waiter", "waitress"),
    ("actor", "actress"),
)


def exchange_table(names: Iterable[tuple[str, str]] | None = None) -> dict[str, str]:
    """Which word of a résumé stands for which, in lower case?

    Parameters
    ----------
    names : iterable of tuple of str, optional
        Pairs of first names; if left out, the bundled names of women and men of one group,
        by their order. Names that are words of the language ("Clay") are left out of those.

    Returns
    -------
    dict of str to str
        In both directions.

    Raises
    ------
    InputError
        When a word would have two counterparts.
    """
    table: dict[str, str] = {}
    for one, other in (*_PAIRS, *(_bundled_names() if names is None else names)):
        for word, counterpart in pairwise((one.lower(), other.lower(), one.lower())):
            if table.setdefault(word, counterpart) != counterpart:
                raise InputError(
                    f"augmentation: {word!r} cannot stand for both {table[word]!r} and "
                    f"{counterpart!r}. Keep one of the pairs."
                )
    return table


def counterpart(text: str, table: Mapping[str, str] | None = None) -> str:
    """How does a text read with the genders exchanged?

    Parameters
    ----------
    text : str
        Of any length; all that is no word is kept.
    table : mapping of str to str, optional
        From `exchange_table`.

    Returns
    -------
    str
        Twice exchanged, a text is itself again, but for what "her" may mean.

    Examples
    --------
    >>> counterpart("Captain, women's chess club. She led her team.")
    "Captain, men's chess club. He led his team."
    """
    known = exchange_table() if table is None else table
    pieces: list[str] = _PIECE.findall(text)
    words = [place for place, piece in enumerate(pieces) if not piece.isspace()]
    made = exchanged([pieces[place] for place in words], known)
    for place, word in zip(words, made, strict=True):
        pieces[place] = word
    return "".join(pieces)


def augment(
    data: Any,  # noqa: ANN401 - any frame that narwhals takes, or a path
    text: str,
    *,
    names: Iterable[tuple[str, str]] | None = None,
) -> Any:  # noqa: ANN401 - the same kind of frame
    """Which training data tell as much of women as of men?

    Parameters
    ----------
    data : frame or path
        A pandas, polars or Arrow table, or the path of a CSV file.
    text : str
        The column of texts.
    names : iterable of tuple of str, optional
        Pairs of first names to be exchanged; no other name is. The bundled ones are some
        eighty pairs, without many common names (James, Mary): give those of your texts.

    Returns
    -------
    frame
        The rows as they were, then a copy of every row whose text has a counterpart; all
        other columns, the label among them, are kept. ``counterpart_of`` is the place of
        the original, and empty for originals.

    Raises
    ------
    InputError
        When the column is not there, or already one is called ``counterpart_of``.

    Warns
    -----
    UserWarning
        How many texts have no counterpart, and in how many copies no first name was
        exchanged: a name that is not known stays, beside pronouns that change.

    References
    ----------
    [maudslay2019], [zhao2018].
    """
    import narwhals as nw

    frame = nw.maybe_reset_index(_frame(data))
    if text not in frame.columns:
        raise ColumnNotFoundError.among(text, frame.columns, where="augmentation")
    if "counterpart_of" in frame.columns:
        raise InputError(
            "augmentation: there is a column 'counterpart_of', so these data seem to be "
            "augmented already. Give the original."
        )
    pairs = _bundled_names() if names is None else tuple(names)
    table = exchange_table(pairs)
    before = frame[text].to_list()
    after = [counterpart(t, table) if isinstance(t, str) else None for t in before]
    rows = [
        i
        for i, (was, made) in enumerate(zip(before, after, strict=True))
        if made is not None and was != made
    ]
    told = _told(before, [before[i] for i in rows], pairs)
    if told:
        warnings.warn(f"augmentation: {told}", stacklevel=2)
    copies = frame[rows].with_columns(
        _column(frame, text, [after[i] for i in rows]).cast(frame.schema[text])
    )
    whole = nw.concat([frame, nw.maybe_reset_index(copies)], how="vertical")
    origins = [None] * len(before) + rows
    whole = nw.maybe_reset_index(whole)
    return whole.with_columns(_origins(frame, origins)).to_native()


def cells_of(path: Any) -> Any:  # noqa: ANN401 - a pandas frame
    """What stands in a CSV file, as it is written there?

    Parameters
    ----------
    path : path
        Of the file.

    Returns
    -------
    frame
        All cells as texts, so that 007 and 0.10 stay what they are.

    Raises
    ------
    UnreadableTableError
        When it cannot be read.
    """
    return _read(path, dtype=str, keep_default_na=False)


@cache
def _bundled_names() -> tuple[tuple[str, str], ...]:
    """Put women's and men's names of one group side by side."""
    words = {"clay", "grant", "hank", "dane", "luz", "perla", "paige", "alba", "blanca"}
    names = [n for n in name_book("gender").first_names if n.name.lower() not in words]
    found: list[tuple[str, str]] = []
    for stratum in dict.fromkeys(n.stratum for n in names):
        sides = [
            [n.name for n in names if n.stratum == stratum and n.group == group]
            for group in ("men", "women")
        ]
        found += zip(*sides, strict=False)
    return tuple(found)


def _told(
    texts: Sequence[object], copied: Sequence[str], pairs: Iterable[tuple[str, str]]
) -> str | None:
    """Say how many texts have no counterpart, or one in which no name was exchanged."""
    known = {name.lower() for pair in pairs for name in pair}
    nameless = sum(known.isdisjoint(_PIECE.findall(text.lower())) for text in copied)
    if len(copied) == len(texts) and not nameless:
        return None
    return (
        f"of {len(texts):,} texts {len(texts) - len(copied):,} have no counterpart, and in "
        f"{nameless:,} of {len(copied):,} copies no first name was exchanged; a name that "
        f"is not in the table of names stays as it is. Give the first names of these texts "
        f"in pairs, with --name-pair James=Mary or, in Python, "
        f"names=[('James', 'Mary'), …]."
    )


def _column(frame: Any, name: str, cells: list[Any]) -> Any:  # noqa: ANN401 - narwhals
    """Make a column of texts for a frame."""
    import narwhals as nw

    return nw.new_series(name, cells, nw.String, backend=frame.implementation)


def _origins(frame: Any, places: list[int | None]) -> Any:  # noqa: ANN401 - narwhals
    """Make the column of whole numbers that are empty for originals."""
    import narwhals as nw

    name = "counterpart_of"
    if not frame.implementation.is_pandas():
        return nw.new_series(name, places, nw.Int64, backend=frame.implementation)
    import pandas as pd

    # The usual integers of pandas cannot be empty.
    column = pd.Series(places, dtype="Int64", name=name)
    return nw.from_native(column, series_only=True)


def _frame(data: Any) -> Any:  # noqa: ANN401 - see augment
    """Take a frame, or read a CSV file."""
    from os import PathLike

    import narwhals as nw

    if not isinstance(data, (str, PathLike)):
        try:
            return nw.from_native(data, eager_only=True)
        except TypeError as error:
            raise InputError(
                f"augmentation: {type(data).__name__} is no table in memory. Give a "
                "frame, or the path of a CSV file."
            ) from error
    return nw.from_native(_read(data), eager_only=True)


def _read(path: Any, **how: Any) -> Any:  # noqa: ANN401 - as pandas takes and gives it
    """Read a CSV file."""
    import pandas as pd

    try:
        return pd.read_csv(path, **how)
    except (OSError, ValueError) as error:
        raise UnreadableTableError(f"{path} cannot be read: {error}.") from error
