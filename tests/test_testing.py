"""`assert_fair`, as tests of other projects call it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fairaudit.core.errors import GateError, NoGateError
from fairaudit.core.value import replace
from fairaudit.policy.require import require
from fairaudit.testing import assert_fair
from tests.report.golden import GOLDEN, everything, hostile, no_gate

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = """
import fairaudit
from fairaudit.testing import assert_fair

def people(women_hired):
    hired = [1] * women_hired + [0] * (100 - women_hired) + [1] * 80 + [0] * 20
    return {"gender": ["woman"] * 100 + ["man"] * 100, "y_pred": hired}

def audit(women_hired, **gates):
    return fairaudit.audit(people(women_hired), groups="gender", **gates)

def test_equal():
    assert_fair(audit(80, gates="impact_ratio>=0.8"))

def test_unequal():
    assert_fair(audit(40, gates="impact_ratio>=0.8"))

def test_too_few():
    assert_fair(audit(78, criterion="demographic_parity", tolerance=0.05, why="law"))

def test_without_gate():
    assert_fair(audit(80))
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of the example, in a process of its own."""
    folder: Path = tmp_path_factory.mktemp("project")
    (folder / "test_example.py").write_text(EXAMPLE)
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            ".",
        ],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    return ended.stdout


def test_pytest_fails_what_failed_and_what_is_undecided(page: str) -> None:
    assert "3 failed, 1 passed" in page
    for name in ("test_unequal", "test_too_few", "test_without_gate"):
        assert f"FAILED test_example.py::{name}" in page


def test_the_message_is_the_verdict_as_the_console_prints_it(page: str) -> None:
    assert "E       FAIL  impact_ratio>=0.8, by gender" in page
    assert "E       UNDECIDED  demographic parity within 0.05, by gender" in page
    assert "E       Required:    demographic parity within 0.05" in page
    assert "E       Why:         law" in page


def test_the_line_that_is_shown_is_the_one_of_the_test(page: str) -> None:
    assert '>       assert_fair(audit(40, gates="impact_ratio>=0.8"))' in page
    assert "fairaudit/testing.py" not in page


def test_a_test_that_cannot_fail_is_an_error(page: str) -> None:
    assert "NoGateError: require: this report has no gate" in page
    with pytest.raises(NoGateError, match=r"no gate"):
        assert_fair(no_gate())


@pytest.mark.parametrize("name", GOLDEN)
def test_it_judges_as_require_does(name: str) -> None:
    report = GOLDEN[name]()
    if not report.verdicts:
        return
    try:
        require(report)
    except GateError:
        with pytest.raises(AssertionError, match=r"not shown to be fair"):
            assert_fair(report)
    else:
        assert_fair(report)


def test_what_is_waived_or_let_pass_fails_no_test() -> None:
    report = everything()  # told to let undecided gates pass
    part = report.parts[0]
    verdicts = tuple(one for one in part.verdicts if one.status != "fail")
    assert {one.status for one in verdicts} == {"undecided", "waived", "pass"}
    assert_fair(replace(report, parts=(replace(part, verdicts=verdicts),)))


def test_no_name_in_the_message_acts_on_a_terminal() -> None:
    with pytest.raises(AssertionError, match=r"UNDECIDED") as raised:
        assert_fair(hostile())
    told = str(raised.value).replace("\n", "").replace("\u200e", "")
    assert told.isprintable()
