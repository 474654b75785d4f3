from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fairaudit.cli.step_summary import add_to_step_summary
from fairaudit.core.errors import OutputError
from fairaudit.report.formats import renderer_for
from tests.report.golden import compas, everything

if TYPE_CHECKING:
    from tests.cli.conftest import Command

PAGE = renderer_for("md").render(compas())


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "summary"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_the_page_is_added_to_what_the_step_has_written(summary: Path) -> None:
    add_to_step_summary(compas())
    assert summary.read_text("utf-8") == PAGE
    add_to_step_summary(compas())
    assert summary.read_text("utf-8") == f"{PAGE}\n{PAGE}"


def test_github_would_show_nothing_of_more_than_a_mebibyte(summary: Path) -> None:
    before = b"x" * (2**20 - 2_000)
    summary.write_bytes(before)
    add_to_step_summary(compas())
    content = summary.read_bytes()
    assert content.startswith(before + b"\n# Fairness audit")
    assert len(content) <= 2**20
    assert content.endswith(b"the JSON has all of it.\n")
    for _ in range(3):
        add_to_step_summary(compas())
    assert len(summary.read_bytes()) <= 2**20


def test_without_the_variable_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in (None, ""):
        if text is None:
            monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
        else:
            monkeypatch.setenv("GITHUB_STEP_SUMMARY", text)
        add_to_step_summary(compas())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_error_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "/dev/full")
    with pytest.raises(
        OutputError, match=r"^GITHUB_STEP_SUMMARY \(/dev/full\): .*No space"
    ):
        add_to_step_summary(compas())


def test_what_was_there_stands_when_the_disk_fills_up(
    summary: Path, environment: dict[str, str]
) -> None:
    summary.write_bytes(b"before\n")
    program = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from fairaudit.cli.step_summary import add_to_step_summary\n"
        "from tests.report.golden import compas\n"
        "add_to_step_summary(compas())\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env={**environment, "GITHUB_STEP_SUMMARY": str(summary)},
        check=False,
    )
    assert b"OutputError" in ended.stderr
    assert b"File too large" in ended.stderr
    assert summary.read_bytes() == b"before\n"


@pytest.mark.parametrize("form", ["github", "md"])
def test_it_is_written_when_annotations_are_asked_for(
    command: Command, tmp_path: Path, form: str
) -> None:
    (tmp_path / "stored.json").write_text(everything().to_json(), "utf-8")
    path = tmp_path / "summary"
    ended = command(
        *("render", "stored.json", "--format", form),
        env={"GITHUB_STEP_SUMMARY": str(path)},
    )
    assert ended.returncode == 1
    assert path.exists() == (form == "github")
    if form == "github":
        assert path.read_text("utf-8") == renderer_for("md").render(everything())
