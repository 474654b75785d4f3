"""Whole studies: planted biases are found, null plants are not, controls are heard."""

from __future__ import annotations

import math
import random
import re
from functools import cache
from typing import Any

import pytest

from fairaudit import audit_resumes
from fairaudit.core.errors import InputError
from fairaudit.report.formats import formats, renderer_for
from fairaudit.report.model import AuditReport, Study
from fairaudit.resumes import ResumeStudy, generate
from tests.resumes.planted import trained


@cache
def study(seed: int = 3) -> ResumeStudy:
    return generate(
        jobs=["nurse"], pairs=60, arms=["club", "name", "placebo", "quality"], seed=seed
    )


def part_of(report: AuditReport) -> Study:
    part = report.parts[0]
    assert isinstance(part, Study)
    return part


def effects(report: AuditReport) -> dict[str, Any]:
    evidence = part_of(report).findings[0].evidence
    assert evidence.kind == "measurement"
    return {row.name.partition(":")[0]: row for row in evidence.rows}


def quality(text: str) -> float:
    """Rate a résumé by how much it says, which a strong one does more of."""
    return len(re.findall(r"\w+", text)) / 10


def named(text: str) -> str:
    return text.split(maxsplit=1)[0].strip("#*").title()


def test_noise_of_names_alone_raises_no_alarm() -> None:
    reusing = generate(
        jobs=["nurse"],
        pairs=40,
        arms=["name", "placebo", "quality"],
        names="reuse 4",
        seed=2,
    )
    alarms = 0
    for seed in range(60):
        by_name: dict[str, float] = {}

        def noisy(
            texts: list[str], seed: int = seed, by_name: dict[str, float] = by_name
        ) -> list[float]:
            rates = []
            for text in texts:
                first = text.strip().split()[0]
                if first not in by_name:
                    by_name[first] = random.Random(f"{seed}{first}").gauss(0, 0.4)  # noqa: S311
                rates.append(quality(text) + by_name[first])
            return rates

        row = effects(audit_resumes(reusing, noisy))["name"]
        alarms += row.p_value is not None and row.p_value < 0.05
    assert alarms <= 7


def test_a_system_that_answers_one_thing_gets_no_verdict() -> None:
    report = audit_resumes(study(), lambda texts: [1.0] * len(texts), margin=0.1)
    assert {verdict.status for verdict in report.verdicts} == {"undecided"}
    assert all("no verdict" in verdict.because for verdict in report.verdicts)


def test_a_system_that_refuses_one_group_is_told_of() -> None:
    women = {
        half.text
        for pair in study().pairs
        if pair.arm == "name"
        for half in pair.halves
        if half.group == "women"
    }
    refused = set(sorted(women)[:20])
    report = audit_resumes(
        study(),
        lambda texts: [None if text in refused else quality(text) for text in texts],
    )
    told = next(one for one in part_of(report).findings if one.id == "refusals")
    assert told.evidence.kind == "measurement"
    rows = {row.name: row for row in told.evidence.rows}
    row = rows["name: share refused, women minus men"]
    assert row.estimate.value == pytest.approx(20 / 60)
    assert row.p_value < 1e-4


def test_feedback_that_doubts_one_group_is_found_in_the_texts() -> None:
    def hedging(texts: list[str]) -> list[str]:
        return [
            "A solid nurse. "
            + (
                "She might perhaps do, though it seems unclear."
                if "women's" in text
                else ""
            )
            + "Well trained. " * min(int(quality(text)), 40)
            for text in texts
        ]

    report = audit_resumes(study(), hedging)
    told = next(one for one in part_of(report).findings if one.id == "feedback")
    assert "hedges" in told.sentence


def test_a_fair_system_is_equivalent_within_a_margin_and_passes() -> None:
    def fair(texts: list[str]) -> list[float]:
        # Nothing of the cues: every word that differs within a pair is left out.
        return [
            len(re.findall(r"\b(?:certified|led|years?|trained)\b", t.lower()))
            for t in texts
        ]

    report = audit_resumes(study(), fair, margin=0.5, why="half a point is no difference")
    by_arm = {verdict.id.partition(":")[0]: verdict.status for verdict in report.verdicts}
    assert by_arm == {"club": "pass", "name": "pass"}


@pytest.mark.parametrize("name", sorted(formats()))
def test_a_study_is_in_every_format_and_read_back(name: str) -> None:
    report = audit_resumes(study(), trained(-1.2, seed=1).predict_proba, margin=0.02)
    assert AuditReport.from_json(report.to_json()) == report
    assert "disparity" in renderer_for(name).render(report).lower()


@pytest.mark.parametrize(
    ("system", "message"),
    [
        (lambda _: [1.0], "texts and answered 1 times"),
        (lambda texts: [object()] * len(texts), "is no answer"),
        (lambda texts: [float("inf")] * len(texts), "infinity"),
    ],
)
def test_a_system_that_does_not_answer_as_it_must_is_refused(
    system: Any,  # noqa: ANN401
    message: str,
) -> None:
    with pytest.raises(InputError, match=message):
        audit_resumes(study(), system)


@pytest.mark.parametrize("margin", [0, -1, "a", True, math.nan, math.inf])
def test_a_margin_of_none_is_refused(margin: Any) -> None:  # noqa: ANN401 - wrong on purpose
    with pytest.raises(InputError, match="margin: must be a number above 0; got"):
        audit_resumes(study(), lambda texts: [1.0] * len(texts), margin=margin)


def test_a_placebo_arm_without_answers_is_not_called_missing() -> None:
    silent = audit_resumes(study(), lambda texts: [None for _ in texts], margin=0.1)
    (told,) = (one.sentence for one in part_of(silent).findings if one.id == "controls")
    assert told.startswith("The placebo arm has too few answers")
    assert not any(note.id == "no_placebo" for note in part_of(silent).notes)
    assert {verdict.status for verdict in silent.verdicts} == {"undecided"}
