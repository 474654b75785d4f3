"""What a positive prediction is called, depending on whether it helps or harms."""

from __future__ import annotations

from typing import Literal

Favourable = Literal["selected", "not-selected"]

_HELPS = {
    "selected": "selected",
    "selection": "selection",
    "selections": "selections",
    "rejected": "not selected",
    "rejection": "rejection",
    "rejections": "rejections",
}
_HARMS = {
    "selected": "flagged",
    "selection": "flag",
    "selections": "flags",
    "rejected": "not flagged",
    "rejection": "clearance",
    "rejections": "clearances",
}


def worded(template: str, favourable: Favourable | None) -> str:
    """Fill a sentence's places with the words of the direction; selection helps by default.

    Examples
    --------
    >>> worded("of {selections} were right", "not-selected")
    'of flags were right'
    """
    return template.format_map(_HARMS if favourable == "not-selected" else _HELPS)
