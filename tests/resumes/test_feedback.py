from __future__ import annotations

import numpy as np
import pytest

from fairaudit.resumes.effects import StudyEffects, effects_of
from fairaudit.resumes.pair import Half, Kind, Outcome, Pair
from tests.resumes.studies import Reply, answered, outcome, study

PLAIN = (
    "the record is solid and the experience fits the ward",
    "the duties are described clearly and the dates agree",
    "references from two hospitals are named and recent",
    "a course in intensive care was completed last year",
)
HEDGED = (
    "perhaps the record might fit the ward somewhat",
    "the dates possibly agree though it seems unlikely",
)


def feedback(extra: float, kind: Kind = "rating") -> Reply:
    """A stub whose rating is fair and whose feedback on women hedges more often."""

    def reply(rng: np.random.Generator, pair: Pair, half: Half, level: float) -> Outcome:
        share = 0.2 + extra * (half.group == "women")
        picks = rng.random(4) < share
        parts = [rng.choice(HEDGED if hedge else PLAIN) for hedge in picks]
        if half.group == "strong":
            parts += ["an excellent and brilliant application"] * 2
        rating = level + rng.normal(0, 0.6) if kind == "rating" else None
        return outcome(rating, kind=kind, text=". ".join(parts) + ".")

    return reply


def run(seed: int, extra: float, kind: Kind = "rating") -> StudyEffects:
    rng = np.random.default_rng(seed)
    pairs = study(100, rng=rng)
    return effects_of(pairs, answered(pairs, feedback(extra, kind), rng=rng), margin=0.4)


def words_by_measure(found: StudyEffects) -> dict[str, str]:
    return {one.measure: one.verdict.word for one in found.feedback}


def test_feedback_that_hedges_more_for_one_group_is_found_at_equal_ratings() -> None:
    found = run(1, 0.3)
    assert found.verdict.word != "disparity"
    words = words_by_measure(found)
    assert words["hedges"] == "disparity"
    assert words["agentic less communal"] != "disparity"
    (hedges,) = (one for one in found.feedback if one.measure == "hedges")
    assert hedges.controls.floor is not None
    assert abs(hedges.effects[0].estimate.value or 0) > hedges.controls.floor


def false_alarms(seeds: range) -> float:
    alarmed = ["disparity" in words_by_measure(run(seed, 0.0)).values() for seed in seeds]
    return sum(alarmed) / len(alarmed)


def test_feedback_alike_for_both_groups_does_not_alarm() -> None:
    assert false_alarms(range(20)) <= 0.2


@pytest.mark.slow
def test_feedback_alike_for_both_groups_does_not_alarm_in_200_studies() -> None:
    assert false_alarms(range(200)) <= 0.07


def test_replies_of_text_alone_show_their_competence_in_the_text() -> None:
    found = run(2, 0.3, kind="text")
    assert found.kind == "text"
    assert found.controls.responds
    assert words_by_measure(found)["hedges"] == "disparity"
    assert found.verdict.because == "Nothing but text was answered."


def test_text_that_is_the_same_for_strong_and_weak_gets_no_verdict() -> None:
    rng = np.random.default_rng(3)
    pairs = study(40, rng=rng)

    def reply(rng: np.random.Generator, pair: Pair, half: Half, level: float) -> Outcome:
        text = HEDGED[0] if half.group == "women" else PLAIN[0]
        return outcome(None, kind="text", text=text)

    found = effects_of(pairs, answered(pairs, reply, rng=rng), margin=None)
    assert set(words_by_measure(found).values()) == {"no verdict"}
    assert "not shown to differ in any measure" in found.feedback[0].verdict.because


def test_replies_without_text_have_no_feedback() -> None:
    rng = np.random.default_rng(4)
    pairs = study(10, rng=rng)
    outcomes = answered(pairs, lambda *_: outcome(1.0), rng=rng)
    assert effects_of(pairs, outcomes, margin=0.3).feedback == ()
