"""A study written by hand: findings, an undefined number, texts, two kinds of gates."""

from __future__ import annotations

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Band, Measured, Measurement, Passages
from fairaudit.core.provenance import Source
from fairaudit.core.requirements import MarginGate, NumberGate, Requirements
from fairaudit.core.verdict import Verdict
from fairaudit.report.model import AuditReport, Note, RunFacts, Study


def estimate(number: float, low: float, high: float) -> Estimate:
    """Give a number between its limits."""
    return Estimate(
        value=number, interval=Interval(low=low, high=high, level=0.95, method="by hand")
    )


def effects(name: str = "persona") -> Finding:
    """Give a finding with a band and a p-value."""
    rows = (
        Measured(name="plain", estimate=estimate(-0.31, -0.52, -0.1), p_value=0.0004),
        Measured(name=name, estimate=estimate(-0.9, -1.2, -0.6), p_value=0.031),
        Measured(name="base64", estimate=Estimate.undefined("no answer could be read")),
    )
    return Finding(
        id="name-effect",
        sentence="Women's applications were rated 0.31 points lower.",
        estimate=rows[0].estimate,
        evidence=Measurement(
            title="Effect of the implied gender",
            quantity="points of a rating, women minus men",
            rows=rows,
            neutral=0.0,
            bands=(Band(title="placebo", low=-0.08, high=0.09),),
            method="paired t, clustered by names; Holm over 3 framings",
        ),
        references=("bertrand2004",),
        caveats=("It is about these names.",),
    )


def before_and_after() -> Finding:
    """Give a finding whose rows stand in two groups, with counts."""
    rows = tuple(
        Measured(
            name=f"weat-{test}",
            group=group,
            estimate=Estimate(value=number, numerator=7, denominator=8),
            remark="lost: 'meg'" if test == 6 else None,
        )
        for test in (6, 7)
        for group, number in (("before", 1.5 + test / 100), ("after", 0.2))
    )
    return Finding(
        id="weat",
        sentence="Career words stand nearer to men's names.",
        estimate=rows[0].estimate,
        evidence=Measurement(
            title="Association tests", quantity="effect size d", rows=rows, places=3
        ),
    )


def study(name: str = "persona", *, gated: bool = True) -> Study:
    """Give a study, with a failed and an undecided gate unless told otherwise."""
    margin = MarginGate(effect="effect of the implied gender", margin=0.1, unit="points")
    number = NumberGate(number="weat-6.effect_size", relation="<=", limit="0.5")
    verdicts = (
        Verdict(
            id="name-effect",
            gate=margin,
            attribute="name-effect",
            status="fail",
            because="the effect is at least 0.10 points away from none",
            value=-0.31,
        ),
        Verdict(
            id="weat-6.effect_size",
            gate=number,
            attribute="weat",
            status="undecided",
            because="6 of 8 words are left, fewer than the 7 it needs",
        ),
    )
    return Study(
        subject="résumé counterfactuals",
        question="Does the implied gender alone change the rating?",
        sources=(
            Source(
                kind="file",
                name="study/pairs.jsonl",
                sha256="ab12",
                sha256_covers="the file",
            ),
        ),
        design=(("System", "openai:model"), ("Pairs", "100, fresh names")),
        findings=(effects(name), before_and_after()),
        passages=(
            Passages(
                title="Most different answers",
                headings=("names", "first", "second"),
                rows=((f"Emily / {name}", "strong", "might be strong"),),
            ),
        ),
        requirements=Requirements(
            margins=(margin,),
            numbers=(number,),
            why="the same application, the same answer",
        )
        if gated
        else Requirements(),
        verdicts=verdicts if gated else (),
        notes=(
            Note(id="names", kind="limit", text="Names imply more than a gender."),
            Note(id="order", kind="fact", text="The order was random."),
        ),
        seed=7,
    )


def study_report(name: str = "persona", *, gated: bool = True) -> AuditReport:
    """Give a report of that study alone."""
    run = RunFacts(
        created="2026-01-02T03:04:05Z",
        command="fairaudit resumes report study/",
        engine="numpy",
        seconds=1.5,
        versions={"fairaudit": "0"},
        today="2026-01-02",
    )
    return AuditReport(parts=(study(name, gated=gated),), run=(run,))
