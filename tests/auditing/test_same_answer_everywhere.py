"""The same people give the same report, whatever library, file or engine held them."""

from __future__ import annotations

import csv
import json
import math
import os
import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from fairaudit import audit, datasets
from fairaudit.report.renderers.json import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fairaudit.report.model import AuditReport

    Columns = Mapping[str, Sequence[Any]]
    Make = Callable[[Columns], Any]


def in_pandas(columns: Columns) -> Any:  # noqa: ANN401
    import pandas as pd

    return pd.DataFrame(dict(columns))


def in_polars(columns: Columns) -> Any:  # noqa: ANN401
    import polars as pl

    return pl.DataFrame(dict(columns))


def lazily_in_polars(columns: Columns) -> Any:  # noqa: ANN401
    import polars as pl

    return pl.LazyFrame(dict(columns))


def in_arrow(columns: Columns) -> Any:  # noqa: ANN401
    import pyarrow as pa

    return pa.table(dict(columns))


def in_duckdb(columns: Columns) -> Any:  # noqa: ANN401
    import duckdb

    connection = duckdb.connect()
    arrow = in_arrow(columns)
    relation = connection.from_arrow(arrow)
    _kept.append(connection)
    return relation


def in_ibis(columns: Columns) -> Any:  # noqa: ANN401
    import ibis

    return ibis.memtable(in_arrow(columns))


def in_dask(columns: Columns) -> Any:  # noqa: ANN401
    return in_partitions(in_pandas(columns), 3)


def in_partitions(frame: Any, pieces: int) -> Any:  # noqa: ANN401
    """Split a pandas frame as Dask does."""
    import dask.dataframe as dd

    from_pandas: Any = dd.from_pandas
    return from_pandas(frame, npartitions=pieces)


def in_arrays(columns: Columns) -> dict[str, Any]:
    return {name: list(values) for name, values in columns.items()}


def in_numpy(columns: Columns) -> dict[str, Any]:
    return {name: np.asarray(values) for name, values in columns.items()}


_kept: list[Any] = []
"""A DuckDB relation needs its connection, which nothing else holds."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Start PySpark, or say why not."""
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java 17 or later, and there is no java on the path")
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master("local[1]").appName("fairaudit")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "127.0.0.1",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def in_spark(spark: Any) -> Make:  # noqa: ANN401
    """Make a PySpark frame; its rows are handed over one by one, as PySpark types them."""

    def make(columns: Columns) -> Any:  # noqa: ANN401
        rows = list(zip(*columns.values(), strict=True))
        return spark.createDataFrame(rows, list(columns))

    return make


FRAMES: dict[str, Make] = {
    "polars": in_polars,
    "polars lazy": lazily_in_polars,
    "Arrow": in_arrow,
    "DuckDB": in_duckdb,
    "Ibis": in_ibis,
    "Dask": in_dask,
}
EVERY_FRAME = pytest.mark.parametrize("library", [*FRAMES, "PySpark"])


@pytest.fixture
def make(library: str, request: pytest.FixtureRequest) -> Make:
    """Give the function that makes a frame of one library."""
    if library == "PySpark":
        made: Make = request.getfixturevalue("in_spark")
        return made
    return FRAMES[library]


def whole(report: AuditReport) -> dict[str, Any]:
    """Give a report as JSON holds it, apart from what depends on the run."""
    written: dict[str, Any] = json.loads(render(report))
    del written["run"]
    return written


def but_source(report: AuditReport) -> dict[str, Any]:
    """Give it apart from where the table was as well, and how that was read."""
    written = whole(report)
    for part in written["parts"]:
        del part["source"]
        part["notes"] = [note for note in part["notes"] if note["id"] != "read_as"]
    return written


def same_bytes(one: AuditReport, other: AuditReport) -> None:
    """Hold that two reports are written the same."""
    assert json.dumps(whole(one)) == json.dumps(whole(other))


# --------------------------------------------------------------------------- the people

GROUPS = ["a", "b", "Žofie", "naïve ☃", "NA", "None", "01", " x", "ß"]
RNG = np.random.default_rng(20)
N = 400
GROUP = [GROUPS[place] for place in RNG.integers(0, len(GROUPS), N)]
LABEL = RNG.integers(0, 2, N).tolist()
PREDICTION = RNG.integers(0, 2, N).tolist()

