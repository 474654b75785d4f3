"""A sentence with the genders exchanged: English, by rules, without a tagger.

"her" before a word that begins a noun phrase is "his", elsewhere "him"; "his" likewise is
"her" or "hers". What rules get wrong ("I saw her duck") stays wrong in both directions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_AFTER_OBJECT = frozenset(
    """. , ; : ! ? ) ] " ' '' - -- – —
    a an the this that these those and or but nor if when while because since until as than
    to of in on at by for from with without into onto over under about after before between
    through during against among near up down out off away back home here there then now
    again too also either yesterday today tomorrow how what why where who whom which whether
    is was are were be been being has had have do does did will would can could may might
    shall should must not never i you he she it we they""".split()  # noqa: SIM905 - a list
)
"""Words that begin no noun phrase of which "her" or "his" could be the owner."""


def exchanged(tokens: Sequence[str], table: Mapping[str, str]) -> list[str]:
    """How does a sentence read with the genders exchanged?

    Parameters
    ----------
    tokens : sequence of str
        Words and punctuation, each by itself.
    table : mapping of str to str
        Which word stands for which, in lower case, but for "her", "him", "his" and "hers".

    Returns
    -------
    list of str
        As many tokens, with their capitals.

    Examples
    --------
    >>> table = {"she": "he", "brother": "sister"}
    >>> " ".join(exchanged("She gave her brother his book .".split(), table))
    'He gave his sister her book .'
    >>> " ".join(exchanged("We saw him and the book was hers .".split(), table))
    'We saw her and the book was his .'
    """
    made = []
    for place, token in enumerate(tokens):
        word = token.lower()
        following = tokens[place + 1].lower() if place + 1 < len(tokens) else "."
        other = _pronoun(word, following) or table.get(word)
        made.append(token if other is None else _as_written(other, token))
    return made


def _pronoun(word: str, following: str) -> str | None:
    """Exchange the pronouns whose counterpart depends on what follows."""
    owns = following not in _AFTER_OBJECT
    if word == "her":
        return "his" if owns else "him"
    if word == "his":
        return "her" if owns else "hers"
    return {"him": "her", "hers": "his"}.get(word)


def _as_written(word: str, token: str) -> str:
    """Give a word the capitals of the one it stands for."""
    if token.isupper() and len(token) > 1:
        return word.upper()
    return word.capitalize() if token[:1].isupper() else word
