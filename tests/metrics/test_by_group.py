from __future__ import annotations

import pytest
from hypothesis import given

from fairaudit.core.cells import Cells
from fairaudit.core.evidence import MISSING, GroupTable
from fairaudit.core.words import Favourable
from fairaudit.metrics.by_group import TableSettings, favourable_counts, group_table
from fairaudit.tally.counts import Counts, Key
from fairaudit.tally.rates import RATES
from tests.people import rate_of, table_of
from tests.strategies import ANY_GROUPS

PEOPLE: dict[str | None, Cells] = {
    "small": Cells(tp=3, fn=1),
    "large": Cells(tp=40, fp=20, fn=10, tn=30),
    "also small": Cells(fp=1, tn=3),
    None: Cells(tp=2, blank=5),
}


def made(people: dict[str | None, Cells], **settings: object) -> GroupTable:
    """Make a table of one attribute with other settings than usual."""
    counts = Counts(
        attributes=("group",),
        cells={Key(groups=(name,)): cells for name, cells in people.items()},
    )
    given_ = {"compare": "pairs", "withheld": {}, **settings}
    return group_table(counts, ("group",), TableSettings(**given_))  # type: ignore[arg-type]


def test_groups_come_by_size_then_name_and_the_missing_last() -> None:
    table = table_of(PEOPLE)
    assert [row.name for row in table.groups] == ["large", "also small", "small", MISSING]
    assert [row.kind for row in table.groups] == ["group", "group", "group", "missing"]
    assert [row.name for row in table.compared] == ["large", "also small", "small"]


def test_bins_keep_their_own_order_and_others_follow() -> None:
    table = made(PEOPLE, first=("small", "also small"))
    assert [row.name for row in table.groups][:3] == ["small", "also small", "large"]


def test_everybody_is_counted_in_the_overall_row() -> None:
    overall = table_of(PEOPLE).overall
    assert (overall.kind, overall.people) == ("overall", 115)
    assert overall.rates["selection_rate"].numerator == 40 + 20 + 3 + 1 + 2


def test_a_rate_has_its_counts_and_its_wilson_interval() -> None:
    # Newcombe 1998, table I, method 3: 81 of 263.
    table = table_of({"a": Cells(unlabelled_selected=81, unlabelled_rejected=182)})
    rate = table.groups[0].rates["selection_rate"]
    assert (rate.numerator, rate.denominator) == (81, 263)
    assert rate.interval is not None
    assert (rate.interval.low, rate.interval.high) == pytest.approx(
        (0.2553, 0.3662), abs=5e-5
    )
    assert (rate.interval.method, rate.interval.level) == ("wilson", 0.95)


def test_an_undefined_rate_says_of_whom_there_are_none() -> None:
    (row,) = (row for row in table_of(PEOPLE).groups if row.name == "also small")
    assert row.rates["true_positive_rate"].undefined_because == (
        "no actual positives in group also small"
    )
    assert row.rates["negative_predictive_value"].value == 1


@pytest.mark.parametrize(
    ("favourable", "reason"),
    [
        (None, "no selections in group a"),
        ("selected", "no selections in group a"),
        ("not-selected", "no flags in group a"),
    ],
)
def test_the_reason_is_in_the_words_of_the_direction(
    favourable: Favourable | None, reason: str
) -> None:
    table = made({"a": Cells(fn=5, tn=5)}, favourable=favourable)
    rate = table.groups[0].rates["positive_predictive_value"]
    assert (rate.undefined_because, rate.denominator) == (reason, 0)
    assert (table.overall.rates["positive_predictive_value"].undefined_because or "") == (
        reason.replace("in group a", "anywhere")
    )


def test_an_expected_group_with_nobody_has_a_row_and_no_rate() -> None:
    table = table_of(PEOPLE, expected=("large", "never seen"))
    (row,) = (row for row in table.groups if row.kind == "absent")
    assert (row.name, row.people) == ("never seen", 0)
    for estimate in row.rates.values():
        assert estimate.undefined_because == (
            "expected group never seen has nobody in these data"
        )
    assert row in table.compared


def test_a_withheld_group_shows_its_name_and_no_number_and_is_not_forgotten() -> None:
    table = made(
        {**PEOPLE, "tiny": Cells(tp=3)}, withheld={"tiny": "all counts"}, withheld_below=11
    )
    (row,) = (row for row in table.groups if row.kind == "withheld")
    assert (row.name, row.cells, row.people, row.whole) == ("tiny", None, None, False)
    assert all(row.withholds(rate) and row.rates[rate].value is None for rate in row.rates)
    assert row in table.compared


def test_people_without_a_group_are_not_compared_when_withheld() -> None:
    table = made(
        {**PEOPLE, None: Cells(tp=3)}, withheld={None: "all counts"}, withheld_below=11
    )
    (row,) = (row for row in table.groups if row.kind == "withheld")
    assert row.name == MISSING
    assert row not in table.compared


def test_a_withheld_total_has_no_number() -> None:
    table = made(PEOPLE, overall_withheld="all counts", withheld_below=11)
    assert (table.overall.kind, table.overall.people) == ("overall", None)
    assert {one.undefined_because for one in table.overall.rates.values()} == {
        "counts below 11, and what would reveal them, are withheld overall"
    }


