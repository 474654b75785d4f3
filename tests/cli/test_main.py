from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import fairaudit
from fairaudit.cli import exit_codes
from fairaudit.cli.main import main, run
from fairaudit.core.errors import InputError, OutputError

if TYPE_CHECKING:
    from tests.cli.conftest import Command

FULL = Path("/dev/full")
HEAVY = {
    "numpy",
    "duckdb",
    "pandas",
    "scipy",
    "sklearn",
    "matplotlib",
    "narwhals",
    "pydantic",
    "rich",
    "jinja2",
    "tomllib",
    "importlib.metadata",
}


def test_help_opens_with_examples(command: Command) -> None:
    shown = command("--help")
    text = shown.stdout.decode()
    assert shown.returncode == 0
    assert text.index("Examples:") < text.index("Usage:") < text.index("Options:")
    assert "fairaudit check predictions.csv --group gender" in text


def test_every_line_of_help_fits_eighty_columns(command: Command) -> None:
    for verb in ([], ["check"], ["init"], ["explain"], ["policy"], ["policy", "check"]):
        shown = command(*verb, "--help")
        assert shown.returncode == 0
        assert max(len(line) for line in shown.stdout.decode().splitlines()) <= 80


@pytest.mark.parametrize("verb", [[], ["policy"], ["embeddings"], ["resumes"]])
def test_help_without_arguments_is_for_those_who_have_not_asked(
    command: Command, verb: list[str]
) -> None:
    ended = command(*verb)
    assert ended.returncode == 2
    assert (
        ended.stderr.decode().rstrip() == command(*verb, "--help").stdout.decode().rstrip()
    )
    assert ended.stdout == b""


def test_the_version_is_printed(command: Command) -> None:
    assert command("--version").stdout.decode() == f"fairaudit {fairaudit.__version__}\n"


def test_help_imports_neither_libraries_nor_the_rooms_below(
    environment: dict[str, str],
) -> None:
    code = (
        "import sys\n"
        "from fairaudit.cli.main import run\n"
        "assert run(['--help']) == 0\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, check=True
    )
    loaded = set(ended.stderr.decode().split())
    assert "click" in loaded
    assert not loaded & HEAVY
    rooms = {name.split(".")[1] for name in loaded if name.startswith("fairaudit.")}
    assert rooms <= {"cli", "core"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["checks"], "'checks' is no verb. Verbs: check, .* Did you mean 'check'"),
        (["--versoin"], "No such option '--versoin'. Did you mean '--version'"),
        (["check"], "Missing argument 'FILE'"),
        (["check", "x.csv", "--grup", "a"], "No such option '--grup'.*'--group'"),
        (
            ["check", "x.csv", "--format", "jsn"],
            "format 'jsn' is not known.* Did you mean 'json'",
        ),
        (["check", "x.csv", "--tolerance", "much"], "'much' is not a valid float"),
        (["check", "x.csv", "--min-group", "0"], "0 is not in the range x>=1"),
        (["check", "x.csv", "--favourable", "yes"], "'yes' is not one of 'selected'"),
        (["check", "x.csv", "y.csv"], "unexpected extra argument"),
        (["check", "x.csv", "--label"], "Option '--label' requires an argument"),
        (["explain", "predictive_party"], "Did you mean 'predictive_parity'"),
        (["policy", "checks", "x"], "No such command 'checks'"),
        (["init", "--worst", "all"], "'all' is not one of"),
    ],
)
def test_a_misuse_is_one_sentence_on_standard_error_and_exit_two(
    command: Command, arguments: list[str], message: str
) -> None:
    ended = command(*arguments)
    told = ended.stderr.decode()
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert told.count("\n") == 1
    assert told.startswith("fairaudit")
    assert re.search(message, told)


def test_hostile_arguments_do_not_reach_the_terminal(command: Command) -> None:
    hostile = "\x1b[2J\u202egone\r\x07"
    for arguments in (
        [hostile],
        ["check", hostile],
        [f"--{hostile}"],
        ["check", "x.csv", f"--{hostile}"],
        ["check", "x.csv", "--format", hostile],
        ["check", "x.csv", "--group", "a", "--criterion", hostile, "--tolerance", "0.1"],
        ["check", "x.csv", "--group", "a", "--gate", hostile],
        ["check", "x.csv", "--group", "a", "--bin", hostile],
        ["check", "x.csv", "--output", f"{hostile}.html"],
        ["check", "x.csv", "--output", f"{hostile}/a.json"],
        ["check", "x.csv", "--policy", hostile],
        ["policy", "check", hostile],
        ["explain", hostile],
    ):
        ended = command(*arguments)
        assert ended.returncode == 2, arguments
        told = ended.stderr.decode()
        assert told.count("\n") == 1
        for acting in ("\x1b", "\u202e", "\r", "\x07"):
            assert acting not in told


