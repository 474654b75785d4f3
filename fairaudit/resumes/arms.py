"""Where a group shows: the arms of a study and the words of their cues.

Cues are symmetrical: "women's chess club" stands against "men's chess club", not against
"chess club", because the modifier alone moved a real screener as much as the group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.spelling import spelled
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

ARMS = (
    "name",
    "pronoun",
    "club",
    "name+pronoun",
    "explicit",
    "class",
    "placebo",
    "quality",
)
"""All arms. In those without names the halves bear one initial and surname."""

NAMED = frozenset({"name", "name+pronoun", "placebo", "quality"})
"""The arms whose halves bear first names."""

CLASSES = ("higher class", "lower class")
"""The groups of the arm "class", whatever the attribute of the others."""

PRONOUNS = {
    "women": {
        "pronouns": "she/her",
        "pronoun.subject": "She",
        "pronoun.possessive": "her",
        "verb.be": "is",
    },
    "men": {
        "pronouns": "he/him",
        "pronoun.subject": "He",
        "pronoun.possessive": "his",
        "verb.be": "is",
    },
}

MODIFIERS = {
    "women": "women's",
    "men": "men's",
    "Black": "African American",
    "white": "Irish American",
    "Hispanic": "Mexican American",
    "Asian": "Chinese American",
}

_IDENTITIES = {
    "women": "woman",
    "men": "man",
    "Black": "Black or African American",
    "white": "white",
    "Hispanic": "Hispanic or Latino",
    "Asian": "Asian",
}

_TITLES = {"women": "Ms.", "men": "Mr."}

CLASS_CUES = (
    {
        "club": ("sailing team", "track and field team"),
        "award": (
            "University award for outstanding athletes",
            "University award for outstanding athletes on financial aid",
        ),
    },
    {
        "club": ("classical music society", "country music society"),
        "award": (
            "Peer mentor for first-year students",
            "Peer mentor for first-generation college students",
        ),
    },
    {
        "club": ("polo club", "pick-up soccer club"),
        "award": (
            "Peer tutor for first-year students",
            "Peer tutor for first-generation college students",
        ),
    },
)
"""After [rivera2016]: the same person, of a higher- or a lower-class background."""

SOCIETIES = ("cultural society", "student association", "business network")
"""What the clubs of the attribute "race" are."""


@value
class Person:
    """The name at the head of a résumé, and the address that goes with it."""

    first_name: str
    surname: str
    email: str

    @property
    def name(self) -> str:
        """Give the full name."""
        return f"{self.first_name} {self.surname}".strip()


def person(first_name: str, surname: str) -> Person:
    """Give a name its address, at a domain that nobody owns.

    Examples
    --------
    >>> person("Kerri", "Walsh").email
    'kerri.walsh@example.com'
    """
    local = ".".join(_letters(part) for part in (first_name, surname) if part)
    return Person(first_name=first_name, surname=surname, email=f"{local}@example.com")


def checked_arms(
    arms: Sequence[str], attribute: str, groups: Sequence[str]
) -> tuple[str, ...]:
    """Which arms are asked for, if all of them can be made?

    Parameters
    ----------
    arms : sequence of str
        Of `ARMS`.
    attribute : str
        What the groups are groups of.
    groups : sequence of str
        Of the halves.

    Returns
    -------
    tuple of str
        Each once, in the order given.

    Raises
    ------
    InputError
        For an unknown arm, none, or one that has no words for a group.
    """
    if not arms or isinstance(arms, str):
        raise InputError(
            f"{spelled('arms')}: {arms!r} is no list of arms. Give some of: {shown(ARMS)}."
        )
    for arm in arms:
        if arm not in ARMS:
            raise InputError(
                f"arms: there is no {arm!r}. There are: {shown(ARMS)}."
                f"{did_you_mean(arm, ARMS)}"
            )
        missing = [g for g in groups if g not in _worded_groups(arm, groups)]
        if missing:
            raise InputError(
                f"arms: {arm!r} has no words for the group {missing[0]!r} of {attribute}. "
                "Leave the arm out, or mark the words in résumés of your own."
            )
    return tuple(dict.fromkeys(arms))


def cue_words(
    arm: str, group: str, who: Person, *, club: str = "", variant: int = 0
) -> dict[str, str]:
    """Which words stand at the cues of one half?

    Parameters
    ----------
    arm : str
        Of `ARMS`.
    group : str
        Of the half.
    who : Person
        Its name.
    club : str, optional
        What the club is, without its modifier.
    variant : int, optional
        Which of `CLASS_CUES`.

    Returns
    -------
    dict of str to str
        By key of the cue.
    """
    words = {
        "name": who.name,
        "first_name": who.first_name,
        "surname": who.surname,
        "email": who.email,
    }
    if arm in {"pronoun", "name+pronoun"}:
        words |= PRONOUNS[group]
    elif arm == "club":
        modifier = MODIFIERS[group]
        words["club"] = f"{modifier} {club}"
        words["award"] = f"{modifier[0].upper()}{modifier[1:]} Alumni Award"
    elif arm == "explicit":
        words["identity"] = _IDENTITIES[group]
        words["title"] = f"{_TITLES[group]} " if group in _TITLES else ""
    elif arm == "class":
        place = CLASSES.index(group)
        words |= {key: two[place] for key, two in CLASS_CUES[variant].items()}
    return words


def _worded_groups(arm: str, groups: Sequence[str]) -> Sequence[str]:
    """Say for which groups an arm has words; names are checked with their list."""
    if arm in {"pronoun", "name+pronoun"}:
        return tuple(PRONOUNS)
    if arm == "club":
        return tuple(MODIFIERS)
    return tuple(_IDENTITIES) if arm == "explicit" else groups


def _letters(words: str) -> str:
    """Keep what an address may hold."""
    return "".join(c for c in words.lower() if c.isalnum() and c.isascii())
