from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.measurement import Measurement
from fairaudit.embeddings import (
    AssociationTest,
    Embedding,
    WordSet,
    association_tests,
    weat,
)
from fairaudit.embeddings.study.battery import battery_section, title_of
from fairaudit.embeddings.study.sides import before_and_after, single
from fairaudit.inference.multiplicity import holm
from tests.embeddings.subsets import Subset

TESTS = tuple(association_tests().values())


def evidence_of(section: object) -> Measurement:
    (finding,) = section.findings  # type: ignore[attr-defined]
    assert isinstance(finding.evidence, Measurement)
    return finding.evidence


def test_the_battery_shows_the_reference_effect_sizes_and_holms_p_values(
    subset: Subset,
) -> None:
    section = battery_section(single(subset.before), TESTS, minimum=3, draws=0, seed=0)
    rows = evidence_of(section).rows
    expected = subset.expected["before"]["weat"]
    made = [test.id for test in TESTS if test.id in expected]
    found = {row.name.partition(":")[0]: row for row in rows}
    for name in made:
        assert found[name].estimate.value == pytest.approx(
            expected[name]["d_ddof1"], abs=1e-6
        )
    corrected = holm([expected[name]["p_ge"] for name in made])
    for name, p_value in zip(made, corrected, strict=True):
        assert found[name].p_value == pytest.approx(p_value, rel=0.02)


def test_before_and_after_stand_side_by_side_and_the_gate_reads_after(
    subset: Subset,
) -> None:
    sides = before_and_after(subset.before, subset.after)
    section = battery_section(sides, TESTS[5:6], minimum=3, draws=50, seed=0)
    before, after = evidence_of(section).rows
    assert (before.group, after.group) == ("before", "after")
    expected = subset.expected["after"]["weat"]["weat-6"]["d_ddof1"]
    assert section.numbers["weat-6.effect_size"].value == pytest.approx(expected, abs=1e-6)
    assert after.estimate.interval is not None


def test_lost_words_are_named_beside_how_many_were_used(glove: Embedding) -> None:
    section = battery_section(single(glove), TESTS[:1], minimum=3, draws=0, seed=0)
    ((_, used, lost, p_value),) = section.passages[0].rows
    assert used == "24 of 25, 25 of 25, 25 of 25, 25 of 25"
    assert lost == "gladiola"
    assert p_value == "2.1e-05 (on a grid)"


def test_a_test_that_cannot_be_made_is_named_with_its_reason_and_has_no_number(
    glove: Embedding,
) -> None:
    nowhere = AssociationTest(
        id="nowhere",
        first_target=WordSet(name="x", words=("qqq", "www", "eee")),
        second_target=TESTS[5].second_target,
        first_attribute=TESTS[5].first_attribute,
        second_attribute=TESTS[5].second_attribute,
        published={},
    )
    section = battery_section(
        single(glove), (nowhere, TESTS[5]), minimum=3, draws=0, seed=0
    )
    assert [row.name.partition(":")[0] for row in evidence_of(section).rows] == ["weat-6"]
    name, used, reason, _ = section.passages[0].rows[0]
    assert (name, used) == (title_of(nowhere), "not made")
    assert "0 of 3 words" in reason
    assert "qqq, www, eee" in reason
    assert "nowhere.effect_size" not in section.numbers


def test_the_size_of_an_effect_has_no_sign(subset: Subset) -> None:
    section = battery_section(single(subset.after), TESTS[6:7], minimum=3, draws=0, seed=0)
    signed = section.numbers["weat-7.effect_size"].value
    assert signed is not None
    assert section.numbers["weat-7.abs_effect_size"].value == abs(signed)


def test_short_lists_are_doubted(glove: Embedding) -> None:
    section = battery_section(single(glove), TESTS[8:9], minimum=3, draws=0, seed=0)
    assert "weat-9" in section.findings[0].caveats[0]


def test_divisions_by_chance_exceed_the_effect_as_often_as_the_exact_p_says(
    glove: Embedding,
) -> None:
    section = battery_section(single(glove), TESTS[8:9], minimum=3, draws=0, seed=0)
    drawn = np.array(section.chance["weat-9.effect_size"])
    found = weat(glove, TESTS[8], draws=0)
    assert found.p is not None
    share = float((drawn >= (found.effect_size.value or 0) - 1e-9).mean())
    error = (found.p.at_least * (1 - found.p.at_least) / len(drawn)) ** 0.5
    assert abs(share - found.p.at_least) < 4 * error
    assert np.abs(drawn).tolist() == list(section.chance["weat-9.abs_effect_size"])


def test_one_test_is_not_said_to_be_corrected(glove: Embedding) -> None:
    for count in (1, 2):
        tests = TESTS[5 : 5 + count]
        section = battery_section(single(glove), tests, minimum=3, draws=0, seed=0)
        told = section.findings[0].sentence
        assert ("after correction for all tests" in told) == (count > 1)
