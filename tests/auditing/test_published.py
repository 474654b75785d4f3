"""Figures that others have published, from their counts through the front door."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from fairaudit import audit, datasets
from fairaudit.core.bill import Bill
from fairaudit.core.evidence import Disparity, GroupRow, GroupTable
from fairaudit.report.model import AuditReport
from tests.people import columns_of, selections

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = Path(os.environ.get("FAIRAUDIT_DATA", "no such folder"))
IDS = {
    "base_rate": "base_rate",
    "selection_rate": "selection_rate",
    "tpr": "true_positive_rate",
    "fpr": "false_positive_rate",
    "fnr": "false_negative_rate",
    "tnr": "true_negative_rate",
    "ppv": "positive_predictive_value",
    "npv": "negative_predictive_value",
    "accuracy": "accuracy",
}
SHORT = {
    "base": "base_rate",
    "sr": "selection_rate",
    "tpr": "true_positive_rate",
    "fpr": "false_positive_rate",
    "fnr": "false_negative_rate",
    "tnr": "true_negative_rate",
    "ppv": "positive_predictive_value",
    "npv": "negative_predictive_value",
    "fomr": "false_omission_rate",
    "acc": "accuracy",
}


def reference(name: str) -> Any:  # noqa: ANN401
    """Read a file of reference figures."""
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))


def lines(name: str) -> list[dict[str, str]]:
    """Read a table of reference figures."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def needs(name: str) -> pytest.MarkDecorator:
    """Skip where the full data, which are not committed, are not there."""
    return pytest.mark.skipif(
        not (DATA / name).is_file(), reason=f"FAIRAUDIT_DATA names no folder with {name}"
    )


def rows(table: GroupTable) -> dict[str, GroupRow]:
    """Give the groups of a table by name."""
    return {row.name: row for row in table.groups}


def only_table(report: AuditReport) -> GroupTable:
    """Give the one table of a report."""
    ((table,),) = (part.tables for part in report.parts)
    return table


def disparity(report: AuditReport, criterion: str) -> Disparity:
    """Give the one measurement of a criterion."""
    (finding,) = report[criterion].findings
    assert isinstance(finding.evidence, Disparity)
    return finding.evidence


def impact_ratios(table: GroupTable) -> dict[str, float | None]:
    """Give the impact ratios of a table's groups."""
    return {
        row.name: row.impact_ratio.value
        for row in table.groups
        if row.impact_ratio is not None
    }


def holds(row: GroupRow, figures: dict[str, float]) -> None:
    """Check a group's counts and rates against somebody else's."""
    assert row.cells is not None
    assert row.people == figures["n"]
    for name in ("tp", "fp", "fn", "tn"):
        assert getattr(row.cells, name) == figures[name]
    for name, rate in IDS.items():
        assert row.rates[rate].value == pytest.approx(figures[name], abs=1e-12)


# ---------------------------------------------------------------------------- COMPAS

COMPAS = reference("compas_general.json")


def compas(attribute: str = "race", threshold: float = 5) -> AuditReport:
    """Audit the bundled counts as ProPublica did: a score of 5 or more is a flag."""
    return audit(
        datasets.path("compas"),
        groups=attribute,
        label="two_year_recid",
        score="decile_score",
        threshold=threshold,
        count="count",
        favourable="not-selected",
    )


def pair_of_compas() -> dict[str, list[Any]]:
    """Keep the two large groups of the bundled counts."""
    with datasets.path("compas").open(encoding="utf-8", newline="") as file:
        kept = [
            line
            for line in csv.DictReader(file)
            if line["race"] in {"African-American", "Caucasian"}
        ]
    return {
        "race": [line["race"] for line in kept],
        "label": [int(line["two_year_recid"]) for line in kept],
        "score": [int(line["decile_score"]) for line in kept],
        "count": [int(line["count"]) for line in kept],
    }


