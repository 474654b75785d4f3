"""Text put into Markdown: nothing in it is markup, a link, a mention or a formula."""

from __future__ import annotations

import re

from fairaudit.report.sanitise import left_to_right

# Left as it is, because it is in every line: an interval, which no link can follow.
_INTERVAL = r"(?P<kept>\[(?:none|-?[\d.]+)(?:,\s|–)(?:none|-?[\d.]+)\](?![(\[:]))"
_MEANING = re.compile(
    _INTERVAL + r"|(?P<tag>[&<>])"
    r"|(?P<formula>\$)"
    r"|(?P<mention>[@#](?=\w)|(?<=\w)@)"
    r"|(?P<sign>[\\`*\[\]|~#]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # between letters it has no meaning: two_year_recid
    r"|:(?=//)|(?<=www)\.)",
    re.IGNORECASE,
)
_TAGS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BLANK = re.compile("(?<!\u00a0)\u00a0(?!\u00a0)")


def inline(text: str) -> str:
    r"""How is this text written inside a line of Markdown so that it reads as it is?

    Parameters
    ----------
    text : str
        One line, safe to print; it must stand behind something of our own, because a sign
        at the beginning of a block could still make a list or a heading.

    Returns
    -------
    str
        Where nothing has a meaning, the text itself.

    Examples
    --------
    >>> print(inline("two_year_recid *x* [1](y) [0.04, 0.06]"))
    two_year_recid \*x\* \[1\](y) [0.04, 0.06]
    """
    text = _BLANK.sub(" ", text)
    return left_to_right(_MEANING.sub(_without_meaning, text))


def _without_meaning(found: re.Match[str]) -> str:
    """Write one sign so that it stands for itself."""
    sign = found[0]
    match found.lastgroup:
        case "kept":
            return sign
        case "tag":
            return _TAGS[sign]
        case "formula":
            # GitHub's way to write a dollar sign that begins no formula.
            return "<span>$</span>"
        case "mention":
            # A backslash does not keep GitHub from linking people and issues.
            return f"{sign}<!-- -->"
        case _:
            return f"\\{sign}"
