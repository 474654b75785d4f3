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


def test_the_method_counts_the_words_behind_either_number(subset: Subset) -> None:
    sides = before_and_after(subset.before, subset.after)
    evidence = residual_section(sides, seed=1).findings[0].evidence
    assert isinstance(evidence, Measurement)
    clusters, _, classifier, _ = (row.estimate for row in evidence.rows)
    method = evidence.method or ""
    assert f"of the {(clusters.denominator or 0) / 2:,.0f} most male" in method
    assert f"asked for the other {(classifier.denominator or 0) / 2:,.0f} of" in method


def test_where_nothing_leant_the_sentences_say_so_once(subset: Subset) -> None:
    sides = before_and_after(subset.after, subset.after)
    section = residual_section(sides, seed=1)
    told, company = (finding.sentence for finding in section.findings)
    for sentence in (told, company):
        assert sentence.count("plain words lean to he or she by more than rounding") == 1
        assert "removing the bias" not in sentence
    assert {number.value for number in section.numbers.values()} == {None}
