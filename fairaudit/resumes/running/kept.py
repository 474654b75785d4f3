"""What a file of runs holds: the replies of each system, and how they came about."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.resumes.effects.answers import is_asked
from fairaudit.resumes.running.records import RUNS, Record, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike

    from fairaudit.resumes.plan import ResumeStudy


def runs_by_system(
    folder: str | PathLike[str], study: ResumeStudy, system: str | None = None
) -> dict[str, list[Record]]:
    """Which replies does a study's folder hold, by system?

    Parameters
    ----------
    folder : str or path
        Of the study.
    study : ResumeStudy
        That it holds.
    system : str, optional
        The one that is wanted.

    Returns
    -------
    dict of str to list of Record
        In the order of their first call.

    Raises
    ------
    InputError
        When there is none.
    """
    path = Path(folder) / RUNS
    if not path.exists():
        raise InputError(
            f"{folder}: nothing was asked yet. Put the study to a system: "
            f"fairaudit resumes run {folder} --system …"
        )
    found: dict[str, list[Record]] = {}
    for record in read_records(path, study.hash)[0].values():
        found.setdefault(record.system, []).append(record)
    if not found:
        raise InputError(f"{path} holds no reply yet. Run the study.")
    if system is None:
        return found
    if system not in found:
        raise InputError(
            f"{path} holds no reply of {system!r}. It has: {', '.join(found)}."
            f"{did_you_mean(system, found)}"
        )
    return {system: found[system]}


def told_of_runs(
    study: ResumeStudy, records: Sequence[Record]
) -> Iterator[tuple[str, str]]:
    """How was a system asked?

    Parameters
    ----------
    study : ResumeStudy
        Whose calls these are.
    records : sequence of Record
        Of one system.

    Yields
    ------
    (str, str)
        A label and what it stands for.
    """
    framings = dict.fromkeys(record.framing for record in records)
    repeats = 1 + max(record.repeat for record in records)
    halves = sum(
        len(pair.halves)
        for pair in study.pairs
        for framing in framings
        if is_asked(pair, framing)
    )
    wanted = halves * repeats
    ends = Counter(record.state for record in records)
    yield (
        "Calls",
        (
            f"{len(records):,} of {wanted:,} calls: {_listed(framings)}; "
            f"{repeats} {'time' if repeats == 1 else 'times'} each, in random order, the "
            "halves of a pair one after the other"
        ),
    )
    yield "Replies", ", ".join(f"{times:,} {state}" for state, times in ends.items())
    models = dict.fromkeys(record.model for record in records if record.model)
    if models:
        yield "Model", f"{_listed(models)} (as it calls itself)"
    yield (
        "When",
        f"{_minute(min(r.at for r in records))} to {_minute(max(r.at for r in records))}",
    )
    sent = sum(record.tokens_in or 0 for record in records)
    received = sum(record.tokens_out or 0 for record in records)
    if sent or received:
        cost = sum(Fraction(record.cost) for record in records if record.cost)
        priced = f", cost {float(cost):,.4f}" if cost else ""
        yield "Tokens", f"{sent:,} sent, {received:,} received{priced}"
    again = sum(record.tries > 1 for record in records)
    if again:
        yield "Tried again", f"{again:,} calls, as the system was busy"
    yield "Read by", _listed(dict.fromkeys(record.parser for record in records))


def _minute(moment: str) -> str:
    """Write a moment to the minute."""
    return f"{moment[:16].replace('T', ' ')} UTC"


def _listed(words: dict[str, None]) -> str:
    """List words."""
    return ", ".join(words)
