"""The SQL of one count: every column by a name of ours, every value bound.

Three layers: the columns of a relation; number columns as `m0` (missing) and `x0` (the
number, NULL where the cell holds none that the rule accepts); keys, a score and sums.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from fairaudit.core.value import replace, value
from fairaudit.engines.bins import MISSING, cuts_of
from fairaudit.engines.exact_sums import BITS
from fairaudit.engines.number_rules import SCORE, rules_of
from fairaudit.engines.query import CountQuery
from fairaudit.engines.score_grid import LIMITS, scales

if TYPE_CHECKING:
    from fairaudit.engines.exact_sums import Grid
    from fairaudit.engines.number_rules import NumberRule
    from fairaudit.engines.query import KeyColumn


class Binding:
    """The values of a query, which stand in its text only as `$p0`, `$p1`, …."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def __call__(self, bound: Any) -> str:
        """Bind one value and give what stands for it."""
        name = f"p{len(self.values)}"
        self.values[name] = bound
        return f"${name}"


@value
class SqlColumn:
    """One column of a relation.

    `native` is what rows are grouped by, `read` makes canonical text of it. `text` is the
    cell as text, or `number` the cell as a double, for when the column is to hold numbers;
    one that has neither cannot.
    """

    native: str
    read: Callable[[Any], str | None]
    held: str = "text"
    text: str | None = None
    number: str | None = None
    float32: bool = False


@value
class Counting:
    """What is counted: the query, the relation's columns, the texts that mean missing.

    `bits` is the grid a score is put on, `None` for distinct scores.
    """

    columns: Mapping[str, SqlColumn]
    query: CountQuery
    na: Collection[str] = ()
    bits: int | None = None

    @property
    def places(self) -> dict[str, int]:
        """Number the columns that must hold numbers."""
        return {column: place for place, column in enumerate(rules_of(self.query))}


def count_sql(
    asked: Counting, relation: str, bind: Binding, *, grid: Grid | None, most: int
) -> str:
    """Write the one query: keys, rows, bad cells of number columns, sums of the amount.

    Parameters
    ----------
    asked : Counting
        What is counted.
    relation : str
        What stands behind FROM.
    bind : Binding
        Takes the query's values; the relation's are bound already.
    grid : Grid, optional
        The grid of the weights.
    most : int
        At most so many groups are given.

    Returns
    -------
    str
        A query whose rows are the keys, the score if there is one, then the rows, then the
        bad cells per number column, then the rows without an amount, the amount and the
        squares, if asked for.
    """
    rows = "count(*)"
    if _repeats(asked):
        asked, relation = _distinct_texts(asked, relation)
        rows = "sum(n)::BIGINT"
    keys = [_key(key, asked, bind) for key in asked.query.keys]
    if asked.query.score is not None:
        keys.append(_score(asked.query.score, asked))
    keys = [f"{key} AS k{place}" for place, key in enumerate(keys)]
    wrong = [f"NOT m{place} AND x{place} IS NULL" for place in asked.places.values()]
    bad = [
        f"count_if({one})"
        if rows == "count(*)"
        else f"coalesce(sum(n) FILTER ({one}), 0)::BIGINT"
        for one in wrong
    ]
    selected = ", ".join([*keys, rows, *bad, *_amounts(asked, grid, bind)])
    by = ", ".join(f"k{place}" for place, _ in enumerate(keys))
    grouped = f" GROUP BY {by}" if by else ""
    return f"SELECT {selected} FROM {_numbers(asked, relation, bind)}{grouped} LIMIT {most}"


def largest_sql(asked: Counting, relation: str, bind: Binding) -> str:
    """Write the query for the largest amount."""
    assert asked.query.amount is not None
    place = asked.places[asked.query.amount]
    return f"SELECT max(x{place}) FROM {_numbers(asked, relation, bind)} WHERE NOT m{place}"


def refused_sql(asked: Counting, relation: str, bind: Binding, name: str) -> str:
    """Write the query for one cell of a number column that holds none."""
    place = asked.places[name]
    cell = asked.columns[name].text or asked.columns[name].number
    numbers = _numbers(asked, relation, bind)
    return f"SELECT min({cell}) FROM {numbers} WHERE NOT m{place} AND x{place} IS NULL"


def spread_sql(asked: Counting, relation: str, bind: Binding, *, first: int | None) -> str:
    """Write the query for rows, per key that is not cut its distinct values and one.

    Last come the distinct scores, if those are asked for.
    """
    keys = [key for key in asked.query.keys if not key.is_cut]
    natives = [asked.columns[key.column].native for key in keys]
    # Exact for the first rows, in bounded memory for all.
    count = "approx_count_distinct" if first is None else "count"
    distinct = "" if first is None else "DISTINCT "
    spreads = "".join(f", {count}({distinct}{native}), max({native})" for native in natives)
    rows = relation if first is None else f"(SELECT * FROM {relation} LIMIT {first})"
    if asked.query.score is not None:
        spreads += f", {count}({distinct}x{asked.places[asked.query.score]})"
        rows = _numbers(asked, rows, bind)
    return f"SELECT count(*){spreads} FROM {rows}"


def rows_sql(asked: Counting, relation: str, bind: Binding) -> str:  # noqa: ARG001 - as the other queries
    """Write the query for every row of the keys' columns, in order."""
    natives = [asked.columns[key.column].native for key in asked.query.keys]
    return f"SELECT {', '.join(natives)} FROM {relation}"


