"""Files that a run writes: all of them or none, whatever stops it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fairaudit.report.formats import formats, renderer_for
from fairaudit.report.storage import from_json
from tests.report.golden import compas, everything

if TYPE_CHECKING:
    from tests.cli.conftest import Command

OLD = b"the report of last month\n"
PEOPLE = "gender,y_true,y_pred\n" + "f,1,1\nm,1,1\nf,0,0\nm,0,0\n" * 50

# Python runs it before anything else. It kills the process without notice when the named
# step is about to happen for the given time to a file of ours.
KILLER = """
import os, resource, signal, sys
step, times = os.environ["KILL_AT"].split(":")
left = int(times)
def here():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
def watch(event, args):
    if event == step and any(".part" in str(arg) for arg in args):
        here()
sys.addaudithook(watch)
if step == "write":  # the kernel itself stops it, in the midst of the file
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
if step == "fsync":
    real = os.fsync
    os.fsync = lambda file: (here(), real(file))
"""


@pytest.mark.parametrize(
    ("kill_at", "replaced"),
    [
        ("open:1", 0),
        ("write:1", 0),
        ("fsync:1", 0),
        ("os.chmod:1", 0),
        ("fsync:2", 0),
        ("os.rename:1", 0),
        ("os.rename:2", 1),
        ("os.rename:3", 2),  # there is no third: the run ends as it should
    ],
)
def test_killed_at_any_step_the_old_file_or_the_new_one_stands(
    environment: dict[str, str], tmp_path: Path, kill_at: str, replaced: int
) -> None:
    (tmp_path / "killer").mkdir()
    (tmp_path / "killer" / "sitecustomize.py").write_text(KILLER)
    work = tmp_path / "work"
    work.mkdir()
    (work / "stored.json").write_text(everything().to_json(), "utf-8")
    names = ["report.md", "report.json"]
    for name in names:
        (work / name).write_bytes(OLD)
    ended = subprocess.run(
        [sys.executable, "-m", "fairaudit", "render", "stored.json"]
        + [part for name in names for part in ("--output", name)],
        capture_output=True,
        cwd=work,
        env={
            **environment,
            "PYTHONPATH": f"{tmp_path / 'killer'}{os.pathsep}{environment['PYTHONPATH']}",
            "KILL_AT": kill_at,
        },
        check=False,
    )
    by = -signal.SIGXFSZ if kill_at == "write:1" else -signal.SIGKILL
    assert ended.returncode == (1 if kill_at == "os.rename:3" else by), ended.stderr
    new = [renderer_for(name.rpartition(".")[2]).render(everything()) for name in names]
    expected = [text.encode() for text in new[:replaced]] + [OLD] * (2 - replaced)
    assert [(work / name).read_bytes() for name in names] == expected
    # What a killed process could not take away is hidden and has no report's suffix.
    left = {path.name for path in work.iterdir()} - {"stored.json", *names}
    suffixes = {suffix for one in formats().values() for suffix in one.SUFFIXES}
    assert all(name.startswith(".fairaudit-") for name in left)
    assert not {Path(name).suffix for name in left} & suffixes


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device_leaves_every_old_file_and_says_where(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "stored.json").write_text(compas().to_json(), "utf-8")
    (tmp_path / "old.md").write_bytes(OLD)
    (tmp_path / "full.csv").symlink_to("/dev/full")
    ended = command(
        *("render", "stored.json", "--output", "old.md", "--output", "full.csv"),
    )
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert b"full.csv: the report cannot be written there: No space left" in ended.stderr
    assert ended.stderr.count(b"\n") == 1
    assert (tmp_path / "old.md").read_bytes() == OLD
    assert {path.name for path in tmp_path.iterdir()} == {
        "stored.json",
        "old.md",
        "full.csv",
    }


def test_a_disk_that_fills_up_leaves_every_old_file_and_nothing_else(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "stored.json").write_text(everything().to_json(), "utf-8")
    names = ["old.xml", "old.csv"]
    for name in names:
        (tmp_path / name).write_bytes(OLD)
    most = len(renderer_for("junit").render(everything()).encode()) + 10
    assert len(renderer_for("csv").render(everything()).encode()) > most
    program = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        "from fairaudit.cli.main import run\nsys.exit(run(sys.argv[1:]))"
    )
    ended = subprocess.run(
        [
            *(sys.executable, "-c"),
            program,
            *("render", "stored.json", "--output", "old.xml", "--output", "old.csv"),
        ],
        capture_output=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert ended.returncode == 2
    assert b"old.csv: the report cannot be written there: File too large." in ended.stderr
    assert [(tmp_path / name).read_bytes() for name in names] == [OLD, OLD]
    assert {path.name for path in tmp_path.iterdir()} == {"stored.json", *names}


def test_all_outputs_come_from_one_read_of_the_data(
    command: Command, tmp_path: Path
) -> None:
    # What comes through a pipe can be read only once.
    outputs = ["report.json", "report.md", "report.csv", "report.xml", "report.txt"]
    ended = command(
        *("check", "-", "--group", "gender", "--gate", "impact_ratio>=0.8"),
        *(part for name in outputs for part in ("--output", name)),
        *("--format", "github"),
        given=PEOPLE.encode(),
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    report = from_json((tmp_path / "report.json").read_text("utf-8"))
    assert report.parts[0].population.people == 200
    for name in outputs:
        renderer = renderer_for(Path(name).suffix)
        assert (tmp_path / name).read_bytes() == renderer.render(report).encode()
    assert ended.stdout.decode() == renderer_for("github").render(report)


def test_standard_output_may_be_named(command: Command, tmp_path: Path) -> None:
    ended = command(
        *("check", "-", "--group", "gender", "--output", "-", "--format", "md"),
        given=PEOPLE.encode(),
    )
    assert ended.returncode == 0
    assert ended.stdout.startswith(b"# Fairness audit: ")
    assert list(tmp_path.iterdir()) == []


def test_annotations_have_no_file(command: Command) -> None:
    ended = command("check", "x.csv", "--group", "g", "--output", "report.github")
    assert ended.returncode == 2
    assert b"format '.github' is not known" in ended.stderr
