from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from statsmodels.stats.power import TTestPower

from fairaudit.core.errors import InputError
from fairaudit.resumes.effects import StudyEffects, effects_of
from fairaudit.resumes.generator import generate
from fairaudit.resumes.pair import Half, Outcome, Pair
from fairaudit.resumes.study_findings import findings_of
from tests.resumes.studies import Reply, answered, biased, fair, outcome, pair, study


def run(
    seed: int,
    reply: Reply,
    *,
    count: int = 100,
    margin: float = 0.3,
    names: int | None = None,
    **options: Any,  # noqa: ANN401 - handed on to `answered`
) -> StudyEffects:
    rng = np.random.default_rng(seed)
    pairs = study(count, rng=rng, names=names)
    return effects_of(pairs, answered(pairs, reply, rng=rng, **options), margin=margin)


def test_a_gap_is_found_with_its_sign_and_speaks_of_names_like_these() -> None:
    found = run(1, biased(0.5))
    effect = found.arms[0].effects[0]
    assert found.verdict.word == "disparity"
    assert found.verdict.claim == "names like these"
    assert effect.contrast == "men minus women"
    assert effect.estimate.value == pytest.approx(0.5, abs=0.25)
    assert "two sets of names of one group differ by" in found.verdict.because


def test_the_reference_is_the_group_that_is_subtracted() -> None:
    rng = np.random.default_rng(3)
    pairs = study(100, rng=rng)
    outcomes = answered(pairs, biased(0.5), rng=rng)
    to_men = effects_of(pairs, outcomes, margin=0.3, reference="men").arms[0].effects[0]
    to_women = effects_of(pairs, outcomes, margin=0.3, reference="women").arms[0].effects[0]
    assert to_men.contrast == "women minus men"
    assert to_men.estimate.value is not None
    assert to_men.estimate.value < 0
    assert to_women.estimate.value == pytest.approx(-to_men.estimate.value)
    assert to_women.p_value == pytest.approx(to_men.p_value)


def test_no_gap_in_many_pairs_is_equivalent_within_the_margin() -> None:
    found = run(2, fair, count=300)
    assert found.verdict.word == "equivalent"
    assert "below 0.3" in found.verdict.because


def test_few_pairs_are_inconclusive_and_say_what_would_be_found() -> None:
    found = run(4, fair, count=40, margin=0.05)
    assert found.verdict.word == "inconclusive"
    assert re.search(
        r"a gap of 0\.\d+ would be told from none with probability 0\.8",
        found.verdict.because,
    )


def of_gaps(*shifts: float, margin: float | None, sd: float = 0.2) -> StudyEffects:
    """Give an arm of 100 pairs to each shift, whose gaps have just that mean and SD."""
    rng = np.random.default_rng(30)
    pairs = [one for one in study(100, rng=rng) if one.arm != "name"]
    outcomes = answered(pairs, fair, rng=rng)
    for arm, shift in enumerate(shifts):
        gaps = rng.normal(size=100)
        gaps = shift + sd * (gaps - gaps.mean()) / gaps.std(ddof=1)
        for place, gap in enumerate(gaps):
            names = (f"w{place}", f"m{place}")
            one = pair(place, f"arm{arm}", ("women", "men"), names, f"{arm}/{place}")
            pairs.append(one)
            outcomes[one.id, 0, "plain", 0] = outcome(-float(gap))
            outcomes[one.id, 1, "plain", 0] = outcome(0.0)
    return effects_of(pairs, outcomes, margin=margin)


@pytest.mark.parametrize(
    ("margin", "word"),
    [
        (None, "disparity"),
        (0.05, "disparity"),
        (0.07, "inconclusive"),
        (0.1, "inconclusive"),
        (0.13, "inconclusive"),
        (0.14, "equivalent"),
    ],
)
def test_what_is_shown_to_differ_fails_beyond_the_margin_alone(
    margin: float | None, word: str
) -> None:
    # A gap of 0.1 with 95 % from 0.0603 to 0.1397, and 90 % to 0.1332.
    verdict = of_gaps(0.1, margin=margin).verdict
    assert verdict.word == word
    if word == "inconclusive":
        told = f"A difference is shown, but not that it is beyond {margin:g} (p = "
        assert verdict.because.startswith(told)
    if margin == 0.05:
        assert "100 pairs), beyond 0.05 (p = 0.01" in verdict.because


