"""What a number must look like: counts, survey weights, scores.

A cell that is nearly a number is the start of a wrong audit: `1,234.5`, `1_000`, ` 5 ` are
refused with their exact spelling, whatever the engine's own parser would make of them.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Literal, NoReturn

from fairaudit.core.errors import InputError
from fairaudit.core.spelling import option
from fairaudit.core.value import value

if TYPE_CHECKING:
    from fairaudit.engines.query import CountQuery

_PLAIN = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_LETTERS = "[-+.0-9eE]+"


@value
class NumberRule:
    """Which numbers a column may hold, as text and as a number.

    `pattern` is a regular expression for the whole text that every engine understands in
    the same way. `letters` is a quicker one that accepts the same texts if DuckDB's cast
    accepts them too. `most` is the largest value, `least` the smallest; `remedy` is for
    what is no such number, with fields for the options ``{na}`` and ``{weight}``,
    `too_large` for one beyond the largest.
    """

    wants: str
    pattern: str
    letters: str
    least: float
    most: float
    integral: bool
    remedy: str
    too_large: str = ""

    def accepts(self, number: float) -> bool:
        """Whether a number that is not missing may stand in the column."""
        in_range = math.isfinite(number) and self.least <= number <= self.most
        return in_range and (not self.integral or float(number).is_integer())

    def parse(self, text: str) -> float | None:
        """Read a text as such a number, or give `None`."""
        if re.fullmatch(self.pattern, text) is None:
            return None
        number = float(text)
        return number if self.accepts(number) else None


_LARGEST = 1.7976931348623157e308

SCORE = NumberRule(
    wants="a number",
    pattern=_PLAIN,
    letters=_LETTERS,
    least=-_LARGEST,
    most=_LARGEST,
    integral=False,
    remedy="write plain numbers such as 0.25; a text that means 'not known' goes in {na}",
)
COUNT = NumberRule(
    wants="a whole number of people",
    pattern=r"[0-9]+(?:\.0*)?",
    letters=r"[0-9]+(?:\.0*)?",
    least=0,
    # More people than there are; sums of 100,000 such counts are exact in doubles.
    most=1e10,
    integral=True,
    remedy="write whole numbers such as 12; fractional survey weights go in {weight}",
    too_large="name the column that says how many people a row stands for",
)
WEIGHT = NumberRule(
    wants="a survey weight, a number of 0 or more",
    pattern=_PLAIN,
    letters=_LETTERS,
    least=0,
    # Its square is still a number.
    most=1e100,
    integral=False,
    remedy="write plain numbers such as 1.25; a text that means 'not known' goes in {na}",
    too_large="divide all weights by one number, which changes no rate",
)

_COMMA = "write it without thousands separators and with a point for the decimals"


@value
class Refused:
    """Cells of a number column that hold none: one, how many there are, and where it is."""

    column: str
    example: str
    rows: int
    file: str | None = None
    line: int | None = None


def rules_of(query: CountQuery) -> dict[str, NumberRule]:
    """Say which columns must hold numbers, and of which kind."""
    rules = {key.column: SCORE for key in query.keys if key.is_cut}
    rules.update(dict.fromkeys(query.numeric, SCORE))
    if query.score is not None:
        rules[query.score] = SCORE
    if query.amount is not None:
        rules[query.amount] = amount_rule(query.amount_kind)
    return rules


def amount_rule(kind: Literal["rows", "count", "weight"]) -> NumberRule:
    """Give the rule of the column that says what a row stands for."""
    return WEIGHT if kind == "weight" else COUNT


def refuse_numbers(refused: Refused, rule: NumberRule, *, where: str) -> NoReturn:
    """Raise the sentence about cells that are not such numbers."""
    place = refused.file or where
    place = place if refused.line is None else f"{place}, line {refused.line:,}"
    others = f" ({refused.rows:,} such rows)" if refused.rows > 1 else ""
    remedy = _COMMA if "," in refused.example else rule.remedy
    remedy = remedy.format(na=option("na"), weight=option("weight"))
    fault = f"is not {rule.wants}; {remedy}"
    if _too_large(refused.example, rule):
        fault = f"is more than {rule.most:g}, the most for {rule.wants}; {rule.too_large}"
    raise InputError(
        f"{place}: column {refused.column!r} holds {refused.example!r}{others}, which "
        f"{fault}."
    )


def _too_large(text: str, rule: NumberRule) -> bool:
    """Tell a number that only its size makes a wrong one."""
    if re.fullmatch(_PLAIN, text) is None:
        return False
    number = float(text)
    return math.isfinite(number) and number > rule.most


def refuse_kind(column: str, held: str, rule: NumberRule, *, where: str) -> NoReturn:
    """Raise the sentence about a column whose type cannot hold such numbers."""
    raise InputError(
        f"{where}: column {column!r} holds {held}, where every row needs {rule.wants}; "
        "choose another column."
    )
