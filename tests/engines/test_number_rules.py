from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import InputError
from fairaudit.engines import open_table
from fairaudit.engines.number_rules import COUNT, SCORE, WEIGHT, NumberRule
from fairaudit.engines.query import CountQuery, KeyColumn

if TYPE_CHECKING:
    from pathlib import Path

NEARLY = ["1_000", " 5", "5 ", "5\t", "nan", "inf", "-Infinity", "0x10", "1e400", "1,5"]
NEARLY += ["--1", "1e", "1.2.3", "", "\N{ARABIC-INDIC DIGIT ONE}", "1_0.5", "true", "5d"]


@pytest.mark.parametrize("text", NEARLY)
@pytest.mark.parametrize("rule", [SCORE, COUNT, WEIGHT])
def test_what_is_nearly_a_number_is_none(rule: NumberRule, text: str) -> None:
    assert rule.parse(text) is None


@pytest.mark.parametrize("text", ["1", "+1", "-0.5", ".5", "5.", "1e-3", "2E+2", "007"])
def test_plain_numbers_are_read_as_python_reads_them(text: str) -> None:
    assert SCORE.parse(text) == float(text)


@pytest.mark.parametrize(("text", "count"), [("12", 12), ("0", 0), ("3.0", 3), ("4.", 4)])
def test_whole_numbers_are_counts(text: str, count: int) -> None:
    assert COUNT.parse(text) == count


@pytest.mark.parametrize("text", ["1.5", "-1", "+3", "1e3", "99999999999"])
def test_other_numbers_are_no_counts(text: str) -> None:
    assert COUNT.parse(text) is None


def test_a_weight_is_not_negative() -> None:
    assert (WEIGHT.parse("0"), WEIGHT.parse("-0.1")) == (0, None)


CELL = st.one_of(
    st.text(alphabet="0123456789.+-eE_ ,nainfx\t", min_size=1, max_size=8),
    st.sampled_from([text for text in NEARLY if text]),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers().map(str),
)


@given(cell=CELL, rule=st.sampled_from(["score", "count", "weight"]))
def test_duckdb_accepts_exactly_the_numbers_of_the_rules(
    tmp_path_factory: pytest.TempPathFactory, cell: str, rule: str
) -> None:
    path: Path = tmp_path_factory.mktemp("numbers") / "one.csv"
    path.write_text(f'g,x\na,"{cell}"\n', encoding="utf-8")
    keys = (KeyColumn(column="g"),)
    query, wanted = {
        "score": (CountQuery(keys=keys, numeric=("x",)), SCORE),
        "count": (CountQuery(keys=keys, amount="x", amount_kind="count"), COUNT),
        "weight": (CountQuery(keys=keys, amount="x", amount_kind="weight"), WEIGHT),
    }[rule]
    with open_table(path) as table:
        if wanted.parse(cell) is None:
            with pytest.raises(InputError, match=r"one\.csv, line 2: column 'x' holds"):
                table.count(query)
        else:
            assert table.count(query).rows == 1
