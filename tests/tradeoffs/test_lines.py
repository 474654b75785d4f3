from __future__ import annotations

import re

import pytest

from fairaudit.core.bill import BillSide
from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.prices import JointGap
from fairaudit.tradeoffs import lines

NAMES = ("Green", "Blue")
PPV, FPR, TPR = (
    "positive_predictive_value",
    "false_positive_rate",
    "true_positive_rate",
)
LEVELS = {TPR: 0.5, PPV: 0.8}
SEEN = {
    TPR: (0.72, 0.52),
    FPR: (0.45, 0.23),
    PPV: (0.63, 0.59),
    "false_negative_rate": (0.28, 0.48),
}


def estimate(value: float, low: float, high: float) -> Estimate:
    return Estimate(
        value=value, interval=Interval(low=low, high=high, level=0.95, method="given")
    )


DIFFER = estimate(1.63, 1.47, 1.81)
EQUAL = estimate(1.0, 0.8, 1.25)


def side(ppv: float, fpr: float, tpr: float) -> BillSide:
    return BillSide(total=ppv + fpr + tpr, terms={PPV: ppv, FPR: fpr, TPR: tpr})


def test_the_first_line_says_what_differs_and_who_pays() -> None:
    line = lines.exactly(NAMES, DIFFER, side(0.16, 0.65, -0.32), SEEN, "not-selected")
    assert line == (
        "Green and Blue base rates differ (odds ratio 1.63 [1.47, 1.81]). Any rule that "
        "makes false alarms must pay that in precision, false alarms or misses; this one "
        "pays mostly in false alarms (Green 45 % v Blue 23 %)."
    )


@pytest.mark.parametrize(
    ("terms", "paid"),
    [
        ((0.16, 0.65, -0.32), "pays mostly in wrong selections (Green 45 % v Blue 23 %)"),
        ((0.65, 0.16, -0.32), "pays mostly in precision (Green 63 % v Blue 59 %)"),
        ((0.10, 0.10, 0.40), "pays mostly in wrong rejections (Green 28 % v Blue 48 %)"),
        ((0.16, 0.18, 0.15), "pays most in wrong selections (Green 45 % v Blue 23 %)"),
        # The second group has the higher base rate: what is negative pays.
        ((-0.65, 0.10, 0.10), "pays mostly in precision (Green 63 % v Blue 59 %)"),
    ],
)
def test_the_largest_share_of_the_bill_is_named_in_words_of_selection(
    terms: tuple[float, float, float], paid: str
) -> None:
    assert paid in lines.exactly(NAMES, DIFFER, side(*terms), SEEN, "selected")


def test_shares_that_look_alike_get_another_digit() -> None:
    seen = SEEN | {FPR: (0.2312, 0.2294)}
    line = lines.exactly(NAMES, DIFFER, side(0.1, 0.3, 0.1), seen, "selected")
    assert "(Green 23.1 % v Blue 22.9 %)" in line


def test_a_difference_not_shown_is_not_called_one() -> None:
    unsure = estimate(1.1, 0.9, 1.34)
    line = lines.exactly(NAMES, unsure, side(0.1, 0.3, 0.1), SEEN, None)
    assert line.startswith(
        "Green and Blue base rates differ here by no more than chance can explain "
        "(odds ratio 1.10 [0.90, 1.34])."
    )
    assert lines.supported(unsure, estimate(0.01, 0, 0.2), 0.05) == (
        "At 95 % these data do not show that base rates differ "
        "(odds ratio 1.10 [0.90, 1.34]), and so no conflict."
    )


def test_a_trivial_odds_ratio_is_written_in_enough_digits() -> None:
    assert lines.ratio_shown(estimate(1.0034, 1.0012, 1.0056)) == (
        "odds ratio 1.003 [1.001, 1.006]"
    )


def test_equal_base_rates_force_nothing_and_the_lines_say_so() -> None:
    nothing = side(0.2, 0.1, -0.3)
    assert "nothing forces their precision" in lines.exactly(
        NAMES, EQUAL, nothing, SEEN, None
    )
    within = lines.within_tolerance(EQUAL, estimate(0, 0, 0.04), LEVELS, 0.05)
    assert within == "At equal base rates all three can hold, within any tolerance."


def test_what_cannot_be_split_gives_the_reason() -> None:
    line = lines.exactly(NAMES, DIFFER, "no false positives in group Blue", SEEN, None)
    assert line.endswith(
        "how this one pays cannot be told: no false positives in group Blue."
    )


