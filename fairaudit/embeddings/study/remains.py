"""What debiasing leaves behind and what it costs: two findings that are never apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Measured, Measurement
from fairaudit.embeddings.residual import residual_bias
from fairaudit.embeddings.study.sides import AFTER, BEFORE, Section, each_side, written
from fairaudit.embeddings.utility import utility_tests

if TYPE_CHECKING:
    from fairaudit.core.estimate import Estimate
    from fairaudit.embeddings.residual import Residual, ResidualTests
    from fairaudit.embeddings.study.sides import Sides
    from fairaudit.embeddings.utility import UtilityTests


def residual_section(sides: Sides, *, seed: int) -> Section:
    """Can gender still be told from the words around a word?

    Parameters
    ----------
    sides : tuple of Side
        Before and after.
    seed : int
        For clustering and the choice of training words.

    Returns
    -------
    Section
        Two findings: accuracies, and the company that professions keep.
    """
    found = residual_bias(sides[0].embedding, sides[1].embedding, seed=seed)
    return Section(
        findings=(_told_apart(found), _company(found)),
        numbers={
            "residual.clustering": found.after.clustering,
            "residual.classifier": found.after.classifier,
            "residual.neighbours": found.after.neighbours,
        },
    )


def utility_section(sides: Sides) -> Section:
    """How good are the vectors at other things, on every side?"""
    found = [utility_tests(side.embedding) for side in sides]
    rows = tuple(
        Measured(name=name, estimate=estimate, group=side.label)
        for name in ("WordSim-353", "SimLex-999", "analogies")
        for side, one in zip(sides, found, strict=True)
        for estimate in [_utility(one, name)]
    )
    told = each_side(sides, [written(one.likeness["wordsim353"].pearson) for one in found])
    last = found[-1]
    return Section(
        findings=(
            Finding(
                id="utility",
                sentence=(
                    f"The likeness of words as people judge it and as the vectors have it "
                    f"correlate by {told} (WordSim-353)."
                ),
                estimate=last.likeness["wordsim353"].pearson,
                evidence=Measurement(
                    title="What the vectors are good for",
                    quantity="correlation or share",
                    rows=rows,
                    method=(
                        "likeness: Pearson's correlation of cosines with people's "
                        "judgement, Fisher's interval; analogies: share answered rightly, "
                        "words of the question barred, Wilson's interval"
                    ),
                ),
                references=("finkelstein2002", "hill2015", "mikolov2013"),
                caveats=("Tests of likeness in English are not the use at hand.",),
            ),
        ),
        numbers={
            "utility.wordsim353": last.likeness["wordsim353"].pearson,
            "utility.simlex999": last.likeness["simlex999"].pearson,
            "utility.analogies": last.analogies,
        },
    )


def _utility(found: UtilityTests, name: str) -> Estimate:
    """Give one test's number."""
    if name == "analogies":
        return found.analogies
    return found.likeness["wordsim353" if name == "WordSim-353" else "simlex999"].pearson


def _told_apart(found: Residual) -> Finding:
    """Say how well the sides can be told apart, before and after."""
    rows = tuple(
        Measured(name=name, estimate=estimate, group=label)
        for name, kind in (("two clusters", "clustering"), ("a classifier", "classifier"))
        for label, tests in ((BEFORE, found.before), (AFTER, found.after))
        for estimate in [getattr(tests, kind)]
    )
    before, after = found.before.classifier, found.after.classifier
    return Finding(
        id="residual",
        sentence=(
            f"{_opening(after)} classifier tells words that leant to men from those that "
            f"leant to women with accuracy {written(before)} before and {written(after)} "
            f"after."
            if after.value is not None
            else f"Nothing can be told of a bias that is left: {after.undefined_because}."
        ),
        estimate=after,
        evidence=Measurement(
            title="Whether gender can still be told",
            quantity="share told rightly",
            rows=rows,
            neutral=0.5,
            method=_told_how(found.before) if after.value is not None else None,
        ),
        references=("gonen2019",),
        caveats=("Two clusters are named so that at least half is right.",),
    )


def _told_how(tests: ResidualTests) -> str:
    """Say which words were told apart, and how."""
    classified = tests.trained + tests.tested
    return (
        f"plain words outside the lists about gender, by their leaning in the vectors "
        f"before; two clusters: of the {tests.per_side:,} most male and the "
        f"{tests.per_side:,} most female, by 2-means, the better naming; a classifier: "
        f"of the {classified:,} most male and the {classified:,} most female, a "
        f"support-vector machine trained on {tests.trained:,} of either and asked for the "
        f"other {tests.tested:,} of either; 0.5 by guessing; Wilson's intervals"
    )


def _opening(after: Estimate) -> str:
    """Say that bias is left where a classifier does better than guessing."""
    low = after.interval.low if after.interval is not None else None
    left = low is not None and low > 0.5
    return "Removing the direction is not removing the bias: a" if left else "A"


def _company(found: Residual) -> Finding:
    """Say whether professions keep the company of the side they leant to."""
    before, after = found.before.neighbours, found.after.neighbours
    return Finding(
        id="residual_neighbours",
        sentence=(
            f"Professions' first leaning and the share of male words among their "
            f"neighbours correlate by {written(before)} before and {written(after)} after."
            if before.value is not None or after.value is not None
            else f"Whether professions keep the company of the side they leant to has no "
            f"answer: {after.undefined_because}."
        ),
        estimate=after,
        evidence=Measurement(
            title="The company professions keep",
            quantity="correlation",
            rows=tuple(
                Measured(name="professions", estimate=one, group=label)
                for label, one in ((BEFORE, before), (AFTER, after))
            ),
            neutral=0.0,
            method="Fisher's interval",
        ),
        references=("gonen2019",),
    )
