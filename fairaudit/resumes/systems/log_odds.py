"""Yes against no in the probabilities that a model gives the first word of its answer."""

from __future__ import annotations

import math
from typing import Any

_STRIPPED = " \t\r\n▁ĠĊ.,:;!*_`\"'()[]"
_FORMS = 8
_LEAST = 0.01


def log_odds(tokens: Any) -> float | None:  # noqa: ANN401 - whatever a server sends
    r"""How much likelier is yes than no, as the logarithm of the odds?

    Parameters
    ----------
    tokens : list of dict
        The field `logprobs.content` of a chat completion.

    Returns
    -------
    float or None
        `None` where no probabilities came, where yes and no together have less than 1 %
        (the model was saying something else), or where not even the likelier one is known.

    Notes
    -----
    Of the first token with a letter in it, the probabilities of all listed forms of a word
    are added ("Yes", " yes", "YES"): :math:`\log(p_{yes} / p_{no})`. Only the likeliest
    tokens are listed. Where one word is not among them, each of its forms is at most as
    likely as the least likely token listed, and all that is not listed together is at most
    what is left of 1: the smaller bound stands in for it. Such a value is nearer 0 than the
    true one, never farther.

    Examples
    --------
    >>> listed = [
    ...     {"token": "Yes", "logprob": math.log(0.6)},
    ...     {"token": " no", "logprob": math.log(0.2)},
    ... ]
    >>> round(log_odds([{"token": "Yes", "logprob": -0.5, "top_logprobs": listed}]), 3)
    1.099
    """
    listed = _first_answer(tokens)
    if not listed:
        return None
    yes = math.fsum(p for token, p in listed if _word(token) == "yes")
    no = math.fsum(p for token, p in listed if _word(token) == "no")
    if yes + no < _LEAST:
        return None
    if yes and no:
        return math.log(yes / no)
    most = _most_unlisted([p for _, p in listed])
    if max(yes, no) <= most:
        return None
    return math.log(yes / most) if yes else math.log(most / no)


def _first_answer(tokens: Any) -> list[tuple[str, float]]:  # noqa: ANN401
    """Give tokens and probabilities where the answer begins, marks and spaces skipped."""
    for one in tokens if isinstance(tokens, list) else ():
        if not isinstance(one, dict) or not isinstance(one.get("token"), str):
            return []
        if any(letter.isalnum() for letter in one["token"].strip(_STRIPPED)):
            listed = one.get("top_logprobs")
            return _listed(listed if isinstance(listed, list) else [])
    return []


def _listed(top: list[Any]) -> list[tuple[str, float]]:
    """Keep what is a token with a probability above 0."""
    found: dict[str, float] = {}
    for one in top:
        token = one.get("token") if isinstance(one, dict) else None
        logarithm = one.get("logprob") if isinstance(one, dict) else None
        if not isinstance(token, str) or not isinstance(logarithm, int | float):
            continue
        if math.isfinite(logarithm) and (p := math.exp(min(logarithm, 0.0))) > 0:
            found.setdefault(token, p)
    return list(found.items())


def _word(token: str) -> str:
    """Take off what stands around a word."""
    return token.strip(_STRIPPED).lower()


def _most_unlisted(listed: list[float]) -> float:
    """Say how likely a word can be at most of which no form is listed."""
    by_form = _FORMS * min(listed)
    left = 1.0 - math.fsum(listed)
    # Rounded probabilities may add up to more than 1: then nothing follows from the rest.
    return min(by_form, left) if left > 1e-6 else by_form
