from __future__ import annotations

import csv
import hashlib

import pytest

from fairaudit import datasets
from fairaudit.core.errors import InputError
from fairaudit.datasets.registry import find


@pytest.mark.parametrize("name", datasets.available())
def test_the_bytes_of_a_data_set_are_those_its_registry_and_card_name(name: str) -> None:
    dataset = find(name, where="test")
    assert hashlib.sha256(datasets.path(name).read_bytes()).hexdigest() == dataset.sha256
    assert dataset.sha256 in datasets.card(name)


TABLES = [name for name in datasets.available() if datasets.path(name).suffix == ".csv"]


@pytest.mark.parametrize("name", TABLES)
def test_a_data_set_has_as_many_rows_as_its_registry_and_card_say(name: str) -> None:
    dataset = find(name, where="test")
    with datasets.path(name).open(encoding="utf-8", newline="") as lines:
        assert sum(1 for _ in csv.DictReader(lines)) == dataset.rows
    assert f"{dataset.rows:,} rows" in datasets.card(name)


@pytest.mark.parametrize("name", datasets.available())
def test_a_card_tells_source_licence_checksum_and_known_problems(name: str) -> None:
    text = datasets.card(name)
    headings = {line.removeprefix("## ") for line in text.splitlines() if line[:3] == "## "}
    assert {"Source", "Licence", "Columns", "Checksum", "Known problems"} <= headings
    assert find(name, where="test").licence in text


def test_every_table_at_the_root_is_registered() -> None:
    folder = datasets.path("compas").parent
    assert sorted(file.stem for file in folder.glob("*.csv")) == TABLES


def test_word_vectors_are_no_table() -> None:
    with pytest.raises(InputError, match=r"no table but word vectors\. Read them by fair"):
        datasets.load("glove_50d_subset")


@pytest.mark.parametrize("ask", [datasets.path, datasets.card, datasets.load])
def test_an_unknown_name_is_answered_with_the_known_ones(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(
        InputError,
        match=r"there is no data set 'compass'\. Data sets: adult_predictions, compas, "
        r"credit_scores_2003, glove_50d_subset\. "
        r"Did you mean 'compas'\?",
    ):
        ask("compass")