def test_a_name_that_is_not_utf8_is_named_without_a_crash(command: Command) -> None:
    ended = command("check", b"data\xe9.csv", "--group", "a")
    assert ended.returncode == 2
    assert b"data" in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_a_fault_of_the_program_is_exit_three_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairaudit.cli.explanation.overview", _broken)
    assert run(["explain"]) == exit_codes.FAULT
    told = capsys.readouterr().err
    assert told.startswith("fairaudit: a fault in fairaudit itself (ZeroDivisionError: ")
    assert "Please report it" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("by", ["option", "environment"])
def test_debugging_shows_the_traceback(
    by: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairaudit.cli.explanation.overview", _broken)
    if by == "environment":
        monkeypatch.setenv("FAIRAUDIT_DEBUG", "1")
    arguments = ["explain", "--debug"] if by == "option" else ["explain"]
    assert run(arguments) == exit_codes.FAULT
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def _broken(_width: int) -> str:
    return str(1 / 0)


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (InputError("no such column."), 2, "fairaudit: no such column."),
        (OutputError("disk full."), 2, "fairaudit: disk full."),
        (MemoryError(), 2, "fairaudit: the machine has too little memory for this."),
        (PermissionError(13, "Permission denied", "a.csv"), 2, "a.csv: Permission denied."),
        (
            KeyboardInterrupt(),
            130,
            "fairaudit: interrupted; nothing was left half-written.",
        ),
        (KeyError("x"), 3, "(KeyError: 'x')"),
        (OSError("odd"), 3, "(OSError: odd)"),
    ],
)
def test_every_way_to_end_has_its_code_and_its_sentence(
    error: BaseException,
    code: int,
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_width: int) -> str:
        raise error

    monkeypatch.setattr("fairaudit.cli.explanation.overview", fails)
    assert run(["explain"]) == code
    assert message in capsys.readouterr().err


SWALLOWED = """
import signal, sys
from fairaudit.cli import explanation, main

def swallowed(width):
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        raise RuntimeError("Query interrupted") from None

explanation.overview = swallowed
sys.argv = ["fairaudit", "explain"]
main.main()
"""


def test_an_interrupt_that_a_library_turns_into_its_own_error_is_still_one(
    environment: dict[str, str],
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SWALLOWED], capture_output=True, env=environment, check=False
    )
    assert ended.returncode == 130
    assert ended.stdout == b""
    assert ended.stderr == b"fairaudit: interrupted; nothing was left half-written.\n", (
        ended.stderr
    )


def test_where_interrupts_are_ignored_they_stay_ignored(
    environment: dict[str, str],
) -> None:
    before = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    ended = subprocess.run(
        [sys.executable, "-c", before + SWALLOWED],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert ended.returncode != 130


def test_a_reader_that_leaves_is_no_error(
    environment: dict[str, str], tmp_path: Path
) -> None:
    for arguments in (["--help"], ["explain"], ["explain", "equalized_odds"]):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as closed:
            ended = subprocess.run(
                [sys.executable, "-m", "fairaudit", *arguments],
                stdout=closed,
                stderr=subprocess.PIPE,
                env=environment,
                cwd=tmp_path,
                check=False,
            )
        assert ended.returncode == 0
        assert ended.stderr == b""


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    with FULL.open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "fairaudit", "explain"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=tmp_path,
            check=False,
        )
    assert ended.returncode == 2
    assert b"the result cannot be written there: No space left" in ended.stderr
    assert ended.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-16"])
def test_an_output_that_lacks_characters_gets_plain_ones(
    command: Command, encoding: str
) -> None:
    ended = command(
        "explain", "équité", env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    )
    assert ended.returncode == 2
    assert "quit" in ended.stderr.decode(encoding)


def test_closed_standard_streams_are_no_fault(
    environment: dict[str, str], tmp_path: Path
) -> None:
    ended = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m fairaudit explain >&- 2>&-"],
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert ended.returncode == 0


def test_the_entry_point_is_the_same_command() -> None:
    point = EntryPoint("fairaudit", "fairaudit.cli.main:main", "console_scripts")
    assert point.load() is main
