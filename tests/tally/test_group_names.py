from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.columns import Roles
from fairaudit.core.errors import InputError
from fairaudit.tally.counts import CROSS, Counts, Key
from fairaudit.tally.group_names import check_names


def roles(*tables: tuple[str, ...], strata: tuple[str, ...] = ()) -> Roles:
    return Roles(
        label=None,
        prediction="p",
        positive={},
        favourable=None,
        tables=tables,
        strata=strata,
    )


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("everyone else", "such as to 'others'"), ("(missing)", r"na='\(missing\)'")],
)
def test_a_group_may_not_be_called_what_reports_call_others(name: str, remedy: str) -> None:
    keys = [Key(groups=("a",)), Key(groups=(name,))]
    with pytest.raises(InputError, match=rf"^column 'g' has a group called .*{remedy}"):
        check_names(keys, roles(("g",)))


def test_crossings_that_come_to_one_name_are_refused() -> None:
    keys = [Key(groups=("a × b", "c")), Key(groups=("a", "b × c"))]
    with pytest.raises(
        InputError, match="groups of g × h would both be called 'a × b × c'"
    ):
        check_names(keys, roles(("g", "h")))
    # Apart they are as good as any other name.
    check_names(keys, roles(("g",), ("h",)))


def test_strata_that_come_to_one_name_are_refused() -> None:
    keys = [
        Key(groups=("a",), strata=("x × y", "z")),
        Key(groups=("a",), strata=("x", "y × z")),
    ]
    with pytest.raises(InputError, match="groups of s × t would both be called"):
        check_names(keys, roles(("g",), strata=("s", "t")))


def test_a_column_may_not_be_called_as_a_crossing_is() -> None:
    with pytest.raises(InputError, match="'g × h' and a crossing of other columns"):
        check_names([], roles(("g × h",), ("g", "h")))
    check_names([], roles(("g × h",), ("g",)))


NAMES = st.sampled_from(["a", "b", "a × b", "×", "b × a", None])


@given(st.sets(st.tuples(NAMES, NAMES)))
def test_what_is_let_through_keeps_every_crossing_apart(
    crossings: set[tuple[str | None, str | None]],
) -> None:
    keys = [Key(groups=one) for one in crossings]
    full = [one for one in crossings if None not in one]
    distinct = len({CROSS.join(map(str, one)) for one in full}) == len(full)
    if not distinct:
        with pytest.raises(InputError, match="two different groups of g × h"):
            check_names(keys, roles(("g", "h")))
        return
    check_names(keys, roles(("g", "h")))
    counts = Counts(attributes=("g", "h"), cells={})
    assert len({counts.group_of(key, ("g", "h")) for key in keys} - {None}) == len(full)
