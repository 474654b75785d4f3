from __future__ import annotations

from fairaudit.resumes import generate
from fairaudit.resumes.names_reach import names_repeat, names_told


def test_fresh_names_that_come_back_are_told_with_their_number() -> None:
    study = generate(jobs=["nurse"], pairs=100, arms=["name", "club", "quality"], seed=7)
    # 90 names of women and 89 of men, counted apart from this code; the halves of the club
    # arm bear one name, and its pairs are told apart by their bodies.
    assert names_told(study) == (
        "fresh as far as names reach: 90 and 89 names for 100 pairs (name)"
    )
    assert names_repeat(study)


def test_names_that_suffice_are_fresh() -> None:
    study = generate(jobs=["nurse"], pairs=40, arms=["name", "placebo", "quality"], seed=7)
    assert names_told(study) == "fresh"
    assert not names_repeat(study)


def test_names_that_are_meant_to_come_back_are_as_planned() -> None:
    study = generate(jobs=["nurse"], pairs=12, arms=["name"], names="reuse 4", seed=7)
    assert names_told(study) == "reuse 4"
    assert names_repeat(study)