def test_a_withheld_rate_says_so() -> None:
    table = made(
        {"a": Cells(unlabelled_selected=43, unlabelled_rejected=80)},
        withheld={"a": "everything that uses the label"},
        withheld_below=11,
    )
    rates = table.groups[0].rates
    assert rates["selection_rate"].value == pytest.approx(43 / 123)
    assert rates["true_positive_rate"].undefined_because == (
        "counts below 11, and what would reveal them, are withheld in group a"
    )


def test_without_labels_only_rates_that_need_none_are_shown() -> None:
    table = made({"a": Cells(unlabelled_selected=1, unlabelled_rejected=1)}, labelled=False)
    assert set(table.groups[0].rates) == {"selection_rate"}


def test_every_known_rate_is_shown() -> None:
    assert set(table_of(PEOPLE).groups[0].rates) >= set(RATES)


def test_an_impact_ratio_is_the_rate_over_the_best_groups_rate() -> None:
    table = table_of(
        {
            "best": Cells(unlabelled_selected=60, unlabelled_rejected=40),
            "other": Cells(unlabelled_selected=45, unlabelled_rejected=55),
            None: Cells(unlabelled_selected=100),
        }
    )
    best, other, missing = table.groups
    assert best.impact_ratio is not None
    assert best.impact_ratio.value == 1
    assert other.impact_ratio is not None
    assert other.impact_ratio.value == pytest.approx(0.75)
    assert other.impact_ratio.interval is not None
    assert missing.impact_ratio is None
    assert table.overall.impact_ratio is None


def test_where_selection_harms_the_impact_ratio_is_of_those_spared() -> None:
    table = made(
        {
            "a": Cells(unlabelled_selected=10, unlabelled_rejected=90),
            "b": Cells(unlabelled_selected=55, unlabelled_rejected=45),
        },
        favourable="not-selected",
    )
    ratios = {row.name: row.impact_ratio for row in table.groups}
    assert ratios["a"] is not None
    assert ratios["a"].value == 1
    assert ratios["b"] is not None
    assert ratios["b"].value == pytest.approx(0.5)
    assert favourable_counts(table.groups[0], "not-selected") == (90, 100)


def test_nobody_favoured_anywhere_has_no_impact_ratio() -> None:
    table = table_of({"a": Cells(fn=5), "b": Cells(tn=5)})
    for row in table.groups:
        assert row.impact_ratio is not None
        assert (
            row.impact_ratio.undefined_because == "nobody received the favourable decision"
        )


def test_without_a_decision_there_is_no_impact_ratio() -> None:
    table = table_of({"a": Cells(undecided_positive=5), "b": Cells(tn=5, tp=5)})
    by_name = {row.name: row.impact_ratio for row in table.groups}
    assert by_name["a"] is None
    assert by_name["b"] is not None


def test_strata_hold_the_cells_of_each_group_and_the_missing_stratum_last() -> None:
    counts = Counts(
        attributes=("group",),
        strata=("site",),
        cells={
            Key(groups=("a",), strata=("x",)): Cells(tp=1),
            Key(groups=("b",), strata=("x",)): Cells(tp=2),
            Key(groups=(None,), strata=("x",)): Cells(tp=4),
            Key(groups=("a",), strata=(None,)): Cells(tp=8),
        },
    )
    table = group_table(counts, ("group",), TableSettings(compare="pairs", withheld={}))
    assert [stratum.name for stratum in table.strata] == ["x", None]
    assert {row.name: row.people for row in table.strata[0].groups} == {"a": 1, "b": 2}
    assert {row.name: row.people for row in table.groups} == {"a": 9, "b": 2, MISSING: 4}


def test_survey_weights_widen_the_interval_to_kishs_effective_size() -> None:
    people: dict[str | None, Cells] = {"a": Cells(tp=60.0, fn=40.0)}
    weighted = table_of(people, squares={"a": Cells(tp=120.0, fn=80.0)}).groups[0]
    # Weights of 2: fifty people.
    half = table_of({"a": Cells(tp=30, fn=20)}).groups[0]
    one, other = weighted.rates["true_positive_rate"], half.rates["true_positive_rate"]
    assert one.value == other.value == 0.6
    assert one.interval == other.interval
    assert (one.numerator, one.denominator) == (60, 100)


@given(ANY_GROUPS)
def test_a_rate_is_its_counts_divided_or_undefined_with_a_reason(
    people: dict[str | None, Cells],
) -> None:
    table = table_of(people)
    for row in table.groups:
        for estimate in row.rates.values():
            if estimate.value is None:
                assert estimate.denominator == 0
                assert row.name in (estimate.undefined_because or "")
            else:
                assert estimate.numerator is not None
                assert estimate.denominator
                assert estimate.value == estimate.numerator / estimate.denominator
                assert estimate.interval is not None
                assert estimate.interval.low is not None
                assert estimate.interval.high is not None
                assert estimate.interval.low <= estimate.value <= estimate.interval.high
    assert table.overall.people == sum(row.people or 0 for row in table.groups)


@given(ANY_GROUPS)
def test_the_best_group_has_an_impact_ratio_of_one_and_none_has_more(
    people: dict[str | None, Cells],
) -> None:
    table = table_of(people)
    ratios = {
        row.name: row.impact_ratio.value
        for row in table.groups
        if row.impact_ratio is not None and row.impact_ratio.value is not None
    }
    if ratios:
        best = max(ratios, key=lambda name: rate_of(table, name, "selection_rate") or 0)
        assert ratios[best] == pytest.approx(1)
        assert max(ratios.values()) == pytest.approx(1)
