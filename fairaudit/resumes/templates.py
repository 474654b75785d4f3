"""Job families as data: title ladders, duties, skills, credentials and employers."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError, did_you_mean, shown

if TYPE_CHECKING:
    from fairaudit.resumes.dice import Dice

_FOLDER = "templates"
_RANGE = re.compile(r"\{(\d+)-(\d+)\}")


@cache
def jobs() -> tuple[str, ...]:
    """Which job families are there?

    Examples
    --------
    >>> "nurse" in jobs()
    True
    """
    names = (p.name for p in (files("fairaudit.resumes") / _FOLDER).iterdir())
    return tuple(
        sorted(n[:-5] for n in names if n.endswith(".toml") and n != "common.toml")
    )


@cache
def job_family(job: str) -> dict[str, Any]:
    """What does a job family consist of?

    Parameters
    ----------
    job : str
        One of `jobs`.

    Returns
    -------
    dict of str to Any
        The table of its file.

    Raises
    ------
    InputError
        For a job that is not there.
    """
    if job not in jobs():
        raise InputError(
            f"jobs: there is no {job!r}. There are: {shown(jobs(), 20)}."
            f"{did_you_mean(job, jobs())}"
        )
    return _table(f"{job}.toml")


@cache
def common() -> dict[str, Any]:
    """What do résumés of all jobs share: cities, schools, clubs, earlier work?"""
    return _table("common.toml")


def numbered(text: str, dice: Dice) -> str:
    """Draw a number for every ``{low-high}`` of a line."""
    if "{" not in text:
        return text
    return _RANGE.sub(lambda m: str(dice.between(int(m[1]), int(m[2]))), text)


def advertisement(job: str) -> str:
    """How would a job family be advertised?

    Parameters
    ----------
    job : str
        One of `jobs`.

    Returns
    -------
    str
        The title in the middle of the ladder, its duties, degree and skills.

    Examples
    --------
    >>> print(advertisement("nurse").partition(" bed")[0])
    Charge Nurse
    <BLANKLINE>
    What you will do
    - Coordinated staffing and
    """
    family = job_family(job)
    duties = [_RANGE.sub(r"\1 to \2", duty) for duty in family["duties"]["middle"]]
    asked = [family["degree"], *family["skills"]]
    return "\n".join(
        [
            family["ladder"][1],
            "",
            "What you will do",
            *(f"- {duty}" for duty in duties),
            "",
            "What you bring",
            *(f"- {what}" for what in asked),
        ]
    )


def _table(name: str) -> dict[str, Any]:
    """Read a file of the folder."""
    import tomllib

    place = files("fairaudit.resumes") / _FOLDER / name
    return tomllib.loads(place.read_text(encoding="utf-8"))
