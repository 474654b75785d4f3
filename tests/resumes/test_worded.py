from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from fairaudit import audit_resumes
from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate, Interval
from fairaudit.report.model import AuditReport, Study
from fairaudit.resumes import ResumeStudy, generate
from fairaudit.resumes.effects import effects_of
from fairaudit.resumes.effects.effect import Effect
from fairaudit.resumes.effects.study import StudyEffects
from fairaudit.resumes.pair import Half, Outcome, Pair
from fairaudit.resumes.study_findings import findings_of
from fairaudit.resumes.worded import as_labels
from tests.resumes.studies import answered, fair, outcome, study

Key = tuple[str, int, str, int]


def texts(*answers: str) -> dict[Key, Outcome]:
    return {
        (f"name-{place}", 0, "plain", 0): outcome(None, kind="text", text=answer)
        for place, answer in enumerate(answers)
    }


def read(answers: list[str], *yes: str) -> list[float | None]:
    found = as_labels(texts(*answers), yes, system="mine").outcomes.values()
    assert {one.text for one in found} == {None}
    return [one.value for one in found]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (("yes", "no"), "label"),
        (("Yes.", "NO"), "label"),
        (("true", "False"), "label"),
        (("**Yes**, I would invite them.", "No"), "label"),
        (("1", "0"), "score"),
        (("0.75", "-.5"), "score"),
    ],
)
def test_what_is_certain_is_read(said: tuple[str, str], kind: str) -> None:
    worded = as_labels(texts(*said * 10), system="mine")
    assert {one.kind for one in worded.outcomes.values()} == {kind}
    wanted = (0.75, -0.5) if "0.75" in said else (1, 0)
    assert tuple(one.value for one in worded.outcomes.values()) == wanted * 10
    assert worded.told


@pytest.mark.parametrize(
    "said",
    [
        ("invite", "reject"),
        ("Invite", "REJECT."),
        ("hire", "no hire"),
        ("ja", "nein"),
        ("採用", "不採用"),
        ("👍", "👎"),
        ("invite", "reject", "on the waiting list"),
        ("A", "B", "C", "D"),
        ("invite",),
        ("8/10", "7/10"),
    ],
)
def test_decisions_are_refused_until_it_is_said_what_means_yes(
    said: tuple[str, ...],
) -> None:
    with pytest.raises(
        InputError, match=r"which answer means yes.*yes='ANSWER'"
    ) as refused:
        read(list(said) * 10)
    assert f"({10:,})" in str(refused.value)
    assert read(list(said) * 10, said[0]) == [float(one == said[0]) for one in said] * 10


def test_several_answers_may_mean_yes() -> None:
    assert read(["hire", "call back", "no"] * 5, "Hire", "Call back") == [1, 1, 0] * 5


def test_long_answers_among_decisions_are_unparsable_and_refusals_are_refused() -> None:
    rest = ["invite " * 20, "I'm sorry, I can't judge people."]
    found = as_labels(texts(*["invite", "reject"] * 20, *rest), ["invite"], system="mine")
    states = [one.state for one in found.outcomes.values()]
    assert states == ["ok"] * 40 + ["unparsable", "refused"]
    assert found.told is not None
    assert found.told.startswith(
        "“invite” (20) read as yes, 1; “reject” (20) read as no, 0"
    )


def test_texts_stay_texts_and_numbers_numbers() -> None:
    long = texts(*(f"Applicant {n} has led a ward for {n} years." for n in range(40)))
    short = texts(*(f"strong on skill {n}" for n in range(40)))
    numbers = {("name-0", 0, "plain", 0): outcome(1.0)}
    for kept in (long, short, numbers):
        worded = as_labels(kept, system="mine")
        assert worded.outcomes == kept
        assert worded.told is None


def test_figures_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(InputError, match=r"no plain numbers, such as “0%”"):
        read([f"{n}%" for n in range(40)])


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        (texts(*["invite", "reject"] * 5), "never answers “invit”.*mean 'invite'"),
        (texts(*["the record is solid and long enough"] * 5), "answers in texts"),
        ({("name-0", 0, "plain", 0): outcome(1.0)}, "does not answer in words"),
    ],
)
def test_a_yes_that_nobody_says_is_refused(
    answers: dict[Key, Outcome], refusal: str
) -> None:
    with pytest.raises(InputError, match=refusal):
        as_labels(answers, ["invit"], system="mine")


@cache
def nurses() -> ResumeStudy:
    return generate(jobs=["nurse"], pairs=60, arms=["name", "placebo", "quality"], seed=3)


def decide(texts: list[str]) -> list[str]:
    return ["invite" if len(re.findall(r"\w+", text)) > 150 else "reject" for text in texts]


