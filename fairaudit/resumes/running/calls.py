"""The calls of a run, in the order in which they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.seeds import generator
from fairaudit.core.spelling import option
from fairaudit.core.value import value
from fairaudit.resumes.effects.answers import PLAIN, REVERSED, is_asked
from fairaudit.resumes.plan import digest
from fairaudit.resumes.systems.system import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes.pair import Pair
    from fairaudit.resumes.plan import ResumeStudy
    from fairaudit.resumes.systems.system import System


@value
class Call:
    """One application put to a system once.

    Attributes
    ----------
    key : str
        Hash of the request, whose it is, and the repeat: by it a call is known again.
    pair : str
        Of which pair.
    half : int
        Which of its applications.
    framing : str
        Under which framing.
    repeat : int
        Which time, from 0.
    position : int
        When in the run, from 0.
    request : Request
        What is sent.
    """

    key: str
    pair: str
    half: int
    framing: str
    repeat: int
    position: int
    request: Request


def calls_of(
    study: ResumeStudy,
    system: System,
    *,
    framings: Sequence[str] = (PLAIN,),
    repeats: int = 1,
) -> list[Call]:
    """Which calls does a run make, and in which order?

    Parameters
    ----------
    study : ResumeStudy
        Its seed decides the order.
    system : System
        That makes the requests.
    framings : sequence of str
        "plain" is always among them, as the others are compared with it, and so is
        "reversed" for the quality arm of a system that can be asked the reverse.
    repeats : int
        How often each application is shown under each framing.

    Returns
    -------
    list of Call
        Pairs, framings and repeats shuffled together; the halves of a pair one after the
        other, begun in turn by each of them.

    Raises
    ------
    InputError
        For a framing that the system cannot be put under, or no repeat.
    """
    wanted = tuple(dict.fromkeys((PLAIN, *framings)))
    known = [name for name in system.framings if name != REVERSED]
    for framing in wanted:
        if framing not in system.framings:
            raise InputError(
                f"framings: {system.name} cannot be put under {framing!r}. There are: "
                f"{', '.join(known)}.{did_you_mean(framing, known)}"
            )
    if REVERSED in system.framings:
        wanted = tuple(dict.fromkeys((*wanted, REVERSED)))
    if repeats < 1:
        raise InputError(f"{option('repeats', repeats)} makes no run. Ask for at least 1.")
    units = [
        (pair, framing, repeat)
        for pair in study.pairs
        for framing in wanted
        for repeat in range(repeats)
        if is_asked(pair, framing)
    ]
    order = generator(study.plan.seed, "run").permutation(len(units))
    calls: list[Call] = []
    for unit in order.tolist():
        pair, framing, repeat = units[unit]
        for half in _shown_order(pair, repeat):
            calls.append(_call(system, pair, half, framing, repeat, len(calls)))
    return calls


def _shown_order(pair: Pair, repeat: int) -> list[int]:
    """Begin with the half that the study drew; with the next one in every repeat."""
    halves = list(range(len(pair.halves)))
    start = (pair.first + repeat) % len(halves)
    return halves[start:] + halves[:start]


def _call(
    system: System, pair: Pair, half: int, framing: str, repeat: int, position: int
) -> Call:
    """Make one call."""
    request = system.request(pair.halves[half].text, pair.job, framing)
    return Call(
        key=digest([system.name, request.content, pair.id, half, framing, repeat])[:32],
        pair=pair.id,
        half=half,
        framing=framing,
        repeat=repeat,
        position=position,
        request=request,
    )
