from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import fairaudit
from fairaudit import datasets, embeddings
from fairaudit.auditing.vectors import audit_vectors
from fairaudit.core.errors import GateFailedError, GateUndecidedError, InputError
from fairaudit.core.measurement import Measurement
from fairaudit.embeddings import AssociationTest, Embedding, WordSet
from fairaudit.policy.reading import parse_policy
from fairaudit.report.model import AuditReport, DecisionAudit, Study


@pytest.fixture(scope="module")
def glove() -> Embedding:
    return embeddings.load("glove_50d_subset")


@pytest.fixture(scope="module")
def whole(glove: Embedding) -> AuditReport:
    return glove.audit(draws=100)


@pytest.fixture(scope="module")
def debiased(glove: Embedding) -> AuditReport:
    return glove.audit(
        ["weat-6", "direct_bias", "occupations"],
        debias="hard",
        gates=["weat-6.effect_size<=0.5", "direct_bias<=0.05"],
        draws=100,
    )


def study_in(report: AuditReport) -> Study:
    (part,) = report.parts
    assert isinstance(part, Study)
    return part


def test_the_default_battery_asks_everything(whole: AuditReport) -> None:
    assert [finding.id for finding in whole.findings] == [
        "weat",
        "direct_bias",
        "indirect_bias",
        "occupations",
        "occupation_projections",
        "analogies",
        "rnd",
        "ripa",
        "ect",
        "mac",
        "rnsb",
    ]


def test_every_measurement_can_be_drawn_and_every_finding_is_referenced(
    whole: AuditReport,
) -> None:
    for finding in whole.findings:
        assert isinstance(finding.evidence, Measurement)
        assert 1 <= len(finding.evidence.rows) <= 40
        assert finding.references


def test_the_report_says_what_association_is_not(whole: AuditReport) -> None:
    notes = {note.id: note for note in study_in(whole).notes}
    assert notes["association-not-harm"].kind == "limit"
    assert notes["small-word-sets"].kind == "doubt"
    assert not whole.verdicts


def test_debiasing_is_never_told_without_what_is_left_and_what_it_costs(
    debiased: AuditReport,
) -> None:
    ids = [finding.id for finding in debiased.findings]
    assert ids[:3] == ["residual", "residual_neighbours", "utility"]
    assert "direction-not-bias" in {note.id for note in study_in(debiased).notes}


def test_gates_read_the_vectors_after_debiasing(debiased: AuditReport) -> None:
    failed, passed = debiased.verdicts
    assert (failed.status, passed.status) == ("fail", "pass")
    assert failed.value == pytest.approx(0.9529, abs=1e-4)
    assert passed.value == 0
    with pytest.raises(GateFailedError):
        fairaudit.require(debiased)


def test_a_gate_on_rounding_noise_is_undecided(glove: Embedding) -> None:
    report = glove.audit(
        "occupations", debias="hard", gates="occupations.correlation<=0.2", draws=0
    )
    assert report.status == "undecided"
    with pytest.raises(GateUndecidedError, match="rounding noise"):
        fairaudit.require(report)


def test_reading_back_gives_the_same_report(debiased: AuditReport) -> None:
    assert AuditReport.from_json(debiased.to_json()) == debiased


def test_the_same_seed_gives_the_same_part(glove: Embedding) -> None:
    first, again, other = (
        glove.audit(["weat-6", "rnd"], seed=seed, draws=200) for seed in (3, 3, 4)
    )
    assert first.parts == again.parts
    assert first.parts != other.parts


def test_a_study_adds_to_a_report_on_a_table(debiased: AuditReport) -> None:
    table = fairaudit.audit(
        datasets.path("adult_predictions"),
        groups="sex",
        gates="demographic_parity_difference<=0.5",
    )
    both = table + debiased
    assert [type(part) for part in both.parts] == [DecisionAudit, Study]
    assert both.findings == table.findings + debiased.findings
    assert both.status == "fail"
    assert both["demographic_parity"].findings == table["demographic_parity"].findings
    for text in (str(both), both.to_markdown(), both.to_html() or ""):
        assert "glove_50d_subset.npz" in text
        assert "adult_predictions.csv" in text
    assert AuditReport.from_json(both.to_json()) == both


def test_the_source_is_the_file_by_its_digest(whole: AuditReport) -> None:
    (source,) = study_in(whole).sources
    assert source.name == "glove_50d_subset.npz"
    assert source.sha256 is not None


def test_lists_of_ones_own_may_differ_in_length(glove: Embedding) -> None:
    test = AssociationTest(
        id="own",
        first_target=WordSet(name="science", words=("science", "physics", "chemistry")),
        second_target=WordSet(name="arts", words=("poetry", "art", "dance", "drama")),
        first_attribute=WordSet(name="men", words=("he", "man", "father")),
        second_attribute=WordSet(name="women", words=("she", "woman", "mother", "girl")),
        published={},
    )
    report = glove.audit([test], draws=0, gates="own.effect_size>=0")
    assert report.status == "pass"
    assert study_in(report).passages[0].rows[0][1] == "3 of 3, 4 of 4, 3 of 3, 4 of 4"


