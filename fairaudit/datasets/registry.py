"""Which data sets come with fairaudit, and what their bytes must be."""

from __future__ import annotations

from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.value import value


@value
class Dataset:
    """Bundled data: a table `name`.csv, or another `suffix`, with its card `name`.md."""

    name: str
    rows: int
    licence: str
    sha256: str
    suffix: str = ".csv"


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
    Dataset(
        name="credit_scores_2003",
        rows=1_533,
        licence="US Government work (public domain)",
        sha256="f926cc77bf377172d183a39e4c79cfd7f89c6ff93f9325c3247e7c386399a840",
    ),
    Dataset(
        name="glove_50d_subset",
        rows=5_990,
        licence="Public Domain Dedication and License 1.0",
        sha256="a733027c1f0e501e393f44f36b96bbe62baba0d23a105f443913c01e8d0c1cb9",
        suffix=".npz",
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
    ('adult_predictions', 'compas', 'credit_scores_2003', 'glove_50d_subset')
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
