from __future__ import annotations

import re
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.resumes.bodies import BIRTH_YEARS, TIERS, body
from fairaudit.resumes.careers import YEAR
from fairaudit.resumes.checks import born_by
from fairaudit.resumes.dice import Dice
from fairaudit.resumes.segments import keys, literals
from fairaudit.resumes.templates import job_family, jobs


def _text(job: str, tier: str, born: int, seed: int) -> str:
    return "".join(literals(body(job, tier, "name", born, Dice(seed))))


@settings(max_examples=60)
@given(
    st.sampled_from(jobs()),
    st.sampled_from(TIERS),
    st.integers(*BIRTH_YEARS),
    st.integers(0, 9999),
)
def test_a_career_is_in_order_and_ends_today(
    job: str, tier: str, born: int, seed: int
) -> None:
    text = _text(job, tier, born, seed)
    spans = re.findall(r"(\d{4}) – (\d{4}|Present)", text)
    years = [(int(a), YEAR if b == "Present" else int(b)) for a, b in spans]

    assert years[0][1] == YEAR
    assert all(start < end for start, end in years)
    assert all(end <= later for (_, end), (later, _) in zip(years[1:], years, strict=False))
    assert min(start for start, _ in years) == born + 22
    assert born_by(text) == born


@settings(max_examples=60)
@given(st.sampled_from(jobs()), st.sampled_from(TIERS), st.integers(0, 9999))
def test_nothing_is_left_to_fill_in(job: str, tier: str, seed: int) -> None:
    assert not re.search(r"[{}]|\b1 years", _text(job, tier, 1985, seed))


@pytest.mark.parametrize("job", jobs())
def test_strong_applications_tell_of_more_years_and_higher_posts_than_weak(
    job: str,
) -> None:
    family = job_family(job)
    strong, weak = (
        [_text(job, tier, 1990, seed) for seed in range(8)] for tier in ("strong", "weak")
    )

    assert any("13 years of" in text for text in strong)
    assert any("2 years of" in text for text in weak)
    assert all(f"{family['ladder'][2]}, " in text for text in strong)
    assert not any(family["ladder"][2] in text for text in weak)


@pytest.mark.parametrize("job", jobs())
def test_no_tier_is_longer_than_another(job: str) -> None:
    lengths = {
        tier: [
            len(re.findall(r"\w[\w.,'’-]*", _text(job, tier, born, seed)))
            for seed in range(10)
            for born in (1981, 1988, 1994)
        ]
        for tier in TIERS
    }

    means = [mean(found) for found in lengths.values()]
    assert max(means) - min(means) < 0.05 * mean(means)
    assert all(max(found) - min(found) < 30 for found in lengths.values())


def test_an_arm_decides_which_cues_there_are() -> None:
    found = {
        arm: set(keys(body("nurse", "weak", arm, 1985, Dice(1)))) - {"name", "email"}
        for arm in ("name", "pronoun", "club", "explicit")
    }

    assert found["name"] == set()
    assert found["club"] == {"club", "award"}
    assert found["explicit"] == {"title", "identity"}
    assert "pronoun.subject" in found["pronoun"]
