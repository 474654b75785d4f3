"""The lazy query of one count, the same for every library of frames.

Libraries differ in what they make of NaN (above every number, or beside them), of text that
is nearly a number, and of branches not taken. So every branch is made harmless first:
missing and unreadable cells become 0, and flags say what they were. Per number column
there are `m0` (missing), `x0` (the number the rule accepts, or 0) and `b0` (bad: neither).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import narwhals as nw

from fairaudit.core.value import value
from fairaudit.engines.bins import MISSING, cuts_of
from fairaudit.engines.exact_sums import BITS, LIMB
from fairaudit.engines.number_rules import SCORE, rules_of
from fairaudit.engines.query import CountQuery
from fairaudit.engines.score_grid import LIMITS, scales

if TYPE_CHECKING:
    from fairaudit.engines.exact_sums import Grid
    from fairaudit.engines.number_rules import NumberRule
    from fairaudit.engines.query import KeyColumn

_TEXTS = (nw.String, nw.Categorical, nw.Enum)

Frame = nw.LazyFrame[Any]


@value
class Asked:
    """What is counted: the query, the columns' types, the texts that mean missing.

    `bits` is the grid a score is put on, `None` for distinct scores.
    """

    query: CountQuery
    schema: nw.Schema
    na: Collection[str]
    bits: int | None = None

    @property
    def places(self) -> dict[str, int]:
        """Number the columns that must hold numbers."""
        return {column: place for place, column in enumerate(rules_of(self.query))}

    def holds_text(self, name: str) -> bool:
        """Whether a column's numbers must be parsed."""
        return isinstance(self.schema[name], _TEXTS)

    def is_single(self, name: str) -> bool:
        """Whether a column holds single-precision numbers."""
        return self.schema[name] == nw.Float32


def numbered(frame: Frame, asked: Asked) -> Frame:
    """Select the keys, and read the number columns strictly."""
    read: list[nw.Expr] = [
        nw.col(key.column).alias(f"k{place}")
        for place, key in enumerate(asked.query.keys)
        if not key.is_cut
    ]
    kept, bad = [], []
    for place, (name, rule) in enumerate(rules_of(asked.query).items()):
        column = nw.col(name)
        if asked.holds_text(name):
            read += _parsed(column.cast(nw.String), place, rule, asked.na)
        else:
            read += _converted(column.cast(nw.Float64), place, asked.na)
        kept.append(_accepted(place, rule).alias(f"x{place}"))
        bad.append(_is_bad(place, rule).alias(f"b{place}"))
    layer = frame.select(*read).with_columns(nw.lit(1).alias("rows"), *kept)
    return layer.with_columns(*bad) if bad else layer


def counted(layer: Frame, asked: Asked, grid: Grid | None) -> Frame:
    """Group by the keys and sum: rows, bad cells, and what there is of the amount."""
    keys = [_key(key, place, asked) for place, key in enumerate(asked.query.keys)]
    if asked.query.score is not None:
        keys += _score(asked.query.score, asked, first=len(keys))
    bad = [nw.col(f"b{place}") for place in asked.places.values()]
    sums = [nw.col("rows"), *bad, *_amounts(asked, grid)]
    names = [f"k{place}" for place, _ in enumerate(keys)]
    parts = [f"s{place}" for place, _ in enumerate(sums)]
    named = [
        part.cast(nw.Int64).alias(name) for part, name in zip(sums, parts, strict=True)
    ]
    totals = [nw.col(name).sum() for name in parts]
    selected = layer.select(*keys, *named)
    if not names:
        return selected.select(*totals)
    return selected.group_by(*names, drop_null_keys=False).agg(*totals)


def largest(layer: Frame, asked: Asked) -> Frame:
    """Ask for the largest amount."""
    assert asked.query.amount is not None
    return layer.select(nw.col(f"x{asked.places[asked.query.amount]}").max())


def refused(frame: Frame, asked: Asked, name: str) -> Frame:
    """Ask for one cell of a number column that holds none."""
    place, rule = asked.places[name], rules_of(asked.query)[name]
    column = nw.col(name)
    if asked.holds_text(name):
        read = _parsed(column.cast(nw.String), place, rule, asked.na)
    else:
        read = _converted(column.cast(nw.Float64), place, asked.na)
    flagged = (
        frame.select(column.alias("cell"), *read)
        .with_columns(_accepted(place, rule).alias(f"x{place}"))
        .with_columns(_is_bad(place, rule).alias("bad"))
    )
    return flagged.filter(nw.col("bad") == 1).select("cell").head(1)


