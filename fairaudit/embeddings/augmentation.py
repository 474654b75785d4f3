"""Counterfactual data augmentation: a corpus told again with the genders exchanged.

For those who train their own vectors: sentences of the corpus and their counterparts
together tell as much of women as of men. English only, by rules, without a tagger: "her"
before a word that begins a noun phrase is "his", elsewhere "him"; "his" likewise is "her"
or "hers". Names are exchanged in pairs that are alike in frequency. What rules get wrong
("I saw her duck") stays wrong in both directions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.exchange import exchanged
from fairaudit.embeddings.word_sets import association_tests, gender_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["augmented", "exchanged", "exchanges", "name_pairs"]

_MORE_PAIRS = (
    ("husband", "wife"),
    ("boyfriend", "girlfriend"),
    ("boyfriends", "girlfriends"),
    ("actor", "actress"),
    ("actors", "actresses"),
    ("waiter", "waitress"),
    ("hero", "heroine"),
    ("policeman", "policewoman"),
    ("salesman", "saleswoman"),
    ("widower", "widow"),
    ("groom", "bride"),
    ("sir", "madam"),
    ("mr", "mrs"),
    ("guys", "gals"),
    ("stepfather", "stepmother"),
    ("stepson", "stepdaughter"),
    ("nephews", "nieces"),
    ("uncles", "aunts"),
    ("princes", "princesses"),
)

_NO_COUNTERPARTS = frozenset(
    """fella granny catholic_priest nun dudes gal guy mary john testosterone estrogen
    prostate_cancer ovarian_cancer his her""".split()  # noqa: SIM905 - read as a list
)
"""Listed in pairs to be equalised, but with no counterpart, or one that depends on what
follows."""


def name_pairs() -> tuple[tuple[str, str], ...]:
    """Which names are exchanged by default?

    Returns
    -------
    tuple of tuple of str
        The male and female names of "weat-6", in their order. Give pairs of your own that
        are alike in frequency and age for a corpus of another time or place.

    References
    ----------
    [maudslay2019].
    """
    test = association_tests()["weat-6"]
    return tuple(zip(test.first_target.words, test.second_target.words, strict=True))


def exchanges(
    names: Iterable[tuple[str, str]] | None = None,
    pairs: Iterable[tuple[str, str]] | None = None,
) -> dict[str, str]:
    """Which word stands for which, in lower case?

    Parameters
    ----------
    names : iterable of tuple of str and str, optional
        Given names; `name_pairs` if left out, none if empty.
    pairs : iterable of tuple of str and str, optional
        Other words; those to be equalised and some more if left out.

    Returns
    -------
    dict of str to str
        In both directions, without "her", "him", "his" and "hers", which need their
        neighbour.

    Raises
    ------
    InputError
        When a word would have two counterparts.
    """
    lists = gender_lists()
    known = (
        [
            (a.lower(), b.lower())
            for a, b in (*lists.equalize_pairs, *lists.definitional_pairs)
            if not {a.lower(), b.lower()} & _NO_COUNTERPARTS
        ]
        + list(_MORE_PAIRS)
        if pairs is None
        else list(pairs)
    )
    known += name_pairs() if names is None else list(names)
    table: dict[str, str] = {}
    for first, second in known:
        for word, other in (
            (first.lower(), second.lower()),
            (second.lower(), first.lower()),
        ):
            if table.setdefault(word, other) != other:
                raise InputError(
                    f"augmentation: {word!r} cannot stand for both {table[word]!r} and "
                    f"{other!r}. Keep one of the pairs."
                )
    return table


def augmented(
    sentences: Iterable[Sequence[str]], table: Mapping[str, str] | None = None
) -> Iterator[list[str]]:
    """Tell a corpus twice: every sentence, and its counterpart where it has one.

    Parameters
    ----------
    sentences : iterable of sequence of str
        Tokens of each sentence, as gensim takes them.
    table : mapping of str to str, optional
        From `exchanges`; that of default names and pairs if left out.

    Yields
    ------
    list of str
        A sentence; then, if any word has a counterpart, the exchanged one.

    Raises
    ------
    InputError
        When a sentence is a text that is not divided into tokens.

    References
    ----------
    [maudslay2019], [zhao2018].
    """
    known = exchanges() if table is None else table
    for sentence in sentences:
        if isinstance(sentence, str):
            raise InputError(
                f"augmentation: a sentence must be a list of tokens; got {sentence!r}. "
                f"Divide it first, such as by split()."
            )
        first = list(sentence)
        yield first
        other = exchanged(first, known)
        if other != first:
            yield other
