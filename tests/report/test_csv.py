from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.estimate import Estimate
from fairaudit.core.evidence import Disparity, StratifiedComparison
from fairaudit.core.prices import Combination
from fairaudit.core.value import replace
from fairaudit.report.model import AuditReport
from fairaudit.report.renderers import csv as renderer
from fairaudit.report.renderers.csv import HEADER, cell_text, render
from fairaudit.report.rewriting import rewritten
from tests.report.golden import (
    BY_RACE,
    GOLDEN,
    combinations,
    compas,
    everything,
    hostile,
    many_groups,
    prices,
    two_parts,
)

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


KINDS = ("group", "missing", "absent", "withheld", "overall")
"""What rates of groups are listed under."""


def rows(report: AuditReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(report))))


def test_the_table_is_as_it_was_looked_at(snapshot: SnapshotAssertion) -> None:
    assert render(compas()) == snapshot


def test_the_header_stays() -> None:
    assert render(AuditReport(parts=(), run=())) == (
        "part,kind,attribute,group,other_group,criterion,rate,value,low,high,"
        "at_least,at_most,numerator,denominator,status,undefined_because,because,"
        "name,p_value\n"
    )


@pytest.mark.parametrize("name", GOLDEN)
def test_every_rate_is_the_one_that_the_frame_holds(name: str) -> None:
    report = GOLDEN[name]()
    read = pd.read_csv(
        io.StringIO(render(report)),
        keep_default_na=False,
        na_values=[""],
        dtype={"group": str},
    )
    rates = _in_order(read[read["kind"].isin(KINDS)])
    frame = _in_order(report.to_frame("rates"))
    assert len(rates) == len(frame)
    for column in ("part", "rate", "value", "low", "high", "numerator", "denominator"):
        expected = pd.Series(list(frame[column]), dtype=rates[column].dtype)
        pd.testing.assert_series_equal(
            rates[column], expected, check_names=False, rtol=1e-15
        )


def test_every_price_and_joint_gap_is_there_with_its_reason_or_interval() -> None:
    found = [
        row for row in rows(prices()) if row["kind"] in {"price", "smallest joint gap"}
    ]
    by_kind = {(row["criterion"], row["kind"], row["at_most"]): row for row in found}
    dp = by_kind["demographic_parity", "price", "0.0"]
    assert (dp["value"], dp["low"], dp["high"]) == ("0.0126", "0.001", "0.023")
    both = by_kind["equalized_odds+predictive_parity", "price", "0.0"]
    assert both["value"] == ""
    assert both["status"] == "impossible"
    assert both["undefined_because"]
    gap = by_kind["equalized_odds+predictive_parity", "smallest joint gap", ""]
    assert gap["value"] == "0.0637"


def _in_order(rates: pd.DataFrame) -> pd.DataFrame:
    """Sort the rates of each row; the rows themselves stay as the report has them."""
    of = (rates["part"].astype(str) + rates["attribute"] + rates["group"]).factorize()[0]
    ordered = rates.assign(of=of).sort_values(["of", "rate"], kind="stable")
    return ordered.reset_index(drop=True)


def test_gaps_name_the_groups_they_are_between() -> None:
    found = {
        (row["criterion"], row["rate"], row["kind"]): row
        for row in rows(compas())
        if "gap" in row["kind"] or "ratio" in row["kind"]
    }
    gaps = compas().to_frame("gaps").set_index(["criterion", "rate"])
    for (criterion, rate), gap in gaps.iterrows():
        row = found[criterion, rate, "largest gap"]
        assert (row["group"], row["other_group"]) == (
            gap["largest_high"],
            gap["largest_low"],
        )
        assert float(row["value"]) == gap["largest"]
        assert float(found[criterion, rate, "smallest ratio"]["value"]) == gap["ratio"]
        assert ((criterion, rate, "shown gap") in found) == pd.notna(gap["shown"])


def test_every_verdict_has_its_status_and_reason() -> None:
    verdicts = [row for row in rows(everything()) if row["kind"] == "verdict"]
    assert [row["status"] for row in verdicts] == [
        verdict.status for verdict in everything().verdicts
    ]
    assert [row["because"] for row in verdicts] == [
        verdict.because for verdict in everything().verdicts
    ]
    assert verdicts[-1]["criterion"] == "impact_ratio>=0.8"


def test_every_comparison_of_a_gate_has_the_limits_that_decide() -> None:
    found = [row for row in rows(everything()) if row["kind"] == "difference"]
    compared = [one for verdict in everything().verdicts for one in verdict.comparisons]
    assert len(found) == len(compared) > 0
    for row, one in zip(found, compared, strict=True):
        assert (row["group"], row["other_group"]) == (one.first, one.second)
        assert (row["rate"], row["status"]) == (one.rate, one.status)
        for name in ("at_least", "at_most"):
            limit = getattr(one, name)
            assert row[name] == ("" if limit is None else repr(limit))