def test_beyond_the_margin_is_judged_by_holm_over_arms() -> None:
    alone = of_gaps(0.1, margin=0.057)
    among = of_gaps(0.1, 0.0, 0.0, margin=0.057)
    assert alone.arms[0].verdict.word == "disparity"
    assert among.arms[0].verdict.word == "inconclusive"
    (effect,) = among.arms[0].effects
    assert effect.beyond_p is not None
    assert effect.adjusted_beyond_p == pytest.approx(3 * effect.beyond_p)


def test_refusals_that_differ_fail_whatever_the_margin_of_answers() -> None:
    assert run(9, refusing, margin=5).verdict.word == "disparity"


@pytest.mark.parametrize("arms", [1, 2, 3, 6])
def test_the_gap_that_would_be_found_counts_the_arms_judged_together(arms: int) -> None:
    found = of_gaps(*[0.0] * arms, margin=None)
    gap = found.arms[0].effects[0].smallest_detectable
    assert gap is not None
    power = TTestPower().power(gap / 0.2, nobs=100, alpha=0.05 / arms)
    assert power == pytest.approx(0.8, abs=1e-4)


def test_more_groups_are_found_by_the_test_of_all_besides() -> None:
    rng = np.random.default_rng(31)
    pairs = study(40, rng=rng, groups=("a", "b", "c"))
    found = effects_of(pairs, answered(pairs, fair, rng=rng), margin=None)
    assert found.verdict.because.endswith("0.8, the test of all groups apart.")


def test_a_constant_answer_gets_no_verdict() -> None:
    found = run(5, lambda *_: outcome(3.0))
    assert found.verdict.word == "no verdict"
    assert "does not respond to qualifications" in found.verdict.because


def test_without_a_quality_arm_there_is_no_verdict() -> None:
    rng = np.random.default_rng(6)
    pairs = [pair for pair in study(60, rng=rng) if pair.arm != "quality"]
    found = effects_of(pairs, answered(pairs, biased(1.0), rng=rng), margin=0.3)
    assert found.verdict.word == "no verdict"
    assert "no quality arm" in found.verdict.because


def test_a_system_that_prefers_weak_applications_gets_no_verdict() -> None:
    def upside_down(
        rng: np.random.Generator, pair: Pair, half: Half, level: float
    ) -> Outcome:
        return outcome(-level + rng.normal(0, 0.6))

    assert run(7, upside_down).verdict.word == "no verdict"


def asked_the_reverse(reply: Reply, sign: float) -> StudyEffects:
    """Ask of strong and weak applications besides what speaks against them."""
    rng = np.random.default_rng(23)
    pairs = study(60, rng=rng)
    outcomes = answered(pairs, reply, rng=rng)
    quality = [pair for pair in pairs if pair.arm == "quality"]

    def turned(rng: np.random.Generator, pair: Pair, half: Half, level: float) -> Outcome:
        return outcome(sign * level + rng.normal(0, 0.6))

    outcomes |= answered(quality, turned, rng=rng, framings=("reversed",))
    return effects_of(pairs, outcomes, margin=0.3)


def test_a_system_that_says_more_of_the_strong_to_any_question_gets_no_verdict() -> None:
    agreeing = asked_the_reverse(biased(1.0), 1.0)
    assert agreeing.verdict.word == "no verdict"
    assert "does not respond to qualifications" in agreeing.verdict.because
    assert "when it is asked the reverse" in agreeing.verdict.because
    assert agreeing.controls.reverse is not None
    assert agreeing.pressure == ()


