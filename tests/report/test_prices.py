from __future__ import annotations

from fairaudit.core.prices import PriceList
from fairaudit.core.value import replace
from fairaudit.report.numbers import NBSP
from fairaudit.report.sections.combination import combinations_of, facts, outcome, rule_rows
from fairaudit.report.sections.prices import (
    price_headings,
    price_introduction,
    price_lists_of,
    price_rows,
)
from tests.report.golden import combinations, compas, prices
from tests.report.prices_by_hand import FEW, price_finding


def listed(tolerance: float | None = 0.05) -> tuple[PriceList, list[tuple[str, ...]]]:
    part = replace(compas().parts[0], findings=(price_finding(tolerance),))
    (found,) = price_lists_of(part, "race")
    rows = [
        (row.criteria, row.exactly, row.within, row.gap) for row in price_rows(found, part)
    ]
    return found, [tuple(cell.replace(NBSP, " ") for cell in row) for row in rows]


def test_criteria_stand_by_name_alone_and_by_initials_together() -> None:
    _, rows = listed()
    assert [row[0] for row in rows[:4]] == [
        "demographic parity (DP)",
        "equalized odds (EO)",
        "predictive parity (PP)",
        "DP + EO",
    ]


def test_what_cannot_be_is_never_a_number() -> None:
    _, rows = listed()
    assert rows[4][1:] == ("not possible", "not possible", "0.064 [0.054–0.074]")


def test_what_is_not_proven_is_a_bracket_with_a_question_mark() -> None:
    _, rows = listed()
    assert rows[5][3] == "0.060 to 0.071?"


def test_without_a_tolerance_there_is_no_column_for_it() -> None:
    found, rows = listed(None)
    assert price_headings(found) == ("criterion", "exactly", "smallest joint gap")
    assert {row[2] for row in rows} == {""}


def test_the_introduction_says_what_prices_are_against() -> None:
    found, _ = listed()
    said = price_introduction(found).replace(NBSP, " ")
    assert "the best rule that selects 49 % of these people, as today" in said
    assert "right about 65.1 % of them, today's about 65.1 %" in said


def test_another_table_has_no_prices() -> None:
    assert price_lists_of(prices().parts[0], "sex") == ()


def test_a_combination_says_how_it_ended_and_why() -> None:
    part = combinations().parts[0]
    told = [
        (
            outcome(found),
            {label: text.replace(NBSP, " ") for label, text in facts(found, part)},
        )
        for _, found in combinations_of(part)
    ]
    assert [title for title, _ in told] == ["CAN BE KEPT", "NOT POSSIBLE", "NOT PROVEN"]
    kept, impossible, unproven = (found for _, found in told)
    assert kept["Left out"] == (
        f"fewer than 50 people of one outcome: Hispanic ({FEW}) and Other ({FEW})"
    )
    assert kept["Cost"].startswith("0.5112 per person at 1 for a false positive and 2")
    assert impossible["Why"] == (
        "these contradict one another: PPV of Caucasian from below (37 %), PPV of "
        "African-American from above (31 %) and the least selection of Caucasian; so it is "
        "for every level of PPV from 0.46 to 0.71"
    )
    assert impossible["Proven"] == "no rule needs less than 0.0091 more"
    assert unproven["Instead"] == "not known: the work ran out"
    assert unproven["Bound"] == "no rule costs less than 0.3512 per person"


def test_a_rule_names_its_thresholds_with_their_probabilities() -> None:
    part = combinations().parts[0]
    _, found = combinations_of(part)[0]
    _, first, second = (
        tuple(cell.replace(NBSP, " ") for cell in row)
        for row in rule_rows(found.rule, part)
    )
    assert first[-1] == (
        "nobody with probability 0.024, ≥ 10 with probability 0.390 and ≥ 3 with "
        "probability 0.586"
    )
    assert second[-1] == "≥ 4"
