"""Tables of every kind, made of the same columns."""

from __future__ import annotations

import json
import os
import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Columns = Mapping[str, Sequence[Any]]
    Make = Callable[[Columns], Any]


def _arrays(columns: Columns) -> Any:  # noqa: ANN401
    return {name: list(values) for name, values in columns.items()}


def _numpy(columns: Columns) -> Any:  # noqa: ANN401
    return {
        name: np.asarray(values, dtype=object if None in values else None)
        for name, values in columns.items()
    }


def _pandas(columns: Columns) -> Any:  # noqa: ANN401
    import pandas as pd

    return pd.DataFrame(dict(columns))


def _pandas_objects(columns: Columns) -> Any:  # noqa: ANN401
    return _pandas(columns).astype(object)


def _pandas_categories(columns: Columns) -> Any:  # noqa: ANN401
    return _pandas(columns).astype("category")


def _pandas_on_arrow(columns: Columns) -> Any:  # noqa: ANN401
    import pandas as pd

    return _arrow(columns).to_pandas(types_mapper=pd.ArrowDtype)


def _polars(columns: Columns) -> Any:  # noqa: ANN401
    import polars as pl

    return pl.DataFrame(dict(columns))


def _polars_lazy(columns: Columns) -> Any:  # noqa: ANN401
    return _polars(columns).lazy()


def _arrow(columns: Columns) -> Any:  # noqa: ANN401
    import pyarrow as pa

    return pa.table(dict(columns))


def _ibis(columns: Columns) -> Any:  # noqa: ANN401
    import ibis

    return ibis.memtable(_arrow(columns))


def _dask(columns: Columns) -> Any:  # noqa: ANN401
    import dask.dataframe as dd

    from_pandas: Any = dd.from_pandas
    return from_pandas(_pandas(columns), npartitions=2)


_IN_MEMORY: dict[str, Make] = {
    "arrays": _arrays,
    "numpy": _numpy,
    "pandas": _pandas,
    "pandas objects": _pandas_objects,
    "pandas categories": _pandas_categories,
    "pandas on arrow": _pandas_on_arrow,
    "polars": _polars,
    "polars lazy": _polars_lazy,
    "arrow": _arrow,
    "ibis": _ibis,
    "dask": _dask,
}


def _duckdb(request: pytest.FixtureRequest) -> Make:
    """Make relations; they need their connection, which is closed after the test."""
    import duckdb

    connection = duckdb.connect()
    request.addfinalizer(connection.close)
    return lambda columns: connection.from_arrow(_arrow(columns))


def _spark(request: pytest.FixtureRequest) -> Make:
    session = request.getfixturevalue("spark")

    def make(columns: Columns) -> Any:  # noqa: ANN401
        rows = list(zip(*columns.values(), strict=True))
        return session.createDataFrame(rows, list(columns))

    return make


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Start PySpark, or say why not."""
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java 17 or later, and there is no java on the path")
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = sql.SparkSession.builder.master("local[1]").appName("fairaudit")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "127.0.0.1",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    with warnings.catch_warnings():
        # Its sockets are closed by the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        session.stop()


@pytest.fixture(params=[*_IN_MEMORY, "duckdb", "pyspark"])
def frame(request: pytest.FixtureRequest) -> Make:
    """Give the function that makes a table in memory, of every library in turn."""
    if request.param == "duckdb":
        return _duckdb(request)
    return _spark(request) if request.param == "pyspark" else _IN_MEMORY[request.param]


def _write_csv(path: Path, columns: Columns) -> None:
    import csv

    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _write_parquet(path: Path, columns: Columns) -> None:
    import pyarrow.parquet as pq

    pq.write_table(_arrow(columns), path)


def _write_json_lines(path: Path, columns: Columns) -> None:
    rows = zip(*columns.values(), strict=True)
    lines = (json.dumps(dict(zip(columns, row, strict=True))) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")


_WRITERS = {".csv": _write_csv, ".parquet": _write_parquet, ".jsonl": _write_json_lines}


@pytest.fixture(params=list(_WRITERS))
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Give the function that writes a table to a file, of every format in turn."""

    def make(columns: Columns) -> Any:  # noqa: ANN401
        path = tmp_path / f"people{request.param}"
        _WRITERS[request.param](path, columns)
        return path

    return make