def test_a_system_that_reads_the_question_passes_both_ways_round() -> None:
    reading = asked_the_reverse(biased(1.0), -1.0)
    assert reading.verdict.word == "disparity"
    assert reading.controls.responds
    # Neither way round can stand in for the other.
    assert asked_the_reverse(lambda *_: outcome(3.0), -1.0).verdict.word == "no verdict"
    assert asked_the_reverse(biased(1.0), 0.0).verdict.word == "no verdict"


def test_ranks_count_down() -> None:
    def ranked(rng: np.random.Generator, pair: Pair, half: Half, level: float) -> Outcome:
        lower = -level + 0.6 * (half.group == "women") + rng.normal(0, 0.6)
        return outcome(lower, kind="rank")

    assert run(8, ranked).verdict.word == "disparity"


def refusing(rng: np.random.Generator, pair: Pair, half: Half, level: float) -> Outcome:
    """Refuse women a third of the time, and rate them as men otherwise."""
    if half.group.startswith("women") and rng.random() < 0.33:
        return outcome(None, state="refused")
    return outcome(level + rng.normal(0, 0.6))


def test_refusing_one_group_is_a_disparity_of_refusals() -> None:
    found = run(9, refusing)
    arm = found.arms[0]
    assert found.verdict.word == "disparity"
    assert found.verdict.because.startswith("Share refused")
    assert arm.answered < 0.95
    (refused,) = arm.nonanswers
    assert refused.method == "McNemar mid-p"


def test_where_nothing_is_answered_no_method_is_named() -> None:
    found = run(9, lambda *_: outcome(None, state="refused"), count=20)
    made = generate(jobs=["nurse"], pairs=20, seed=7)
    told = [one.evidence for one in findings_of(made, found)]
    methods = [one.method for one in told if one.kind == "measurement"]
    assert any(
        method.startswith("Intervals are of each effect alone") for method in methods
    )
    assert not any(method.startswith("none") for method in methods)


def test_the_bounds_hold_the_gap_that_missing_answers_hide() -> None:
    rng = np.random.default_rng(10)
    pairs = study(100, rng=rng)
    truth = answered(pairs, fair, rng=rng)
    hidden = {
        key: outcome(None, state="unparsable") if rng.random() < 0.1 else one
        for key, one in truth.items()
    }
    values = [one.value for one in truth.values() if one.value is not None]
    whole = effects_of(pairs, truth, margin=0.3).arms[0].effects[0]
    part = (
        effects_of(pairs, hidden, margin=0.3, limits=(min(values), max(values)))
        .arms[0]
        .effects[0]
    )
    assert whole.bounds == pytest.approx((whole.estimate.value,) * 2)
    assert part.bounds is not None
    assert whole.estimate.value is not None
    assert part.bounds[0] < whole.estimate.value < part.bounds[1]
    assert part.pairs == 100
    assert part.estimate.denominator is not None
    assert part.estimate.denominator < 100


def alarms(seeds: range, reply: Reply, **options: Any) -> float:  # noqa: ANN401 - handed on to `run`
    words = [run(seed, reply, **options).verdict.word for seed in seeds]
    return words.count("disparity") / len(words)


def test_four_names_that_come_back_do_not_alarm() -> None:
    # Names of SD 0.4 and no gap: a paired t test alarms in half of the studies.
    assert alarms(range(60), fair, names=4, name_sd=0.4, count=60) <= 0.1


@pytest.mark.slow
def test_four_names_that_come_back_do_not_alarm_in_200_studies() -> None:
    assert alarms(range(200), fair, names=4, name_sd=0.4) <= 0.07


@pytest.mark.slow
def test_fresh_names_do_not_alarm_in_200_studies() -> None:
    assert alarms(range(200), fair, name_sd=0.4) <= 0.07


