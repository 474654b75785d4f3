"""Which way the numbers of a study are better, and what they are without any bias."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.value import value


@value
class Better:
    """Where a number wants to be.

    Attributes
    ----------
    relation : {"<=", ">="} or None
        On which side of a limit; `None` of a number that has a bias on either side.
    unbiased : float or None
        What vectors without any bias have; `None` of a number that is not about bias.
    """

    relation: Literal["<=", ">="] | None
    unbiased: float | None


_SIGNED = Better(relation=None, unbiased=0)
_AMOUNT = Better(relation="<=", unbiased=0)
_OF_TWO = Better(relation="<=", unbiased=0.5)
_QUALITY = Better(relation=">=", unbiased=None)

_KNOWN = {
    "direct_bias": _AMOUNT,
    "occupations.correlation": _SIGNED,
    "residual.clustering": _OF_TWO,
    "residual.classifier": _OF_TWO,
    "residual.neighbours": _SIGNED,
}
_OF_TESTS = {"effect_size": _SIGNED, "abs_effect_size": _AMOUNT}
_OF_MEASURES = {
    "rnd": _SIGNED,
    "ripa": _SIGNED,
    "ect": Better(relation=">=", unbiased=1),
    "mac": Better(relation=None, unbiased=1),
    "rnsb": _AMOUNT,
    "utility": _QUALITY,
}


def better(number: str) -> Better | None:
    """Which way is a number of a study better?

    Parameters
    ----------
    number : str
        As gates name it.

    Returns
    -------
    Better or None
        `None` of a number that no study has.

    Examples
    --------
    >>> better("weat-6.abs_effect_size").relation, better("ect.gender").relation
    ('<=', '>=')
    >>> better("weat-6.effect_size").unbiased
    0
    """
    first, _, last = number.partition(".")
    return _KNOWN.get(number) or _OF_TESTS.get(last) or _OF_MEASURES.get(first)
