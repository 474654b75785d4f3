"""Lists of words: those that come with fairaudit, and what an embedding has of them."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.embeddings.embedding import Embedding, Found

MINIMUM_WORDS = 3
"""Fewer words left of a list are refused: the result would be about these words alone."""

_FOLDER = Path(__file__).parent / "word_lists"


@value
class WordSet:
    """Some words, and what they stand for."""

    name: str
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a bare text, whose letters would be taken for words."""
        check_listed(self.words, f"WordSet {self.name!r}")


@value
class AssociationTest:
    """Two lists of targets and two of attributes: is the first nearer to the first?

    `published` holds effect sizes printed for other vectors, by their name.
    """

    id: str
    first_target: WordSet
    second_target: WordSet
    first_attribute: WordSet
    second_attribute: WordSet
    published: dict[str, float | None]
    reference: str | None = None

    @property
    def sets(self) -> tuple[WordSet, WordSet, WordSet, WordSet]:
        """Give the four lists in the order X, Y, A, B."""
        return (
            self.first_target,
            self.second_target,
            self.first_attribute,
            self.second_attribute,
        )


@value
class GenderLists:
    """Words that define gender, words about it, and professions."""

    definitional_pairs: tuple[tuple[str, ...], ...]
    equalize_pairs: tuple[tuple[str, ...], ...]
    specific: tuple[str, ...]
    professions: tuple[str, ...]

    @property
    def about_gender(self) -> frozenset[str]:
        """Give every word that debiasing leaves its gender."""
        pairs = (*self.definitional_pairs, *self.equalize_pairs)
        return frozenset(self.specific).union(*pairs)

    def spelled_in(self, embedding: Embedding) -> frozenset[str]:
        """Give them as spelled; for lower-case embeddings in lower case, too."""
        about = self.about_gender
        return about | {word.lower() for word in about if embedding.lower_case}

    @property
    def neutral_professions(self) -> tuple[str, ...]:
        """Give the professions that are not by their meaning about gender."""
        about = self.about_gender
        return tuple(word for word in self.professions if word not in about)


@value
class GroupLists:
    """Words that define several groups, and the stereotypes told of each."""

    definitional_sets: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...]
    stereotypes: dict[str, tuple[str, ...]]


@cache
def association_tests() -> dict[str, AssociationTest]:
    """Which association tests come with fairaudit?

    Returns
    -------
    dict of str to AssociationTest
        The ten of the publication, "weat-1" to "weat-10".

    References
    ----------
    [caliskan2017].

    Examples
    --------
    >>> association_tests()["weat-6"].first_attribute.words[:2]
    ('executive', 'management')
    """
    return {
        test["id"]: AssociationTest(
            id=test["id"],
            first_target=_word_set(test["first_target"]),
            second_target=_word_set(test["second_target"]),
            first_attribute=_word_set(test["first_attribute"]),
            second_attribute=_word_set(test["second_attribute"]),
            published=test["published"],
            reference="caliskan2017",
        )
        for test in _read("weat")
    }


def association_test(test: AssociationTest | str) -> AssociationTest:
    """Give a test by its name, or the one given."""
    if isinstance(test, AssociationTest):
        return test
    known = association_tests()
    if test not in known:
        raise InputError(
            f"weat: there is no association test {test!r}. Tests: {', '.join(known)}."
            f"{did_you_mean(test, known)}"
        )
    return known[test]


@cache
def gender_lists() -> GenderLists:
    """Which words define gender, are about it, or name professions? [bolukbasi2016]."""
    lists = _read("gender")
    return GenderLists(
        definitional_pairs=_tuples(lists["definitional_pairs"]),
        equalize_pairs=_tuples(lists["equalize_pairs"]),
        specific=tuple(lists["specific"]),
        professions=tuple(lists["professions"]),
    )


@cache
def group_lists(attribute: Literal["race", "religion"]) -> GroupLists:
    """Which words define groups by race or religion? [manzini2019]."""
    lists = _read(attribute)
    return GroupLists(
        definitional_sets=_tuples(lists["definitional_sets"]),
        groups=tuple(lists["groups"]),
        stereotypes={group: tuple(words) for group, words in lists["stereotypes"].items()},
    )


@cache
def female_shares() -> dict[str, float]:
    """How large is the share of women in 40 occupations, US labour force 2017?

    Returns
    -------
    dict of str to float
        Shares from 0 to 1.

    References
    ----------
    [zhao2018] lists them, from the Current Population Survey.
    """
    return {word: percent / 100 for word, percent in _read("occupations").items()}


def present(
    embedding: Embedding, words: WordSet, where: str, minimum: int = MINIMUM_WORDS
) -> Found:
    """What is left of a list in an embedding? Too little of it is refused.

    Parameters
    ----------
    embedding : Embedding
        Where the words are looked up.
    words : WordSet
        The list.
    where : str
        What a message calls the measure.
    minimum : int
        The fewest words that must be left.

    Returns
    -------
    Found
        Words used, and words lost.

    Raises
    ------
    InputError
        Naming the words lost or repeated and how many remain; also when `minimum` is
        below 1, or `words` is no `WordSet`.
    """
    check_minimum(minimum, where)
    if not isinstance(words, WordSet):
        raise InputError(
            f"{where}: words must be a WordSet; got {type(words).__name__}. Write "
            f"WordSet(name='my words', words=(...))."
        )
    found = embedding.find(words.words)
    if len(found.used) < minimum:
        different = {*found.used, *found.lost}
        again = sorted(word for word, times in Counter(words.words).items() if times > 1)
        lost = f"; not in {embedding.name}: {shown(found.lost)}" if found.lost else ""
        twice = f"; more than once: {shown(again)}" if again else ""
        raise InputError(
            f"{where}: {len(found.used)} of {len(different)} "
            f"{'different ' if again else ''}words of {words.name!r} remain, and at least "
            f"{minimum} are needed{lost}{twice}."
        )
    return found


def check_listed(words: object, where: str) -> None:
    """Refuse a bare text where a list of words is meant."""
    if isinstance(words, str):
        raise InputError(
            f"{where}: words must be a list; got {words!r}. Write [{words!r}]."
        )


def check_minimum(minimum: int, where: str) -> None:
    """Refuse to go on with no words at all."""
    if minimum < 1:
        raise InputError(f"{where}: minimum must be 1 or more; got {minimum}.")


def check_draws(draws: int, where: str) -> None:
    """Refuse a number of draws that cannot be."""
    if draws < 0:
        raise InputError(f"{where}: draws must be 0 (no interval) or more; got {draws}.")


def check_apart(first: Found, second: Found, names: Sequence[str], where: str) -> None:
    """Refuse two lists that share words: they cannot be told apart by them."""
    both = sorted(set(first.used) & set(second.used))
    if not both:
        return
    what = "are the same words" if set(first.used) == set(second.used) else "share words"
    raise InputError(
        f"{where}: {names[0]!r} and {names[1]!r} {what}: {shown(both)}. Keep each word in "
        f"one list."
    )


def _word_set(stored: dict[str, Any]) -> WordSet:
    """Make a list of words from its stored form."""
    return WordSet(name=stored["name"], words=tuple(stored["words"]))


def _tuples(lists: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Freeze lists of lists."""
    return tuple(tuple(words) for words in lists)


def _read(name: str) -> Any:  # noqa: ANN401 - the layout differs from list to list
    """Read one file of lists."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
