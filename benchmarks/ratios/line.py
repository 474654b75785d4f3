"""One promise about speed, held against what was measured."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Unit = Literal["s", "MiB", "modules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was compared, every sample of it, and the target if there is one.

    `got` is in `got_unit`: "×" for a ratio of medians, otherwise the unit of the samples.
    """

    what: str
    peer: str
    unit: Unit
    ours_samples: tuple[float, ...]
    peer_samples: tuple[float, ...] = ()
    got: float
    got_unit: Literal["×", "s", "MiB", "modules"]
    sense: Literal["at most", "at least"]
    target: float | None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; `None` where there is none."""
        if self.target is None:
            return None
        return (
            self.got <= self.target if self.sense == "at most" else self.got >= self.target
        )

    @property
    def spread(self) -> tuple[float, float] | None:
        """Give the least and the largest ratio of one round; `None` if it is no ratio."""
        if self.got_unit != "×":
            return None
        pairs = zip(self.ours_samples, self.peer_samples, strict=True)
        if self.sense == "at most":
            ratios = [ours / peer for ours, peer in pairs]
        else:
            ratios = [peer / ours for ours, peer in pairs]
        return min(ratios), max(ratios)

    def plain(self) -> dict[str, Any]:
        """Give the line for JSON."""
        return asdict(self) | {
            "met": self.met,
            "spread": self.spread,
            "ours_median": median(self.ours_samples),
            "peer_median": median(self.peer_samples) if self.peer_samples else None,
        }


def at_most_times(
    times: float | None,
    what: str,
    peer: str,
    *,
    ours: Sequence[float],
    peers: Sequence[float],
    note: str = "",
) -> Line:
    """Ours may cost so many times the peer."""
    return Line(
        what=what,
        peer=peer,
        unit="s",
        ours_samples=tuple(ours),
        peer_samples=tuple(peers),
        got=median(ours) / median(peers),
        got_unit="×",
        sense="at most",
        target=times,
        note=note,
    )


def at_least_times(
    times: float | None,
    what: str,
    peer: str,
    *,
    ours: Sequence[float],
    peers: Sequence[float],
    note: str = "",
) -> Line:
    """Ours must be so many times faster than the peer."""
    return Line(
        what=what,
        peer=peer,
        unit="s",
        ours_samples=tuple(ours),
        peer_samples=tuple(peers),
        got=median(peers) / median(ours),
        got_unit="×",
        sense="at least",
        target=times,
        note=note,
    )


def at_most(
    target: float,
    what: str,
    *,
    unit: Unit,
    ours: Sequence[float],
    peer: str = "",
    peers: Sequence[float] = (),
    note: str = "",
) -> Line:
    """Ours may be this much and no more."""
    return Line(
        what=what,
        peer=peer,
        unit=unit,
        ours_samples=tuple(ours),
        peer_samples=tuple(peers),
        got=median(ours),
        got_unit=unit,
        sense="at most",
        target=target,
        note=note,
    )