def _numbers(asked: Counting, relation: str, bind: Binding) -> str:
    """Write the layers that read the number columns, strictly.

    DuckDB's own casts read `1_000`, ` 5 ` and `nan`, and round 1.5 to an integer; so the
    text must be of the rule's letters, and only doubles are cast to.
    """
    cast, ruled = ["*"], ["*"]
    for place, (name, rule) in enumerate(rules_of(asked.query).items()):
        column = asked.columns[name]
        if column.text is not None:
            missing = _missing_text(column.text, asked.na, bind)
            number = (
                f"CASE WHEN regexp_full_match({column.text}, {bind(rule.letters)}) "
                f"THEN TRY_CAST({column.text} AS DOUBLE) END"
            )
        else:
            assert column.number is not None
            missing = _missing_number(column.number, asked.na, bind)
            number = column.number
        cast += [f"{missing} AS m{place}", f"{number} AS d{place}"]
        ruled.append(f"{_within(f'd{place}', rule, bind)} AS x{place}")
    inner = f"(SELECT {', '.join(cast)} FROM {relation})"
    return f"(SELECT {', '.join(ruled)} FROM {inner})"


def _repeats(asked: Counting) -> bool:
    """Tell whether the score is text of few distinct values, and the only number."""
    query = asked.query
    return (
        query.score is not None
        and asked.bits is None
        and asked.columns[query.score].text is not None
        and list(rules_of(query)) == [query.score]
        and not any(key.is_cut for key in query.keys)
    )


def _distinct_texts(asked: Counting, relation: str) -> tuple[Counting, str]:
    """Count equal texts first, so that each is read as a number once and not per row."""
    assert asked.query.score is not None
    cells = {key.column: asked.columns[key.column].native for key in asked.query.keys}
    texts = {f"g{place}": cell for place, cell in enumerate(cells.values())}
    named = {
        column: replace(asked.columns[column], native=name, text=name)
        for column, name in zip(cells, texts, strict=True)
    }
    score = asked.columns[asked.query.score]
    texts["s"] = str(score.text)
    columns = named | {asked.query.score: replace(score, native="s", text="s")}
    selected = ", ".join(f"{cell} AS {name}" for name, cell in texts.items())
    grouped = f"SELECT {selected}, count(*) AS n FROM {relation} GROUP BY ALL"
    return replace(asked, columns=columns), f"({grouped})"


def _key(key: KeyColumn, asked: Counting, bind: Binding) -> str:
    """Write what a key groups by: the native value, or the number of its bin."""
    column = asked.columns[key.column]
    if not key.is_cut:
        return column.native
    place = asked.places[key.column]
    cuts = cuts_of(key, float32=column.float32)
    steps = " + ".join(f"(x{place} >= {bind(cut)})::INTEGER" for cut in cuts)
    return f"CASE WHEN m{place} THEN {MISSING} ELSE {steps} END"


def _score(name: str, asked: Counting) -> str:
    """Write the score, or the lower edge of its bin; NULL where it is missing."""
    place = asked.places[name]
    number = f"x{place}"
    if asked.bits is not None:
        steps = [f"floor({number} * {scale!r}) / {scale!r}" for scale in scales(asked.bits)]
        within = "".join(
            f"WHEN abs({number}) < {limit!r} THEN {step} "
            for limit, step in zip(LIMITS, steps, strict=False)
        )
        number = f"CASE {within}ELSE {steps[-1]} END"
    return f"CASE WHEN NOT m{place} THEN {number} END"


def _amounts(asked: Counting, grid: Grid | None, bind: Binding) -> list[str]:
    """Write the sums of the amount, as integers."""
    if asked.query.amount is None:
        return []
    place = asked.places[asked.query.amount]
    present = f"CASE WHEN NOT m{place} THEN x{place} END"
    if grid is None:
        return [f"count_if(m{place})", f"sum(CAST({present} AS BIGINT))"]
    below_1 = f"(({present}) * {bind(grid.unit)})"
    steps = bind(float(1 << BITS))
    squared = f"{below_1} * {below_1}"
    sums = [f"sum(CAST(floor({part} * {steps}) AS BIGINT))" for part in (below_1, squared)]
    return [f"count_if(m{place})", *sums]


def _missing_text(text: str, na: Collection[str], bind: Binding) -> str:
    empties = ", ".join(bind(empty) for empty in ("", *sorted(na)))
    return f"({text} IS NULL OR {text} IN ({empties}))"


def _missing_number(number: str, na: Collection[str], bind: Binding) -> str:
    codes = [code for text in sorted(na) if (code := SCORE.parse(text)) is not None]
    among = f" OR {number} IN ({', '.join(map(bind, codes))})" if codes else ""
    return f"({number} IS NULL OR isnan({number}){among})"


def _within(number: str, rule: NumberRule, bind: Binding) -> str:
    """Make a number NULL where the rule does not accept it; NaN is above every limit."""
    inside = f"{number} BETWEEN {bind(rule.least)} AND {bind(rule.most)}"
    whole = f" AND {number} = floor({number})" if rule.integral else ""
    return f"CASE WHEN {inside}{whole} THEN {number} END"
