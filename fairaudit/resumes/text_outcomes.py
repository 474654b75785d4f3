"""What a reply says besides its rating: its length, tone, doubts and words of praise.

Every measure is a number for each reply, so that the same name-level inference serves.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fairaudit.core.errors import MissingExtraError
from fairaudit.core.value import value
from fairaudit.resumes.word_lists import (
    ABILITY,
    AGENTIC,
    COMMUNAL,
    DOUBT_RAISERS,
    EFFORT,
    HEDGES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Protocol

    from fairaudit.resumes.pair import Outcome, Pair

    class Analyser(Protocol):
        """What VADER's analyser can do."""

        def polarity_scores(self, text: str) -> dict[str, float]:
            """Give shares and the compound score."""

    Outcomes = Mapping[tuple[str, int, str, int], Outcome]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def words_of(text: str) -> list[str]:
    """Which words are in a text?

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    list of str
        In lower case, hyphens and apostrophes inside them kept.

    Examples
    --------
    >>> words_of("A hard-working nurse; she'll do well in 2024.")
    ['a', 'hard-working', 'nurse', "she'll", 'do', 'well', 'in']
    """
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def share_of(text: str, words: frozenset[str]) -> float | None:
    """How many of a hundred words are in a list?

    Parameters
    ----------
    text : str
        Any.
    words : frozenset of str
        In lower case; an entry ending in `*` stands for all words that begin so.

    Returns
    -------
    float or None
        `None` of a text without words.

    Examples
    --------
    >>> share_of("She may possibly do well", frozenset({"may", "possibl*"}))
    40.0
    """
    found = words_of(text)
    if not found:
        return None
    pattern = _pattern(words)
    return 100 * sum(bool(pattern.fullmatch(word)) for word in found) / len(found)


def sentiment(text: str) -> float | None:
    """How favourable is the tone, from −1 to 1?

    Parameters
    ----------
    text : str
        English.

    Returns
    -------
    float or None
        The mean of VADER's compound score over sentences, as it saturates on longer texts;
        `None` of a text without words.

    Raises
    ------
    MissingExtraError
        Where the package `vaderSentiment` is not installed.

    References
    ----------
    [hutto2014].
    """
    sentences = [part for part in _SENTENCE.split(text) if words_of(part)]
    if not sentences:
        return None
    analyser = _analyser()
    scores = [analyser.polarity_scores(part)["compound"] for part in sentences]
    return sum(scores) / len(scores)


def has_sentiment() -> bool:
    """Can sentiment be measured, that is, is the package `vaderSentiment` installed?"""
    from importlib.util import find_spec

    return find_spec("vaderSentiment") is not None


def length(text: str) -> float | None:
    """How many words has a text? None at all is 0."""
    return float(len(words_of(text)))


def hedges(text: str) -> float | None:
    """How many of a hundred words hold back a claim?"""
    return share_of(text, HEDGES)


def doubt_raisers(text: str) -> float | None:
    """How many of a hundred words raise a doubt?"""
    return share_of(text, DOUBT_RAISERS)


def agentic_less_communal(text: str) -> float | None:
    """How many more of a hundred words are of getting one's way than of getting along?"""
    return _less(text, AGENTIC, COMMUNAL)


def ability_less_effort(text: str) -> float | None:
    """How many more of a hundred words are of what one can than of how one tries?"""
    return _less(text, ABILITY, EFFORT)


MEASURES: dict[str, Callable[[str], float | None]] = {
    "length": length,
    "hedges": hedges,
    "doubt raisers": doubt_raisers,
    "agentic less communal": agentic_less_communal,
    "ability less effort": ability_less_effort,
}
"""Those that need no further package."""


def measures() -> dict[str, Callable[[str], float | None]]:
    """What is measured of a text here: all of them, sentiment where it can be."""
    return MEASURES | ({"sentiment": sentiment} if has_sentiment() else {})


@value
class SideBySide:
    """Two replies to the halves of one pair, for reading.

    Attributes
    ----------
    pair, framing : str
        Which.
    repeat : int
        Which.
    groups, texts : tuple of str
        Of the two halves that differ most.
    distance : float
        Mean absolute difference of the measures, in standard deviations over all pairs.
    """

    pair: str
    framing: str
    repeat: int
    groups: tuple[str, str]
    texts: tuple[str, str]
    distance: float


def most_different(
    pairs: Sequence[Pair],
    outcomes: Outcomes,
    *,
    count: int = 5,
    framing: str = "plain",
) -> tuple[SideBySide, ...]:
    """Which pairs got the most different replies?

    Parameters
    ----------
    pairs : sequence of Pair
        To look among.
    outcomes : mapping of (pair id, half, framing, repeat) to Outcome
        With texts.
    count : int
        How many to give, of as many pairs.
    framing : str
        The one to read under.

    Returns
    -------
    tuple of SideBySide
        The most different first.
    """
    texts = {
        key: outcome.text
        for key, outcome in outcomes.items()
        if key[2] == framing and outcome.state == "ok" and outcome.text
    }
    profile = {
        key: [take(text) or 0.0 for take in measures().values()]
        for key, text in texts.items()
    }
    scale = _spreads(list(profile.values()))
    ranked = sorted(
        (side for pair in pairs for side in _sides(pair, texts, profile, scale)),
        key=lambda side: (-side.distance, side.pair, side.repeat),
    )
    first: dict[str, SideBySide] = {}
    for side in ranked:
        first.setdefault(side.pair, side)
    return tuple(list(first.values())[:count])


def _sides(
    pair: Pair,
    texts: dict[tuple[str, int, str, int], str],
    profile: dict[tuple[str, int, str, int], list[float]],
    scale: list[float],
) -> list[SideBySide]:
    """Compare every two halves of a pair within a repeat."""
    mine = sorted(key for key in texts if key[0] == pair.id)
    return [
        SideBySide(
            pair=pair.id,
            framing=one[2],
            repeat=one[3],
            groups=(pair.halves[one[1]].group, pair.halves[other[1]].group),
            texts=(texts[one], texts[other]),
            distance=_distance(profile[one], profile[other], scale),
        )
        for place, one in enumerate(mine)
        for other in mine[place + 1 :]
        if one[3] == other[3]
    ]


def _distance(one: list[float], other: list[float], scale: list[float]) -> float:
    """Give the mean absolute difference in standard deviations."""
    parts = [abs(a - b) / sd for a, b, sd in zip(one, other, scale, strict=True) if sd > 0]
    return sum(parts) / len(parts) if parts else 0.0


def _spreads(profiles: list[list[float]]) -> list[float]:
    """Give the standard deviation of every measure over all replies."""
    from statistics import pstdev

    return [pstdev(column) for column in zip(*profiles, strict=True)]


def _less(text: str, one: frozenset[str], other: frozenset[str]) -> float | None:
    """Take the share of one list less that of another."""
    first, second = share_of(text, one), share_of(text, other)
    return None if first is None or second is None else first - second


@cache
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    """Compile a list into one pattern."""
    parts = (
        re.escape(word[:-1]) + ".*" if word.endswith("*") else re.escape(word)
        for word in sorted(words)
    )
    return re.compile("|".join(parts))


@cache
def _analyser() -> Analyser:
    """Load VADER's lexicon, once."""
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError as missing:
        raise MissingExtraError(
            "sentiment: the package vaderSentiment is not installed; "
            "pip install 'fairaudit-toolkit[llm]'."
        ) from missing
    analyser: Analyser = SentimentIntensityAnalyzer()
    return analyser
