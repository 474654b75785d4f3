"""Numbers as they are printed: rounded for the eye, never across a limit or onto 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairaudit.core.estimate import Amount, Interval

NBSP = "\u00a0"


def count(amount: Amount) -> str:
    """Write a number of people, or a sum of survey weights with a decimal below 100.

    Examples
    --------
    >>> count(7214), count(12.5), count(1654.3)
    ('7,214', '12.5', '1,654')
    """
    whole = isinstance(amount, int) or amount >= 100 or amount == int(amount)
    return f"{amount:,.0f}" if whole else f"{amount:,.1f}"


def share(part: float) -> str:
    """Write a share as a percentage that is 0 or 100 only where the share is.

    What equations force may lie outside.

    Examples
    --------
    >>> [share(part).replace(NBSP, " ") for part in (0.852, 0.999, 0.0004, 1.0, -0.04)]
    ['85 %', '>99 %', '<1 %', '100 %', '-4 %']
    """
    return f"{percent(part)}{NBSP}%"


def percent(part: float) -> str:
    """Write a share in percent without the sign, for columns headed by it."""
    written = f"{100 * part:.0f}"
    if written in {"0", "-0"} and part:
        return "<1" if part > 0 else "<0"
    return ">99" if written == "100" and part < 1 else written


def decimal(number: float, *, against: float | None = None) -> str:
    """Write a gap or a ratio with two decimals, three below 0.005.

    Parameters
    ----------
    number : float
        The number.
    against : float, optional
        A limit it is held against: it gets as many decimals, up to six, as tell the two
        apart.

    Returns
    -------
    str
        A limit just below 0 is "-0.00", so that it is seen to be below.

    Examples
    --------
    >>> decimal(0.0384), decimal(-0.0034), decimal(0.1003, against=0.1)
    ('0.04', '-0.003', '0.1003')
    """
    least = 3 if 0.0005 <= abs(number) < 0.005 else 2
    for places in range(least, 7):
        written = f"{number:.{places}f}"
        if against is None or number == against or float(written) != against:
            break
    return written


def interval(limits: Interval | None) -> str:
    """Write an interval of a gap or a ratio, with nothing where there is none."""
    if limits is None:
        return ""
    low, high = (
        "none" if end is None else decimal(end) for end in (limits.low, limits.high)
    )
    return f"[{low},{NBSP}{high}]"


def share_interval(limits: Interval | None) -> str:
    """Write an interval of a rate in percent, with nothing where there is none.

    Examples
    --------
    >>> from fairaudit.core.estimate import Interval
    >>> share_interval(Interval(low=0.699, high=0.742, level=0.95, method="wilson"))
    '[70–74]'
    """
    if limits is None or limits.low is None or limits.high is None:
        return ""
    return f"[{percent(limits.low)}–{percent(limits.high)}]"


def listed(words: list[str], most: int | None = None) -> str:
    """Join words with commas and a last "and"; beyond `most` say how many more.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a", "b", "c"], most=1)
    ('a, b and c', 'a and 2 more')
    """
    if most is not None and len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
