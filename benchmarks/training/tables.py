"""Four public tables as features, labels and groups, parted at random."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

MOST_TO_LEARN_FROM = 10_000
"""Rows to learn from; all others are held out: gaps there are nearly the true ones."""


class Part(NamedTuple):
    """Some rows."""

    X: Any
    y: Any
    group: Any


def folder() -> Path:
    """Say where the tables lie that are not bundled."""
    named = os.environ.get("FAIRAUDIT_DATA")
    if not named:
        raise SystemExit("Set FAIRAUDIT_DATA to the folder that holds the public tables.")
    return Path(named)


@cache
def table(name: str) -> Part:
    """Read a table; numbers are standardised, categories one column each."""
    return _TABLES[name]()


def parted(name: str, seed: int) -> tuple[Part, Part]:
    """Part a table into rows to learn from and rows held out."""
    whole = table(name)
    order = np.random.default_rng([seed, len(name)]).permutation(len(whole.y))
    size = min(MOST_TO_LEARN_FROM, len(order) // 2)
    learn, held = order[:size], order[size:]
    return (
        Part(whole.X[learn], whole.y[learn], whole.group[learn]),
        Part(whole.X[held], whole.y[held], whole.group[held]),
    )


def _part(features: pd.DataFrame, y: pd.Series, group: pd.Series) -> Part:
    X = pd.get_dummies(features).astype(float)
    X = (X - X.mean()) / X.std().replace(0, 1)
    return Part(X.to_numpy(), y.to_numpy().astype(int), group.astype(str).to_numpy())


def _adult() -> Part:
    files = [folder() / f"adult_{part}.csv.gz" for part in ("train", "test")]
    rows = pd.concat([pd.read_csv(file) for file in files], ignore_index=True)
    features = rows.drop(columns=["income", "fnlwgt", "sex", "race", "native_country"])
    return _part(features, rows["income"] == ">50K", rows["sex"])


def _compas() -> Part:
    rows = pd.read_csv(folder() / "compas_two_year.csv")
    rows = rows[rows["race"].isin(["African-American", "Caucasian"])]
    features = rows[
        [
            "age",
            "juv_fel_count",
            "juv_misd_count",
            "juv_other_count",
            "priors_count",
            "c_charge_degree",
            "sex",
        ]
    ]
    return _part(features, rows["two_year_recid"], rows["race"])


def _credit() -> Part:
    rows = pd.read_csv(folder() / "credit_card_default.csv.gz")
    features = rows.drop(columns=["default_next_month", "SEX"])
    return _part(features, rows["default_next_month"], rows["SEX"])


def _hmda() -> Part:
    rows = pd.read_csv(folder() / "boston_hmda.csv")
    features = rows.drop(columns=["deny", "afam"])
    return _part(features, rows["deny"] == "yes", rows["afam"])


_TABLES = {"adult": _adult, "compas": _compas, "credit": _credit, "hmda": _hmda}
NAMES = tuple(_TABLES)
