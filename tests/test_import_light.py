"""Nothing is loaded before it is needed: a look at `sys.modules` of fresh processes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from fairaudit import datasets

# Ends by writing which top-level packages are loaded; whatever came before.
_LOADED = """
import atexit, json, sys
def tell():
    roots = sorted({name.partition(".")[0] for name in sys.modules})
    sys.stderr.write("\\nLOADED" + json.dumps(roots))
atexit.register(tell)
"""

HEAVY = {
    "dask",
    "duckdb",
    "fairlearn",
    "gensim",
    "ibis",
    "jinja2",
    "matplotlib",
    "narwhals",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pydantic",
    "pyspark",
    "rich",
    "scipy",
    "sklearn",
    "torch",
}
OURS = {"fairaudit"}
ADULT = ["check", str(datasets.path("adult_predictions")), "--group", "sex"]
COMPAS = [
    "check",
    str(datasets.path("compas")),
    *("--group", "race", "--label", "two_year_recid", "--score", "decile_score"),
    *("--threshold", "5", "--count", "count", "--favourable", "not-selected"),
]


def loaded(code: str) -> set[str]:
    """Run code in a fresh process and say which packages it loaded."""
    ended = subprocess.run(
        [sys.executable, "-c", _LOADED + code], check=True, capture_output=True, text=True
    )
    return set(json.loads(ended.stderr.rpartition("LOADED")[2]))


def third_party(roots: set[str]) -> set[str]:
    """Leave out the standard library, and what a bare Python of this environment loads."""
    bare = loaded("")
    return {
        root for root in roots - bare - sys.stdlib_module_names if root[:1] != "_"
    } - OURS


def command(*arguments: str) -> set[str]:
    """Run the command and say which packages it loaded."""
    return loaded(
        f"import sys; sys.argv = {['fairaudit', *arguments]!r}\n"
        "from fairaudit.cli.main import main\nmain()"
    )


def test_importing_the_package_loads_nothing_of_others() -> None:
    assert third_party(loaded("import fairaudit")) == set()


def test_the_package_knows_its_public_names_without_loading_them() -> None:
    found = loaded("import fairaudit; assert 'audit' in dir(fairaudit)")
    assert third_party(found) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["check", "--help"],
        ["render", "--help"],
        ["explain", "predictive_parity"],
        ["embeddings", "--help"],
        ["embeddings", "debias", "--help"],
    ],
    ids=" ".join,
)
def test_help_and_explanations_load_click_alone(arguments: list[str]) -> None:
    assert third_party(command(*arguments)) <= {"click", "colorama"}


@pytest.mark.parametrize("form", ["json", "console", "md", "csv", "junit", "github"])
def test_a_small_check_loads_only_what_it_counts_and_writes_with(form: str) -> None:
    found = third_party(command(*ADULT, "--format", form))
    assert "duckdb" in found
    assert not found & {"pandas", "scipy", "sklearn", "matplotlib"}
    assert not found & (HEAVY - {"duckdb", "numpy", "rich"})


def test_a_check_with_scores_loads_scipy_for_its_prices_and_nothing_more() -> None:
    found = third_party(command(*COMPAS))
    assert found & HEAVY == {"duckdb", "numpy", "rich", "scipy"}


def test_an_audit_of_arrays_loads_numpy_alone() -> None:
    code = (
        "import fairaudit\n"
        "people = {'y_pred': [1, 0], 'y_true': [1, 0], 'g': ['a', 'b']}\n"
        "fairaudit.audit(people, groups='g', criterion='equalized_odds', tolerance=0.1)\n"
    )
    assert third_party(loaded(code)) & HEAVY <= {"numpy"}
