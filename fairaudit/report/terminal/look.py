"""How wide a page is, and its colours: always a second channel beside the words."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.value import value
from fairaudit.report.terminal.layout import wrap

Style = Literal["heading", "good", "bad", "open", "exempt"]

# Legible on light and on dark: no yellow, no bright white, no dim.
_CODES: dict[Style, str] = {
    "heading": "1",
    "good": "1;32",
    "bad": "1;31",
    "open": "1;35",
    "exempt": "1;4",
}
_TEXT_WIDTH = 100
"""Sentences are not set wider: the eye loses the line."""


@value
class Look:
    """The width of a page in cells, and whether it may be coloured."""

    width: int
    color: bool

    def paint(self, style: Style, text: str) -> str:
        """Colour a text that is already laid out."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.color and text else text

    def text(self, text: str, *, indent: int = 0, hang: int = 0) -> list[str]:
        """Set a sentence."""
        width = min(self.width, _TEXT_WIDTH)
        return wrap(text, width, start=indent, hang=indent + hang)

    def led(self, lead: str, style: Style, text: str, *, hang: int = 0) -> list[str]:
        """Set a sentence that begins with a coloured word."""
        first, *others = self.text(f"{lead}\u00a0 {text}", hang=hang)
        return [self.paint(style, first[: len(lead)]) + first[len(lead) :], *others]

    def labelled(self, label: str, text: str, *, column: int, indent: int = 0) -> list[str]:
        """Set a text under a label that stands in a column of its own."""
        blanks = "\u00a0" * (column - len(label))
        lead = label.replace(" ", "\u00a0") + blanks
        return self.text(f"{lead} {text}", indent=indent, hang=column + 1)

    def heading(self, text: str) -> list[str]:
        """Set a heading."""
        return [self.paint("heading", line) for line in self.text(text)]
