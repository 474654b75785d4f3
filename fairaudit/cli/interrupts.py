"""An interrupt is remembered, so that no library can turn it into an error of its own."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType

_seen: list[int] = []


def remember_interrupts() -> None:
    """Note SIGINT and SIGTERM before they are raised; one that is ignored stays ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _note)
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _note)


def interrupted() -> int:
    """Give the exit code if somebody asked for the end; DuckDB says "Query interrupted".

    Returns
    -------
    int
        As shells report it, 128 and the signal's number; 0 if nobody did.
    """
    return 128 + _seen[0] if _seen else 0


def _note(number: int, _frame: FrameType | None) -> NoReturn:
    """Remember, then raise: left to itself, SIGTERM would leave files half-written."""
    _seen.append(number)
    raise KeyboardInterrupt
