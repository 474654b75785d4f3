"""Lists of words of one's own, as `fairaudit embeddings weat` takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.embeddings import AssociationTest, WordSet


def own_test(
    targets: Sequence[str], attributes: Sequence[str]
) -> tuple[AssociationTest, ...]:
    """Read ``--targets NAME=a,b,c`` twice and ``--attributes`` twice.

    Raises
    ------
    InputError
        When one is written otherwise, or there are not two of each.
    """
    from fairaudit.core.errors import InputError
    from fairaudit.embeddings import AssociationTest

    if not targets and not attributes:
        return ()
    if len(targets) != 2 or len(attributes) != 2:
        raise InputError(
            f"weat: give --targets twice and --attributes twice; got {len(targets)} and "
            f"{len(attributes)}."
        )
    first, second, near, far = (_word_set(text) for text in (*targets, *attributes))
    return (
        AssociationTest(
            id="own",
            first_target=first,
            second_target=second,
            first_attribute=near,
            second_attribute=far,
            published={},
        ),
    )


def _word_set(text: str) -> WordSet:
    """Read a named list of words."""
    from fairaudit.core.errors import InputError
    from fairaudit.embeddings import WordSet

    name, _, listed = text.partition("=")
    words = tuple(word.strip() for word in listed.split(",") if word.strip())
    if not name or not words:
        raise InputError(
            f"weat: {text!r} is no named list. Write NAME and words, such as "
            f"science=physics,chemistry,biology."
        )
    return WordSet(name=name.strip(), words=words)


def check_association(names: Sequence[str]) -> None:
    """Refuse what is no association test.

    Raises
    ------
    InputError
        Naming the command that measures it.
    """
    from fairaudit.core.errors import InputError
    from fairaudit.embeddings.study.measures import MEASURES

    for name in names:
        if name in MEASURES:
            raise InputError(
                f"--test {name}: this is no association test. Use fairaudit embeddings "
                f"audit --test {name}."
            )
