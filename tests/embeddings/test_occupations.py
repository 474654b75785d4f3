from __future__ import annotations

from pathlib import Path

import pytest
from scipy.stats import pearsonr

from fairaudit.core.errors import InputError
from fairaudit.embeddings import (
    Embedding,
    female_shares,
    gender_direction,
    load,
    occupation_association,
    save,
)
from fairaudit.embeddings.occupations import fisher_interval
from tests.embeddings.subsets import Subset


def test_occupations_lie_where_the_reference_says(subset: Subset) -> None:
    expected = subset.expected["before"]["occupation"]
    found = occupation_association(subset.before, gender_direction(subset.before))
    assert len(found.shares) == expected["n"]
    assert found.projections == pytest.approx(expected["projections"], abs=1e-6)
    assert found.pearson.value == pytest.approx(expected["pearson"], abs=1e-6)
    assert found.pearson_p == pytest.approx(expected["pearson_p"], rel=1e-6)
    assert found.spearman.value == pytest.approx(expected["spearman"], abs=1e-6)


def test_fishers_interval_is_that_of_scipy() -> None:
    x, y = [1.0, 2.0, 3.0, 4.0, 5.0, 6.5], [1.2, 1.9, 3.5, 3.2, 5.9, 5.0]
    theirs = pearsonr(x, y)
    limits = theirs.confidence_interval(0.95)
    ours = fisher_interval(float(theirs.statistic), 6)
    assert ours is not None
    assert (ours.low, ours.high) == pytest.approx((limits.low, limits.high))
    assert fisher_interval(0.5, 3) is None
    assert fisher_interval(1.0, 9) is None


def test_after_debiasing_rounding_noise_is_not_correlated(
    subset: Subset, tmp_path: Path
) -> None:
    direction = gender_direction(subset.before)
    lazy = occupation_association(subset.after, direction)
    assert lazy.pearson.value is lazy.pearson_p is lazy.spearman.value is None
    assert "rounding noise" in (lazy.spearman.undefined_because or "")
    save(subset.after, tmp_path / "after.bin")
    saved = occupation_association(load(tmp_path / "after.bin"), direction)
    assert max(map(abs, saved.projections.values())) > 0
    assert "rounding noise" in (saved.pearson.undefined_because or "")


def test_equal_shares_go_with_nothing(glove: Embedding) -> None:
    found = occupation_association(
        glove, gender_direction(glove), dict.fromkeys(female_shares(), 0.5)
    )
    assert found.pearson.undefined_because == "all shares are equal"


def test_too_few_occupations_are_refused(glove: Embedding) -> None:
    with pytest.raises(InputError, match=r"1 of 2 occupations remain.*: quxologist"):
        occupation_association(
            glove, gender_direction(glove), {"nurse": 0.9, "quxologist": 0.1}
        )
