"""Answers of a word or two: decisions and numbers, which are no texts to compare."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.spelling import option, spelled
from fairaudit.core.value import replace, value
from fairaudit.resumes.pair import Outcome
from fairaudit.resumes.systems.readers import Reading, read_reply, tidied
from fairaudit.resumes.text_outcomes import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fairaudit.resumes.answers import Outcomes
    from fairaudit.resumes.pair import Kind

    Read = Callable[[str], Reading]

_SHORT = 5
"""Words, which no feedback can do with."""

_FEW = 12
"""Ways of answering, such as two decisions or a scale of ten."""

_NEARLY_ALL = 0.9
_NUMBER = "the number that it is"
_TRUTHS = {"true": 1.0, "1": 1.0, "false": 0.0, "0": 0.0}


@value
class Worded:
    """Answers, those of a word or two read as the labels or numbers that they are.

    Attributes
    ----------
    outcomes : dict of (str, int, str, int) to Outcome
        By pair, half, framing and repeat.
    told : str or None
        How words were read; `None` where nothing was to be read.
    """

    outcomes: dict[tuple[str, int, str, int], Outcome]
    told: str | None


def as_labels(outcomes: Outcomes, yes: Sequence[str] = (), *, system: str) -> Worded:
    """Which decisions or numbers do answers hold that came as words?

    Parameters
    ----------
    outcomes : dict of (str, int, str, int) to Outcome
        Of one system.
    yes : sequence of str
        The answers that mean yes; every other is then a no. Without it yes, no, true and
        false are known, and what a language model says in their place.
    system : str
        What it is called, for refusals.

    Returns
    -------
    Worded
        Numbers and texts as they were.

    Raises
    ------
    InputError
        For decisions of which it is not known which means yes, for figures that are no
        numbers, and for a `yes` that nobody answered.
    """
    came = [one for one in outcomes.values() if one.state == "ok"]
    answers = Counter(plain for one in came if (plain := _plain(one.text or "")))
    if not answers or any(one.kind != "text" for one in came):
        if yes:
            raise InputError(
                f"{spelled('yes')}: {system} does not answer in words. Leave it out, or "
                "name the system that does."
            )
        return Worded(outcomes=outcomes, told=None)
    if yes:
        wanted = {_plain(one) for one in yes}
        _check_said(wanted, answers, system)
        return _read(outcomes, answers, lambda text: _against(wanted, text), "label")
    if _share(answers, lambda text: _number(text).state == "ok") >= _NEARLY_ALL:
        return _read(outcomes, answers, _number, "score")
    if _are_decisions(answers):
        _check_known(answers, system)
        return _read(outcomes, answers, _known, "label")
    if _share(answers, lambda text: not words_of(text)) >= _NEARLY_ALL:
        raise InputError(
            f"{system} answers in figures that are no plain numbers, such as "
            f"“{next(iter(answers))}”. Let it give numbers."
        )
    return Worded(outcomes=outcomes, told=None)


def _plain(text: str) -> str:
    """Take away capitals, markup and stops."""
    # A leading point may be that of a number.
    return tidied(text).rstrip(" .,;:!…。\n").lstrip(" ¡\n")


def _share(answers: Counter[str], holds: Callable[[str], bool]) -> float:
    """Say of which share of the answers something holds."""
    holding = sum(times for text, times in answers.items() if holds(text))
    return holding / answers.total()


def _is_short(text: str) -> bool:
    """Say whether an answer is too short for a text."""
    return len(text.split()) <= _SHORT


def _are_decisions(answers: Counter[str]) -> bool:
    """Say whether nearly all answers are short and come again and again."""
    ways = sum(map(_is_short, answers))
    few = ways <= min(_FEW, max(2, answers.total() // 2))
    return few and _share(answers, _is_short) >= _NEARLY_ALL


def _number(text: str) -> Reading:
    """Read a plain number."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return Reading(state="unparsable")
    return Reading(state="ok", number=number)


def _known(text: str) -> Reading:
    """Read a yes, a no, or a refusal."""
    if text in _TRUTHS:
        return Reading(state="ok", number=_TRUTHS[text])
    return read_reply("yes-no", text)


def _against(wanted: set[str], text: str) -> Reading:
    """Read what means yes, a refusal, or a no; what is long is neither."""
    if text in wanted:
        return Reading(state="ok", number=1.0)
    if _known(text).state == "refused":
        return Reading(state="refused")
    if _is_short(text):
        return Reading(state="ok", number=0.0)
    return Reading(state="unparsable")


def _check_said(wanted: set[str], answers: Counter[str], system: str) -> None:
    """Refuse a yes that was never said, and one of a system that writes texts."""
    if _share(answers, _is_short) < _NEARLY_ALL:
        raise InputError(
            f"{spelled('yes')}: {system} answers in texts, not in decisions. Leave it out, "
            "or name the system that answers in a word."
        )
    for one in sorted(wanted - answers.keys()):
        raise InputError(
            f"{spelled('yes')}: {system} never answers “{one}”. It answers "
            f"{_counts(answers)}.{did_you_mean(one, answers)}"
        )


def _check_known(answers: Counter[str], system: str) -> None:
    """Refuse decisions that nobody has said the meaning of."""
    short = [text for text in answers if _is_short(text)]
    if all(_known(text).state != "unparsable" for text in short):
        return
    raise InputError(
        f"{system} answers in a word or two, {_counts(answers)}: decisions, and no texts "
        f"to compare. Say which answer means yes, with {option('yes', 'ANSWER')}."
    )


def _read(outcomes: Outcomes, answers: Counter[str], read: Read, kind: Kind) -> Worded:
    """Read every answer, and keep what was no answer."""
    readings = {text: read(text) for text in answers}
    empty = Reading(state="unparsable")
    found = {}
    for key, one in outcomes.items():
        said = readings.get(_plain(one.text or ""), empty)
        state = said.state if one.state == "ok" else one.state
        found[key] = replace(one, state=state, kind=kind, value=said.number, text=None)
    return Worded(outcomes=found, told=_told(answers, readings, kind))


def _told(answers: Counter[str], readings: Mapping[str, Reading], kind: Kind) -> str:
    """Say how words were read."""
    of: dict[str, Counter[str]] = {}
    for text, times in answers.items():
        of.setdefault(_meaning(readings[text], kind), Counter())[text] = times
    order = (_NUMBER, "yes, 1", "no, 0", "refused", "unparsable")
    return "; ".join(f"{_counts(of[one])} read as {one}" for one in order if one in of)


def _meaning(said: Reading, kind: Kind) -> str:
    """Say what an answer counts as."""
    if said.number is None:
        return said.state
    return _NUMBER if kind == "score" else ("no, 0", "yes, 1")[int(said.number)]


def _counts(answers: Counter[str]) -> str:
    """List answers, the most frequent first, and how often each came."""
    return shown([f"“{text}” ({times:,})" for text, times in answers.most_common()], 5)
