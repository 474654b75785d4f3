from __future__ import annotations

import pytest

from fairaudit.core.cells import Cells
from fairaudit.core.finding import Finding
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.criteria.disparity import family_size, measure
from fairaudit.criteria.findings import disparity_finding
from tests.people import strata_of, table_of


def found(people: dict[str | None, Cells], criterion: str) -> Finding:
    """Measure a criterion and put it into words."""
    meant, table = criterion_named(criterion), table_of(people)
    return disparity_finding(
        meant, measure(meant, table, family=family_size(meant, [table]))
    )


def test_a_finding_says_what_is_seen_what_noise_leaves_and_what_is_shown() -> None:
    finding = found(
        {
            "a": Cells(tp=8000, fn=2000, fp=10, tn=90),
            "b": Cells(tp=5000, fn=5000, fp=10, tn=90),
        },
        "equalized_odds",
    )
    assert finding.id == "equalized_odds@group"
    assert finding.sentence.startswith(
        "Equalized odds by group: the largest gap seen is 0.30 (TPR, a – b), 0.30 after "
        "noise correction; at least 0.2"
    )
    assert finding.sentence.endswith("is shown at 95 % (TPR, a – b).")
    assert finding.estimate.value == pytest.approx(0.3)
    assert finding.references == ("hardt2016",)
    assert finding.caveats == ()


def test_a_finding_says_when_no_difference_is_shown() -> None:
    finding = found({"a": Cells(tp=5, fp=5), "b": Cells(tp=6, fp=4)}, "predictive_parity")
    assert finding.sentence.endswith("no difference is shown at 95 %.")
    assert "0.00 after noise correction" in finding.sentence


def test_a_composite_finding_rests_on_its_worst_rate() -> None:
    finding = found(
        {
            "a": Cells(tp=50, fn=50, fp=80, tn=20),
            "b": Cells(tp=60, fn=40, fp=20, tn=80),
        },
        "equalized_odds",
    )
    assert finding.estimate.value == pytest.approx(0.6)
    assert "(FPR, a – b)" in finding.sentence


def test_what_cannot_be_measured_says_why() -> None:
    finding = found({"a": Cells(tp=5, fp=5), "b": Cells(fn=5, tn=5)}, "predictive_parity")
    assert finding.estimate.value is None
    assert finding.estimate.undefined_because == "no selections in group b"
    assert finding.sentence == (
        "Predictive parity by group cannot be measured: no selections in group b."
    )


def test_one_group_cannot_be_measured_against_another() -> None:
    finding = found({"a": Cells(tp=5, fp=5)}, "demographic_parity")
    assert finding.estimate.undefined_because == "fewer than two groups in group"


def test_a_group_left_out_is_a_caveat_told_once() -> None:
    finding = found(
        {
            "a": Cells(tp=5, fn=5, fp=5, tn=5),
            "b": Cells(tp=6, fn=4, fp=5, tn=5),
            "nobody": Cells(blank=5),
        },
        "conditional_use_accuracy_equality",
    )
    assert finding.caveats == (
        "no selections in group nobody",
        "no rejections in group nobody",
    )


def test_people_alike_are_spoken_of_as_such() -> None:
    # Within strata both groups are treated alike; only their shares of strata differ.
    table = strata_of(
        {
            ("a", "x"): Cells(unlabelled_selected=800, unlabelled_rejected=200),
            ("b", "x"): Cells(unlabelled_selected=80, unlabelled_rejected=20),
            ("a", "y"): Cells(unlabelled_selected=20, unlabelled_rejected=80),
            ("b", "y"): Cells(unlabelled_selected=200, unlabelled_rejected=800),
        }
    )
    meant = criterion_named("conditional_demographic_parity")
    finding = disparity_finding(
        meant, measure(meant, table, family=family_size(meant, [table]))
    )
    assert finding.estimate.value == pytest.approx(0, abs=1e-9)
    assert finding.sentence == (
        "Conditional demographic parity by group: among people alike the largest common "
        "gap seen is 0.00 (SR, a – b); no difference is shown at 95 %."
    )


def test_a_gap_in_one_stratum_and_opposite_ones_are_told() -> None:
    def people(selected: int) -> Cells:
        return Cells(unlabelled_selected=selected, unlabelled_rejected=1000 - selected)

    table = strata_of(
        {
            ("a", "x"): people(600),
            ("b", "x"): people(400),
            ("a", "y"): people(400),
            ("b", "y"): people(600),
        }
    )
    meant = criterion_named("conditional_demographic_parity")
    finding = disparity_finding(
        meant, measure(meant, table, family=family_size(meant, [table]))
    )
    assert "no common gap is shown at 95 %, but at least 0.1" in finding.sentence
    assert finding.sentence.endswith("is in stratum x (a and b).")
    (caveat,) = finding.caveats
    assert caveat.startswith("differences between a and b vary over strata (p = ")


def test_what_is_shown_never_reads_as_nothing() -> None:
    many = 1_000_000
    finding = found(
        {
            "a": Cells(tp=many // 2 + 3_000, fn=many // 2 - 3_000),
            "b": Cells(tp=many // 2, fn=many // 2),
        },
        "equal_opportunity",
    )
    assert finding.sentence.endswith("more than 0 is shown at 95 % (TPR, a – b).")
