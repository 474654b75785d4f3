"""Where the bundled data lie, and how to read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.datasets.registry import find

if TYPE_CHECKING:
    import pandas as pd

_HERE = Path(__file__).parent


def path(name: str) -> Path:
    """Where is the file of a data set?

    Parameters
    ----------
    name : str
        One of `available()`.

    Returns
    -------
    pathlib.Path
        An existing file: a table in CSV, readable by the command and by any frame library,
        or word vectors, which `fairaudit.embeddings.load` reads.

    Raises
    ------
    InputError
        If there is no such data set.

    Examples
    --------
    >>> from fairaudit import datasets
    >>> datasets.path("compas").name
    'compas.csv'
    """
    found = find(name, where="datasets.path")
    return _folder() / f"{found.name}{found.suffix}"


def card(name: str) -> str:
    """What is in a data set, where is it from, and what is wrong with it?

    Parameters
    ----------
    name : str
        One of `available()`.

    Returns
    -------
    str
        The card, in Markdown.

    Raises
    ------
    InputError
        If there is no such data set.

    Examples
    --------
    >>> from fairaudit import datasets
    >>> print(datasets.card("compas").splitlines()[0])
    # COMPAS general recidivism scores, as counts
    """
    file = _folder() / f"{find(name, where='datasets.card').name}.md"
    return file.read_text(encoding="utf-8")


def load(name: str) -> pd.DataFrame:
    """What are the rows of a data set, as a pandas frame?

    Parameters
    ----------
    name : str
        One of `available()`.

    Returns
    -------
    pandas.DataFrame
        The rows in file order. Only an empty cell is missing: "NA" is text.

    Raises
    ------
    InputError
        If there is no such data set, or it is no table.

    Examples
    --------
    >>> from fairaudit import datasets
    >>> int(datasets.load("compas")["count"].sum())
    7214
    """
    import pandas as pd

    if find(name, where="datasets.load").suffix != ".csv":
        raise InputError(
            f"datasets.load: {name!r} is no table but word vectors. Read them by "
            f"fairaudit.embeddings.load(fairaudit.datasets.path({name!r}))."
        )
    return pd.read_csv(path(name), keep_default_na=False, na_values=[""])


def _folder() -> Path:
    """Find the data: inside an installed wheel, else at the root of the source tree."""
    installed = _HERE / "data"
    return installed if installed.is_dir() else _HERE.parents[1] / "datasets"
