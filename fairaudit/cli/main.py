"""The command's outermost frame: every way a run can end, as a code and a sentence."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click


_BETWEEN_COLLECTIONS = 100_000


def main() -> NoReturn:
    """Run the command as the shell called it, and exit."""
    from fairaudit.cli.exit_codes import INTERRUPTED
    from fairaudit.cli.interrupts import interrupted, remember_interrupts

    try:
        from fairaudit.cli.streams import prepare_streams

        remember_interrupts()
        # What is loaded now stays until the end, so looking through it again and again for
        # garbage is a tenth of a small run.
        gc.set_threshold(_BETWEEN_COLLECTIONS)
        prepare_streams()
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = interrupted() or INTERRUPTED
    _leave(code)


def _leave(code: int) -> NoReturn:
    """Leave at once.

    Python would end some interrupted programs by the signal itself; and taking every module
    apart, which the system does anyway, is a tenth of a small run.
    """
    from fairaudit.cli.exit_codes import HUNG_UP, INTERRUPTED, TERMINATED

    if code not in (HUNG_UP, INTERRUPTED, TERMINATED):
        for stream in filter(None, (sys.stdout, sys.stderr)):  # none where it is closed
            with suppress(OSError, ValueError):  # what could not be written was told before
                stream.flush()
        atexit._run_exitfuncs()  # noqa: SLF001 - what libraries clean up, such as folders
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Which exit code does this command line end with?

    Parameters
    ----------
    arguments : sequence of str
        Everything after the command's name.

    Returns
    -------
    int
        See `fairaudit.cli.exit_codes`.
    """
    import click

    from fairaudit.cli.verbs import COMMAND
    from fairaudit.core.spelling import as_flags

    context: click.Context | None = None
    try:
        with (
            as_flags(),
            COMMAND.make_context(
                "fairaudit", list(arguments), obj=tuple(arguments)
            ) as context,
        ):
            code = COMMAND.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as nothing:
        return _helped(nothing.format_message())
    except BrokenPipeError:
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last frame
        return _ended_by(error, context)
    return code if isinstance(code, int) else 0


def _helped(text: str) -> int:
    """Show help to those who have not asked for it."""
    from fairaudit.cli import exit_codes
    from fairaudit.cli.streams import say

    for line in text.splitlines():
        say(line)
    return exit_codes.REFUSED


def _ended_by(error: BaseException, context: click.Context | None) -> int:
    """Say what ended a run, and give its exit code."""
    from fairaudit.cli.help import debug_wanted
    from fairaudit.cli.interrupts import interrupted
    from fairaudit.cli.streams import say

    ended = interrupted()
    message, code = _told(KeyboardInterrupt() if ended else error)
    if debug_wanted(context):
        import traceback

        traceback.print_exception(error)
    say(message)
    return ended or code


def _told(error: BaseException) -> tuple[str, int]:
    """Tell whose fault it was, in one sentence and as a code."""
    import click

    from fairaudit.cli import exit_codes
    from fairaudit.core.errors import FairauditError

    match error:
        case KeyboardInterrupt():
            return "fairaudit: interrupted; nothing was left half-written.", (
                exit_codes.INTERRUPTED
            )
        case click.UsageError():
            return _usage(error), exit_codes.REFUSED
        case FairauditError():
            return f"fairaudit: {error}", exit_codes.REFUSED
        case MemoryError():
            return "fairaudit: the machine has too little memory for this.", (
                exit_codes.REFUSED
            )
        case OSError(strerror=str(reason)):
            where = f"{error.filename}: " if error.filename is not None else ""
            return f"fairaudit: {where}{reason}.", exit_codes.REFUSED
        case _:
            kind = f"{type(error).__name__}: {str(error)[:200]}"
            return (
                f"fairaudit: a fault in fairaudit itself ({kind}). "
                f"Please report it with what --debug shows."
            ), exit_codes.FAULT


def _usage(error: click.UsageError) -> str:
    """Put a misuse of the command into one sentence, and name its help."""
    command = error.ctx.command_path if error.ctx else "fairaudit"
    message = " ".join(error.format_message().split())
    stop = "" if message.endswith((".", "?", ")")) else "."
    return f"{command}: {message}{stop} See {command} --help."
