from __future__ import annotations

from fairaudit.core.measurement import Measurement
from fairaudit.embeddings.study.remains import residual_section, utility_section
from fairaudit.embeddings.study.sides import before_and_after
from tests.embeddings.subsets import Subset


def test_gender_can_still_be_told_after_hard_debiasing(google_news: Subset) -> None:
    sides = before_and_after(google_news.before, google_news.after)
    section = residual_section(sides, seed=1)
    told, company = section.findings
    assert told.sentence.startswith("Removing the direction is not removing the bias")
    assert isinstance(told.evidence, Measurement)
    assert [(row.name, row.group) for row in told.evidence.rows] == [
        ("two clusters", "before"),
        ("two clusters", "after"),
        ("a classifier", "before"),
        ("a classifier", "after"),
    ]
    assert (section.numbers["residual.classifier"].value or 0) > 0.7
    assert company.estimate == section.numbers["residual.neighbours"]


def test_utility_is_told_before_and_after(google_news: Subset) -> None:
    sides = before_and_after(google_news.before, google_news.after)
    section = utility_section(sides)
    (finding,) = section.findings
    assert isinstance(finding.evidence, Measurement)
    assert len(finding.evidence.rows) == 6
    assert "before" in finding.sentence
    assert "after" in finding.sentence
    before, after = (row.estimate.value or 0 for row in finding.evidence.rows[:2])
    assert abs(before - after) < 0.05
