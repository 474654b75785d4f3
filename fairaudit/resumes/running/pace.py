"""How fast a system is asked: slower when it says so, and slowly faster again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Callable


@value
class Patience:
    """How long a run waits for a system that is busy.

    Attributes
    ----------
    tries : int
        How often in a row it may turn calls away before the run ends.
    first_wait, longest_wait : float
        Seconds after the first time, doubled with each one after it, up to the longest.
        A system that asks for more than the longest is not waited for.
    """

    tries: int = 8
    first_wait: float = 1.0
    longest_wait: float = 120.0


class Pace:
    """How many calls may be under way now, and from when on.

    Parameters
    ----------
    most : int
        Calls at once, when all is well.
    patience : Patience
        How long to wait.
    jitter : callable
        Gives numbers in [0, 1), so that many runs do not come back at one moment.
    """

    def __init__(self, most: int, patience: Patience, jitter: Callable[[], float]) -> None:
        self.most = most
        self.patience = patience
        self.until = 0.0
        self.turned_away = 0
        self._limit = float(most)
        self._jitter = jitter

    @property
    def limit(self) -> int:
        """How many calls may be under way."""
        return max(1, int(self._limit))

    def slow(self, now: float, seconds: float | None) -> float:
        """Wait as long as the system asks, or longer each time in a row; halve the calls.

        Calls that come back together, before the wait is over, count once.
        """
        if now >= self.until:
            self._limit = max(1.0, self._limit / 2)
            self.turned_away += 1
        if seconds is None:
            doubled = self.patience.first_wait * 2 ** (self.turned_away - 1)
            seconds = min(doubled, self.patience.longest_wait) * (0.5 + self._jitter() / 2)
        self.until = max(self.until, now + seconds)
        return seconds

    def recover(self) -> None:
        """Allow one more call at once after as many replies as may be under way."""
        self.turned_away = 0
        self._limit = min(float(self.most), self._limit + 1 / self._limit)
