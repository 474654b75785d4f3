"""Every engine counts the same cells from the same data."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from fairaudit.core.errors import ColumnNotFoundError, InputError
from fairaudit.engines import open_table
from fairaudit.engines.frame_query import Asked
from fairaudit.engines.frames import FrameTable
from fairaudit.engines.query import CountQuery, KeyColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fairaudit.engines.query import CellTable

    Columns = Mapping[str, Sequence[Any]]
    Make = Callable[[Columns], Any]

ROWS = 300


def made_up() -> dict[str, list[Any]]:
    rng = random.Random(20)  # noqa: S311
    # Names that a careless reader takes for missing values, numbers or blanks.
    groups = ["Male", "Female", "NA", "None", " x", "01", "née", None]
    return {
        "group": rng.choices(groups, k=ROWS),
        "label": rng.choices([0, 1], k=ROWS),
        "score": [round(rng.random(), 3) for _ in range(ROWS)],
        "written": [f"{rng.random():.3f}" for _ in range(ROWS)],
        "people": [rng.randrange(50) for _ in range(ROWS)],
        "weight": [rng.random() * 3.7 for _ in range(ROWS)],
        "age": [rng.randrange(18, 90) for _ in range(ROWS)],
    }


DATA = made_up()
GROUP, LABEL = KeyColumn(column="group"), KeyColumn(column="label")
BY_GROUP_AND_LABEL = CountQuery(keys=(GROUP, LABEL), few=("group",))


def counted(data: object, query: CountQuery, **how: Any) -> CellTable:  # noqa: ANN401
    with open_table(data, **how) as table:
        return table.count(query)


def as_dict(table: CellTable) -> dict[tuple[str | None, ...], int | float]:
    return {cell.key: cell.amount for cell in table.cells}


def check_rows(data: object) -> None:
    rows = zip(DATA["group"], map(str, DATA["label"]), strict=True)
    table = counted(data, BY_GROUP_AND_LABEL)
    assert as_dict(table) == Counter(rows)
    assert table.rows == ROWS


def check_cuts(data: object) -> None:
    query = CountQuery(
        keys=(
            KeyColumn(column="score", threshold=0.5),
            KeyColumn(column="written", threshold=0.5),
            KeyColumn(column="age", edges=(25, 40, 60)),
        )
    )
    labels = ["under 25", "25 to under 40", "40 to under 60", "60 and over"]
    by_hand = Counter(
        (
            str(int(score >= 0.5)),
            str(int(float(written) >= 0.5)),
            labels[sum(age >= edge for edge in (25, 40, 60))],
        )
        for score, written, age in zip(
            DATA["score"], DATA["written"], DATA["age"], strict=True
        )
    )
    assert as_dict(counted(data, query)) == by_hand


def check_counts(data: object) -> None:
    query = CountQuery(keys=(GROUP,), amount="people", amount_kind="count")
    by_hand: dict[tuple[str | None], int] = defaultdict(int)
    for group, people in zip(DATA["group"], DATA["people"], strict=True):
        by_hand[(group,)] += people
    assert as_dict(counted(data, query)) == by_hand


def check_weights(data: object) -> None:
    query = CountQuery(keys=(GROUP,), amount="weight", amount_kind="weight")
    # The same bits as from plain lists, whatever the order of addition.
    assert counted(data, query) == counted({**DATA}, query)


def test_rows_are_counted_alike_in_every_frame(frame: Make) -> None:
    check_rows(frame(_of_one_kind(DATA)))


def test_numbers_are_cut_alike_in_every_frame(frame: Make) -> None:
    check_cuts(frame(DATA))


def test_counts_are_added_alike_in_every_frame(frame: Make) -> None:
    check_counts(frame(DATA))


def test_weights_are_added_alike_in_every_frame(frame: Make) -> None:
    check_weights(frame(DATA))


def test_rows_are_counted_alike_in_every_file(file: Make) -> None:
    check_rows(file(DATA))


def test_numbers_are_cut_alike_in_every_file(file: Make) -> None:
    check_cuts(file(DATA))


def test_counts_are_added_alike_in_every_file(file: Make) -> None:
    check_counts(file(DATA))


def test_weights_are_added_alike_in_every_file(file: Make) -> None:
    check_weights(file(DATA))


def test_weights_add_up_to_what_exact_addition_gives() -> None:
    from fractions import Fraction

    query = CountQuery(keys=(), amount="weight", amount_kind="weight")
    table = counted(DATA, query)
    (cell,) = table.cells
    assert table.heaviest == max(DATA["weight"])
    exact = [Fraction(weight) for weight in DATA["weight"]]
    # One grid step, 52 bits below the largest weight, may be lost in every row.
    step = ROWS * 4 / 2**52
    assert cell.amount == pytest.approx(float(sum(exact)), abs=step)
    assert cell.squares == pytest.approx(float(sum(x * x for x in exact)), abs=4 * step)


def test_texts_named_as_missing_are_missing_in_every_frame(frame: Make) -> None:
    check_na(frame(DATA))


def test_texts_named_as_missing_are_missing_in_every_file(file: Make) -> None:
    check_na(file(DATA))


def check_na(data: object) -> None:
    query = CountQuery(keys=(GROUP,), amount="people", amount_kind="count")
    table = counted(data, query, na=("NA", "7"))
    sevens = DATA["people"].count(7)
    assert sevens
    assert table.missing_amount_rows == sevens
    assert table.rows == ROWS
    assert sum(cell.rows for cell in table.cells) == ROWS - sevens
    assert ("NA",) not in as_dict(table)


def test_a_cell_that_is_no_number_is_refused_by_every_frame(frame: Make) -> None:
    check_no_number(frame({**DATA, "written": ["1,234.5", *DATA["written"][1:]]}))


def test_a_cell_that_is_no_number_is_refused_by_every_file(file: Make) -> None:
    check_no_number(file({**DATA, "written": ["1,234.5", *DATA["written"][1:]]}))


def check_no_number(data: object) -> None:
    query = CountQuery(keys=(GROUP,), numeric=("written",))
    with pytest.raises(InputError, match=r"'written' holds '1,234\.5'.*not a number"):
        counted(data, query)


@pytest.mark.parametrize(
    ("kind", "bad", "wanted"),
    [
        ("count", [1.5], "whole number of people"),
        ("count", [-1.0], "whole number of people"),
        ("weight", [-0.5], "survey weight"),
        ("weight", [float("inf")], "survey weight"),
        ("count", [1e18], r"is more than 1e\+10, the most for a whole number of people"),
        ("weight", [1e300], r"is more than 1e\+100, the most for a survey weight"),
    ],
)
def test_an_impossible_amount_is_refused_by_every_frame(
    frame: Make, kind: object, bad: list[float], wanted: str
) -> None:
    data = {"group": ["a", "b", "b"], "amount": [2.0, 1.0, *bad]}
    query = CountQuery(keys=(GROUP,), amount="amount", amount_kind=kind)
    with pytest.raises(InputError, match=rf"'amount' holds .*{wanted}"):
        counted(frame(data), query)


def test_integral_floats_are_counts_in_every_frame(frame: Make) -> None:
    data = {"group": ["a", "b", "b"], "people": [2.0, 1.0, 4.0]}
    query = CountQuery(keys=(GROUP,), amount="people", amount_kind="count")
    amounts = as_dict(counted(frame(data), query))
    assert amounts == {("a",): 2, ("b",): 5}
    assert all(isinstance(amount, int) for amount in amounts.values())


def test_a_missing_number_falls_in_no_bin_of_any_frame(frame: Make) -> None:
    nan = float("nan")
    data = {"group": ["a", "a", "b"], "score": [nan, 0.9, 0.1]}
    query = CountQuery(keys=(GROUP, KeyColumn(column="score", threshold=0.5)))
    by_hand = {("a", None): 1, ("a", "1"): 1, ("b", "0"): 1}
    assert as_dict(counted(frame(data), query)) == by_hand


def test_booleans_read_the_same_in_every_frame(frame: Make) -> None:
    data = {"group": ["a", "a", "b"], "label": [True, False, True]}
    by_hand = {("a", "true"): 1, ("a", "false"): 1, ("b", "true"): 1}
    assert as_dict(counted(frame(data), BY_GROUP_AND_LABEL)) == by_hand


def test_integral_floats_read_as_integers_in_every_frame(frame: Make) -> None:
    data = {"group": ["a", "b", "b"], "label": [1.0, 0.0, 0.5]}
    by_hand = {("a", "1"): 1, ("b", "0"): 1, ("b", "0.5"): 1}
    assert as_dict(counted(frame(data), BY_GROUP_AND_LABEL)) == by_hand


def test_too_many_values_are_refused_by_every_frame(frame: Make) -> None:
    check_too_many(frame({**DATA, "group": [f"user-{row}" for row in range(ROWS)]}))


def test_too_many_values_are_refused_by_every_file(file: Make) -> None:
    check_too_many(file({**DATA, "group": [f"user-{row}" for row in range(ROWS)]}))


def check_too_many(data: object) -> None:
    with pytest.raises(
        InputError, match=r"'group' has 300 distinct .* bins=\{'group': .*max_groups="
    ):
        counted(data, BY_GROUP_AND_LABEL)


def test_a_misspelt_column_is_named_by_every_frame(frame: Make) -> None:
    check_misspelt(frame(DATA))


def test_a_misspelt_column_is_named_by_every_file(file: Make) -> None:
    check_misspelt(file(DATA))


def check_misspelt(data: object) -> None:
    query = CountQuery(keys=(KeyColumn(column="gruop"),))
    with pytest.raises(ColumnNotFoundError, match=r"'gruop' is not there.*'group'\?"):
        counted(data, query)


def test_a_frame_without_rows_is_refused(frame: Make) -> None:
    data = {"group": ["a"], "label": [1]}
    table = frame(data)
    emptied = {"group": [], "label": []} if isinstance(table, dict) else _emptied(table)
    with pytest.raises(InputError, match="no data rows"):
        counted(emptied, BY_GROUP_AND_LABEL)


def _emptied(table: Any) -> Any:  # noqa: ANN401
    import narwhals as nw

    return nw.from_native(table).filter(nw.col("label").is_null()).to_native()


def _of_one_kind(columns: Columns) -> dict[str, list[Any]]:
    """Keep the columns that every library can hold without changing them."""
    return {name: list(columns[name]) for name in ("group", "label")}


def test_the_culprit_among_too_many_values_is_found_in_every_frame(frame: Make) -> None:
    query = CountQuery(keys=(GROUP, LABEL), few=("group",), max_distinct=5)
    with open_table(frame(DATA)) as table:
        with pytest.raises(InputError, match=r"'group' has 7 distinct .* 300 rows"):
            table.count(query)
        if isinstance(table, FrameTable):
            # Asked only when there are more cells than the cap, which is slow to make here.
            asked = Asked(query=query, schema=table._schema, na=())
            with pytest.raises(InputError, match=r"'group' has about [78] distinct"):
                table._check_spreads(asked)
