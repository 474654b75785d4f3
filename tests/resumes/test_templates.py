from __future__ import annotations

import re
from importlib.resources import files

import pytest

from fairaudit.core.errors import InputError
from fairaudit.resumes.checks import GENDER_WORDS, RACE_WORDS
from fairaudit.resumes.dice import Dice
from fairaudit.resumes.names import name_book
from fairaudit.resumes.templates import common, job_family, jobs, numbered


def test_there_are_a_dozen_job_families() -> None:
    assert len(jobs()) >= 12


@pytest.mark.parametrize("job", jobs())
def test_a_family_has_all_that_a_body_needs(job: str) -> None:
    family = job_family(job)

    assert len(family["ladder"]) == 3
    assert len(family["skills"]) >= 8
    assert len(set(family["employers"])) >= 3
    assert all(len(set(family["duties"][r])) >= 4 for r in ("junior", "middle", "senior"))
    assert all(family["credentials"][tier] for tier in ("strong", "middle", "weak"))
    assert "{years}" in family["summary"]


def test_no_template_holds_a_name_or_a_word_of_a_group() -> None:
    names = {n.name for n in name_book().first_names}
    names |= {s for some in name_book().surnames.values() for s in some}
    place = files("fairaudit.resumes") / "templates"
    for file in place.iterdir():
        words = set(re.findall(r"[^\W\d_]+", file.read_text(encoding="utf-8")))
        assert not words & names
        assert not {w.lower() for w in words} & (GENDER_WORDS | RACE_WORDS)


def test_telephone_areas_are_three_digits() -> None:
    assert all(re.fullmatch(r".+, [A-Z]{2} \| \(\d{3}\)", c) for c in common()["cities"])


def test_a_range_becomes_a_number_within() -> None:
    drawn = {numbered("cut by {3-5}%", Dice(seed)) for seed in range(40)}

    assert drawn == {"cut by 3%", "cut by 4%", "cut by 5%"}


def test_an_unknown_job_is_refused_with_a_guess() -> None:
    with pytest.raises(InputError, match="Did you mean 'nurse'"):
        job_family("nurze")


@pytest.mark.parametrize("job", [*jobs(), "common"])
def test_articles_fit_every_number_that_may_be_drawn(job: str) -> None:
    text = (files("fairaudit.resumes") / "templates" / f"{job}.toml").read_text("utf-8")

    for article, low, high in re.findall(r"\b(an?) \{(\d+)-(\d+)\}", text):
        for number in map(str, range(int(low), int(high) + 1)):
            vowel = number.startswith("8") or number in {"11", "18"}
            assert vowel == (article == "an"), f"{article} {number}"