def test_comparisons_among_people_alike_are_told_apart() -> None:
    alike = StratifiedComparison(
        first="a",
        second="b",
        common=Estimate(value=0.125),
        at_least=None,
        at_most=0.5,
        worst_stratum=None,
        worst_stratum_at_least=None,
        heterogeneity_p=None,
        strata_used=1,
        strata_skipped=0,
        in_scope=True,
    )
    part = compas().parts[0]
    evidence = part.findings[0].evidence
    assert isinstance(evidence, Disparity)
    finding = replace(
        part.findings[0], evidence=replace(evidence, gaps=(), stratified=(alike,))
    )
    report = replace(compas(), parts=(replace(part, findings=(finding,)),))
    (row,) = [row for row in rows(report) if row["kind"] == "difference among people alike"]
    assert (row["group"], row["other_group"], row["value"]) == ("a", "b", "0.125")
    assert (row["at_least"], row["at_most"], row["status"]) == ("", "0.5", "")


def test_an_undefined_number_is_empty_and_says_why() -> None:
    undefined = [row for row in rows(everything()) if row["undefined_because"]]
    assert undefined
    assert {row["value"] for row in undefined} == {""}
    for row in rows(everything()):
        if row["kind"] in {"group", "missing", "overall", "absent", "difference"}:
            assert (row["value"] == "") == bool(row["undefined_because"])


def test_a_group_called_overall_is_not_everybody() -> None:
    part = rewritten(compas().parts[0], lambda text: "overall" if text == "Asian" else text)
    found = [
        row["kind"]
        for row in rows(replace(compas(), parts=(part,)))
        if row["group"] == "overall" and row["rate"] == "base_rate"
    ]
    assert found == ["group", "overall"]


def test_all_of_sixty_groups_and_both_parts_are_there() -> None:
    assert (
        len({row["group"] for row in rows(many_groups()) if row["kind"] == "group"}) == 60
    )
    assert {row["part"] for row in rows(two_parts())} == {"0", "1"}


@given(st.text() | st.text(alphabet="=+-@\t\r\n;,|\"' a1\uff1d\u202e"))
def test_no_cell_begins_as_a_formula_in_any_country(text: str) -> None:
    written = cell_text(text)
    assert written.isprintable()
    for begins in ("", ";", ",", "|", '"'):
        for sign in "=+-@\uff1d\uff0b\uff0d\uff20":
            place = written.find(begins + sign) if begins else -1
            assert place == -1
            assert not written.startswith(sign)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\\t=1"),
        ("a;=1", "a;'=1"),
        ("##[error]x", "\\x23#[error]x"),
        ("gap 0.04 [-0.00, 0.08]", "gap 0.04 [-0.00, 0.08]"),
    ],
)
def test_what_a_spreadsheet_would_compute_is_text(text: str, written: str) -> None:
    assert cell_text(text) == written


@given(st.lists(st.text(min_size=1), unique=True, min_size=6, max_size=6))
def test_any_text_may_be_a_name_and_every_record_is_a_line(names: list[str]) -> None:
    other = dict(zip(BY_RACE, names, strict=True))
    part = rewritten(compas().parts[0], lambda text: other.get(text, text))
    text = render(replace(compas(), parts=(part,)))
    assert text.count("\n") == render(compas()).count("\n")
    assert {len(row) for row in csv.reader(io.StringIO(text))} == {len(HEADER)}


def test_a_name_of_ten_thousand_letters_is_whole() -> None:
    assert "N" * 10_000 in {row["group"] for row in rows(hostile())}


def test_numbers_are_written_in_full() -> None:
    values = [cell for row in rows(compas()) for cell in (row["value"], row["low"]) if cell]
    assert all(cell == repr(float(cell)) for cell in values)
    assert not re.search(r"\bnan\b|\binf\b", ",".join(values))


def test_the_sample_in_the_docstring_is_true() -> None:
    assert renderer.__doc__ is not None
    sample = renderer.__doc__.partition("::\n\n")[2].partition("\n\n")[0]
    lines = render(compas()).splitlines()
    for shown in sample.splitlines():
        start = shown.removeprefix("    ").removesuffix("...")
        assert [line for line in lines if line.startswith(start)], shown


def test_a_combination_has_its_answer_and_the_rates_of_its_rule() -> None:
    report = combinations()
    found = rows(report)
    answers = [row for row in found if row["kind"] == "combination"]
    assert [row["status"] for row in answers] == ["proven", "impossible", "not proven"]
    assert [row["value"] for row in answers][:2] == ["0.607", ""]
    assert [row["because"] for row in answers] == [
        finding.sentence for finding in report.parts[0].findings
    ]
    [wider, unknown] = [row for row in found if row["kind"] == "wider tolerance"]
    assert (wider["value"], wider["at_least"]) == ("0.00912", "0.00911")
    assert unknown["status"] == "not proven"
    rule = [row for row in found if row["kind"] == "rate under the rule"]
    evidence = report.parts[0].findings[0].evidence
    assert isinstance(evidence, Combination)
    assert {
        (row["group"], row["rate"]): float(row["value"])
        for row in rule
        if row["value"] and row["criterion"] == answers[0]["criterion"]
    } == {
        (of.group, rate): share
        for of in evidence.rule
        for rate, share in of.rates.items()
        if share is not None
    }
