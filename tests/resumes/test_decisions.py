"""The reference acceptance test: a screener trained on planted decisions is found out."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from fairaudit import audit_resumes
from fairaudit.core.errors import InputError
from fairaudit.resumes import augment, generate, past_decisions
from tests.resumes.planted import JOBS, fitted, trained
from tests.resumes.test_audit import effects

if TYPE_CHECKING:
    from fairaudit.core.measurement import Measured
    from fairaudit.resumes import ResumeStudy


@cache
def study() -> ResumeStudy:
    arms = ["club", "name", "placebo", "quality"]
    return generate(jobs=JOBS, pairs=102, arms=arms, seed=1000)


def found(model: Any, answers: str = "predict_proba") -> dict[str, Measured]:  # noqa: ANN401 - a pipeline
    return effects(audit_resumes(study(), getattr(model, answers)))


def test_a_penalty_of_1_2_logit_is_found_in_decisions_and_in_probabilities() -> None:
    model = trained(-1.2, seed=1)
    decided, rated = found(model, "predict")["club"], found(model)
    # The design note found 17 of 102 discordant pairs, all one way, p = 1.5e-5.
    assert decided.p_value is not None
    assert decided.p_value < 1e-3
    assert decided.estimate.value is not None
    assert -0.5 < decided.estimate.value < -0.1
    for arm in ("club", "name"):
        row = rated[arm]
        assert row.estimate.value is not None
        assert row.estimate.value < 0
        assert row.p_value is not None
        assert row.p_value < 1e-3


def test_the_reverse_is_found_with_its_sign() -> None:
    for row in found(trained(1.2, seed=1)).values():
        assert row.estimate.value is not None
        assert row.estimate.value > 0
        assert row.p_value is not None
        assert row.p_value < 1e-3


def test_fair_decisions_make_few_alarms() -> None:
    # Over 200 seeds: benchmarks/planted.py, docs/statistics/planted.md.
    for seed in (1, 2, 3):
        model = trained(0.0, seed=seed)
        name, decided = found(model)["name"], found(model, "predict")["club"]
        assert name.p_value is not None
        assert name.p_value > 1e-3
        assert decided.p_value is None or decided.p_value > 1e-3


def test_augmented_decisions_teach_no_difference() -> None:
    import pandas as pd

    past = pd.DataFrame(past_decisions(2000, bias=-1.2, jobs=JOBS, seed=1))
    with pytest.warns(UserWarning, match="no first name was exchanged"):  # initials
        both = augment(past, text="cv")
    before = found(fitted(past["cv"], past["hired"]))
    after = found(fitted(both["cv"], both["hired"]))
    for arm in ("club", "name"):
        was, now = before[arm].estimate.value, after[arm].estimate.value
        assert was is not None
        assert now is not None
        assert abs(now) < abs(was) / 5


def test_applicants_are_as_many_women_as_men_of_all_tiers() -> None:
    past = past_decisions(600, jobs=["nurse"], seed=4)
    cells = Counter(zip(past["gender"], past["tier"], strict=True))
    assert len(cells) == 6
    assert min(cells.values()) > 70
    assert past["gender"].count("women") == 300
    assert sum("men's" in text for text in past["cv"]) == 300


def test_decisions_carry_what_was_planted() -> None:
    past = past_decisions(6000, bias=-1.2, jobs=["nurse"], seed=5)
    rates = {
        group: [
            hired
            for hired, own, tier in zip(
                past["hired"], past["gender"], past["tier"], strict=True
            )
            if own == group and tier == "middle"
        ]
        for group in ("women", "men")
    }
    # Logits 0.8 and −0.4; three standard errors of 1,000 people.
    assert sum(rates["men"]) / len(rates["men"]) == pytest.approx(0.690, abs=0.045)
    assert sum(rates["women"]) / len(rates["women"]) == pytest.approx(0.401, abs=0.047)


def test_the_same_seed_makes_the_same_decisions() -> None:
    assert past_decisions(60, seed=6) == past_decisions(60, seed=6)
    assert past_decisions(60, seed=6) != past_decisions(60, seed=7)


def test_too_few_applicants_are_refused() -> None:
    with pytest.raises(InputError, match="count=1 is too few"):
        past_decisions(1)
