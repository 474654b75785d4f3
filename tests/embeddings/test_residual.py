from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import Embedding, debiased, load, residual_bias, save
from fairaudit.embeddings.residual import (
    classifier_accuracy,
    cluster_accuracy,
    gendered_words,
    neighbour_correlation,
)
from tests.embeddings.subsets import Subset


def test_the_most_gendered_words_are_those_of_the_reference(google_news: Subset) -> None:
    male, female = gendered_words(google_news.before).sides(20)
    assert male == google_news.expected["most_male_top20"]
    assert female == google_news.expected["most_female_top20"]


def test_gender_is_told_as_well_as_in_the_reference(subset: Subset) -> None:
    gendered = gendered_words(subset.before)
    for time in ("before", "after"):
        vectors, expected = subset.at(time), subset.expected[time]
        sides = [vectors.unit(side) for side in gendered.sides(300)]
        clusters = cluster_accuracy(sides[0], sides[1])
        assert clusters.value == pytest.approx(expected["cluster_accuracy"], abs=0.02)
        if "svm_n" not in expected:
            continue
        told = classifier_accuracy(vectors, gendered, most=expected["svm_n"])
        assert told.value == pytest.approx(expected["svm_rbf_accuracy"], abs=0.03)
        near = neighbour_correlation(vectors, gendered, per_side=300)
        value = expected["profession_neighbour_pearson"]
        assert near.value == pytest.approx(value, abs=0.001)
        assert len(gendered.professions) == expected["profession_neighbour_n"]


def test_before_and_after_come_together(glove: Embedding) -> None:
    found = residual_bias(glove, glove, per_side=40)
    assert found.before == found.after
    assert found.before.per_side == 40
    assert found.before.classifier.denominator


def test_points_without_sides_are_clustered_by_chance() -> None:
    rng = np.random.default_rng(2)
    cloud = rng.normal(size=(120, 20))
    assert 0.5 <= (cluster_accuracy(cloud[:60], cloud[60:]).value or 0) < 0.7
    apart = cluster_accuracy(cloud[:60] + 3, cloud[60:] - 3)
    assert apart.value == 1.0


def test_other_words_cannot_be_compared(glove: Embedding, toy: Embedding) -> None:
    with pytest.raises(InputError, match="have different words"):
        residual_bias(glove, toy)


def test_vectors_without_he_and_she_have_no_sides(toy: Embedding) -> None:
    with pytest.raises(InputError, match="toy: there is no vector for 'he'"):
        gendered_words(toy)
    few = Embedding.make("few", ["he", "she", *"abcd"], np.eye(6))
    with pytest.raises(
        InputError, match=r"few has 4 plain words .* at least 40 are needed"
    ):
        gendered_words(few)


def test_vectors_in_which_nothing_leans_have_no_sides(
    glove: Embedding, tmp_path: Path
) -> None:
    file = tmp_path / "hard.bin"
    save(debiased(glove, "hard"), file)
    hard = load(file)
    assert gendered_words(hard).words == ()
    with pytest.raises(InputError, match="gendered words: 0 of 5,424 plain words lean"):
        gendered_words(hard).sides(20)
    for method in ("inlp", "double-hard", "leace"):
        with pytest.raises(InputError, match=r"0 of 5,424 plain words|0 words of either"):
            debiased(hard, method)
    found = residual_bias(hard, hard).after
    for estimate in (found.clustering, found.classifier, found.neighbours):
        assert estimate.value is None
        assert "0 of 5,424 plain words lean" in (estimate.undefined_because or "")


def test_professions_that_do_not_lean_keep_no_company(glove: Embedding) -> None:
    gendered = gendered_words(glove)
    level = replace(gendered, professions=dict.fromkeys(gendered.professions, 0.0))
    found = neighbour_correlation(glove, level, per_side=40)
    assert found.undefined_because == "professions lean by no more than rounding"
