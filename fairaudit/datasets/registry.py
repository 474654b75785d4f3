"""Which data sets come with fairaudit, and what their bytes must be."""

from __future__ import annotations

from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.value import value


@value
class Dataset:
    """A bundled table: `name`.csv with its card `name`.md beside it."""

    name: str
    rows: int
    licence: str
    sha256: str


_DATASETS = (
    Dataset(
        name="adult_predictions",
        rows=16_281,
        licence="CC BY 4.0",
        sha256="35a81eb42e949098b504dbe64c7454f9506081eabbe8a9d1933adaf1ada8b891",
    ),
    Dataset(
        name="compas",
        rows=414,
        licence="counts, with attribution to ProPublica",
        sha256="fdf0125f6d21b407b299e1b305c1883593b876ca8b3aceec1fd02a77cee90497",
    ),
)


def available() -> tuple[str, ...]:
    """Which data sets are there?

    Returns
    -------
    tuple of str
        Names that `path`, `card` and `load` take.

    Examples
    --------
    >>> from fairaudit import datasets
    >>> datasets.available()
    ('adult_predictions', 'compas')
    """
    return tuple(dataset.name for dataset in _DATASETS)


def find(name: str, *, where: str) -> Dataset:
    """Give the data set called `name`, or say which there are."""
    for dataset in _DATASETS:
        if dataset.name == name:
            return dataset
    raise InputError(
        f"{where}: there is no data set {name!r}. "
        f"Data sets: {', '.join(available())}.{did_you_mean(name, available())}"
    )
