"""What the lines of a store came to, and the line of a call that only cost."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from fairaudit.resumes.running.budget import Caps, Spent
from fairaudit.resumes.running.records import Charge, RunStore, now

if TYPE_CHECKING:
    from collections.abc import Iterator


def spent_in(store: RunStore, caps: Caps) -> Spent:
    """What did all the calls of a store come to?

    Parameters
    ----------
    store : RunStore
        Its replies, and the calls that failed and may be charged all the same.
    caps : Caps
        Whose prices hold for lines without a cost.

    Returns
    -------
    Spent
        In calls, tokens and cost.
    """
    whole = Spent()
    for one in _each(store, caps):
        whole.add(one)
    return whole


def charge_of(key: str, worst: Spent, caps: Caps, because: str) -> Charge:
    """Write down a call that brought no reply and may have cost its worst."""
    return Charge(
        key=key,
        tokens=worst.tokens,
        cost=caps.written(worst.cost),
        because=because,
        at=now(),
    )


def _each(store: RunStore, caps: Caps) -> Iterator[Spent]:
    """Say what each line came to."""
    for charge in store.charges:
        yield Spent(tokens=charge.tokens, cost=Fraction(charge.cost or 0))
    for one in store.records.values():
        sent, received = one.tokens_in or 0, one.tokens_out or 0
        cost = caps.cost_of(sent, received) if one.cost is None else Fraction(one.cost)
        yield Spent(calls=1, tokens=sent + received, cost=cost)
