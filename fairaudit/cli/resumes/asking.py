"""Options of how a study is asked, for those verbs that ask or plan to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from fairaudit.cli.help import Headed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from fairaudit.resumes.running.budget import Caps

_ASKED: Callable[..., Headed] = partial(Headed, heading="How it is asked")
_LIMIT: Callable[..., Headed] = partial(Headed, heading="What it may cost")

REPEATED = (
    _ASKED(
        ["--framings"],
        default="plain",
        metavar="A,B",
        help="plain, persona, fiction, base64, spaced, many-shot, multi-turn (plain).",
    ),
    _ASKED(
        ["--repeats"],
        type=int,
        default=1,
        metavar="N",
        help="Times each application is shown (1).",
    ),
)

YES = Headed(
    ["--yes"],
    heading="What is read",
    multiple=True,
    metavar="ANSWER",
    help="Of a system that decides in words, what means yes, such as invite; repeat.",
)

PRICE = _LIMIT(
    ["--price"],
    metavar="IN,OUT",
    help="Of a million tokens sent and received.",
)

CAPS = (
    PRICE,
    _LIMIT(["--max-cost"], metavar="C", help="Stop before the whole can cost more."),
    _LIMIT(["--max-calls"], type=int, metavar="N", help="Stop after so many calls."),
    _LIMIT(["--max-tokens"], type=int, metavar="N", help="Stop before more tokens."),
)


def framings(text: str) -> list[str]:
    """Read ``plain,persona``; plain is always among them."""
    named = [word.strip() for word in text.split(",") if word.strip()]
    return list(dict.fromkeys(["plain", *named]))


def caps(options: Mapping[str, Any]) -> Caps:
    """Read prices and limits.

    Raises
    ------
    InputError
        When one is no number.
    """
    from fairaudit.core.errors import InputError
    from fairaudit.resumes.running.budget import Caps

    prices: tuple[Fraction | None, ...] = (None, None)
    if options.get("price"):
        parts = str(options["price"]).split(",")
        if len(parts) != 2:
            raise InputError(
                f"--price {options['price']}: write the prices of a million tokens sent "
                "and received, such as --price 0.15,0.6."
            )
        prices = tuple(_number("--price", part) for part in parts)
    cost = options.get("max_cost")
    return Caps(
        calls=options.get("max_calls"),
        tokens=options.get("max_tokens"),
        cost=None if cost is None else _number("--max-cost", cost),
        price_in=prices[0],
        price_out=prices[1],
    )


def _number(option: str, text: str) -> Fraction:
    """Read a decimal exactly."""
    from fractions import Fraction

    from fairaudit.core.errors import InputError

    try:
        number = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        number = Fraction(-1)
    if number < 0:
        raise InputError(f"{option} {text}: this is no amount. Write it as 0.15.")
    return number