def test_compas_by_race_gives_propublicas_printed_figures() -> None:
    table = only_table(compas())
    everybody = {**rows(table), "All": table.overall}
    # ProPublica 2016, notebook, printed as percentages with two decimals.
    for group, printed in COMPAS["published_percent"].items():
        rates = everybody[group].rates
        for short in ("fpr", "fnr"):
            found = rates[IDS[short]].value
            assert found is not None
            assert 100 * found == pytest.approx(printed[short], abs=0.005)
        for short, name in (("ppv", "ppv"), ("npv", "npv"), ("prevalence", "base_rate")):
            if f"{short}_2dp" in printed:
                found = rates[IDS[name]].value
                assert found == pytest.approx(printed[f"{short}_2dp"], abs=0.005)
    for group, counts in COMPAS["published_counts"].items():
        cells = everybody[group].cells
        assert cells is not None
        assert [getattr(cells, name) for name in COMPAS["counts_order"]] == counts


@pytest.mark.parametrize(
    ("key", "attribute"), [("computed", "race"), ("computed_by_sex", "sex")]
)
def test_compas_gives_every_figure_recomputed_from_the_rows(
    key: str, attribute: str
) -> None:
    expected = COMPAS[key]
    report = compas(attribute)
    table = only_table(report)
    assert set(rows(table)) == set(expected["by_group"])
    for group, figures in expected["by_group"].items():
        holds(rows(table)[group], figures)
    holds(table.overall, expected["overall"])
    _disparities(report, expected["disparities"])


def _disparities(report: AuditReport, expected: dict[str, float]) -> None:
    """Check gaps over all groups: max minus min, and min over max of the selection rate."""
    gaps = {
        gap.rate: gap
        for criterion in (
            "demographic_parity",
            "equalized_odds",
            "predictive_parity",
            "overall_accuracy_equality",
        )
        for gap in disparity(report, criterion).gaps
    }
    wanted = {
        "selection_rate": expected["demographic_parity_difference"],
        "true_positive_rate": expected["tpr_difference"],
        "false_positive_rate": expected["fpr_difference"],
        "positive_predictive_value": expected["ppv_difference"],
        "accuracy": expected["accuracy_difference"],
    }
    found = {
        rate: gap.largest.value for rate, gap in gaps.items() if gap.largest is not None
    }
    assert found == pytest.approx(wanted, abs=1e-12)
    ratio = gaps["selection_rate"].ratio
    assert ratio == pytest.approx(expected["demographic_parity_ratio"], abs=1e-12)
    composite = report["equalized_odds"].findings[0].estimate.value
    assert composite == pytest.approx(expected["equalized_odds_difference"], abs=1e-12)


@pytest.mark.parametrize(
    ("key", "threshold"), [("computed_black_white_only", 5), ("computed_high_only", 8)]
)
def test_the_two_large_groups_alone_give_the_literatures_figures(
    key: str, threshold: float
) -> None:
    # Both are of 6,150 people: the file's two large groups.
    report = audit(
        pair_of_compas(), groups="race", threshold=threshold, count="count", label="label"
    )
    expected = COMPAS[key]
    table = only_table(report)
    for group, figures in expected["by_group"].items():
        holds(rows(table)[group], figures)
    holds(table.overall, expected["overall"])
    _disparities(report, expected["disparities"])


def test_high_scores_alone_give_propublicas_printed_figures() -> None:
    groups = rows(only_table(compas(threshold=8)))
    for group, printed in COMPAS["published_percent_high_only_decile_ge_8"].items():
        for short in ("fpr", "fnr"):
            found = groups[group].rates[IDS[short]].value
            assert found is not None
            assert 100 * found == pytest.approx(printed[short], abs=0.005)


def test_accuracies_are_those_dressel_and_farid_printed() -> None:
    # Science Advances 4(1), 2018, table 2, column D.
    printed = COMPAS["dressel_farid_2018"]["percent"]
    table = only_table(compas())
    groups = {"black": rows(table)["African-American"], "white": rows(table)["Caucasian"]}
    for rate, name in (("accuracy", "accuracy"), ("fpr", IDS["fpr"]), ("fnr", IDS["fnr"])):
        for group, row in groups.items():
            value = row.rates[name].value
            assert value is not None
            assert 100 * value == pytest.approx(printed[rate][group], abs=0.051)


