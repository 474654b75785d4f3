from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

TERMINATED = """
import signal, sys
from fairaudit import embeddings
from fairaudit.cli import explanation, main
from fairaudit.embeddings.files import writing

def saved(width):
    embeddings.save(embeddings.load("glove_50d_subset"), "vectors.npy")
    return "saved"

writing._bring_to_disk = lambda file: signal.raise_signal(signal.SIGTERM)
explanation.overview = saved
sys.argv = ["fairaudit", "explain"]
main.main()
"""


def _ended(
    code: str, environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=environment,
        cwd=folder,
        check=False,
    )


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_command_that_is_terminated_leaves_the_old_file_and_nothing_half_written(
    name: str, code: int, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "vectors.npy").write_bytes(b"old")
    ended = _ended(TERMINATED.replace("SIGTERM", name), environment, tmp_path)
    assert (ended.returncode, ended.stdout) == (code, b""), ended.stderr
    assert b"interrupted; nothing was left half-written" in ended.stderr
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("vectors.npy", b"old")
    ]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_where_termination_is_ignored_it_stays_ignored(
    name: str, environment: dict[str, str], tmp_path: Path
) -> None:
    before = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    code = (before + TERMINATED).replace("SIGTERM", name)
    ended = _ended(code, environment, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "vectors.npy", "vectors.words.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_rows_that_came_through_a_pipe_are_taken_away(
    number: signal.Signals, environment: dict[str, str], tmp_path: Path
) -> None:
    reading = subprocess.Popen(
        [sys.executable, "-m", "fairaudit", "check", "-", "--group", "g"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment | {"TMPDIR": str(tmp_path)},
    )
    assert reading.stdin is not None
    reading.stdin.write(b"g,y_pred\n" + b"a,1\nb,0\n" * 50_000)
    reading.stdin.flush()
    deadline = time.monotonic() + 30
    while not list(tmp_path.rglob("*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(tmp_path.rglob("*")), "nothing was kept on the way"
    reading.send_signal(number)
    _, told = reading.communicate()
    assert reading.returncode == 128 + number, told
    assert list(tmp_path.iterdir()) == []


def test_a_second_hangup_does_not_end_the_cleaning(
    environment: dict[str, str], tmp_path: Path
) -> None:
    code = """
import signal
from fairaudit.cli.interrupts import interrupted, remember_interrupts

remember_interrupts()
try:
    signal.raise_signal(signal.SIGHUP)
except KeyboardInterrupt:
    signal.raise_signal(signal.SIGHUP)
    print("cleaned", interrupted())
"""
    ended = _ended(code, environment, tmp_path)
    assert ended.stdout.split() == [b"cleaned", b"129"], ended.stderr


def test_a_terminal_that_is_gone_is_told_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    far, near = os.openpty()
    os.close(far)
    code = TERMINATED.replace("SIGTERM", "SIGHUP")
    ended = subprocess.run(
        [sys.executable, "-c", code],
        stdout=near,
        stderr=near,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    os.close(near)
    assert ended.returncode == 129
    assert list(tmp_path.iterdir()) == []
