from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.core.errors import InputError
from fairaudit.resumes.arms import ARMS
from fairaudit.resumes.generator import generate
from fairaudit.resumes.names import names_from_csv
from fairaudit.resumes.pair import Pair

OWN = (
    "{{name}}\n{{email}}\nNurse. {{pronoun:She|He}} runs the {{club:women's|men's}} choir."
)


def _without_cues(pair: Pair) -> set[str]:
    """Take cues out by search, as a reader would who does not know the segments."""
    texts = set()
    for half in pair.halves:
        text = half.text
        for words in sorted(half.cues.values(), key=len, reverse=True):
            text = text.replace(words, "_") if words else text
        texts.add(text)
    return texts


@settings(max_examples=15, deadline=None)
@given(
    st.integers(0, 2**32),
    st.sampled_from(["fresh", "reuse 3", "crossed 3"]),
    st.sampled_from(
        [
            ("gender", ARMS),
            ("race", ("name", "club", "explicit", "class", "placebo", "quality")),
        ]
    ),
)
def test_for_any_seed_the_first_six_checks_hold(
    seed: int, names: str, kind: tuple[str, tuple[str, ...]]
) -> None:
    study = generate(pairs=6, arms=kind[1], attribute=kind[0], names=names, seed=seed)

    assert [row.passed for row in study.checks[:6]] == [True] * 6
    assert {pair.arm for pair in study.pairs} == set(kind[1])


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    first, again, other = (generate(pairs=5, seed=seed) for seed in (3, 3, 4))

    assert first == again
    assert {p.halves[0].text for p in first.pairs}.isdisjoint(
        p.halves[0].text for p in other.pairs
    )


def test_an_arm_does_not_move_the_draws_of_another() -> None:
    alone = generate(pairs=5, arms=["club"], seed=3)
    among = generate(pairs=5, arms=["name", "club"], seed=3)

    texts = [[h.text for p in s.arm("club") for h in p.halves] for s in (alone, among)]
    assert texts[0] == texts[1]


def test_halves_of_a_gender_pair_share_the_surname_and_all_but_their_cues() -> None:
    for pair in generate(pairs=40, arms=["name", "club"], seed=1).pairs:
        assert len({half.surname for half in pair.halves}) == 1
        assert len(_without_cues(pair)) == 1
        assert pair.halves[0].text != pair.halves[1].text


def test_halves_of_a_race_pair_are_of_one_gender() -> None:
    from fairaudit.resumes.names import name_book

    gender = {n.name: n.group for n in name_book("gender").first_names}
    study = generate(pairs=40, arms=["name"], attribute="race", seed=1)

    for pair in study.pairs:
        assert len({gender[half.first_name] for half in pair.halves}) == 1


def test_the_controls_are_named_as_agreed() -> None:
    study = generate(pairs=8, seed=2)

    assert {tuple(h.group for h in p.halves) for p in study.arm("placebo")} == {
        ("women (a)", "women (b)"),
        ("men (a)", "men (b)"),
    }
    for pair in study.arm("quality"):
        assert [h.group for h in pair.halves] == ["strong", "weak"]
        assert len({h.first_name for h in pair.halves}) == 1
        assert pair.halves[0].cues == pair.halves[1].cues
        assert pair.halves[0].text != pair.halves[1].text


def test_crossed_pairs_share_their_bodies() -> None:
    study = generate(pairs=4, arms=["name"], names="crossed 3", seed=2)

    assert len({p.id for p in study.pairs}) == 12
    assert set(Counter(p.resume for p in study.pairs).values()) == {3}


def test_jobs_and_tiers_are_spread_evenly() -> None:
    study = generate(jobs=["nurse", "sales"], pairs=12, arms=["name"])

    assert set(Counter((p.job, p.tier) for p in study.pairs).values()) == {2}


def test_four_groups_make_pairs_of_four() -> None:
    groups = ("Black", "white", "Hispanic", "Asian")
    study = generate(pairs=4, arms=["name"], attribute="race", groups=groups)

    assert {tuple(h.group for h in p.halves) for p in study.pairs} == {groups}


def test_ones_own_resume_is_filled_by_group() -> None:
    study = generate(own_resumes=[OWN], pairs=6, arms=["name", "placebo"])

    women, men = study.arm("name")[0].halves
    assert women.text.endswith("Nurse. She runs the women's choir.")
    assert men.text.endswith("Nurse. He runs the men's choir.")
    for pair in study.arm("placebo"):
        assert len({half.cues["pronoun"] for half in pair.halves}) == 1


def test_a_leak_in_ones_own_resume_stops_the_study() -> None:
    with pytest.raises(InputError, match=r"'no cue words elsewhere' fails: .*\(she\)"):
        generate(own_resumes=["{{name}} says she can."], pairs=2, arms=["name"])


def test_names_of_ones_own_are_borne(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name,group\nAoife,north\nNiamh,north\nGiulia,south\nChiara,south\n")
    book = names_from_csv(path, attribute="region")
    study = generate(name_list=book, pairs=4, arms=["name", "placebo", "quality"])

    assert {h.first_name for p in study.pairs for h in p.halves} == {
        "Aoife",
        "Niamh",
        "Giulia",
        "Chiara",
    }
    assert study.plan.name_list != "bundled"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"pairs": 0}, "pairs must be a whole number of at least 1; got 0"),
        ({"pairs": 2.5}, "pairs must be a whole number of at least 1; got 2.5"),
        ({"pairs": True}, "pairs must be a whole number of at least 1; got True"),
        ({"seed": -1}, "seed must be a whole number of at least 0; got -1"),
        ({"seed": "a"}, "seed must be a whole number of at least 0; got 'a'"),
        ({"input_limit": 0}, "input_limit must be a whole number of at least 1; got 0"),
        ({"jobs": ["nurze"]}, "Did you mean 'nurse'"),
        ({"jobs": "nurse"}, "is no list of job families"),
        ({"groups": ["women", "women"]}, "are no two or more different groups"),
        ({"groups": ["women", "cats"]}, "no names of 'cats'"),
        ({"names": "stale"}, "is no design"),
        ({"own_resumes": ["text"], "arms": ["name"]}, "text 0 has no marks"),
        ({"own_resumes": ["{{a:b|c}}"], "arms": ["name"]}, "no mark for the name"),
        ({"own_resumes": ["{{name}}"]}, "'quality' and 'class' need job families"),
        ({"own_resumes": ["{{name}}"], "jobs": ["nurse"]}, "exclude each other"),
        ({"attribute": "age"}, "attribute 'age'"),
    ],
)
def test_a_plan_that_cannot_be_followed_is_refused(
    options: dict[str, object], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        generate(**{"pairs": 2, **options})


def test_a_study_is_plain_data() -> None:
    content = asdict(generate(pairs=1, arms=["name"]))

    assert content["pairs"][0]["halves"][0]["cues"]["email"].endswith("@example.com")
