from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.engines.guards import Spread, check_spread, refuse_crossing
from fairaudit.engines.query import CountQuery, KeyColumn

X, Y = KeyColumn(column="x"), KeyColumn(column="y")
QUERY = CountQuery(keys=(X, Y), few=("x",), max_distinct=50)


def test_as_many_values_as_are_allowed_pass_and_one_more_does_not() -> None:
    check_spread(X, Spread(distinct=50, rows=900), QUERY, where="a.csv")
    with pytest.raises(
        InputError,
        match=r"^a\.csv: column 'x' has 51 distinct values in 900 rows, more than the 50 "
        r"allowed; .* bins=\{'x': .*, raise the limit with max_groups=",
    ):
        check_spread(X, Spread(distinct=51, rows=900), QUERY, where="a.csv")


def test_a_rough_count_and_a_look_at_the_first_rows_say_so() -> None:
    spread = Spread(distinct=900, rows=1000, roughly=True, only_first=True)
    with pytest.raises(InputError, match=r"about 900 .* in the first 1,000 rows"):
        check_spread(X, spread, QUERY, where="a.csv")


def test_a_decision_with_many_values_is_told_to_be_a_score_by_example() -> None:
    spread = Spread(distinct=10**7, rows=10**7, example="0.731")
    with pytest.raises(InputError, match=r"such as 0\.731; .* score='y' and threshold="):
        check_spread(Y, spread, QUERY, where="a.csv")


def test_a_crossing_that_is_too_fine_names_its_columns() -> None:
    with pytest.raises(InputError, match=r"the columns 'x', 'y' make more than 100,000"):
        refuse_crossing(QUERY, where="a.csv")