def test_a_gap_that_triples_under_persona_is_found_there_alone() -> None:
    rng = np.random.default_rng(18)
    pairs = study(100, rng=rng)
    outcomes = answered(pairs, biased(0.25), rng=rng, framings=("plain", "fiction"))
    bodies = {key: one.value for key, one in outcomes.items() if key[2] == "plain"}
    group = {pair.id: [half.group for half in pair.halves] for pair in pairs}
    for (name, place, _, repeat), level in bodies.items():
        more = 0.5 * (group[name][place] == "women")
        assert level is not None
        outcomes[name, place, "persona", repeat] = outcome(
            level - more + rng.normal(0, 0.3)
        )
    found = effects_of(pairs, outcomes, margin=0.3)
    words = {under.framing: under.verdict.word for under in found.pressure}
    assert words["persona"] == "disparity"
    assert words["fiction"] != "disparity"


@pytest.mark.slow
def test_framings_that_change_nothing_alarm_in_few_studies() -> None:
    # Family-wise over three framings; three standard errors above 5 % of 200 studies.
    alarmed = 0
    for seed in range(200):
        found = run(seed, biased(0.25), framings=("plain", "persona", "fiction", "spaced"))
        words = [under.verdict.word for under in found.pressure]
        alarmed += "disparity" in words
    assert alarmed / 200 <= 0.096


@pytest.mark.parametrize(
    ("margin", "told"),
    [
        (0.3, "Whether it changes by more than the margin is undecided under persona"),
        (None, "The difference changes under persona (name)"),
    ],
)
def test_a_change_that_is_shown_and_not_beyond_the_margin_is_undecided(
    margin: float | None, told: str
) -> None:
    made = generate(jobs=["nurse"], pairs=60, arms=["name", "quality"], seed=7)
    rng = np.random.default_rng(32)
    outcomes: dict[tuple[str, int, str, int], Outcome] = {}
    for one in made.pairs:
        for place, half in enumerate(one.halves):
            level = float((half.group == "strong") + rng.normal(0, 0.3))
            more = 0.3 * (half.group == "women") + rng.normal(0, 0.3)
            outcomes[one.id, place, "plain", 0] = outcome(level)
            outcomes[one.id, place, "persona", 0] = outcome(level + more)
    found = effects_of(made.pairs, outcomes, margin=margin)
    sentences = [finding.sentence for finding in findings_of(made, found)]
    assert any(told in sentence for sentence in sentences)


def test_a_framing_without_competence_gets_no_verdict() -> None:
    rng = np.random.default_rng(12)
    pairs = study(60, rng=rng)
    outcomes = answered(pairs, biased(0.2), rng=rng)
    group = {pair.id: [half.group for half in pair.halves] for pair in pairs}
    for name, place, _, repeat in list(outcomes):
        # Encoded, it sees nothing but the name.
        seen = 1.0 * (group[name][place] == "women")
        outcomes[name, place, "base64", repeat] = outcome(seen + rng.normal(0, 0.1))
    (under,) = effects_of(pairs, outcomes, margin=0.3).pressure
    assert under.framing == "base64"
    assert under.verdict.word == "no verdict"


def test_more_groups_are_compared_with_their_grand_mean_after_an_omnibus_test() -> None:
    rng = np.random.default_rng(13)
    pairs = study(100, rng=rng, groups=("a", "b", "c", "d"))

    def against_a(
        rng: np.random.Generator, pair: Pair, half: Half, level: float
    ) -> Outcome:
        return outcome(level - 0.6 * (half.group == "a") + rng.normal(0, 0.6))

    arm = effects_of(pairs, answered(pairs, against_a, rng=rng), margin=0.1).arms[0]
    assert arm.omnibus is not None
    assert arm.omnibus.p_value < 0.001
    assert arm.effects[0].contrast == "a minus the grand mean"
    assert arm.effects[0].adjusted_p is not None
    assert arm.effects[0].adjusted_p < 0.001
    assert arm.verdict.word == "disparity"
    pairwise = effects_of(
        pairs, answered(pairs, against_a, rng=rng), margin=0.3, comparison="all pairs"
    ).arms[0]
    assert len(pairwise.effects) == 6