def spreads(frame: Frame, asked: Asked) -> Frame:
    """Ask for the rows, and per key that is not cut its distinct values and one of them."""
    selected = [nw.len().alias("rows")]
    for place, key in enumerate(key for key in asked.query.keys if not key.is_cut):
        column = nw.col(key.column)
        selected += [column.n_unique().alias(f"n{place}"), column.max().alias(f"e{place}")]
    return frame.select(*selected)


def _parsed(
    column: nw.Expr, place: int, rule: NumberRule, na: Collection[str]
) -> list[nw.Expr]:
    """Write `m`, `u` (unreadable) and `d` (the number, or 0) of a text column."""
    reads = column.str.contains(f"^(?:{rule.pattern})$")
    number = nw.when(reads).then(column).otherwise(nw.lit("0")).cast(nw.Float64)
    unreadable = nw.when(reads).then(nw.lit(0)).otherwise(nw.lit(1))
    missing = _flag(column.is_null() | column.is_in(["", *sorted(na)]))
    return _named(place, missing, unreadable, number)


def _converted(number: nw.Expr, place: int, na: Collection[str]) -> list[nw.Expr]:
    """Write the same of a column of numbers."""
    absent = number.is_null() | number.is_nan()
    codes = [code for text in sorted(na) if (code := SCORE.parse(text)) is not None]
    missing = _flag(absent | number.is_in(codes) if codes else absent)
    present = nw.when(absent).then(nw.lit(0.0)).otherwise(number)
    return _named(place, missing, nw.lit(0), present)


def _named(
    place: int, missing: nw.Expr, unreadable: nw.Expr, number: nw.Expr
) -> list[nw.Expr]:
    return [
        missing.alias(f"m{place}"),
        unreadable.alias(f"u{place}"),
        number.alias(f"d{place}"),
    ]


def _accepted(place: int, rule: NumberRule) -> nw.Expr:
    number = nw.col(f"d{place}")
    inside = (number >= rule.least) & (number <= rule.most) & (nw.col(f"m{place}") == 0)
    return nw.when(inside).then(number).otherwise(nw.lit(0.0))


def _is_bad(place: int, rule: NumberRule) -> nw.Expr:
    given, kept = nw.col(f"d{place}"), nw.col(f"x{place}")
    wrong = (nw.col(f"u{place}") == 1) | (given != kept)
    if rule.integral:
        wrong = wrong | (kept.floor() != kept)
    return _flag((nw.col(f"m{place}") == 0) & wrong)


def _flag(condition: nw.Expr) -> nw.Expr:
    """Write a condition as 1 or 0; unknown is 0."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _key(key: KeyColumn, place: int, asked: Asked) -> nw.Expr:
    """Write what a key groups by: the native value, or the number of its bin."""
    if not key.is_cut:
        return nw.col(f"k{place}")
    number = asked.places[key.column]
    cuts = cuts_of(key, float32=asked.is_single(key.column))
    steps = [(nw.col(f"x{number}") >= cut).cast(nw.Int64) for cut in cuts]
    missing = nw.when(nw.col(f"m{number}") == 1).then(nw.lit(MISSING))
    return missing.otherwise(reduce(add, steps)).alias(f"k{place}")


def _score(name: str, asked: Asked, *, first: int) -> list[nw.Expr]:
    """Write whether a score is missing, and the score or the lower edge of its bin."""
    place = asked.places[name]
    number = nw.col(f"x{place}")
    if asked.bits is not None:
        *steps, beyond = (
            (number * scale).floor().cast(nw.Float64) / scale
            for scale in scales(asked.bits)
        )
        found = beyond
        for limit, step in zip(LIMITS[::-1], steps[::-1], strict=True):
            found = (
                nw.when((number < limit) & (number > -limit)).then(step).otherwise(found)
            )
        number = found
    # Missing numbers are 0 here, so that no library meets a key that is none.
    return [nw.col(f"m{place}").alias(f"k{first}"), number.alias(f"k{first + 1}")]


def _amounts(asked: Asked, grid: Grid | None) -> list[nw.Expr]:
    """Write the parts of the amount; each is an integer, and so are its sums."""
    if asked.query.amount is None:
        return []
    place = asked.places[asked.query.amount]
    missing, amount = nw.col(f"m{place}"), nw.col(f"x{place}")
    if grid is None:
        # Floored, although a fraction is refused: Arrow would refuse to cast it first.
        return [missing, amount.floor()]
    below_1 = amount * grid.unit
    limbs = [limb for number in (below_1, below_1 * below_1) for limb in _limbs(number)]
    return [missing, *limbs]


def _limbs(number: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
    """Put a number below 1 on the grid and split it in two."""
    # Some libraries floor to integers, and divide those as integers.
    steps = (number * float(1 << BITS)).floor().cast(nw.Float64)
    high = (steps * (1 / LIMB)).floor().cast(nw.Float64)
    return high, steps - high * LIMB
