"""What a run may spend: the worst of every call is set aside before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.value import value

if TYPE_CHECKING:
    from fairaudit.resumes.systems.system import Request

_PER = 1_000_000
"""Prices are of so many tokens."""


@value
class Caps:
    """The most that a run may come to; `None` where there is no limit.

    Attributes
    ----------
    calls, tokens : int or None
        Over all runs that the store holds.
    cost : Fraction or None
        In the currency of the prices.
    price_in, price_out : Fraction or None
        Of a million tokens sent and received.

    Raises
    ------
    InputError
        For a cost without prices, or a cap that is not positive.
    """

    calls: int | None = None
    tokens: int | None = None
    cost: Fraction | None = None
    price_in: Fraction | None = None
    price_out: Fraction | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be kept."""
        for name, cap in (
            ("--max-calls", self.calls),
            ("--max-tokens", self.tokens),
            ("--max-cost", self.cost),
        ):
            if cap is not None and cap <= 0:
                raise InputError(f"{name} must be above 0; got {float(cap):g}.")
        if self.cost is not None and not self.priced:
            raise InputError(
                "--max-cost cannot be kept, as no price is known. Give --price IN,OUT (of "
                "a million tokens), or --max-calls or --max-tokens instead."
            )

    @property
    def priced(self) -> bool:
        """Tell whether calls have a price."""
        return self.price_in is not None and self.price_out is not None

    def cost_of(self, tokens_in: int, tokens_out: int) -> Fraction:
        """What do these tokens cost? Nothing where no price is known."""
        price_in, price_out = self.price_in or 0, self.price_out or 0
        return Fraction(tokens_in * price_in + tokens_out * price_out) / _PER

    def written(self, cost: Fraction) -> str | None:
        """Write a cost so that it is read back exactly; `None` where no price is known."""
        if not self.priced:
            return None
        return f"{Decimal(cost.numerator) / Decimal(cost.denominator):f}"


@dataclass(slots=True)
class Spent:
    """What calls came to, or may yet come to."""

    calls: int = 0
    tokens: int = 0
    cost: Fraction = Fraction(0)

    def add(self, other: Spent, times: int = 1) -> None:
        """Add what another came to, or take it away."""
        self.calls += times * other.calls
        self.tokens += times * other.tokens
        self.cost += times * other.cost


class Budget:
    """What was spent, and what is set aside for calls under way.

    Parameters
    ----------
    caps : Caps
        That must hold.
    spent : Spent
        By earlier runs.
    """

    def __init__(self, caps: Caps, spent: Spent | None = None) -> None:
        self.caps = caps
        self.spent = spent or Spent()
        self._aside = Spent()

    def reserve(self, request: Request) -> Spent | None:
        """Set the worst of a call aside, or give `None` where it may go over a cap."""
        worst = Spent(
            calls=1,
            tokens=request.most_tokens_in + request.most_tokens_out,
            cost=self.caps.cost_of(request.most_tokens_in, request.most_tokens_out),
        )
        for cap, used in (
            (self.caps.calls, self.spent.calls + self._aside.calls + worst.calls),
            (self.caps.tokens, self.spent.tokens + self._aside.tokens + worst.tokens),
            (self.caps.cost, self.spent.cost + self._aside.cost + worst.cost),
        ):
            if cap is not None and used > cap:
                return None
        self._aside.add(worst)
        return worst

    def settle(
        self, worst: Spent, tokens_in: int | None, tokens_out: int | None
    ) -> Fraction:
        """Replace what was set aside by what the call came to; the worst if unknown."""
        self._aside.add(worst, -1)
        real = worst
        if tokens_in is not None and tokens_out is not None:
            real = Spent(
                calls=1,
                tokens=tokens_in + tokens_out,
                cost=self.caps.cost_of(tokens_in, tokens_out),
            )
        self.spent.add(real)
        return real.cost

    def release(self, worst: Spent, *, billed: bool) -> None:
        """Give back what was set aside for a call that failed, unless it may be charged."""
        self._aside.add(worst, -1)
        if billed:
            self.spent.add(Spent(tokens=worst.tokens, cost=worst.cost))

    def first_cap(self, request: Request) -> str:
        """Which cap does this call not fit under?"""
        for name, caps in (
            ("--max-calls", Caps(calls=self.caps.calls)),
            ("--max-tokens", Caps(tokens=self.caps.tokens)),
        ):
            if Budget(caps, self.spent).reserve(request) is None:
                return name
        return "--max-cost"