PLAIN = {"group": GROUP, "label": LABEL, "prediction": PREDICTION}
BOOLEANS = {
    "group": GROUP,
    "label": [bool(value) for value in LABEL],
    "prediction": [bool(value) for value in PREDICTION],
}
FLOATS = {
    "group": GROUP,
    "label": [float(value) for value in LABEL],
    "prediction": [float(value) for value in PREDICTION],
}
MISSING = {
    "group": [None if place % 11 == 0 else name for place, name in enumerate(GROUP)],
    "label": [None if place % 7 == 0 else str(v) for place, v in enumerate(LABEL)],
    "prediction": [
        None if place % 5 == 0 else str(v) for place, v in enumerate(PREDICTION)
    ],
}
COUNTED = {**PLAIN, "people": RNG.integers(0, 50, N).tolist()}
# Sums of such weights depend on the order of adding.
WEIGHTED = {**PLAIN, "weight": RNG.lognormal(0, 2, N).tolist()}
SCORED = {
    "group": GROUP,
    "label": LABEL,
    "score": RNG.random(N).round(3).tolist(),
    "age": RNG.integers(17, 90, N).tolist(),
    "site": [f"s{place % 4}" for place in range(N)],
}

CASES: dict[str, tuple[Columns, dict[str, Any]]] = {
    "integers": (PLAIN, {}),
    "booleans": (BOOLEANS, {}),
    "floats as labels": (FLOATS, {}),
    "missing values": (MISSING, {}),
    "counts": (COUNTED, {"count": "people", "gates": "impact_ratio>=0.8"}),
    "weights": (WEIGHTED, {"weight": "weight"}),
    "scores, bins and strata": (
        SCORED,
        {
            "groups": ("group", "age", "group×age"),
            "threshold": 0.5,
            "bins": {"age": [25, 45, 65]},
            "strata": "site",
            "max_groups": 100,
        },
    ),
    "small cells withheld": (MISSING, {"suppress_below": 11}),
    "a text that means missing": (PLAIN, {"na": ["NA", "None"]}),
}
EVERY_CASE = pytest.mark.parametrize("case", CASES)


def audited(data: Any, options: Mapping[str, Any]) -> AuditReport:  # noqa: ANN401
    """Audit with gates, so that verdicts are compared too."""
    asked = {
        "groups": "group",
        "criterion": ("demographic_parity", "equalized_odds"),
        "tolerance": 0.1,
        "why": "the same for everyone",
        **options,
    }
    return audit(data, **asked)


# -------------------------------------------------------------------------------- frames


@EVERY_FRAME
@EVERY_CASE
def test_every_frame_library_gives_the_same_bytes(case: str, make: Make) -> None:
    columns, options = CASES[case]
    same_bytes(audited(make(columns), options), audited(in_pandas(columns), options))


@EVERY_CASE
@pytest.mark.parametrize("arrays", [in_arrays, in_numpy], ids=["lists", "numpy"])
def test_arrays_differ_from_frames_in_nothing_but_the_source(
    case: str, arrays: Make
) -> None:
    columns, options = CASES[case]
    one = audited(arrays(columns), options)
    other = audited(in_pandas(columns), options)
    assert but_source(one) == but_source(other)
    assert one.parts[0].source.kind == "arrays"


@EVERY_CASE
def test_booleans_integers_floats_and_texts_have_one_digest(case: str) -> None:
    columns, options = CASES[case]
    report = audited(in_arrays(columns), options)
    if case in {"integers", "booleans", "floats as labels"}:
        plain = audited(in_arrays(PLAIN), {})
        assert report.parts[0].cells_sha256 == plain.parts[0].cells_sha256
        assert report.findings == plain.findings
        assert report.verdicts == plain.verdicts


@EVERY_FRAME
def test_nan_and_none_and_the_empty_text_are_all_missing(make: Make) -> None:
    columns: Columns = {
        "group": ["a", "b", "a", "b", "", "a"],
        "label": [1.0, 0.0, 1.0, math.nan, 1.0, 0.0],
        "prediction": ["1", "0", "", "1", "1", "0"],
    }
    plain: Columns = {
        "group": ["a", "b", "a", "b", None, "a"],
        "label": [1, 0, 1, None, 1, 0],
        "prediction": [1, 0, None, 1, 1, 0],
    }
    found = audited(make(columns), {})
    assert but_source(found) == but_source(audited(in_arrays(plain), {}))
    assert {line.name: line.people for line in found.parts[0].population.ledger} == {
        "used": 3,
        "missing group": 1,
        "missing label": 1,
        "missing prediction": 1,
    }