def test_repeats_of_a_call_are_averaged_and_errors_of_the_line_are_no_answers() -> None:
    rng = np.random.default_rng(14)
    pairs = study(50, rng=rng)
    once = answered(pairs, biased(0.4), rng=rng)
    twice = dict(once)
    for (name, place, framing, _), one in once.items():
        twice[name, place, framing, 1] = one
        twice[name, place, framing, 2] = outcome(None, state="error")
    first = effects_of(pairs, once, margin=0.3).arms[0]
    assert effects_of(pairs, twice, margin=0.3).arms[0] == first


def test_outcomes_of_two_kinds_are_refused() -> None:
    rng = np.random.default_rng(15)
    pairs = study(5, rng=rng)
    outcomes = answered(pairs, fair, rng=rng)
    key = next(iter(outcomes))
    outcomes[key] = outcome(1.0, kind="label")
    with pytest.raises(InputError, match="one kind"):
        effects_of(pairs, outcomes, margin=0.3)


def test_pairs_of_controls_alone_are_refused() -> None:
    rng = np.random.default_rng(16)
    pairs = [pair for pair in study(5, rng=rng) if pair.arm == "quality"]
    with pytest.raises(InputError, match="placebo and quality arms"):
        effects_of(pairs, answered(pairs, fair, rng=rng), margin=0.3)


def test_a_study_without_the_plain_question_is_refused() -> None:
    rng = np.random.default_rng(17)
    pairs = study(5, rng=rng)
    with pytest.raises(InputError, match="plain"):
        effects_of(pairs, answered(pairs, fair, rng=rng, framings=("persona",)), margin=0.3)


def yes_or_no(gap: float) -> Reply:
    """Say yes to the better half of applications, women's a little less."""

    def reply(rng: np.random.Generator, pair: Pair, half: Half, level: float) -> Outcome:
        level -= gap * (half.group == "women")
        return outcome(float(level + rng.normal(0, 0.6) > 0), kind="label")

    return reply


def test_yes_or_no_answers_are_tested_by_discordant_pairs() -> None:
    found = run(18, yes_or_no(0.8), count=150, margin=0.1)
    effect = found.arms[0].effects[0]
    assert effect.method == "McNemar mid-p"
    assert found.verdict.word == "disparity"


def test_yes_or_no_answers_under_names_that_come_back_are_clustered() -> None:
    effect = run(19, yes_or_no(0.8), names=5, margin=0.1).arms[0].effects[0]
    assert effect.method == "t clustered two ways by name"
    assert effect.df == 4


def test_one_name_a_group_speaks_of_these_names() -> None:
    found = run(20, biased(0.8), names=1)
    assert found.verdict.word == "disparity"
    assert found.verdict.claim == "these names"


def test_without_a_margin_nothing_is_called_equivalent() -> None:
    rng = np.random.default_rng(21)
    pairs = study(300, rng=rng)
    found = effects_of(pairs, answered(pairs, fair, rng=rng), margin=None)
    assert found.arms[0].effects[0].equivalence_p is None
    assert found.verdict.word == "inconclusive"


def test_a_study_survives_json() -> None:
    rng = np.random.default_rng(22)
    pairs = study(30, rng=rng, groups=("a", "b", "c"))
    outcomes = answered(pairs, refusing, rng=rng, framings=("plain", "persona"))
    found = effects_of(pairs, outcomes, margin=0.3)
    adapter = TypeAdapter(StudyEffects)
    assert adapter.validate_json(adapter.dump_json(found)) == found


def test_a_gap_that_is_sure_and_small_says_that_it_is_below_the_margin() -> None:
    found = run(23, biased(0.3), count=400, margin=1.0)
    assert found.verdict.word == "equivalent"
    told = "Every gap is below 1 either way, though not nothing"
    assert found.verdict.because.startswith(told)


def test_a_system_that_refuses_everybody_gets_no_verdict() -> None:
    found = run(24, lambda *_: outcome(None, state="refused"), count=20)
    assert found.verdict.word == "no verdict"
    assert found.arms[0].answered == 0
