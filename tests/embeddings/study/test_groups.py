from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.measurement import Measurement
from fairaudit.embeddings import Embedding, gender_lists, group_lists, weat
from fairaudit.embeddings.study.group_tests import ATTRIBUTES, group_tests, group_words
from fairaudit.embeddings.study.groups import (
    average_cosine_section,
    coherence_section,
    comparisons,
    inner_product_section,
    norm_section,
    sentiment_section,
)
from fairaudit.embeddings.study.sides import before_and_after, single
from tests.embeddings.subsets import Subset

RNG = np.random.default_rng(0)


def test_race_and_religion_are_compared_as_well_as_gender() -> None:
    assert [of.name for of in comparisons()] == [
        "gender: women v. men",
        "race: black v. caucasian",
        "race: black v. asian",
        "race: caucasian v. asian",
        "religion: jew v. christian",
        "religion: jew v. muslim",
        "religion: christian v. muslim",
    ]


def test_groups_without_words_are_named_and_not_shown(glove: Embedding) -> None:
    (finding,) = norm_section(single(glove), rng=RNG, draws=0).findings
    assert isinstance(finding.evidence, Measurement)
    assert "religion: jew v. muslim" not in [row.name for row in finding.evidence.rows]
    told = finding.caveats[-1]
    assert "Not measured: religion: jew v. christian, religion: jew v. muslim." in told
    assert "1 of 5 words of 'words for jew' remain" in told


@pytest.fixture
def planted() -> Embedding:
    """Words for all groups, at random but that Muslims' are near their stereotypes."""
    rng = np.random.default_rng(5)
    words: dict[str, None] = {}
    for attribute in ATTRIBUTES:
        lists = group_lists(attribute)
        for listed in (*lists.definitional_sets, *lists.stereotypes.values()):
            words |= dict.fromkeys(listed)
    words |= dict.fromkeys(gender_lists().neutral_professions[:30])
    rows = dict(zip(words, rng.normal(size=(len(words), 40)), strict=True))
    near = rng.normal(size=40) * 2
    religion = group_lists("religion")
    for word in (*group_words("religion")["muslim"].words, *religion.stereotypes["muslim"]):
        rows[word] = rows[word] + near
    return Embedding.make("planted", list(rows), np.array(list(rows.values())))


def test_all_groups_are_measured_where_their_words_are(planted: Embedding) -> None:
    (finding,) = average_cosine_section(single(planted)).findings
    assert isinstance(finding.evidence, Measurement)
    values = {row.name: row.estimate.value or 0 for row in finding.evidence.rows}
    assert values.keys() == {"race", "religion"}
    assert values["religion"] < values["race"] < 1.1
    assert "Not measured: gender." in finding.caveats[-1]


def test_a_planted_stereotype_is_found_by_its_test(planted: Embedding) -> None:
    found = weat(planted, group_tests()["religion-christian-muslim"])
    assert (found.effect_size.value or 0) > 1
    assert found.p is not None
    assert found.p.at_least < 0.01


def test_after_hard_debiasing_women_and_men_are_alike_to_professions(
    subset: Subset,
) -> None:
    sides = before_and_after(subset.before, subset.after)
    assert norm_section(sides, rng=RNG, draws=0).numbers["rnd.gender"].value == 0
    assert inner_product_section(sides, rng=RNG, draws=0).numbers[
        "ripa.gender"
    ].value == pytest.approx(0, abs=1e-6)
    assert coherence_section(sides).numbers["ect.gender"].value == pytest.approx(1)


def test_the_shares_of_negative_sentiment_stand_beside_their_divergence(
    glove: Embedding,
) -> None:
    (finding,) = sentiment_section(single(glove)).findings
    assert isinstance(finding.evidence, Measurement)
    remarks = {row.name: row.remark for row in finding.evidence.rows}
    assert remarks["religion"] == "christian 41%, muslim 59%; no vector for jew"


def test_a_small_divergence_of_coarsely_stored_vectors_is_no_rounding(
    glove: Embedding,
) -> None:
    """0.0012 nats of vectors stored in float16."""
    section = sentiment_section(single(glove))
    assert section.numbers["rnsb.gender"].value == pytest.approx(0.0012, abs=1e-4)
