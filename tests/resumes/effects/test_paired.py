from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student
from scipy.stats import ttest_1samp

from fairaudit.resumes.effects.paired import Answered, Effect, paired_effect, student_p


def fresh(differences: list[float]) -> list[Answered]:
    return [
        Answered(
            resume=f"r{n}", first_name=f"a{n}", second_name=f"b{n}", first=one, second=0.0
        )
        for n, one in enumerate(differences)
    ]


def reused(
    rng: np.random.Generator, *, names: int, pairs: int, sd: float
) -> list[Answered]:
    """Draw a null study: names differ, groups do not; a résumé bears one pair of names."""
    a, b = sd * rng.normal(size=(2, names))
    found = []
    for n in range(pairs):
        one, other = rng.integers(names, size=2)
        body = rng.normal()
        found.append(
            Answered(
                resume=f"r{n}",
                first_name=f"a{one}",
                second_name=f"b{other}",
                first=body + a[one] + 0.5 * rng.normal(),
                second=body + b[other] + 0.5 * rng.normal(),
            )
        )
    return found


def crossed(
    rng: np.random.Generator, *, names: int, pairs: int, sd: float
) -> list[Answered]:
    """Draw a null study in which every résumé bears every name."""
    a, b = sd * rng.normal(size=(2, names))
    found = []
    for n in range(pairs):
        body = rng.normal()
        found += [
            Answered(
                resume=f"r{n}",
                first_name=f"a{k}",
                second_name=f"b{k}",
                first=body + a[k] + 0.5 * rng.normal(),
                second=body + b[k] + 0.5 * rng.normal(),
            )
            for k in range(names)
        ]
    return found


def effect_of(pairs: list[Answered]) -> Effect:
    found = paired_effect(pairs)
    assert isinstance(found, Effect), found
    return found


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=40))
def test_with_fresh_names_it_is_the_paired_t_test(differences: list[float]) -> None:
    if np.ptp(differences) < 1e-3:
        return
    found = effect_of(fresh(differences))
    theirs = ttest_1samp(differences, 0)
    assert found.p_value == pytest.approx(theirs.pvalue, abs=1e-9)
    limits = theirs.confidence_interval()
    assert found.interval().low == pytest.approx(limits.low, abs=1e-6)
    assert found.interval().high == pytest.approx(limits.high, abs=1e-6)


@given(st.floats(-8, 8), st.integers(1, 60))
def test_student_p_agrees_with_scipy(t: float, freedom: int) -> None:
    assert student_p(t, freedom) == pytest.approx(2 * student.sf(abs(t), freedom), abs=1e-9)


# Names differ and groups do not: 50 % of paired t tests by résumé are significant with five
# reused names of SD .4, and 44 % with four crossed ones of .2.
@pytest.mark.parametrize(
    ("make", "names", "sd"), [(reused, 5, 0.4), (reused, 5, 0.2), (crossed, 4, 0.2)]
)
def test_names_that_repeat_are_the_unit_and_do_not_raise_false_alarms(
    make: object, names: int, sd: float
) -> None:
    assert callable(make)
    rng = np.random.default_rng(7)
    alarms = naive = 0
    for _ in range(200):
        pairs = make(rng, names=names, pairs=60, sd=sd)
        alarms += effect_of(pairs).p_value < 0.05
        bodies: dict[str, list[float]] = {}
        for pair in pairs:
            bodies.setdefault(pair.resume, []).append(pair.difference)
        means = [float(np.mean(one)) for one in bodies.values()]
        naive += ttest_1samp(means, 0).pvalue < 0.05
    assert alarms / 200 <= 0.07
    assert naive / 200 > 0.2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "names", "pairs", "sd", "most"),
    [
        (reused, 5, 100, 0.2, 0.05),
        (reused, 5, 100, 0.4, 0.06),
        (crossed, 4, 100, 0.2, 0.065),
    ],
)
def test_the_false_alarm_table_is_reproduced(
    make: object, names: int, pairs: int, sd: float, most: float
) -> None:
    assert callable(make)
    rng = np.random.default_rng(1)
    alarms = sum(
        effect_of(make(rng, names=names, pairs=pairs, sd=sd)).p_value < 0.05
        for _ in range(2_000)
    )
    assert alarms / 2_000 <= most


def test_exchanging_the_groups_turns_the_effect_around() -> None:
    pairs = reused(np.random.default_rng(3), names=5, pairs=40, sd=0.3)
    turned = [
        Answered(
            resume=one.resume,
            first_name=one.second_name,
            second_name=one.first_name,
            first=one.second,
            second=one.first,
        )
        for one in pairs
    ]
    here, there = effect_of(pairs), effect_of(turned)
    assert here.mean == pytest.approx(-there.mean)
    assert here.standard_error == pytest.approx(there.standard_error)


def test_an_effect_within_the_margin_is_equivalent_only_with_enough_pairs() -> None:
    rng = np.random.default_rng(0)
    assert effect_of(fresh(list(0.1 * rng.normal(size=200)))).equivalent(0.1)
    assert not effect_of(fresh(list(0.1 * rng.normal(size=5)))).equivalent(0.1)


def test_one_name_cannot_be_told_from_its_group() -> None:
    pairs = [
        Answered(resume=f"r{n}", first_name="a", second_name=f"b{n}", first=n, second=0.0)
        for n in range(9)
    ]
    assert paired_effect(pairs) == ("1 name in a group cannot tell the group from the name")


def test_too_few_pairs_are_no_effect_and_say_so() -> None:
    assert paired_effect(fresh([1.0])) == (
        "1 pairs were answered on both sides; at least 2 are needed"
    )