@needs("compas_two_year.csv")
def test_the_rows_of_compas_give_the_same_cells_as_the_bundled_counts() -> None:
    from_rows = audit(
        DATA / "compas_two_year.csv",
        groups="race",
        label="two_year_recid",
        score="decile_score",
        threshold=5,
        favourable="not-selected",
    )
    assert only_table(from_rows) == only_table(compas())
    assert from_rows.findings == compas().findings


# ------------------------------------------------- what cannot hold together, and verdicts

INCOMPATIBLE = reference("incompatibility.json")


def cells_of(case: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Give a case's groups with named cells."""
    names = ("tp", "fp", "fn", "tn")
    return {
        group: dict(zip(names, cells, strict=True))
        for group, cells in case["cells_tp_fp_fn_tn"].items()
    }


def the_bill(report: AuditReport) -> Bill:
    """Give the one bill of a report."""
    (bill,) = (
        finding.evidence
        for finding in report.findings
        if finding.id.startswith("bill@") and isinstance(finding.evidence, Bill)
    )
    return bill


@pytest.mark.parametrize("case", INCOMPATIBLE["rates"], ids=lambda case: case["name"])
def test_rates_and_gaps_are_the_reference_ones_and_undefined_where_those_are(
    case: dict[str, Any],
) -> None:
    report = audit(columns_of(cells_of(case)), groups="group", count="count")
    table = only_table(report)
    for group, expected in case["expected_rates"].items():
        for short, rate in SHORT.items():
            estimate = rows(table)[group].rates[rate]
            if expected[short] is None:
                assert estimate.value is None
                assert estimate.undefined_because
                assert group in estimate.undefined_because
            else:
                assert estimate.value == pytest.approx(expected[short], abs=5e-9)
    for short, criterion in (
        ("sr", "demographic_parity"),
        ("tpr", "equal_opportunity"),
        ("fpr", "predictive_equality"),
        ("ppv", "predictive_parity"),
        ("acc", "overall_accuracy_equality"),
    ):
        expected = case["expected_max_minus_min"][short]
        found = report[criterion].findings[0].estimate
        if expected is None:
            assert found.value is None
        else:
            assert found.value == pytest.approx(expected, abs=5e-9)


@pytest.mark.parametrize("case", INCOMPATIBLE["exchange"], ids=lambda case: case["name"])
def test_the_bill_splits_the_odds_ratio_as_in_the_reference(case: dict[str, Any]) -> None:
    bill = the_bill(audit(columns_of(cells_of(case)), groups="group", count="count"))
    assert (bill.first, bill.second) == (case["first"], case["second"])
    assert [one.value for one in bill.base_rates] == pytest.approx(
        case["base_rates"], abs=1e-8
    )
    ratio = bill.odds_ratio
    assert ratio.value == pytest.approx(case["base_rate_odds_ratio"], abs=1e-8)
    assert ratio.interval is not None
    assert [ratio.interval.low, ratio.interval.high] == pytest.approx(
        case["base_rate_odds_ratio_ci95"], abs=1e-7
    )
    assert bill.even_split_factor == pytest.approx(case["even_split_factor"], abs=1e-8)
    _split(
        bill.positive_side,
        case["bill"],
        {
            "positive_predictive_value": "paid_by_ppv",
            "false_positive_rate": "paid_by_fpr",
            "true_positive_rate": "paid_by_tpr",
        },
    )
    _split(
        bill.negative_side,
        case["bill_negative_side"],
        {
            "false_omission_rate": "paid_by_for",
            "false_negative_rate": "paid_by_fnr",
            "true_negative_rate": "paid_by_tnr",
        },
    )


def _split(side: Any, expected: dict[str, float], paid_by: dict[str, str]) -> None:  # noqa: ANN401
    """Check one side of a bill."""
    assert side is not None
    assert side.total == pytest.approx(expected["total_log_odds_ratio"], abs=1e-8)
    assert side.terms == pytest.approx(
        {rate: expected[key] for rate, key in paid_by.items()}, abs=1e-8
    )


@pytest.mark.parametrize("case", INCOMPATIBLE["exchange"], ids=lambda case: case["name"])
def test_the_exchange_rates_force_what_the_reference_says(case: dict[str, Any]) -> None:
    bill = the_bill(audit(columns_of(cells_of(case)), groups="group", count="count"))
    found = {exchange.equal: exchange for exchange in bill.exchange_rates}
    for pair, expected in case["forced"].items():
        first, second = (SHORT[name] for name in pair.split("+"))
        exchange = found[first, second]
        assert exchange.possible is expected["possible"]
        for short in SHORT:
            if short in expected:
                forced = exchange.forced[SHORT[short]]
                assert forced == pytest.approx(expected[short], abs=1e-8)
                gap = exchange.gaps[SHORT[short]].value
                assert gap == pytest.approx(expected[f"{short}_gap"], abs=1e-8)
    impossible = [pair for pair, one in case["forced"].items() if not one["possible"]]
    assert len(impossible) == sum(one.possible is False for one in found.values())


# Cells whose base rates, smaller TPR and smaller PPV are those of a reference case.
JOINT = {
    "levels 0.6 and 0.6": (
        {
            "low": {"tp": 120, "fp": 80, "fn": 80, "tn": 720},
            "high": {"tp": 180, "fp": 20, "fn": 120, "tn": 680},
        },
        {"p_low": 0.2, "p_high": 0.3, "tpr_min": 0.6, "ppv_min": 0.6},
    ),
    "levels 0.7 and 0.5": (
        {
            "low": {"tp": 70, "fp": 70, "fn": 30, "tn": 830},
            "high": {"tp": 300, "fp": 150, "fn": 100, "tn": 450},
        },
        {"p_low": 0.1, "p_high": 0.4, "tpr_min": 0.7, "ppv_min": 0.5},
    ),
    "equal base rates": (
        {
            "low": {"tp": 150, "fp": 150, "fn": 150, "tn": 550},
            "high": {"tp": 200, "fp": 100, "fn": 100, "tn": 600},
        },
        {"p_low": 0.3, "p_high": 0.3, "tpr_min": 0.5, "ppv_min": 0.5},
    ),
}


@pytest.mark.parametrize(("people", "levels"), JOINT.values(), ids=JOINT)
def test_the_smallest_joint_gap_is_the_reference_one(
    people: dict[str, dict[str, int]], levels: dict[str, float]
) -> None:
    (expected,) = (
        case["expected"]
        for case in INCOMPATIBLE["score_free_joint_gap"]
        if {key: case[key] for key in levels} == levels
    )
    bill = the_bill(audit(columns_of(people), groups="group", count="count"))
    assert bill.joint_gap_levels == pytest.approx(
        {
            "true_positive_rate": levels["tpr_min"],
            "positive_predictive_value": levels["ppv_min"],
        }
    )
    assert bill.joint_gap.value == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("tolerance", ["0.05", "0.1", "0.2"])
@pytest.mark.parametrize(
    "case", INCOMPATIBLE["simultaneous"], ids=lambda case: case["name"]
)
def test_verdicts_hold_for_all_comparisons_at_once(
    case: dict[str, Any], tolerance: str
) -> None:
    names = [f"g{place}" for place in range(len(case["totals"]))]
    pairs = zip(case["successes"], case["totals"], strict=True)
    report = audit(
        selections(dict(zip(names, pairs, strict=True))),
        groups="group",
        count="count",
        criterion="demographic_parity",
        tolerance=float(tolerance),
        why="the reference asks for it",
    )
    (verdict,) = report.verdicts
    assert verdict.status == case["verdict_at_tolerance"][tolerance]
    assert verdict.family_size == case["m"]
    (gap,) = disparity(report, "demographic_parity").gaps
    assert gap.largest is not None
    assert gap.largest.value == pytest.approx(case["plug_in_gap"], abs=1e-8)
    assert {gap.largest.high, gap.largest.low} == {
        names[place] for place in case["plug_in_pair"]
    }
    assert gap.noise_corrected == pytest.approx(case["noise_corrected_gap"], abs=1e-8)
    assert gap.between_group_sd == pytest.approx(
        case["noise_corrected_between_group_sd"], abs=1e-8
    )
    assert (gap.shown.value if gap.shown else 0) == pytest.approx(
        case["gap_lower_simultaneous"], abs=1e-7
    )
    assert gap.not_excluded is not None
    assert gap.not_excluded.value == pytest.approx(case["gap_upper_one_sided"], abs=1e-7)
    first = {one.first: one for one in verdict.comparisons if one.second == names[1]}
    both = first.get(names[0]) or next(
        one for one in verdict.comparisons if {one.first, one.second} == set(names[:2])
    )
    _is_printed(both, *case["newcombe_first_pair"], turned=both.first == names[1])


def _is_printed(
    both: Any,  # noqa: ANN401
    value: float,
    low: float,
    high: float,
    *,
    turned: bool,
) -> None:
    """Check a printed difference, whichever group came first."""
    found = both.difference
    assert found.interval is not None
    seen = [found.value, found.interval.low, found.interval.high]
    if turned:
        seen = [-seen[0], -seen[2], -seen[1]]
    assert seen == pytest.approx([value, low, high], abs=5e-7)


@pytest.mark.parametrize(
    "case", INCOMPATIBLE["intervals"], ids=lambda case: f"{case['x1']}of{case['n1']}"
)
def test_printed_intervals_are_wilson_and_newcombe_or_miettinen_nurminen(
    case: dict[str, Any],
) -> None:
    report = audit(
        selections({"a": (case["x1"], case["n1"]), "b": (case["x2"], case["n2"])}),
        groups="group",
        count="count",
        criterion="demographic_parity",
        tolerance=0.1,
        why="to see the comparison",
    )
    groups = rows(only_table(report))
    for group, key in (("a", "wilson_1"), ("b", "wilson_2")):
        interval = groups[group].rates["selection_rate"].interval
        assert interval is not None
        assert [interval.low, interval.high] == pytest.approx(case[key], abs=1e-8)
    ((both,),) = (verdict.comparisons for verdict in report.verdicts)
    small = min(case["n1"], case["n2"]) < 30
    method = "miettinen_nurminen" if small else "newcombe"
    difference = case["x1"] / case["n1"] - case["x2"] / case["n2"]
    _is_printed(both, difference, *case[f"{method}_difference"], turned=both.first == "b")


# ------------------------------------------------------------ selection and impact ratios


def ll144(name: str, table: str) -> list[dict[str, str]]:
    """Read one table of a worked example of 6 RCNY 5-301."""
    return [line for line in lines(name) if line["table"] == table]


def as_counts(
    found: list[dict[str, str]], everybody: str, selected: str
) -> dict[str, list[Any]]:
    """Write an example's table as a count table of selections."""
    columns: dict[str, list[Any]] = {"sex": [], "race": [], "hired": [], "people": []}
    for line in found:
        hired, applied = int(line[selected]), int(line[everybody])
        for decision, people in ((1, hired), (0, applied - hired)):
            columns["sex"].append(line["sex"] or "all")
            columns["race"].append(line["race_ethnicity"] or "all")
            columns["hired"].append(decision)
            columns["people"].append(people)
    return columns


SELECTED = ("ll144_selection_example.csv", "applicants", "selected")
SCORED = ("ll144_scoring_example.csv", "applicants", "above_median_implied")


@pytest.mark.parametrize("example", [SELECTED, SCORED], ids=["selection", "scoring"])
@pytest.mark.parametrize(
    ("name", "group"),
    [("sex", "sex"), ("race_ethnicity", "race"), ("intersectional", "sex×race")],
)
def test_the_new_york_examples_give_their_impact_ratios(
    example: tuple[str, str, str], name: str, group: str
) -> None:
    file, everybody, selected = example
    published = ll144(file, name)
    report = audit(
        as_counts(published, everybody, selected),
        groups=group,
        prediction="hired",
        count="people",
        favourable="selected",
    )
    table = only_table(report)
    found = impact_ratios(table)
    for line in published:
        parts = (line["sex"], line["race_ethnicity"])
        named = " × ".join(filter(None, parts))
        assert rows(table)[named].people == int(line[everybody])
        assert found[named] == pytest.approx(float(line["impact_ratio"]), abs=1e-9)
        # Printed with two or three decimals.
        digits = len(line["published_impact_ratio"].partition(".")[2])
        assert found[named] == pytest.approx(
            float(line["published_impact_ratio"]), abs=0.5 * 10**-digits + 1e-9
        )


def test_one_new_york_audit_gives_sexes_and_crossing_from_the_same_people() -> None:
    crossed = ll144(SELECTED[0], "intersectional")
    report = audit(
        as_counts(crossed, "applicants", "selected"),
        groups=("sex", "sex×race"),
        prediction="hired",
        count="people",
        gates="impact_ratio>=0.8",
    )
    by_name = {table.attribute: table for table in report.parts[0].tables}
    # The race table of the rule does not add up to the same people, and is tried alone.
    totals = reference("ll144_notes.json")["selection_example"]["totals"]
    assert by_name["sex"].overall.people == totals["sex"]["applicants"]
    for line in ll144(SELECTED[0], "sex"):
        row = rows(by_name["sex"])[line["sex"]]
        assert row.impact_ratio is not None
        assert row.impact_ratio.value == pytest.approx(
            float(line["impact_ratio"]), abs=1e-9
        )
    statuses = {verdict.attribute: verdict.status for verdict in report.verdicts}
    # Female Native American or Alaska Native: 0.789.
    assert statuses == {"sex": "pass", "sex × race": "fail"}


def test_unknown_sex_or_race_is_counted_and_left_out_of_the_rates(tmp_path: Path) -> None:
    unknown = reference("ll144_notes.json")["selection_example"]["unknown_not_included"]
    known = as_counts(ll144(SELECTED[0], "intersectional"), "applicants", "selected")
    path = tmp_path / "applicants.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(known)
        writer.writerows(zip(*known.values(), strict=True))
        writer.writerows([["", "White", 1, 100], ["Male", "", 0, 60], ["", "", 1, 90]])
    assert unknown == 250
    shown = {"groups": "sex×race", "prediction": "hired", "count": "people"}
    with_unknown = only_table(audit(path, **shown))  # type: ignore[arg-type]
    without = only_table(audit(known, **shown))  # type: ignore[arg-type]
    missing = with_unknown.groups[-1]
    assert (missing.kind, missing.people) == ("missing", unknown)
    assert with_unknown.groups[:-1] == without.groups


def test_the_uniform_guidelines_example_fails_by_one_group() -> None:
    example = reference("four_fifths_example.json")["example"]
    rates = example["hiring_rate_percent"]
    report = audit(
        selections({group: (rate, 100) for group, rate in rates.items()}),
        groups="group",
        count="count",
        gates="impact_ratio>=4/5",
    )
    found = impact_ratios(only_table(report))
    assert found == pytest.approx(example["impact_ratio"])
    below = [group for group, ratio in found.items() if ratio is not None and ratio < 0.8]
    assert below == example["adverse_impact_indicated"]
    (verdict,) = report.verdicts
    assert verdict.status == "fail"
    assert below[0] in verdict.because


@pytest.mark.parametrize(
    "case", reference("four_fifths_example.json")["exact_four_fifths_counts"]
)
def test_exactly_four_fifths_keeps_to_four_fifths(case: dict[str, int]) -> None:
    people = {
        "a": (case["selected_a"], case["n_a"]),
        "b": (case["selected_b"], case["n_b"]),
    }
    report = audit(
        selections(people), groups="group", count="count", gates="impact_ratio>=0.8"
    )
    assert (report.status == "fail") is case["below_four_fifths"]


@pytest.mark.parametrize(
    "line", lines("resume_callbacks_by_race.csv"), ids=lambda line: line["value"]
)
def test_callbacks_by_race_are_those_of_bertrand_and_mullainathan(
    line: dict[str, str],
) -> None:
    people = {
        race: (int(line[f"{race}_callbacks"]), int(line[f"{race}_n"]))
        for race in ("white", "black")
    }
    report = audit(
        selections(people),
        groups="group",
        count="count",
        favourable="selected",
        compare="reference:white",
        criterion="demographic_parity",
        tolerance=0.01,
        why="a name is no ground for an invitation",
    )
    ratios = impact_ratios(only_table(report))
    assert ratios["black"] == pytest.approx(float(line["impact_ratio_black"]), abs=1e-12)
    ((both,),) = (verdict.comparisons for verdict in report.verdicts)
    assert (both.first, both.second) == ("black", "white")
    # Signed: group minus reference.
    assert both.difference.value == pytest.approx(-float(line["difference"]), abs=1e-12)
    if line["value"] == "all":
        assert report["demographic_parity"].findings[0].estimate.value == pytest.approx(
            0.032, abs=5e-4
        )


HMDA = reference("boston_hmda.json")["computed"]


def test_boston_mortgages_ask_which_outcome_is_the_favourable_one() -> None:
    denial = HMDA["denial"]
    people = {
        "black": (denial["x1"], denial["n1"]),
        "white": (denial["x2"], denial["n2"]),
    }

    def ratios(favourable: Any) -> dict[str, float | None]:  # noqa: ANN401
        return impact_ratios(
            only_table(
                audit(
                    selections(people),
                    groups="group",
                    count="count",
                    favourable=favourable,
                )
            )
        )

    approval, denied = ratios("not-selected"), ratios("selected")
    assert approval["black"] == pytest.approx(
        HMDA["approval_impact_ratio_black"], abs=1e-12
    )
    assert denied["white"] == pytest.approx(
        1 / HMDA["denial_ratio_black_over_white"], abs=1e-12
    )


@needs("boston_hmda.csv")
def test_the_rows_of_boston_give_the_published_denial_rates() -> None:
    report = audit(
        DATA / "boston_hmda.csv",
        groups="afam",
        prediction="deny",
        positive="yes",
        favourable="not-selected",
    )
    groups = rows(only_table(report))
    # Munnell and others 1996, in Stock and Watson: 28.3 % and 9.3 %.
    for group, printed in (("yes", 0.283), ("no", 0.093)):
        rate = groups[group].rates["selection_rate"]
        assert rate.value == pytest.approx(printed, abs=5e-4)
    assert groups["yes"].impact_ratio is not None
    assert groups["yes"].impact_ratio.value == pytest.approx(
        HMDA["approval_impact_ratio_black"], abs=1e-12
    )


# ----------------------------------------------------------------------------- Adult

ADULT = reference("adult_base_rates.json")["computed"]


@pytest.mark.parametrize("attribute", ["sex", "race"])
def test_the_bundled_adult_test_part_is_all_people_less_the_train_part(
    attribute: str,
) -> None:
    report = audit(datasets.path("adult_predictions"), groups=attribute)
    groups = rows(only_table(report))
    everyone = ADULT[f"all_{attribute}"]["by_group"]
    train = ADULT[f"train_{attribute}"]["by_group"]
    assert set(groups) == set(everyone)
    for group, row in groups.items():
        base = row.rates["base_rate"]
        assert base.denominator == everyone[group]["n"] - train[group]["n"]
        assert base.numerator == everyone[group]["positives"] - train[group]["positives"]


@needs("adult_train.csv.gz")
@pytest.mark.parametrize("attribute", ["sex", "race"])
def test_the_adult_train_part_gives_its_base_rates(attribute: str) -> None:
    report = audit(
        DATA / "adult_train.csv.gz", groups=attribute, prediction="income", positive=">50K"
    )
    expected = ADULT[f"train_{attribute}"]
    table = only_table(report)
    for group, figures in expected["by_group"].items():
        rate = rows(table)[group].rates["selection_rate"]
        assert (rate.numerator, rate.denominator) == (figures["positives"], figures["n"])
        assert rate.value == pytest.approx(figures["rate"], abs=1e-12)
    assert table.overall.rates["selection_rate"].value == pytest.approx(ADULT["train_rate"])
    (gap,) = disparity(report, "demographic_parity").gaps
    assert gap.largest is not None
    assert gap.largest.value == pytest.approx(expected["difference"], abs=1e-12)
    assert (gap.largest.high, gap.largest.low) == (expected["highest"], expected["lowest"])
    assert gap.ratio == pytest.approx(expected["ratio"], abs=1e-12)
    assert impact_ratios(table) == pytest.approx(expected["impact_ratios"])