def test_a_study_of_decisions_is_one_of_labels() -> None:
    with pytest.raises(InputError, match="decide answers in a word or two"):
        audit_resumes(nurses(), decide)
    worded = audit_resumes(nurses(), decide, yes="invite")
    numbers = audit_resumes(
        nurses(), lambda texts: [one == "invite" for one in decide(texts)]
    )
    assert sentences(worded) == sentences(numbers)
    assert "feedback" not in sentences(worded)
    told = dict(study_part(worded).design)["Answers"]
    assert "“invite”" in told
    assert "read as yes, 1" in told


def study_part(report: AuditReport) -> Study:
    part = report.parts[0]
    assert isinstance(part, Study)
    return part


def sentences(report: AuditReport) -> dict[str, str]:
    return {finding.id: finding.sentence for finding in report.findings}


def written(rng: np.random.Generator, pair: Pair, half: Half, level: float) -> Outcome:
    """Feedback whose length tells strong from weak, and whose tone is that of names."""
    words = "solid " * int(10 + 2 * (half.group == "strong") + rng.integers(3))
    return outcome(None, kind="text", text=f"{words}perhaps " * int(1 + rng.integers(2)))


def of_texts() -> StudyEffects:
    rng = np.random.default_rng(4)
    pairs = study(40, rng=rng)
    return effects_of(pairs, answered(pairs, written, rng=rng), margin=None)


def told(found: StudyEffects) -> dict[str, str]:
    return {one.id: one.sentence for one in findings_of(nurses(), found)}


def moved(effect: Effect, low: float, p_value: float) -> Effect:
    interval = Interval(low=low, high=low + 1, level=0.95, method="t")
    estimate = Estimate(value=low + 0.5, interval=interval, denominator=40)
    return replace(effect, estimate=estimate, adjusted_p=p_value)


def test_a_placebo_of_texts_is_told_in_every_measure() -> None:
    found = of_texts()
    assert found.controls.responds
    (controls,) = (one for one in findings_of(nurses(), found) if one.id == "controls")
    assert controls.evidence.kind == "measurement"
    first, *placebo = controls.evidence.rows
    assert first.name.startswith("quality: hedges")
    assert len(placebo) == 2 * len({one.measure for one in found.feedback})
    assert [one.estimate.denominator for one in placebo] == [40] * len(placebo)
    assert "compared in each measure" in controls.sentence


def test_no_difference_is_never_said_where_nothing_may_be_concluded() -> None:
    found = of_texts()
    mute = tuple(
        replace(
            one,
            verdict=replace(one.verdict, word="no verdict", because="The placebo fails."),
        )
        for one in found.feedback
    )
    assert told(replace(found, feedback=mute))["feedback"] == (
        "Nothing is said of any measure of the texts: the placebo fails."
    )
    assert "No difference is shown in: " in (
        some := told(replace(found, feedback=(*mute[:1], *found.feedback[1:])))["feedback"]
    )
    assert "Nothing is said of length: the placebo fails." in some


def test_an_interval_that_leaves_out_0_under_no_difference_is_told() -> None:
    found = of_texts()
    # As it comes: two measures of this study, before they are judged together.
    assert told(found)["feedback"] == (
        "No difference is shown in any measure of the texts. 0 lies outside the interval "
        "of length (p = 0.17), sentiment (p = 0.17); but intervals are of one effect "
        "alone, and among all that are looked at this may come by chance."
    )
    first, *rest = found.feedback
    apart = replace(first, effects=(moved(first.effects[0], 0.1, 0.12),))
    assert "length (p = 0.12)" in told(replace(found, feedback=(apart, *rest)))["feedback"]
    around = [
        replace(one, effects=(moved(one.effects[0], -0.5, 0.9),)) for one in found.feedback
    ]
    assert told(replace(found, feedback=tuple(around)))["feedback"] == (
        "No difference is shown in any measure of the texts."
    )


def test_a_change_under_a_framing_is_not_denied_above_its_own_interval() -> None:
    rng = np.random.default_rng(5)
    pairs = study(60, rng=rng)
    asked = answered(pairs, fair, rng=rng, framings=("plain", "persona"))
    found = effects_of(pairs, asked, margin=None)
    (under,) = found.pressure
    assert under.verdict.word == "inconclusive"
    apart = replace(under, changes=(moved(under.changes[0], 0.1, 0.06),))
    sentence = told(replace(found, pressure=(apart,)))["pressure"]
    assert sentence.startswith("No change is shown under persona (name). 0 lies outside")
    assert "persona (p = 0.06)" in sentence
