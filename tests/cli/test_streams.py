from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fairaudit.cli.streams import prepare_streams, say

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "gender,y_true,y_pred\n" + "f,1,0\n" * 50 + "m,1,1\n" * 50
CHECK = ["check", "a.csv", "--group", "gender", "--gate", "impact_ratio>=0.8"]


def on_a_terminal(
    environment: dict[str, str], folder: Path, columns: int, **more: str
) -> str:
    """Run a check whose standard output is a terminal of so many columns."""
    (folder / "a.csv").write_text(TABLE)
    master, slave = pty.openpty()
    os.set_blocking(master, True)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "fairaudit", *CHECK],
        stdout=slave,
        stderr=subprocess.PIPE,
        env={**environment, "TERM": "xterm-256color", **more},
        cwd=folder,
    ) as running:
        os.close(slave)
        shown = b""
        while chunk := _read(master):
            shown += chunk
        assert running.wait() == 1
    os.close(master)
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    """Read what a terminal shows; its end is an error on Linux."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_a_terminal_gets_colour_unless_it_asks_for_none(
    environment: dict[str, str], tmp_path: Path
) -> None:
    coloured = on_a_terminal(environment, tmp_path, 100)
    assert "\x1b[" in coloured
    for wish in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b[" not in on_a_terminal(environment, tmp_path, 100, **wish)


@pytest.mark.parametrize(("columns", "most"), [(100, 100), (72, 72), (30, 60)])
def test_the_page_takes_the_width_of_the_terminal(
    environment: dict[str, str], tmp_path: Path, columns: int, most: int
) -> None:
    page = on_a_terminal(environment, tmp_path, columns, NO_COLOR="1")
    widest = max(len(line) for line in page.splitlines())
    assert most - 25 < widest <= most


def test_without_a_terminal_there_is_no_colour_and_eighty_columns(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(TABLE)
    ended = subprocess.run(
        [sys.executable, "-m", "fairaudit", *CHECK],
        capture_output=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    page = ended.stdout.decode()
    assert "\x1b" not in page
    assert 70 < max(len(line) for line in page.splitlines()) <= 80


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_a_page_on_a_poorer_terminal_stays_readable(
    environment: dict[str, str], tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "a.csv").write_text(TABLE.replace("f,", "Ωmega,"), "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "fairaudit", *CHECK],
        capture_output=True,
        env={**environment, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        cwd=tmp_path,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr == b""
    page = ended.stdout.decode(encoding)
    assert "mega" in page
    assert page.rstrip().endswith("everything else: --output report.html")


def test_our_own_signs_are_written_in_ascii_and_others_as_question_marks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(taken, "ascii"))
    prepare_streams()
    say("a ≥ 0.8 – b × c … 漢 data\udce9")
    assert taken.getvalue() == b"a >= 0.8 - b x c ... ? data\\udce9\n"
