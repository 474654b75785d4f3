"""Made-up people, the same on every run: as files, as a frame, as arrays, as counts."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from fairaudit.tally.counts import Counts

GENDERS = ("female", "male", "nonbinary")
SHARES = (0.48, 0.5, 0.02)

# hash() rather than random(): the same rows for any number of threads. A prediction is its
# score at 0.5, so that both ways to decide must give the same counts.
_PEOPLE = """
SELECT id, gender, race, y_true, (score >= 0.5)::INT AS y_pred, score
FROM (
  SELECT id, gender, race, y_true, round(0.7 * d + 0.2 * y_true + 0.1 * a, 4) AS score
  FROM (
    SELECT id, a, d,
      CASE WHEN a < 0.48 THEN 'female' WHEN a < 0.98 THEN 'male' ELSE 'nonbinary' END
        AS gender,
      ['Asian', 'Black', 'Hispanic', 'Other', 'White'][1 + (b * 5)::INT % 5] AS race,
      (c < 0.3 + 0.1 * a)::INT AS y_true
    FROM (
      SELECT range AS id,
        hash(range) % 1000003 / 1000003 AS a,
        hash(range + 1000000007) % 1000003 / 1000003 AS b,
        hash(range + 2000000011) % 1000003 / 1000003 AS c,
        hash(range + 3000000019) % 1000003 / 1000003 AS d
      FROM range({rows})
    )
  )
)
"""


def write_people(path: Path, rows: int) -> None:
    """Write a CSV or Parquet file, by the suffix, in a process of its own.

    A process that measures others must stay small, and DuckDB is not.
    """
    writer = multiprocessing.get_context("spawn").Process(target=_write, args=(path, rows))
    writer.start()
    writer.join()
    if writer.exitcode:
        raise RuntimeError(f"{path.name} could not be written")


def _write(path: Path, rows: int) -> None:
    import duckdb

    form = "PARQUET" if path.suffix == ".parquet" else "CSV, HEADER"
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            f"COPY ({_PEOPLE.format(rows=rows)}) TO '{path}' (FORMAT {form})"
        )


def arrays(rows: int) -> Mapping[str, NDArray[np.int64]]:
    """Make a gender, an outcome and a decision per person, as whole numbers."""
    import numpy as np

    rng = np.random.default_rng(20261)
    gender = rng.choice(len(GENDERS), size=rows, p=SHARES)
    happened = rng.random(rows) < 0.3 + 0.05 * gender
    decided = rng.random(rows) < 0.25 + 0.4 * happened
    return {
        "gender": gender.astype(np.int64),
        "y_true": happened.astype(np.int64),
        "y_pred": decided.astype(np.int64),
    }


def frame(rows: int) -> pd.DataFrame:
    """Make a pandas frame with gender as text, outcome and decision as 0 and 1."""
    import numpy as np
    import pandas as pd

    people = arrays(rows)
    names = np.array(GENDERS)[people["gender"]]
    return pd.DataFrame({**people, "gender": pd.Series(names)})


def counts(people: int) -> Counts:
    """Count such people, as if that many had been asked: sizes change, shares do not."""
    from fairaudit.core.cells import Cells
    from fairaudit.tally.counts import Counts, Key

    shares = {
        "Asian": (0.02, 0.01, 0.02, 0.05),
        "Black": (0.08, 0.05, 0.04, 0.08),
        "Hispanic": (0.05, 0.04, 0.05, 0.11),
        "White": (0.10, 0.05, 0.08, 0.17),
    }
    cells = {
        Key(groups=(race,)): Cells(
            **{
                name: round(people * share)
                for name, share in zip(("tp", "fp", "fn", "tn"), parts, strict=True)
            }
        )
        for race, parts in shares.items()
    }
    return Counts(attributes=("race",), cells=cells)
