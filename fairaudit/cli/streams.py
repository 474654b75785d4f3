"""The result goes to standard output, everything else to standard error."""

from __future__ import annotations

import codecs
import os
import sys
from typing import TYPE_CHECKING, TextIO

from fairaudit.core.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NARROWEST = 60
_USUAL_WIDTH = 80

_PLAINLY = {
    "–": "-",
    "−": "-",
    "—": "-",
    "×": "x",
    "·": "|",
    "≥": ">=",
    "≤": "<=",
    "→": "->",
    "◀": "<",
    "…": "...",
    "½": "1/2",
    "’": "'",
    "“": '"',
    "”": '"',
}
"""How the signs of our own texts are written where only ASCII can be."""


def prepare_streams() -> None:
    """Let no character that a terminal cannot show end the program."""
    codecs.register_error("fairaudit-plainly", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="fairaudit-plainly")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")


def say(message: str) -> None:
    """Tell the user something, in one line that no terminal acts on, if one is there."""
    from fairaudit.report.sanitise import terminal_text

    try:
        print(terminal_text(message), file=sys.stderr, flush=True)
    except OSError:
        _close_quietly(sys.stderr)


def write_result(text: str, *, as_bytes: bool = False) -> None:
    """Write the result; a reader that has seen enough and left is no error.

    Parameters
    ----------
    text : str
        What to write; its last line is ended where it is not.
    as_bytes : bool
        Whether it is UTF-8 whatever the terminal's encoding, as JSON is.

    Raises
    ------
    OutputError
        When standard output cannot take it.
    """
    if sys.stdout is None:
        return
    text = text if text.endswith("\n") else f"{text}\n"
    try:
        if as_bytes and hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode(errors="backslashreplace"))
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly(sys.stdout)
    except OSError as error:
        _close_quietly(sys.stdout)
        raise OutputError(
            f"standard output: the result cannot be written there: {error.strerror}."
        ) from None


def console_width() -> int:
    """How many columns does the terminal have? 80 where there is none, never below 60."""
    import shutil

    return max(_NARROWEST, shutil.get_terminal_size((_USUAL_WIDTH, 24)).columns)


def wants_colour() -> bool:
    """Should the result be coloured? On a terminal that can, unless NO_COLOR is set."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def _close_quietly(stream: TextIO) -> None:
    """Send what is left of a stream nowhere, so that closing it at exit cannot fail."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """Replace what an encoding lacks by ASCII, as codecs call it."""
    assert isinstance(error, UnicodeEncodeError), error
    return "".join(_ascii(error.object[error.start : error.end])), error.end


def _ascii(text: str) -> Iterator[str]:
    """Write each character in ASCII; an undecodable byte of a file name as its escape."""
    for character in text:
        lone = "\udc80" <= character <= "\udcff"
        yield _PLAINLY.get(character, f"\\x{ord(character) - 0xDC00:02x}" if lone else "?")
