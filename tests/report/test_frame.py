from __future__ import annotations

import pytest

from fairaudit import audit
from fairaudit.core.errors import InputError
from fairaudit.report.frame import to_frame
from tests.report.golden import compas, everything, no_gate, no_labels

# ProPublica 2016, https://github.com/propublica/compas-analysis, in percent.
PUBLISHED = [
    ("African-American", "false_positive_rate", 44.85),
    ("African-American", "true_positive_rate", 100 - 27.99),
    ("Caucasian", "false_positive_rate", 23.45),
    ("Caucasian", "true_positive_rate", 100 - 47.72),
]


@pytest.mark.parametrize(("group", "rate", "published"), PUBLISHED)
def test_rates_are_one_row_each(group: str, rate: str, published: float) -> None:
    frame = compas().to_frame().set_index(["group", "rate"])
    row = frame.loc[(group, rate)]
    assert 100 * row["value"] == pytest.approx(published, abs=0.006)
    assert row["low"] < row["value"] < row["high"]
    assert row["numerator"] / row["denominator"] == pytest.approx(row["value"], abs=1e-6)


def test_an_undefined_rate_is_missing_beside_its_reason() -> None:
    frame = everything().to_frame().set_index(["group", "rate"])
    row = frame.loc[("Nonbinary", "accuracy")]
    assert row[["value", "low", "high"]].isna().all()
    assert row["undefined_because"] == "expected group Nonbinary has nobody in these data"
    assert row["kind"] == "absent"


def test_everybody_together_is_a_row_too() -> None:
    frame = compas().to_frame()
    assert set(frame["kind"]) == {"group", "overall"}
    assert frame[frame["kind"] == "overall"]["people"].unique() == [7214]


def test_parts_are_counted_from_0() -> None:
    report = compas() + no_labels()
    frame = report.to_frame()
    assert set(frame["part"]) == {0, 1}
    assert set(frame[frame["part"] == 1]["rate"]) == {"selection_rate", "impact_ratio"}


def test_gaps_name_both_groups() -> None:
    frame = compas().to_frame("gaps").set_index("criterion")
    row = frame.loc["predictive_parity"]
    assert row["largest"] == pytest.approx(0.207895, abs=1e-6)
    assert (row["largest_high"], row["largest_low"]) == ("Asian", "Hispanic")
    assert row[["shown", "shown_high"]].isna().all()


def test_comparisons_are_those_the_gates_rest_on() -> None:
    frame = everything().to_frame("comparisons")
    verdicts = everything().verdicts
    assert len(frame) == sum(len(one.comparisons) for one in verdicts)
    pairs = compas().to_frame("comparisons").set_index(["first", "second"])
    assert len(pairs) == 15  # six groups, one rate
    row = pairs.loc[("African-American", "Caucasian")]
    [shown] = [
        one
        for one in compas().verdicts[0].comparisons
        if (one.first, one.second) == ("African-American", "Caucasian")
    ]
    assert row["difference"] == shown.difference.value == pytest.approx(0.0384, abs=1e-4)
    assert row["low"] < row["difference"] < row["high"]
    assert (row["at_least"], row["at_most"]) == (shown.at_least, shown.at_most)
    assert (row["status"], row["measure"]) == ("pass", "difference")


def test_comparisons_of_scores_are_there_without_a_gate() -> None:
    people = {
        "y_true": [1, 1, 0, 0] * 30,
        "score": [3, 2, 2, 1] * 30,
        "g": ["a"] * 60 + ["b"] * 60,
    }
    frame = audit(people, groups="g", score="score", threshold=2).to_frame("comparisons")
    assert "balance_for_the_positive_class" in set(frame["criterion"])
    assert frame["status"].isna().all()
    assert no_gate().to_frame("comparisons").empty


def test_verdicts_are_one_row_each() -> None:
    frame = everything().to_frame("verdicts")
    assert list(frame["status"]) == [
        "fail",
        "waived",
        "undecided",
        "undecided",
        "pass",
        "fail",
    ]
    assert frame["because"].notna().all()


def test_a_report_without_gates_has_an_empty_table_of_verdicts() -> None:
    frame = no_gate().to_frame("verdicts")
    assert len(frame) == 0
    assert "status" in frame.columns


def test_an_unknown_table_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        InputError,
        match=r"rates, gaps, comparisons, verdicts, measured; got 'rate'\. Did you",
    ):
        to_frame(compas(), "rate")
