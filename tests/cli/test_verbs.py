from __future__ import annotations

from pathlib import Path

import click
import pytest

from fairaudit import cli
from fairaudit.cli.help import ExamplesFirst
from fairaudit.cli.verbs import COMMAND, VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_the_line_about_a_verb_is_the_first_of_its_help(verb: str) -> None:
    command = COMMAND.get_command(click.Context(COMMAND), verb)
    assert isinstance(command, ExamplesFirst)
    assert command.help is not None
    assert command.help.partition("\n")[0] == VERBS[verb]
    assert command.name == verb
    assert command.examples


def test_every_file_with_a_command_is_a_verb() -> None:
    folder = Path(cli.__path__[0])
    found = {
        path.stem
        for path in folder.glob("*.py")
        if "\nCOMMAND = " in path.read_text("utf-8") and path.stem != "verbs"
    }
    assert found == set(VERBS)


def test_verbs_of_later_issues_are_absent() -> None:
    assert COMMAND.get_command(click.Context(COMMAND), "diagnose") is None
