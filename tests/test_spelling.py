"""An option is spelled as the caller gives it: an argument, or a flag of the command."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any

import pytest

import fairaudit
from fairaudit.cli.check import COMMAND as CHECK
from fairaudit.cli.compare import COMMAND as COMPARE
from fairaudit.cli.resumes.generate import COMMAND as GENERATE
from fairaudit.cli.tradeoffs import COMMAND as TRADEOFFS
from fairaudit.core.spelling import FLAGS, as_flags, option, spelled

if TYPE_CHECKING:
    from collections.abc import Callable

    import click

    Both = tuple[click.Command, Callable[..., Any], set[str]]

# With the parameters that only Python has.
BOTH: tuple[Both, ...] = (
    (CHECK, fairaudit.audit, {"data", "command", "today"}),
    (COMPARE, fairaudit.compare, {"old", "new", "names", "command", "today"}),
    (TRADEOFFS, fairaudit.can_hold, {"data", "work", "seed", "command"}),
    # Its --groups are those of a name, not columns.
    (GENERATE, fairaudit.resumes.generate, {"groups"}),
)


@pytest.mark.parametrize(
    ("given", "argument", "flags"),
    [
        (("score",), "score=", "--score"),
        (("max_groups", 60), "max_groups=60", "--max-groups 60"),
        (("label", "COLUMN"), "label='COLUMN'", "--label COLUMN"),
        (("label", "was it?"), "label='was it?'", "--label 'was it?'"),
        (("groups", ["a", "b"]), "groups=['a', 'b']", "--group a --group b"),
        (("positive", {"y": ">5"}), "positive={'y': '>5'}", "--positive 'y=>5'"),
        (("bins", {"age": [25, 40]}), "bins={'age': [25, 40]}", "--bin age=25,40"),
    ],
)
def test_an_option_is_written_as_it_is_given(
    given: tuple[Any, ...], argument: str, flags: str
) -> None:
    assert option(*given) == argument
    with as_flags():
        assert option(*given) == flags


def test_flags_last_as_long_as_the_command_whatever_ends_it() -> None:
    with as_flags():
        with pytest.raises(ZeroDivisionError), as_flags():
            raise ZeroDivisionError
        assert spelled("id_column") == "--id"
    assert spelled("id_column") == "id_column"


@pytest.mark.parametrize("both", BOTH, ids=lambda both: both[0].name)
def test_every_parameter_is_spelled_as_a_flag_that_there_is(both: Both) -> None:
    command, function, only_python = both
    parameters = signature(function).parameters.keys()
    assert only_python <= parameters
    flags = {flag for one in command.params for flag in one.opts}
    with as_flags():
        assert {spelled(name) for name in parameters - only_python} <= flags


def test_the_table_holds_only_flags_that_are_no_parameters_name() -> None:
    parameters = {
        name for _, function, _ in BOTH for name in signature(function).parameters
    }
    assert FLAGS.keys() <= parameters
    assert not [name for name, flag in FLAGS.items() if flag == name.replace("_", "-")]