@pytest.mark.parametrize("pieces", [1, 2, 7])
def test_partitions_change_no_sum_of_weights(pieces: int) -> None:
    frame = in_pandas(WEIGHTED)
    split = in_partitions(frame, pieces)
    options = {"weight": "weight"}
    same_bytes(audited(split, options), audited(frame.iloc[::-1], options))


@EVERY_FRAME
def test_the_frame_is_left_as_it_was(make: Make) -> None:
    frame = make(PLAIN)
    first = audited(frame, {})
    same_bytes(audited(frame, {}), first)


def test_pandas_columns_of_every_type_read_alike() -> None:
    import pandas as pd

    frame = in_pandas(PLAIN)
    expected = audited(frame, {})
    for group in ("object", "string", "category", "string[pyarrow]"):
        for label in ("int8", "Int64", "float32", "boolean", "object"):
            other = frame.astype({"group": group, "label": label})
            found = audited(other, {})
            assert found.findings == expected.findings, (group, label)
            assert found.parts[0].cells_sha256 == expected.parts[0].cells_sha256
    indexed = frame.set_index(pd.Index(range(N, 0, -1)))
    same_bytes(audited(indexed, {}), expected)


# --------------------------------------------------------------------------------- files


def write_csv(path: Path, columns: Columns) -> Path:
    """Write columns as CSV; a missing value is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return path


def write_json_lines(path: Path, columns: Columns) -> Path:
    """Write columns as JSON lines; a missing value is null."""
    rows = zip(*columns.values(), strict=True)
    text = "\n".join(json.dumps(dict(zip(columns, row, strict=True))) for row in rows)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def write_parquet(path: Path, columns: Columns) -> Path:
    """Write columns as Parquet."""
    import pyarrow.parquet as pq

    pq.write_table(in_arrow(columns), path)
    return path


@EVERY_CASE
def test_csv_json_lines_and_parquet_give_the_numbers_of_the_frame(
    case: str, tmp_path: Path
) -> None:
    columns, options = CASES[case]
    expected = but_source(audited(in_pandas(columns), options))
    for write, name in (
        (write_csv, "people.csv"),
        (write_json_lines, "people.jsonl"),
        (write_parquet, "people.parquet"),
    ):
        found = audited(write(tmp_path / name, columns), options)
        written = but_source(found)
        # A text file says "True" where a frame has a boolean; both are understood.
        if case == "booleans" and name.endswith(".csv"):
            for part in (*written["parts"], *expected["parts"]):
                part["notes"] = [n for n in part["notes"] if n["id"][:9] != "positive_"]
        assert written == expected, name
        assert found.parts[0].source.sha256 is not None


def test_a_compressed_file_and_parts_of_one_give_the_numbers_of_the_whole(
    tmp_path: Path,
) -> None:
    import gzip

    path = write_csv(tmp_path / "people.csv", COUNTED)
    options = {"count": "people"}
    expected = but_source(audited(path, options))
    packed = tmp_path / "people.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert but_source(audited(packed, options)) == expected
    half = {name: values[: N // 2] for name, values in COUNTED.items()}
    rest = {name: values[N // 2 :] for name, values in COUNTED.items()}
    parts = [write_csv(tmp_path / "1.csv", half), write_csv(tmp_path / "2.csv", rest)]
    assert but_source(audited(parts, options)) == expected


def test_the_bundled_counts_give_one_report_by_file_frame_and_arrays() -> None:
    options = {
        "groups": ("race", "sex×race"),
        "label": "two_year_recid",
        "score": "decile_score",
        "threshold": 5,
        "count": "count",
        "favourable": "not-selected",
    }
    frame = datasets.load("compas")
    by_frame = but_source(audited(frame, options))
    assert but_source(audited(datasets.path("compas"), options)) == by_frame
    arrays = {name: frame[name].to_numpy() for name in frame.columns}
    assert but_source(audited(arrays, options)) == by_frame


@EVERY_FRAME
def test_no_warning_reaches_the_user(make: Make) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        audited(make(MISSING), {})
