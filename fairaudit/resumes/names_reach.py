"""How far fresh names reached: whether every pair of a study got names of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.resumes.effects.answers import QUALITY, by_arm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.resumes.plan import ResumeStudy


def names_told(study: ResumeStudy) -> str:
    """How were names given to pairs, by plan and in fact?

    Parameters
    ----------
    study : ResumeStudy
        Whose pairs are counted.

    Returns
    -------
    str
        The plan's word; of fresh names that did not suffice, how many there were.
    """
    short = list(_short(study)) if study.plan.names == "fresh" else []
    if not short:
        return study.plan.names
    return f"fresh as far as names reach: {', '.join(short)}"


def names_repeat(study: ResumeStudy) -> bool:
    """Does any arm that compares names use one of them twice?

    Parameters
    ----------
    study : ResumeStudy
        Whose pairs are counted.

    Returns
    -------
    bool
        If so, uncertainty is counted by name and a study needs more pairs.
    """
    return next(_short(study), None) is not None


def _short(study: ResumeStudy) -> Iterator[str]:
    """Tell the arms of which a group has fewer names than pairs."""
    for (arm, _), pairs in by_arm(study.pairs).items():
        halves = [half for pair in pairs for half in pair.halves]
        groups = [half.group for half in pairs[0].halves]
        # Halves of one name: the body sets pairs apart.
        one_person = all(len({h.first_name for h in p.halves}) == 1 for p in pairs)
        if arm == QUALITY or one_person:
            continue
        counts = [len({h.first_name for h in halves if h.group == g}) for g in groups]
        if min(counts) < len(pairs):
            told = " and ".join(f"{count:,}" for count in counts)
            yield f"{told} names for {len(pairs):,} pairs ({arm})"
