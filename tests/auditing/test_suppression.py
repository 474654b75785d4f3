"""Small counts withheld: what is shown is whole, and gives away nothing that is not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit import audit, datasets
from fairaudit.core.errors import InputError
from fairaudit.report.renderers.json import render
from tests.people import selections

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairaudit.core.evidence import Comparison, GroupTable
    from fairaudit.report.model import AuditReport

BELOW = 11


def table(report: AuditReport) -> GroupTable:
    """Give the first table of a report."""
    return report.parts[0].tables[0]


def printed(report: AuditReport) -> str:
    """Write a report as a terminal would show it, without its line breaks."""
    return " ".join(str(report).split())


def counts_in(written: Any) -> list[float]:  # noqa: ANN401
    """Collect every number of a report that counts people."""
    found: list[float] = []
    if isinstance(written, list):
        for one in written:
            found += counts_in(one)
    elif isinstance(written, dict):
        for key, one in written.items():
            if key == "cells" and one:
                found += one.values()
            if key in {"numerator", "denominator", "people", "rows", "size"} and one:
                found.append(one)
            found += counts_in(one)
    return found


def written(data: dict[str, list[Any]], **options: Any) -> str:  # noqa: ANN401
    """Audit with small counts withheld, and write the report."""
    report = audit(data, **{"count": "n", "suppress_below": BELOW, **options})
    parts = json.loads(render(report))
    del parts["run"]
    text = json.dumps(parts, sort_keys=True)
    small = [people for people in counts_in(json.loads(text)) if 0 < people < BELOW]
    assert small == []
    return text


def rows_of(*rows: tuple[Any, ...]) -> dict[str, list[Any]]:
    """Write people as sex, race, label, prediction and their number."""
    names = ("sex", "race", "label", "prediction", "n")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def many(sex: str | None, race: str | None, base: int = 100) -> list[tuple[Any, ...]]:
    """Make a large group, with people in every cell."""
    return [
        (sex, race, label, prediction, base + 10 * label + prediction)
        for label in (0, 1)
        for prediction in (0, 1)
    ]


LARGE = [
    one for sex in ("F", "M") for race in ("black", "white") for one in many(sex, race)
]


def among_withheld(*asian: tuple[int, int, int], groups: tuple[str, ...]) -> str:
    """Audit data in which asian women and women of another race hold the same together.

    The other race is the smallest, and withheld so that it does not give the asian away.
    """
    together = {(1, 1): 200, (0, 1): 150, (1, 0): 150, (0, 0): 200}
    for label, prediction, number in asian:
        together[label, prediction] -= number
    data = rows_of(
        *LARGE,
        *many("M", "other", 30),
        *(("F", "other", *cell, number) for cell, number in together.items()),
        *(("F", "asian", *cell) for cell in asian),
        *(
            one
            for sex in "MF"
            for race in ("black", "white")
            for one in many(sex, race, 300)
        ),
    )
    return written(
        data,
        groups=groups,
        criterion="equalized_odds",
        tolerance=0.1,
        gates="impact_ratio>=0.8",
    )


@pytest.mark.parametrize("groups", [("sex", "race"), ("sex", "race", "sex×race")])
@pytest.mark.parametrize(
    "asian",
    [
        lambda few: [(1, 1, few)],
        lambda few: [(1, 1, few), (0, 1, 60 - few), (1, 0, 30), (0, 0, 40)],
        lambda few: [(1, 1, few), (0, 0, 90 - few)],
    ],
    ids=["few people", "few labels", "few selected"],
)
def test_how_withheld_groups_share_their_people_is_in_nothing(
    asian: Callable[[int], list[tuple[int, int, int]]], groups: tuple[str, ...]
) -> None:
    one, other = (among_withheld(*asian(few), groups=groups) for few in (3, 8))
    assert one == other
    assert "asian" in one
    # It is no constant: of many people it is told.
    if len(asian(3)) > 1:
        assert among_withheld(*asian(30), groups=groups) != one


def test_a_group_less_its_crossings_gives_nothing_away() -> None:
    def audited(unknown: int) -> str:
        # Of each race, and of those without a sex, there are as many in either case.
        return written(
            rows_of(
                *many("M", "black", 300),
                *many("M", "white", 300),
                *many("F", "black"),
                *many("F", "white"),
                *many(None, "white", 50),
                ("F", "black", 1, 1, 50 - unknown),
                (None, "black", 1, 1, unknown),
                ("F", "white", 1, 1, unknown),
                (None, "white", 1, 1, 50 - unknown),
            ),
            groups=("race", "sex×race"),
        )

    # Black people of unknown sex are all black people less the two black crossings.
    assert audited(3) == audited(8)


def test_the_ledger_gives_nothing_away_about_who_lacks_which_group() -> None:
    def audited(only_sex: int) -> str:
        # 23 have no sex and 35 no race in either case.
        return written(
            rows_of(
                *LARGE,
                (None, "black", 1, 1, only_sex),
                ("F", None, 1, 1, only_sex + 12),
                (None, None, 1, 1, 23 - only_sex),
                ("F", "black", 1, 1, 50 - only_sex),
                ("F", "white", 1, 1, 50),
            ),
            groups=("sex", "race"),
        )

    assert audited(3) == audited(5)


def test_a_stratum_with_a_few_people_gives_nothing_away() -> None:
    def audited(few: int) -> str:
        men = [
            (sex, race, label, prediction, number - few * label * prediction)
            for sex, race, label, prediction, number in many("M", "asian")
        ]
        data = rows_of(*LARGE, ("F", "asian", 1, 1, few), *men)
        return written(data, groups="race", strata="sex")

    # How the same number of asian people splits over the strata is in nothing.
    assert audited(3) == audited(9)
    assert "theirs is not told" in audited(3)
    assert audited(3) != audited(30)


def test_small_strata_leave_the_rates_of_every_group_as_they_are() -> None:
    data = rows_of(*LARGE, ("F", "asian", 1, 1, 3), *many("M", "asian"))
    options = {"groups": "race", "count": "n", "suppress_below": BELOW}
    plain = audit(data, **options)  # type: ignore[arg-type]
    within = audit(data, strata="sex", **options)  # type: ignore[arg-type]
    assert table(plain).groups == table(within).groups
    asian = [
        (stratum.name, row.people)
        for stratum in table(within).strata
        for row in stratum.groups
        if row.name == "asian"
    ]
    assert asian == [("F", None), ("M", None), (None, 425)]


def test_a_group_is_compared_in_all_its_strata_or_not_among_people_alike() -> None:
    data = rows_of(*LARGE, ("F", "asian", 1, 1, 3), *many("M", "asian"))
    report = audit(
        data,
        groups="race",
        strata="sex",
        count="n",
        suppress_below=BELOW,
        criterion="conditional_demographic_parity",
        tolerance=0.001,
    )
    (verdict,) = report.verdicts
    used = {
        frozenset({one.first, one.second}): one.strata_used for one in verdict.stratified
    }
    assert used == {
        frozenset({"black", "white"}): 2,
        frozenset({"asian", "black"}): 0,
        frozenset({"asian", "white"}): 0,
    }
    assert verdict.status == "undecided"
    assert "withheld in strata of asian" in verdict.because


CELLS_OF_TWO = st.dictionaries(
    st.tuples(
        st.sampled_from(["F", "M", None]),
        st.sampled_from(["asian", "black", "other", "white"]),
        st.sampled_from([0, 1]),
        st.sampled_from([0, 1]),
    ),
    st.one_of(st.integers(1, 15), st.integers(11, 900)),
    min_size=4,
    max_size=24,
)


@settings(max_examples=20)
@given(
    CELLS_OF_TWO,
    st.sampled_from([("race",), ("race", "sex"), ("race", "sex", "race×sex")]),
    st.sampled_from([None, "pairs", "rest"]),
)
def test_what_is_printed_under_suppression_is_what_is_printed_without(
    cells: dict[tuple[Any, ...], int], groups: tuple[str, ...], compare: str | None
) -> None:
    data = rows_of(*((*key, number) for key, number in cells.items()))
    options = {"count": "n", "groups": groups, "compare": compare}
    gate = {"criterion": "equalized_odds", "tolerance": 0.1, "gates": "impact_ratio>=0.8"}
    (plain,) = audit(data, **options, **gate).parts  # type: ignore[arg-type]
    (safe,) = audit(data, **options, **gate, suppress_below=BELOW).parts  # type: ignore[arg-type]
    for one, other in zip(safe.tables, plain.tables, strict=True):
        known = {row.name: row for row in (*other.groups, other.overall)}
        assert [row.name for row in one.groups] != []
        for row in (*one.groups, one.overall):
            exact = known.pop(row.name)
            assert row.people in {None, exact.people}
            for rate, estimate in row.rates.items():
                assert estimate.value is None or estimate == exact.rates[rate]
        assert not known
    alike = {
        one.attribute
        for one, other in zip(safe.tables, plain.tables, strict=True)
        if one.compare == other.compare
    }
    for found, before in zip(safe.verdicts, plain.verdicts, strict=True):
        if found.attribute not in alike:
            continue
        differences = {_pair(one): one.difference.value for one in before.comparisons}
        for one in found.comparisons:
            if one.difference.value is not None:
                seen = differences[_pair(one)]
                assert abs(one.difference.value) == pytest.approx(abs(seen or 0))
        assert before.status == "pass" or found.status != "pass"


def _pair(one: Comparison) -> tuple[str, frozenset[str]]:
    """Name a comparison whichever way round: groups stand in the order of what is told."""
    return one.rate, frozenset({one.first, one.second})


def test_two_attributes_show_every_group_of_compas_whole_or_name_it() -> None:
    options = {
        "label": "two_year_recid",
        "score": "decile_score",
        "threshold": 5,
        "count": "count",
        "favourable": "not-selected",
        "groups": ("race", "sex"),
    }
    compas = datasets.path("compas")
    plain = audit(compas, **options)  # type: ignore[arg-type]
    safe = audit(compas, **options, suppress_below=BELOW)  # type: ignore[arg-type]
    race, sex = safe.parts[0].tables
    assert [row.name for row in race.groups if not row.whole] == [
        "Other",
        "Asian",
        "Native American",
    ]
    assert sex.groups == plain.parts[0].tables[1].groups
    assert race.groups[:3] == plain.parts[0].tables[0].groups[:3]
    assert race.overall == plain.parts[0].tables[0].overall
    assert (
        "7,214 people; withheld in whole or in part: race: Asian, race: Native American and"
        in printed(safe)
    )


TWO_OF_THREE = [
    ("F", "A", None, 1, 600),
    ("F", "A", None, 0, 400),
    ("M", "A", None, 1, 500),
    ("M", "A", None, 0, 500),
    ("F", "B", None, 1, 200),
    ("F", "B", None, 0, 800),
    ("M", "B", None, 1, 500),
    ("M", "B", None, 0, 500),
    ("M", "C", None, 1, 6),
    ("M", "C", None, 0, 5),
    ("F", "C", None, 1, 3),
    ("F", "C", None, 0, 6),
]


def test_where_nothing_is_compared_no_difference_is_denied() -> None:
    data = rows_of(*TWO_OF_THREE)
    del data["label"]
    report = audit(
        data,
        groups=("race", "sex"),
        count="n",
        suppress_below=BELOW,
        criterion="demographic_parity",
        tolerance=0.2,
    )
    by_race, by_sex = report.verdicts
    assert (by_race.status, by_sex.status) == ("undecided", "pass")
    assert "are withheld in group" in by_race.because
    html = report.to_html()
    assert "<b>Not compared</b>" in html
    assert "no difference is shown" not in str(report)
    assert "A – B" not in str(report)


def test_a_pass_is_not_claimed_for_a_group_that_is_withheld() -> None:
    data = selections({"a": (500, 1000), "b": (500, 1000), "c": (2, 4)})
    options = {
        "groups": "group",
        "count": "count",
        "suppress_below": BELOW,
        "criterion": "demographic_parity",
        "tolerance": 0.1,
        "gates": "impact_ratio>=0.8",
    }
    report = audit(data, **options)  # type: ignore[arg-type]
    assert [one.status for one in report.verdicts] == ["undecided", "undecided"]
    assert "withheld in group c" in report.verdicts[0].because
    assert "undefined for c" in report.verdicts[1].because
    scoped = audit(data, **options, min_group=30).verdicts[0]  # type: ignore[arg-type]
    assert scoped.status == "pass"
    assert scoped.because.startswith(
        "passes for 2 of 3 groups; undecided for c (withheld): gaps up to 1.00"
    )
    assert table(report).overall.people is None
    assert "2,000 people in the groups shown" in printed(report)


def test_everyone_else_is_everyone_or_not_compared() -> None:
    data = selections({"a": (500, 1000), "b": (300, 1000), "c": (2, 4), "d": (60, 100)})
    options = {"count": "count", "criterion": "demographic_parity", "tolerance": 0.1}
    alone = audit(
        data,
        groups="group",
        compare="rest",
        suppress_below=BELOW,
        **options,  # type: ignore[arg-type]
    )
    assert alone.status == "undecided"
    assert "and with them who everyone else is" in alone.verdicts[0].because
    (finding,) = (one for one in alone.findings if one.id == "demographic_parity@group")
    assert finding.sentence.endswith("nothing could be compared.")
    assert "<b>No difference shown</b>" not in alone.to_html()
    data["sex"] = ["F", "M"] * (len(data["group"]) // 2)
    plain, safe = (
        audit(
            data, groups=("group", "sex"), compare="rest", suppress_below=below, **options
        )  # type: ignore[arg-type]
        for below in (None, BELOW)
    )
    by = [
        audit(data, groups="group×sex", suppress_below=b, **options) for b in (None, BELOW)
    ]  # type: ignore[arg-type]
    assert [table(one).compare for one in by] == ["rest", "pairs"]
    told = {one.first: one.difference.value for one in safe.verdicts[0].comparisons}
    exact = {one.first: one.difference.value for one in plain.verdicts[0].comparisons}
    assert (told["a"], told["b"]) == (exact["a"], exact["b"])
    assert told["c"] is told["d"] is None


def test_what_is_withheld_is_told_without_rows() -> None:
    report = audit(
        rows_of(*LARGE, ("F", "asian", 1, 1, 4)),
        groups="race",
        count="n",
        suppress_below=BELOW,
    )
    population = report.parts[0].population
    assert population.withheld == {"race: asian": "all counts"}
    assert population.rows is None
    assert all(line.rows is None for line in population.ledger)
    assert {row.name: row.people for row in table(report).groups}["asian"] is None
    assert sum(line.people for line in population.ledger) == population.people
    (note,) = (one.text for one in report.parts[0].notes if one.id == "suppressed")
    assert "from 1 to 10 are withheld" in note


def test_what_is_withheld_is_neither_missing_nor_nobody() -> None:
    few = [("F", "asian", 1, 1, 5), ("F", "asian", 0, 0, 20)]
    data = rows_of(*LARGE, *many("F", "other"), *few)
    options = {"groups": "race", "count": "n", "suppress_below": BELOW}
    gate = {"criterion": "predictive_parity", "tolerance": 0.9}
    report = audit(data, **options, **gate)  # type: ignore[arg-type]
    (part,) = report.parts
    assert {line.name: line.people for line in part.population.ledger} == {
        "used": part.population.people - 25,
        "withheld": 25,
    }
    (verdict,) = report.verdicts
    assert verdict.missing is not None
    assert verdict.missing.share < 0.05
    assert "those with asian (withheld) Missing" in printed(report)
    scoped = audit(data, **options, **gate, min_group=12)  # type: ignore[arg-type]
    assert "undecided for asian (withheld)" in scoped.verdicts[0].because


def test_a_withheld_reference_is_refused_for_what_it_is() -> None:
    with pytest.raises(InputError, match=r"'asian' is withheld, as counts below 11 are"):
        audit(
            rows_of(*LARGE, ("F", "asian", 1, 1, 4)),
            groups="race",
            count="n",
            suppress_below=BELOW,
            compare="reference:asian",
        )


def test_counts_of_survey_weights_cannot_be_withheld() -> None:
    with pytest.raises(InputError, match=r"with survey weights their number is not known"):
        audit(
            selections({"a": (20, 40), "b": (30, 40)}),
            groups="group",
            weight="count",
            suppress_below=BELOW,
        )
