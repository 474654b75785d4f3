"""An interrupt is remembered, so that no library can turn it into an error of its own."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType

_UNTOUCHED = (signal.SIG_DFL, signal.default_int_handler)

_seen: list[int] = []


def remember_interrupts() -> None:
    """Note what asks for the end before it is raised; what is ignored stays ignored."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # a terminal hangs up on Unix alone
        if number is not None and signal.getsignal(number) in _UNTOUCHED:
            signal.signal(number, _note)


def interrupted() -> int:
    """Give the exit code if somebody asked for the end; DuckDB says "Query interrupted".

    Returns
    -------
    int
        As shells report it, 128 and the signal's number; 0 if nobody did.
    """
    return 128 + _seen[0] if _seen else 0


def _note(number: int, _frame: FrameType | None) -> NoReturn:
    """Remember, then raise: left to itself, a signal would leave files half-written."""
    _seen.append(number)
    if signal.Signals(number).name == "SIGHUP":
        # A closing terminal and its shell both say so; the second must not end cleaning.
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
