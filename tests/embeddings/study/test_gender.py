from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.measurement import Measurement
from fairaudit.embeddings.study.gender import direct_bias_section, occupation_section
from fairaudit.embeddings.study.sides import before_and_after, single
from tests.embeddings.subsets import Subset

RNG = np.random.default_rng(0)


def test_direct_bias_is_the_reference_before_and_nothing_after(subset: Subset) -> None:
    sides = before_and_after(subset.before, subset.after)
    section = direct_bias_section(sides, rng=RNG, draws=20)
    assert section.findings[0].estimate.value == pytest.approx(
        subset.expected["before"]["direct_bias"]["neutral_professions_c1"], abs=1e-6
    )
    assert section.numbers["direct_bias"].value == 0


def test_occupations_correlate_with_shares_as_the_reference_says(subset: Subset) -> None:
    section = occupation_section(single(subset.before))
    expected = subset.expected["before"]["occupation"]
    shares, strip = section.findings
    assert shares.estimate.value == pytest.approx(expected["pearson"], abs=1e-6)
    assert isinstance(strip.evidence, Measurement)
    assert len(strip.evidence.rows) == expected["n"] <= 40
    assert {
        row.name.partition(",")[0]: row.estimate.value for row in strip.evidence.rows
    } == pytest.approx(expected["projections"], abs=1e-6)


def test_a_correlation_of_rounding_noise_is_no_number(subset: Subset) -> None:
    section = occupation_section(before_and_after(subset.before, subset.after))
    after = section.numbers["occupations.correlation"]
    assert after.value is None
    assert "rounding noise" in (after.undefined_because or "")
    assert "undefined" in section.findings[0].sentence


def test_the_strip_is_in_the_order_of_the_share_of_women(subset: Subset) -> None:
    strip = occupation_section(single(subset.before)).findings[1]
    assert isinstance(strip.evidence, Measurement)
    shares = [
        int(row.name.removesuffix("% women").partition(", ")[2])
        for row in strip.evidence.rows
    ]
    assert shares == sorted(shares)


def test_other_vectors_are_looked_at_along_their_own_direction(subset: Subset) -> None:
    from fairaudit.embeddings import direct_bias, gender_direction
    from fairaudit.embeddings.study.sides import Side

    turned = type(subset.before).make(
        "turned", subset.before.words, subset.before.matrix[:, ::-1]
    )
    sides = (
        Side(label="one", embedding=subset.before),
        Side(label="turned", embedding=turned),
    )
    section = direct_bias_section(sides, rng=RNG, draws=0)
    own = direct_bias(turned, gender_direction(turned), draws=0).value
    assert section.numbers["direct_bias"].value == own
    evidence = section.findings[0].evidence
    assert isinstance(evidence, Measurement)
    for side in sides:
        share = gender_direction(side.embedding).explained[0]
        told = f"{share:.0%} of the variance of 10 pairs in {side.label}"
        assert told in (evidence.method or "")


def test_what_is_owed_to_gender_is_said_of_the_cosine(subset: Subset) -> None:
    section = direct_bias_section(single(subset.before), rng=RNG, draws=0)
    indirect = section.findings[1]
    share = indirect.estimate.value or 0
    verb = "accounts for" if share >= 0 else "takes away"
    assert f"gender {verb} {abs(share):.0%} of the cosine of" in indirect.sentence


def test_no_occupation_is_picked_out_of_rounding_noise(subset: Subset) -> None:
    strip = occupation_section(single(subset.after)).findings[1]
    assert strip.sentence.startswith("None of ")
    assert strip.estimate.undefined_because == "the projections differ by rounding alone"
