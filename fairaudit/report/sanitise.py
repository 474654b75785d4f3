"""Text from data made safe to print: what a terminal would act on becomes visible."""

from __future__ import annotations

import re
import unicodedata

_MOST_MARKS = 4
"""Combining marks on one letter: more than any script needs climb over other lines."""

# Letters without a shape, and selectors of a shape: two names may differ in them alone.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f"
    "\U000e0100-\U000e01ef]"
)

# Letters written from right to left, with the spaces between their words. Without a
# left-to-right mark behind them a terminal that reorders text would also reorder the
# numbers that follow, and the columns of a table would change places.
_LETTERS = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
)
_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]+(?:[ ,.'/-]+[{_LETTERS}]+)*")
_LEFT_TO_RIGHT_MARK = "\u200e"

# Runners of GitHub (##[error]), Azure (##vso[...]) and TeamCity act on these anywhere in
# a line of a log; what begins a line with :: is for `printed_line` to see.
_COMMAND = re.compile(r"#(?=#[\w.-]*\[)")


def terminal_text(text: str, limit: int | None = None) -> str:
    r"""Can this text move a cursor, colour a screen or turn a line around?

    Parameters
    ----------
    text : str
        Anything that came from data, options or files.
    limit : int, optional
        The most characters to keep; a longer text loses its middle.

    Returns
    -------
    str
        One line in which every control, bidirectional, invisible or unassigned character
        stands as its escape, such as ``\x1b``; so does the first sign of what a build
        server would take for a command, such as ``##[error]``.

    Examples
    --------
    >>> print(terminal_text("\x1b[2Jgone"))
    \x1b[2Jgone
    >>> terminal_text("a" * 1000, 9)
    'aaaaa…aaa'
    """
    if limit is not None and len(text) > 2 * limit:
        # Escaping can only lengthen: the middle of a huge text need not be looked at.
        text = text[:limit] + text[-limit:]
    return _without_middle(_COMMAND.sub(_escape_found, _escaped(text)), limit)


def terminal_name(name: str, limit: int | None = None) -> str:
    """Show the name of a group or column: as text, quoted where blanks would hide.

    Examples
    --------
    >>> terminal_name("Other "), terminal_name("")
    ("'Other '", "''")
    """
    hidden_blanks = not name or name != name.strip(" ") or "  " in name
    return terminal_text(f"'{name}'" if hidden_blanks else name, limit)


def left_to_right(line: str) -> str:
    """Keep the order of a line whose names are written from right to left."""
    if line.isascii():
        return line
    return _RIGHT_TO_LEFT.sub(rf"\g<0>{_LEFT_TO_RIGHT_MARK}", line)


def printed_line(line: str) -> str:
    """Make a laid out line ready to print: in order, and no command of a build server.

    GitHub's runner acts on a line whose first signs are ``::``, wherever a name was broken
    to make it so; an invisible mark before them takes no room and is not trimmed.
    """
    mark = _LEFT_TO_RIGHT_MARK if line.lstrip().startswith("::") else ""
    return mark + left_to_right(line)


def _escaped(text: str) -> str:
    """Write everything that is not plainly visible as an escape."""
    if text.isascii() and text.isprintable():
        return text
    shown, marks = [], _MOST_MARKS
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        visible = character.isprintable() and not _UNSEEN.match(character)
        visible = visible and marks <= _MOST_MARKS
        shown.append(character if visible else _escape(character))
    return "".join(shown)


def _escape_found(found: re.Match[str]) -> str:
    """Write a printable character as its number."""
    return f"\\x{ord(found[0]):02x}"


def _escape(character: str) -> str:
    """Write a character as Python would in a string."""
    written = character.encode("unicode_escape").decode("ascii")
    return written if written.startswith("\\") else f"\\u{ord(character):04x}"


def _without_middle(text: str, limit: int | None) -> str:
    """Cut a text to its beginning and its end, which tell more apart than a beginning."""
    if limit is None or len(text) <= limit:
        return text
    end = limit // 3
    return f"{text[: limit - end - 1]}…{text[len(text) - end :]}"
