from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fairaudit.report.formats import formats, renderer_for
from fairaudit.report.storage import from_json
from tests.report.golden import GOLDEN, compas, everything, hostile, no_gate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    for name in ("compas", "everything", "no_gate"):
        (tmp_path / f"{name}.json").write_text(GOLDEN[name]().to_json(), "utf-8")
    return tmp_path


@pytest.mark.parametrize("form", formats())
def test_a_stored_report_is_written_in_every_format(
    command: Command, stored: Path, form: str
) -> None:
    assert stored.is_dir()
    ended = command("render", "compas.json", "--format", form)
    assert (ended.returncode, ended.stderr) == (4, b"")
    page = ended.stdout.decode()
    assert page.startswith(renderer_for(form).render(compas()))


@pytest.mark.parametrize(
    ("name", "code"), [("compas", 4), ("everything", 1), ("no_gate", 0)]
)
def test_the_exit_code_is_the_one_of_the_verdicts(
    command: Command, stored: Path, name: str, code: int
) -> None:
    assert stored.is_dir()
    ended = command("render", f"{name}.json")
    assert ended.returncode == code
    last = ended.stdout.decode().splitlines()[-1]
    assert last == f"exit {code} · everything else: --output report.html"


def test_several_reports_are_put_into_one(command: Command, stored: Path) -> None:
    ended = command(
        *("render", "no_gate.json", "everything.json", "compas.json"),
        *("--output", "all.json", "--output", "all.md", "--output", "-"),
    )
    assert ended.returncode == 1
    assert ended.stdout.decode().splitlines()[-1].endswith("written to all.json, all.md")
    together = from_json((stored / "all.json").read_text("utf-8"))
    assert together == no_gate() + everything() + compas()
    assert "part 3 of 3" in (stored / "all.md").read_text("utf-8")


def test_a_report_is_read_from_standard_input(command: Command) -> None:
    ended = command("render", "-", "--format", "json", given=hostile().to_json().encode())
    assert ended.returncode == 4
    assert ended.stdout.decode() == hostile().to_json()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "bad.json: this is not JSON"),
        (b"{}", "bad.json: this is not a fairaudit report"),
        (b'{"schema_version": 2}', "schema_version is 2"),
        (b"\xff\xfe{}", "bad.json: this is not UTF-8 at byte 0"),
        (None, "bad.json: No such file or directory."),
    ],
)
def test_what_is_no_report_is_refused_and_nothing_is_written(
    command: Command, stored: Path, content: bytes | None, message: str
) -> None:
    if content is not None:
        (stored / "bad.json").write_bytes(content)
    ended = command("render", "compas.json", "bad.json", "--output", "new.md")
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert message in ended.stderr.decode()
    assert ended.stderr.count(b"\n") == 1
    assert not (stored / "new.md").exists()


def test_an_unknown_key_is_refused(command: Command, stored: Path) -> None:
    report = json.loads((stored / "compas.json").read_text("utf-8"))
    report["parts"][0]["verdicts"][0]["status"] = "compliant"
    (stored / "bad.json").write_text(json.dumps(report), "utf-8")
    ended = command("render", "bad.json")
    assert ended.returncode == 2
    assert b"parts[0].verdicts[0].status must be" in ended.stderr


def test_a_report_that_is_read_is_not_written_over(command: Command, stored: Path) -> None:
    before = (stored / "compas.json").read_bytes()
    ended = command("render", "everything.json", "compas.json", "--output", "compas.json")
    assert ended.returncode == 2
    assert b"this is a file that is read. Name another" in ended.stderr
    assert (stored / "compas.json").read_bytes() == before
