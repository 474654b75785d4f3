"""The checks, each in an environment of its own: `nox -l` lists them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import nox
from packaging.requirements import Requirement

nox.options.sessions = ["check", "tests"]
nox.options.error_on_missing_interpreters = True

ROOT = Path(__file__).parent


@nox.session
def check(session: nox.Session) -> None:
    """Read the code: format, lint, types, directions, docstrings, spelling."""
    session.install("-e", ".[test,dev]")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")
    session.run("lint-imports")
    session.run("numpydoc", "lint", *map(str, sorted(Path("fairaudit").rglob("*.py"))))
    session.run("codespell")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests with everything installed."""
    session.install("-e", ".[test]")
    session.run("pytest", "-rs", *session.posargs)


@nox.session(name="tests-minimal")
def tests_minimal(session: nox.Session) -> None:
    """Run what can be run without any extra: no polars, no Arrow, no Spark."""
    session.install("-e", ".", *tools())
    session.run("pytest", "-rs", *session.posargs)


@nox.session(name="tests-lowest")
def tests_lowest(session: nox.Session) -> None:
    """Run the tests with the oldest versions pyproject.toml allows."""
    session.install("-e", ".[test]", *lowest())
    session.run("pytest", "-rs", *session.posargs)


@nox.session(name="tests-inspect")
def tests_inspect(session: nox.Session) -> None:
    """Run what needs Inspect, whose eighty packages no other session installs."""
    session.install("-e", ".[inspect]", *tools())
    session.run("pytest", "-rs", *(session.posargs or ["tests/resumes/test_inspect.py"]))


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel and run the main job from it, away from the source tree."""
    session.install("build")
    folder = session.create_tmp()
    session.run("python", "-m", "build", "--wheel", "--outdir", folder, str(ROOT))
    (built,) = Path(folder).glob("*.whl")
    session.install("--force-reinstall", str(built))
    session.chdir(folder)
    where = "from fairaudit import datasets; print(datasets.path('compas'))"
    compas = session.run("python", "-c", where, silent=True)
    assert isinstance(compas, str)
    session.run(
        "fairaudit",
        "check",
        compas.strip(),
        "--group=race",
        "--label=two_year_recid",
        "--score=decile_score",
        "--threshold=5",
        "--count=count",
        "--favourable=not-selected",
    )


def tools() -> list[str]:
    """Give the test tools, as the test extra asks for them, without the frame libraries."""
    wanted = {"hypothesis", "jsonschema", "junitparser", "psutil"}
    wanted |= {"pytest", "pytest-randomly", "pyyaml", "syrupy"}
    asked = project()["optional-dependencies"]["test"]
    return [line for line in asked if Requirement(line).name in wanted]


def lowest() -> list[str]:
    """Give each base dependency pinned to its lower bound."""
    pins = []
    for line in project()["dependencies"]:
        asked = Requirement(line)
        bounds = [bound.version for bound in asked.specifier if bound.operator == ">="]
        pins.append(f"{asked.name}=={bounds[0]}")
    return pins


def project() -> dict[str, dict[str, list[str]]]:
    """Read the project table of pyproject.toml."""
    parsed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, dict[str, list[str]]] = parsed["project"]
    return table
