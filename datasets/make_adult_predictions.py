"""Make adult_predictions.csv: what a plain income model says of people it has not seen.

A logistic regression is fitted to the train part of the Adult census data and asked about
the test part. It is given neither sex nor race, as is common practice; what it has learnt
of them through other columns is what an audit of the file shows. Rerun it with::

    python datasets/make_adult_predictions.py adult.data adult.test out.csv

The two inputs are the files of https://archive.ics.uci.edu/dataset/2/adult (CC BY 4.0), or
the same rows with a header line, gzipped or not. Needs numpy, pandas and scikit-learn.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = (
    "age",
    "workclass",
    "fnlwgt",
    "education",
    "education_num",
    "marital_status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "capital_gain",
    "capital_loss",
    "hours_per_week",
    "native_country",
    "income",
)
# Left out on purpose: sex and race; fnlwgt, a sampling weight; education, which says the
# same as education_num.
MEASURED = ["age", "education_num", "hours_per_week"]
LONG_TAILED = ["capital_gain", "capital_loss"]
CATEGORIES = ["workclass", "marital_status", "occupation", "relationship", "native_country"]


def rows(lines: Iterable[str]) -> Iterator[list[str]]:
    """Give everyone's fields, from the raw files of UCI as from those with a header."""
    for fields in csv.reader(lines, skipinitialspace=True):
        # Blank last line; "|1x3 Cross validator" at the head of adult.test; the header.
        if not fields or fields[0].startswith("|") or fields[0] == COLUMNS[0]:
            continue
        yield [*fields[:-1], fields[-1].removesuffix(".")]


def read(path: Path) -> Any:  # noqa: ANN401  # pandas ships no types
    """Read one part of Adult; "?" stays a category of its own."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    frame = pd.DataFrame(rows(text.splitlines()), columns=list(COLUMNS))
    numbers = [*MEASURED, *LONG_TAILED]
    return frame.astype(dict.fromkeys(numbers, "int64"))


def model() -> Pipeline:
    """Give the untrained model.

    The penalised logistic loss has one minimum and Newton's method goes all the way to it,
    so that the fourth decimal of a score depends neither on the machine nor on a seed.
    """
    prepare = ColumnTransformer(
        [
            ("measured", StandardScaler(), MEASURED),
            (
                "long_tailed",
                make_pipeline(FunctionTransformer(np.log1p), StandardScaler()),
                LONG_TAILED,
            ),
            ("categories", OneHotEncoder(handle_unknown="ignore"), CATEGORIES),
        ],
        sparse_threshold=0,
    )
    fit = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-10, max_iter=200)
    return make_pipeline(prepare, fit)


def predictions(train: Path, test: Path) -> Any:  # noqa: ANN401
    """Give label, prediction, score, sex, race and age of everyone in the test part."""
    known, new = read(train), read(test)
    fitted = model().fit(known, known["income"] == ">50K")
    # Rounded first: the prediction can be had from the score as it is written.
    score = fitted.predict_proba(new)[:, 1].round(4)
    return pd.DataFrame(
        {
            "label": (new["income"] == ">50K").astype("int64"),
            "prediction": (score >= 0.5).astype("int64"),
            "score": score,
            "sex": new["sex"],
            "race": new["race"],
            "age": new["age"],
        }
    )


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("train", type=Path, help="adult.data, or adult_train.csv.gz")
    parser.add_argument("test", type=Path, help="adult.test, or adult_test.csv.gz")
    parser.add_argument("output", type=Path, help="where to write the predictions")
    asked = parser.parse_args()
    made = predictions(asked.train, asked.test)
    made.to_csv(asked.output, index=False, float_format="%.4f", lineterminator="\n")
    print(f"{asked.output}: {len(made):,} people")


if __name__ == "__main__":
    main()
