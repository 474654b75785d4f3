"""The action's steps, run by bash with their inputs, as GitHub's runner would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
import yaml

from fairaudit.cli.check_options import OPTIONS
from tests.report.test_github import commands

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
SCRIPTS = {name: step for name, step in STEPS.items() if "run" in step}
EXPRESSION = re.compile(r"\$\{\{ (inputs|github)\.([\w-]+) \}\}")
UNFAIR = "gender,y_true,y_pred\n" + "woman,1,0\n" * 200 + "man,1,1\n" * 200
FAIR = "gender,y_true,y_pred\n" + "woman,1,1\nwoman,0,0\nman,1,1\nman,0,0\n" * 400

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


class Step(Protocol):
    """Run one of the action's scripts and wait for its end."""

    def __call__(self, name: str, **inputs: str) -> subprocess.CompletedProcess[bytes]: ...


def run_step(
    name: str, inputs: Mapping[str, str], python: Path, work: Path
) -> subprocess.CompletedProcess[bytes]:
    """Run a script as the runner does: its variables set, its text in a file."""
    given = {key: one.get("default", "") for key, one in ACTION["inputs"].items()}
    known = {
        "inputs": {**given, **inputs},
        "github": {"action_path": str(ROOT)},
    }
    variables = {}
    for variable, text in SCRIPTS[name]["env"].items():
        found = EXPRESSION.fullmatch(text)
        assert found is not None, text
        variables[variable] = known[found[1]][found[2]]
    script = work / ".script.sh"
    script.write_text(SCRIPTS[name]["run"], "utf-8")
    inherited = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        capture_output=True,
        cwd=work,
        env={
            **inherited,
            **variables,
            "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONUTF8": "1",
            "GITHUB_OUTPUT": str(work / ".output"),
            "GITHUB_STEP_SUMMARY": str(work / ".summary"),
        },
        check=False,
    )


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own into which the action's step has installed this source tree.

    It sees the packages that are here, so that only the toolkit itself is installed.
    """
    folder = tmp_path_factory.mktemp("runner")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    made = folder / "bin" / "python"
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    there = subprocess.run([made, "-c", asked], capture_output=True, text=True, check=True)
    Path(there.stdout.strip(), "here.pth").write_text(sysconfig.get_path("purelib"))
    ended = run_step("Install fairaudit", {}, made, folder)
    if ended.returncode and b"hatchling" in ended.stderr:
        pytest.skip("pip cannot fetch what builds a wheel here")
    assert ended.returncode == 0, ended.stderr.decode()
    assert (folder / "bin" / "fairaudit").exists()
    return made


@pytest.fixture
def step(python: Path, tmp_path: Path) -> Step:
    (tmp_path / "fair.csv").write_text(FAIR)
    (tmp_path / "unfair.csv").write_text(UNFAIR)

    def run(name: str = "Audit", **inputs: str) -> subprocess.CompletedProcess[bytes]:
        return run_step(name, inputs, python, tmp_path)

    return run


def test_no_input_is_pasted_into_a_script() -> None:
    for one in SCRIPTS.values():
        assert "${{" not in one["run"]
        assert one["shell"] == "bash"


def test_every_input_is_described_and_used() -> None:
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(ACTION["inputs"])
    assert all(one["description"] for one in ACTION["inputs"].values())


def test_an_input_that_is_an_option_is_called_as_the_option() -> None:
    options = {name for option in OPTIONS for name in option.opts}
    others = {"file", "args", "install", "python-version"}
    assert {f"--{name}" for name in set(ACTION["inputs"]) - others} <= options


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"file": "fair.csv", "gate": "impact_ratio>=0.8"}, 0),
        ({"file": "unfair.csv", "gate": "impact_ratio>=0.8"}, 1),
        ({"file": "nowhere.csv"}, 2),
        (
            {
                "file": "fair.csv",
                "criterion": "equal_opportunity\npredictive_equality",
                # Each line is one criterion's: the first passes, the second is undecided.
                "tolerance": "0.2\n0.001",
                "why": "the same\nchance",
            },
            4,
        ),
    ],
)
def test_the_step_ends_with_the_code_of_the_verdicts_and_says_it(
    step: Step, tmp_path: Path, inputs: dict[str, str], code: int
) -> None:
    ended = step("Audit", group="gender", **inputs)
    assert ended.returncode == code, ended.stderr.decode()
    assert (tmp_path / ".output").read_text() == f"exit-code={code}\n"
    if code == 2:
        assert b"nowhere.csv" in ended.stderr
        return
    kinds = [kind for kind, _, _ in commands(ended.stdout.decode())]
    assert ("error" in kinds) == (code != 0)
    assert (tmp_path / ".summary").read_text("utf-8").startswith("# Fairness audit: ")


def test_values_of_several_lines_are_several_options(step: Step, tmp_path: Path) -> None:
    ended = step(
        "Audit",
        file="unfair.csv",
        group="gender\r\ny_true\r\n",
        output="report.json\nreport.md\n\nreport.csv",
        args="--min-group\n10\n--seed=7",
    )
    assert ended.returncode == 0, ended.stderr.decode()
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    tables = [table["attribute"] for table in report["parts"][0]["tables"]]
    assert (tables, report["parts"][0]["seed"]) == (["gender", "y_true"], 7)
    assert (tmp_path / "report.md").exists()
    assert (tmp_path / "report.csv").exists()


@pytest.mark.parametrize("text", ["$(touch pwned)`touch pwned`\"; touch pwned; '", "-x"])
def test_no_input_is_a_command_or_an_option(step: Step, tmp_path: Path, text: str) -> None:
    file, column = f"{text}.csv", f"{text} column"
    quoted = column.replace('"', '""')
    (tmp_path / file).write_text(FAIR.replace("gender", f'"{quoted}"'))
    ended = step(
        "Audit",
        file=file,
        group=column,
        why=text,
        output="report.json",
        tolerance="0.2",
        criterion="demographic_parity",
    )
    assert ended.returncode == 0, ended.stderr.decode()
    assert not (tmp_path / "pwned").exists()
    (part,) = json.loads((tmp_path / "report.json").read_text("utf-8"))["parts"]
    assert part["requirements"]["why"] == text
    assert part["tables"][0]["attribute"] == column
    assert part["source"]["name"] == file
