from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fairaudit.cli.questions import QUESTIONS, option_name
from fairaudit.policy.reading import read_policy

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

ANSWERED = {
    "--decides": "who is invited",
    "--favourable": "selected",
    "--worst": "wrongly-rejected",
    "--labels": "trusted",
    "--shares-goal": "no",
    "--acted-on": "no",
}
ALL_OPTIONS = [text for pair in ANSWERED.items() for text in pair]


def test_five_answers_write_a_policy_and_say_what_was_proposed(
    command: Command, tmp_path: Path
) -> None:
    typed = b"who is invited\n1\nwrongly-rejected\n1\nNO\n3\n"
    ended = command("init", given=typed)
    assert ended.returncode == 0
    told, asked = ended.stdout.decode(), ended.stderr.decode()
    assert [f"{number} of 5." in asked for number in range(1, 6)] == [True] * 5
    assert "fairaudit.toml is drafted. It is a draft: you decide, and sign." in told
    assert "equal_opportunity" in told
    policy = read_policy(tmp_path / "fairaudit.toml")
    assert policy.requirements.criteria[0].criterion == "equal_opportunity"
    assert policy.requirements.why is not None
    assert policy.favourable == "selected"


def test_options_answer_beforehand_and_nothing_is_asked(
    command: Command, tmp_path: Path
) -> None:
    ended = command("init", *ALL_OPTIONS, "--output", "own.toml")
    assert ended.returncode == 0
    assert ended.stderr == b""
    assert read_policy(tmp_path / "own.toml").disclosure.intended_uses == (
        "who is invited",
    )


def test_every_question_has_its_option() -> None:
    assert {option_name(question) for question in QUESTIONS} == set(ANSWERED)


def test_an_answer_that_is_none_is_asked_again(command: Command) -> None:
    ended = command("init", *ALL_OPTIONS[:-2], given=b"selection\n9\n\nboth\n")
    assert ended.returncode == 0
    asked = ended.stderr.decode()
    assert asked.count("Answer selections or both or no.") == 3
    assert "Did you mean 'selections'?" in asked


def test_what_else_the_answers_speak_for_is_told_with_whether_both_can_hold(
    command: Command,
) -> None:
    answers = {**ANSWERED, "--shares-goal": "yes", "--worst": "both"}
    ended = command("init", *(text for pair in answers.items() for text in pair))
    assert (
        "also equalized_odds: both mistakes harm, and neither may fall on one group "
        "more than on another; cannot hold together with it where base rates differ"
    ) in " ".join(ended.stdout.decode().split())
    assert max(map(len, ended.stdout.decode().splitlines())) <= 80


def test_answers_that_end_early_write_nothing_and_name_the_option(
    command: Command, tmp_path: Path
) -> None:
    ended = command("init", given=b"who is invited\n1\n")
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert b"answered by --worst too." in ended.stderr
    assert not list(tmp_path.iterdir())


def test_a_file_that_stands_there_is_kept_unless_forced(
    command: Command, tmp_path: Path
) -> None:
    mine = tmp_path / "fairaudit.toml"
    mine.write_text("# mine\n")
    refused = command("init", *ALL_OPTIONS)
    assert refused.returncode == 2
    assert b"there is such a file already" in refused.stderr
    assert mine.read_text() == "# mine\n"
    assert command("init", *ALL_OPTIONS, "--force").returncode == 0
    assert "Drafted by" in mine.read_text("utf-8")


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (".", b"this is a directory"),
        ("nowhere/fairaudit.toml", b"there is no directory 'nowhere'"),
        ("pyproject.toml", b"a policy of its own"),
    ],
)
def test_where_nothing_can_be_drafted_is_said_before_anything_is_asked(
    command: Command, output: str, message: bytes
) -> None:
    ended = command("init", "--output", output, "--force")
    assert ended.returncode == 2
    assert message in ended.stderr
    assert b"1 of 5" not in ended.stderr


def test_hostile_answers_stay_text(command: Command, tmp_path: Path) -> None:
    hostile = 'x"\nundecided = "pass"\n\x1b[2J'
    answers = {**ANSWERED, "--decides": hostile}
    ended = command("init", *(text for pair in answers.items() for text in pair))
    assert ended.returncode == 0
    policy = read_policy(tmp_path / "fairaudit.toml")
    assert policy.disclosure.intended_uses == (hostile,)
    assert policy.requirements.undecided == "fail"
    assert b"\x1b" not in (tmp_path / "fairaudit.toml").read_bytes()


def test_answers_in_another_encoding_are_no_fault(command: Command) -> None:
    ended = command(
        "init", *ALL_OPTIONS[2:], given="qui invite data\xe9\n".encode("cp1252")
    )
    assert ended.returncode == 0


def test_an_interrupt_between_questions_writes_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "fairaudit", "init"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=tmp_path,
    ) as asking:
        assert asking.stderr is not None
        asked = b""
        while b"> " not in asked:
            asked += os.read(asking.stderr.fileno(), 4096)
        asking.send_signal(signal.SIGINT)
        out, told = asking.communicate()
    assert asking.returncode == 130
    assert out == b""
    assert b"interrupted" in told
    assert b"Traceback" not in told
    assert not list(tmp_path.iterdir())
