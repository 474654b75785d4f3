"""Association tests made of the published lists about race and religion."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from fairaudit.embeddings.word_sets import AssociationTest, WordSet, group_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairaudit.embeddings.word_sets import GroupLists

ATTRIBUTES: tuple[Literal["race", "religion"], ...] = ("race", "religion")


@cache
def group_words(attribute: Literal["race", "religion"]) -> Mapping[str, WordSet]:
    """Which words stand for each group of an attribute?

    Parameters
    ----------
    attribute : {"race", "religion"}
        Whose groups.

    Returns
    -------
    mapping of str to WordSet
        By the group's name: a word of every definitional set, each once.

    References
    ----------
    [manzini2019].
    """
    lists = group_lists(attribute)
    return {
        group: WordSet(
            name=f"words for {group}",
            words=tuple(dict.fromkeys(words[place] for words in lists.definitional_sets)),
        )
        for place, group in enumerate(lists.groups)
    }


@cache
def group_tests() -> Mapping[str, AssociationTest]:
    """Are the words for a group nearer to the stereotypes told of it than another's are?

    Returns
    -------
    mapping of str to AssociationTest
        One per pair of groups, such as "religion-christian-muslim".

    References
    ----------
    [manzini2019] for the lists, [caliskan2017] for the test.
    """
    made = {}
    for attribute in ATTRIBUTES:
        lists = group_lists(attribute)
        for first, second in combinations(lists.groups, 2):
            name = f"{attribute}-{first}-{second}"
            made[name] = AssociationTest(
                id=name,
                first_target=group_words(attribute)[first],
                second_target=group_words(attribute)[second],
                first_attribute=_stereotypes(lists, first),
                second_attribute=_stereotypes(lists, second),
                published={},
                reference="manzini2019",
            )
    return made


def _stereotypes(lists: GroupLists, group: str) -> WordSet:
    """Give what is told of a group."""
    return WordSet(name=f"stereotypes of {group}", words=lists.stereotypes[group])
