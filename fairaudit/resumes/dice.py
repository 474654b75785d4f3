"""Draws for one text, cheap enough for ten thousand of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fairaudit.core.seeds import generator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")

_BLOCK = 128
"""Drawn at once: one call of numpy costs as much as a hundred draws."""


class Dice:
    """The draws of one purpose; another purpose never moves them."""

    def __init__(self, seed: int, *purpose: str) -> None:
        self._rolls = _rolls(seed, purpose)

    def between(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return low + int(next(self._rolls) * (high - low + 1))

    def chance(self, share: float) -> bool:
        """Say yes in this share of draws."""
        return next(self._rolls) < share

    def pick(self, things: Sequence[T]) -> T:
        """Draw one of the things."""
        return things[self.between(0, len(things) - 1)]

    def some(self, things: Sequence[T], most: int) -> list[T]:
        """Draw up to `most` different things, in random order."""
        left = list(things)
        return [
            left.pop(self.between(0, len(left) - 1)) for _ in range(min(most, len(left)))
        ]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Put the things in random order."""
        return self.some(things, len(things))


def _rolls(seed: int, purpose: tuple[str, ...]) -> Iterator[float]:
    """Draw from [0, 1) without end."""
    rng = generator(seed, *purpose)
    while True:
        yield from rng.random(_BLOCK).tolist()
