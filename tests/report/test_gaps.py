"""Every gap stands beside the groups it is between, and its noise beside it."""

from __future__ import annotations

import re

import pytest

from fairaudit import audit
from fairaudit.core.cells import Cells
from fairaudit.core.evidence import Disparity
from fairaudit.report.model import AuditReport, DecisionAudit
from fairaudit.report.numbers import decimal
from fairaudit.report.renderers import html
from fairaudit.report.sections.gaps import GapText, disparities_of, gap_texts

CELL = re.compile(r'<td>([^<]*)(?:<span class="counts pair">([^<]*)</span>)?</td>')

PEOPLE = {
    # The widest gap, the surest and the least excluded are between three pairs.
    "a": Cells(tp=55, fn=45, fp=3000, tn=7000),
    "b": Cells(tp=50, fn=50, fp=2000, tn=8000),
    "c": Cells(tp=2, fn=0, fp=12, tn=16),
    "d": Cells(tp=1, fn=1, fp=0, tn=2),
}


@pytest.fixture(scope="module")
def report() -> AuditReport:
    """Audit people among whom few are positive."""
    rows = [
        (name, label, prediction, count)
        for name, cells in PEOPLE.items()
        for label, prediction, count in (
            (1, 1, cells.tp),
            (1, 0, cells.fn),
            (0, 1, cells.fp),
            (0, 0, cells.tn),
        )
    ]
    columns = zip(*rows, strict=True)
    names = ("group", "label", "prediction", "n")
    return audit(
        dict(zip(names, map(list, columns), strict=True)), groups="group", count="n"
    )


def _part(report: AuditReport) -> DecisionAudit:
    part = report.parts[0]
    assert isinstance(part, DecisionAudit)
    return part


def _texts(report: AuditReport) -> dict[str, GapText]:
    return {text.title: text for text in gap_texts(_part(report), "group")}


def _odds(report: AuditReport) -> Disparity:
    found = disparities_of(_part(report), "group")
    return next(one for one in found if one.criterion == "equalized_odds")


def test_a_composite_takes_what_is_seen_and_its_noise_from_one_rate(
    report: AuditReport,
) -> None:
    widest, other = sorted(
        _odds(report).gaps, key=lambda gap: -(gap.largest.value if gap.largest else 0)
    )
    assert widest.noise_corrected is not None
    assert other.noise_corrected is not None
    assert widest.noise_corrected < other.noise_corrected
    text = _texts(report)["equalized odds"]
    assert text.corrected == decimal(widest.noise_corrected)
    (sentence,) = (
        finding.sentence
        for finding in _part(report).findings
        if finding.id == "equalized_odds@group"
    )
    assert f"{text.corrected} after noise correction" in sentence


def test_every_gap_of_a_page_stands_beside_its_own_pair(report: AuditReport) -> None:
    page = html.render(report)
    table = page[page.index("Largest gaps of every criterion") :]
    texts = _texts(report)
    row = re.findall(r"<tr>(<th[^>]*>demographic parity.*)</tr>", table)[0]
    seen, noise, shown, not_excluded = CELL.findall(row)
    (gap,) = next(
        one.gaps
        for one in disparities_of(_part(report), "group")
        if one.criterion == "demographic_parity"
    )
    for cell, one in (
        (seen, gap.largest),
        (shown, gap.shown),
        (not_excluded, gap.not_excluded),
    ):
        assert one is not None
        assert cell[0].endswith(f"{one.value:.2f}")
        assert cell[1] == f"{one.high} – {one.low}"
    assert noise == (texts["demographic parity"].corrected, "")
    assert len({seen[1], shown[1], not_excluded[1]}) == 3


def test_every_gap_in_scores_stands_beside_its_own_pair() -> None:
    groups = {"a": [2, 3, 4] * 200, "b": [3, 4, 5] * 200, "c": [9, 10]}
    report = audit(
        {
            "group": [name for name, scores in groups.items() for _ in scores],
            "score": [score for scores in groups.values() for score in scores],
            "label": [1 for scores in groups.values() for _ in scores],
        },
        groups="group",
        score="score",
        threshold=5,
        label="label",
    )
    page = html.render(report)
    table = page[page.index("Criteria on scores") :]
    row = re.findall(r"<tr>(<th[^>]*>balance for the positive class.*)</tr>", table)[0]
    seen, shown, not_excluded = CELL.findall(row)
    assert seen == ("6.50", "c v a")
    assert shown[1] == "b v a"
    assert not_excluded[1] == "c v a"
