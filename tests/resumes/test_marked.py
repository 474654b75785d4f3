from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import InputError
from fairaudit.resumes.marked import marked
from fairaudit.resumes.segments import filled, literals


def test_a_mark_holds_its_words_and_the_text_around_stays() -> None:
    body = marked("{{name}} says {{pronoun:she|he}} can.")

    assert literals(body) == (" says ", " can.")
    assert body[2].choices == ("she", "he")


def test_the_same_key_with_other_words_is_another_cue() -> None:
    body = marked("{{pronoun:she|he}} {{pronoun:her|his}} {{pronoun:she|he}}")

    assert [s.key for s in body if s.key] == ["pronoun", "pronoun 2", "pronoun"]


@given(st.text(st.characters(exclude_characters="{}"), min_size=1))
def test_a_text_without_marks_is_one_literal(text: str) -> None:
    assert filled(marked(text), {}) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dear {{name", "opened at character 5 is not closed"),
        ("Dear name}} there", "at character 9 closes no mark"),
        ("{{club:a {{name}}|b}}", "at character 9 overlaps the one opened at 0"),
        ("Dear {{}}", "at character 5 has no key"),
        ("Dear {{nname}}", "Did you mean 'name'"),
        ("A {{pronoun:she}}", "at character 2 needs 2 words"),
        ("A {{pronoun:she|}}", "and has 1"),
        ("A {{pronoun:she|he|they}}", "and has 3"),
    ],
)
def test_a_broken_mark_is_said_in_one_sentence_with_its_place(
    text: str, words: str
) -> None:
    with pytest.raises(InputError, match=r"^marked résumé: ") as raised:
        marked(text)

    assert words in str(raised.value)


def test_three_groups_need_three_words() -> None:
    assert marked("{{x:a|b|c}}", groups=3)[0].choices == ("a", "b", "c")