def test_two_lists_of_the_same_words_are_refused(glove: Embedding) -> None:
    same = WordSet(name="men", words=("he", "man", "father"))
    test = AssociationTest(
        id="own",
        first_target=WordSet(name="science", words=("science", "physics", "chemistry")),
        second_target=WordSet(name="arts", words=("poetry", "art", "dance")),
        first_attribute=same,
        second_attribute=same,
        published={},
    )
    with pytest.raises(InputError, match="are the same words"):
        glove.audit([test])


def test_a_test_asked_for_by_name_is_refused_below_the_minimum(glove: Embedding) -> None:
    with pytest.raises(InputError, match=r"1 of 5 words of 'words for jew' remain.*torah"):
        glove.audit(["religion-jew-muslim"])
    with pytest.raises(InputError, match=r"8 of 8 words .* at least 9 are needed"):
        glove.audit(["weat-6"], minimum=9)


def test_vectors_without_any_of_the_words_are_refused(toy: Embedding) -> None:
    with pytest.raises(InputError, match=r"toy: nothing could be measured.*definitional"):
        toy.audit()


def test_one_dimension_is_refused(glove: Embedding) -> None:
    flat = Embedding.make("flat", glove.words, glove.matrix[:, :1])
    with pytest.raises(InputError, match="one dimension"):
        flat.audit(["weat-6"])


def test_vectors_that_are_all_the_same_have_undefined_effects(glove: Embedding) -> None:
    same = Embedding.make("same", glove.words, glove.matrix[:1].repeat(len(glove), axis=0))
    report = same.audit(["weat-6"], gates="weat-6.effect_size<=0.5")
    assert report.status == "undecided"
    assert "equally near" in report.verdicts[0].because


def test_two_files_are_measured_side_by_side(glove: Embedding) -> None:
    small = Embedding.make("small", glove.words[:4_000], glove.matrix[:4_000])
    report = glove.audit(["rnsb", "ect"], against=small, draws=0)
    assert isinstance(report.findings[0].evidence, Measurement)
    assert {row.group for row in report.findings[0].evidence.rows} == {
        "glove_50d_subset.npz",
        "small",
    }
    assert [source.name for source in study_in(report).sources] == [
        "glove_50d_subset.npz",
        "small",
    ]
    facts = [note.text for note in study_in(report).notes if note.kind == "fact"]
    assert "glove_50d_subset.npz and small share 4,000 words of 5,990 and 4,000." in facts


def test_debiasing_and_comparing_at_once_is_refused(glove: Embedding) -> None:
    with pytest.raises(InputError, match="cannot be asked for together"):
        glove.audit(debias="hard", against=glove)


@pytest.fixture
def toy() -> Embedding:
    import numpy as np

    return Embedding.make("toy", list("abcdefgh"), np.eye(8))


POLICY = """
[[gates]]
number = "weat-6.effect_size<=0.5"
why = "names must not say who is hired"
[[gates]]
number = "impact_ratio>=0.8"
[[waivers]]
gate = "weat-6.effect_size"
owner = "Ada"
reason = "new vectors are in training"
expires = 2027-01-31
"""


def test_a_policy_gates_vectors_until_its_waiver_ends(glove: Embedding) -> None:
    policy = parse_policy(POLICY, name="p")
    for today, status in ((date(2027, 1, 31), "waived"), (date(2027, 2, 1), "fail")):
        part = study_in(audit_vectors(glove, "weat-6", policy=policy, draws=0, today=today))
        (verdict,) = part.verdicts
        assert verdict.status == status
        assert part.requirements.why == "names must not say who is hired"
        told = [note for note in part.notes if note.id.startswith("expired")]
        assert bool(told) is (status == "fail")
    assert "by Ada expired on 2027-01-31" in told[0].text


def test_gates_given_go_before_those_of_the_policy_with_their_reason(
    glove: Embedding, tmp_path: Path
) -> None:
    file = tmp_path / "fairaudit.toml"
    file.write_text(POLICY, encoding="utf-8")
    gates = "weat-6.effect_size<=1.8"
    part = study_in(glove.audit("weat-6", policy=file, gates=gates, draws=0))
    assert [(one.gate.text, one.status) for one in part.verdicts] == [(gates, "pass")]
    assert part.requirements.why is None
    part = study_in(glove.audit("weat-6", policy=file, why="agreed since", draws=0))
    assert part.requirements.why == "agreed since"


def test_a_gate_of_a_policy_on_what_was_not_measured_is_refused(glove: Embedding) -> None:
    policy = parse_policy(POLICY, name="p")
    with pytest.raises(
        InputError,
        match=r"'weat-6\.effect_size<=0\.5' asks for a number this study has not",
    ):
        audit_vectors(glove, "weat-7", policy=policy, draws=0)


def test_a_table_is_not_asked_for_the_numbers_of_a_study() -> None:
    policy = parse_policy(POLICY, name="p")
    frame = {"sex": ["f", "m"] * 20, "prediction": [0, 1, 1, 1] * 10}
    report = fairaudit.audit(pd.DataFrame(frame), groups="sex", policy=policy)
    assert [one.gate.text for one in report.verdicts] == ["impact_ratio>=0.8"]
