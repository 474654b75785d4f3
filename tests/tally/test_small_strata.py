from __future__ import annotations

from fairaudit.core.cells import Cells
from fairaudit.tally.counts import Counts, Key
from fairaudit.tally.small_strata import without_labels, without_small_strata

BELOW = 11
MANY = Cells(tp=100, fp=100, fn=100, tn=100)


def counted(people: dict[tuple[str, str | None], Cells]) -> Counts:
    """Count people by group and stratum."""
    return Counts(
        attributes=("x",),
        strata=("s",),
        cells={Key(groups=(x,), strata=(s,)): cells for (x, s), cells in people.items()},
    )


def left(
    people: dict[tuple[str, str | None], Cells],
) -> dict[tuple[str, str | None], float]:
    """Count who is in which stratum once few people are not told apart."""
    safe = without_small_strata(counted(people), (("x",),), BELOW)
    return {
        (key.groups[0] or "", key.strata[0]): cells.total
        for key, cells in safe.cells.items()
    }


def test_strata_with_enough_people_stay() -> None:
    people: dict[tuple[str, str | None], Cells] = {("a", "s"): MANY, ("a", "t"): MANY}
    assert left(people) == {("a", "s"): 400, ("a", "t"): 400}


def test_a_few_people_and_the_next_smallest_stratum_are_told_together() -> None:
    people: dict[tuple[str, str | None], Cells] = {
        ("a", "s"): Cells(tp=4),
        ("a", "t"): Cells(tp=40),
        ("a", "u"): MANY,
        ("b", "s"): MANY,
    }
    assert left(people) == {("a", None): 44, ("a", "u"): 400, ("b", "s"): 400}


def test_a_few_people_join_enough_whose_stratum_is_not_known() -> None:
    people: dict[tuple[str, str | None], Cells] = {
        ("a", "s"): Cells(tp=4),
        ("a", "t"): MANY,
        ("a", None): Cells(tp=30),
    }
    assert left(people) == {("a", None): 34, ("a", "t"): 400}


def test_few_selected_are_few_too_and_few_labels_are_not() -> None:
    few_selected: dict[tuple[str, str | None], Cells] = {
        ("a", "s"): Cells(tp=4, tn=90),
        ("a", "t"): MANY,
        ("a", "u"): MANY,
    }
    assert set(left(few_selected)) == {("a", None), ("a", "u")}
    few_positives: dict[tuple[str, str | None], Cells] = {
        ("a", "s"): Cells(tp=4, fp=40, tn=90),
        ("a", "t"): MANY,
    }
    assert set(left(few_positives)) == {("a", "s"), ("a", "t")}


def test_a_group_all_of_whose_strata_are_small_keeps_its_people() -> None:
    people: dict[tuple[str, str | None], Cells] = {
        ("a", stratum): Cells(tp=6) for stratum in "stu"
    }
    assert left(people) == {("a", None): 18}


def test_labels_are_forgotten_by_decision() -> None:
    cells = Cells(tp=1, fp=2, fn=4, tn=8, undecided_positive=16, blank=32)
    assert without_labels(cells) == Cells(
        unlabelled_selected=3, unlabelled_rejected=12, blank=48
    )