@pytest.mark.parametrize(
    ("tolerance", "begins", "says"),
    [
        (
            0.1,
            "Within 0.10 all three (PPV, FPR and TPR) can hold as far as base rates go",
            "not looked at here",
        ),
        (
            0.03,
            "Within 0.03 all three (PPV, FPR and TPR) cannot hold at today's levels",
            "whatever the scores",
        ),
        (
            0.025,
            "Within 0.025 all three (PPV, FPR and TPR) cannot hold",
            "better precision could come closer",
        ),
        (None, "No tolerance was given", "better precision could come closer"),
    ],
)
def test_the_second_line_measures_the_joint_gap_against_the_tolerance(
    tolerance: float | None, begins: str, says: str
) -> None:
    line = lines.within_tolerance(DIFFER, estimate(0.051, 0.039, 0.063), LEVELS, tolerance)
    assert line.startswith(begins)
    assert says in line
    assert "the smallest joint gap is 0.05 [0.04, 0.06]" in line
    assert "(lowest true positive rate 50 %, lowest precision 80 %)" in line


def test_a_gap_just_above_the_tolerance_does_not_read_like_it() -> None:
    line = lines.within_tolerance(DIFFER, estimate(0.1004, 0.08, 0.12), LEVELS, 0.1)
    assert "cannot hold" in line
    assert "smallest joint gap is 0.1004" in line


def test_a_tiny_gap_is_not_written_as_zero() -> None:
    line = lines.within_tolerance(DIFFER, estimate(0.00042, 0.0003, 0.0005), LEVELS, 0.1)
    assert "smallest joint gap is 0.0004 [0.0003, 0.0005]" in line


@pytest.mark.parametrize("tolerance", [0.1, None])
def test_without_levels_the_second_and_third_line_give_the_reason(
    tolerance: float | None,
) -> None:
    unknown = Estimate.undefined("no true positives in group Blue")
    within = lines.within_tolerance(DIFFER, unknown, {}, tolerance)
    assert within.endswith("is not known: no true positives in group Blue.")
    assert lines.supported(DIFFER, unknown, tolerance).endswith(
        "how near the three can come is not known."
    )


@pytest.mark.parametrize(
    ("tolerance", "says"),
    [
        (
            0.1,
            "too little to rule out all three within 0.10: smallest joint gap 0.04 to",
        ),
        (0.03, "too much for all three within 0.03 at these levels: smallest joint gap"),
        (0.05, "whether all three can hold within 0.05 is undecided"),
        (None, "(odds ratio 1.47 to 1.81); smallest joint gap 0.04 to 0.06."),
    ],
)
def test_the_third_line_asks_what_the_interval_supports(
    tolerance: float | None, says: str
) -> None:
    line = lines.supported(DIFFER, estimate(0.051, 0.039, 0.063), tolerance)
    assert line.startswith("At 95 % base rates differ (odds ratio 1.47 to 1.81)")
    assert says in line


def test_no_interval_supports_nothing() -> None:
    bare = Estimate(value=1.63)
    assert lines.supported(bare, estimate(0.05, 0.04, 0.06), 0.1) == (
        "How sure this is cannot be told: the odds ratio has no interval."
    )
    assert lines.ratio_shown(bare) == "odds ratio 1.63"


def on_scores(gap: float, at_least: float) -> JointGap:
    status = "proven" if gap - at_least < 1e-4 else "not proven"
    return JointGap(status=status, gap=estimate(gap, 0.039, 0.063), at_least=at_least)


@pytest.mark.parametrize(
    ("joint", "tolerance", "says"),
    [
        ((0.0, 0.0), 0.05, "On these scores all three can hold"),
        (
            (0.0637, 0.0637),
            None,
            "brings all three gaps down to 0.06 [0.04, 0.06], and none",
        ),
        (
            (0.0637, 0.0637),
            0.1,
            "Within 0.10 all three .PPV, FPR and TPR. can hold on these scores",
        ),
        (
            (0.0637, 0.0637),
            0.05,
            "cannot hold on these scores, .* some gap is at least 0.06",
        ),
        ((0.0637, 0.04), 0.05, "is not proven: a rule brings .* none below 0.0400"),
    ],
)
def test_with_scores_the_second_line_rests_on_what_is_certified(
    joint: tuple[float, float], tolerance: float | None, says: str
) -> None:
    said = says.replace("[", r"\[").replace("]", r"\]")
    assert re.search(said, lines.within_on_scores(on_scores(*joint), tolerance))


def test_with_scores_the_third_line_says_where_the_gap_was_looked_for() -> None:
    line = lines.supported(
        DIFFER, estimate(0.051, 0.039, 0.063), 0.03, where="on these scores"
    )
    assert "too much for all three within 0.03 on these scores" in line
