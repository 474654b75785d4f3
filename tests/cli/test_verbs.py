from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click
import pytest

from fairaudit.cli.help import ExamplesFirst
from fairaudit.cli.resumes import COMMAND as RESUMES
from fairaudit.cli.verb_group import VerbGroup
from fairaudit.cli.verbs import COMMAND

GROUPS = [COMMAND, RESUMES]
EVERY = [(group, verb) for group in GROUPS for verb in group.verbs]


@pytest.mark.parametrize(
    ("group", "verb"), EVERY, ids=lambda one: getattr(one, "name", one)
)
def test_the_line_about_a_verb_is_the_first_of_its_help(
    group: VerbGroup, verb: str
) -> None:
    command = group.get_command(click.Context(group), verb)
    assert isinstance(command, ExamplesFirst)
    assert command.help is not None
    assert command.help.partition("\n")[0] == group.verbs[verb]
    assert command.name == verb
    assert command.examples


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: str(group.name))
def test_every_file_with_a_command_is_a_verb(group: VerbGroup) -> None:
    folder = Path(import_module(group.package).__path__[0])
    places = [*folder.glob("*.py"), *folder.glob("*/__init__.py")]
    found = {
        path.parent.name if path.stem == "__init__" else path.stem
        for path in places
        if "\nCOMMAND = " in path.read_text("utf-8")
        and path not in {folder / "verbs.py", folder / "__init__.py"}
    }
    assert found == {group.files.get(verb, verb) for verb in group.verbs}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: str(group.name))
def test_a_verb_that_is_none_is_told_with_the_one_that_may_be_meant(
    group: VerbGroup,
) -> None:
    verb = next(iter(group.verbs))
    with pytest.raises(click.UsageError, match=f"Did you mean '{verb}'"):
        group.resolve_command(click.Context(group), [verb[:-1]])


def test_verbs_of_later_issues_are_absent() -> None:
    assert COMMAND.get_command(click.Context(COMMAND), "diagnose") is None
