"""Pairs of résumés from a plan: names cast, bodies written, cues filled, all checked."""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain
from numbers import Integral
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.spelling import spelled
from fairaudit.core.value import replace
from fairaudit.resumes import checks
from fairaudit.resumes.arms import checked_arms
from fairaudit.resumes.casting import Design
from fairaudit.resumes.drafting import OWN, Setting, drafts
from fairaudit.resumes.marked import FROM_NAMES, marked
from fairaudit.resumes.names import GROUPS, NameBook, name_book
from fairaudit.resumes.plan import CheckRow, Plan, ResumeStudy, digest
from fairaudit.resumes.segments import keys
from fairaudit.resumes.templates import job_family
from fairaudit.resumes.templates import jobs as all_jobs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes.segments import Draft


def generate(
    *,
    jobs: Sequence[str] | None = None,
    pairs: int = 100,
    arms: Sequence[str] = ("name", "placebo", "quality"),
    attribute: str = "gender",
    groups: Sequence[str] | None = None,
    names: str = "fresh",
    name_list: NameBook | None = None,
    own_resumes: Sequence[str] | None = None,
    seed: int = 0,
    input_limit: int | None = None,
) -> ResumeStudy:
    """Which pairs of résumés differ only in what they imply of a group?

    Parameters
    ----------
    jobs : sequence of str, optional
        Job families, all of `templates.jobs` if left out.
    pairs : int, optional
        How many résumés an arm has, each one pair, or K pairs if crossed.
    arms : sequence of str, optional
        Of `arms.ARMS`; placebo and quality are the controls of the others.
    attribute : str, optional
        "gender", "race", or that of `name_list`.
    groups : sequence of str, optional
        Two or more; women and men, or Black and white, if left out.
    names : str, optional
        "fresh": every name is used before any is used again; "reuse K": K names a group,
        one pair a résumé; "crossed K": K names a group on every résumé.
    name_list : NameBook, optional
        From `names_from_csv`; the bundled names if left out.
    own_resumes : sequence of str, optional
        Marked texts, see `marked`, in place of job families.
    seed : int, optional
        Same seed, same bytes.
    input_limit : int, optional
        How many tokens the system reads, if known.

    Returns
    -------
    ResumeStudy
        The pairs and nine rows of checks.

    Raises
    ------
    InputError
        When the plan cannot be followed, or one of the first six checks fails.

    Examples
    --------
    >>> study = generate(jobs=["nurse"], pairs=2, arms=["name"], seed=7)
    >>> [half.group for half in study.pairs[0].halves]
    ['women', 'men']
    """
    book = name_book(attribute) if name_list is None else name_list
    kinds = _known_groups(book, groups)
    plan = Plan(
        jobs=_known_jobs(jobs, own_resumes),
        pairs=_whole("pairs", pairs, least=1),
        arms=checked_arms(arms, book.attribute, kinds),
        attribute=book.attribute,
        groups=kinds,
        names=names,
        seed=_whole("seed", seed, least=0),
        name_list="bundled" if name_list is None else digest(asdict(name_list)),
        own_resumes="none" if own_resumes is None else digest(list(own_resumes)),
        input_limit=None
        if input_limit is None
        else _whole("input_limit", input_limit, least=1),
    )
    Design.read(names)
    own = tuple(marked(text, groups=len(kinds)) for text in own_resumes or ())
    setting = Setting(plan=plan, book=book, own=own)
    _no_idle_marks(setting)
    made = _in_order(setting, list(chain(*(drafts(setting, a) for a in plan.arms))))
    rows = _checked(setting, made)
    return ResumeStudy(plan=plan, pairs=tuple(d.pair for d in made), checks=rows)


def _whole(name: str, given: object, *, least: int) -> int:
    """Take a whole number that is not too small; True is none."""
    if isinstance(given, bool) or not isinstance(given, Integral) or int(given) < least:
        raise InputError(
            f"generate: {name} must be a whole number of at least {least}; got {given!r}."
        )
    return int(given)


def _known_groups(book: NameBook, groups: Sequence[str] | None) -> tuple[str, ...]:
    """Say which groups are compared."""
    if groups is None:
        return book.groups if book.attribute not in GROUPS else _default(book)
    kinds = tuple(groups)
    for group in kinds:
        if group not in book.groups:
            raise InputError(
                f"groups: there are no names of {group!r}. There are: "
                f"{', '.join(book.groups)}."
            )
    if len(set(kinds)) != len(kinds) or len(kinds) < 2:
        raise InputError(f"groups: {list(kinds)} are no two or more different groups.")
    return kinds


def _default(book: NameBook) -> tuple[str, ...]:
    """Take the first two known groups, or all that a list of one's own has."""
    known = tuple(g for g in GROUPS[book.attribute] if g in book.groups)
    return known[:2] if len(known) >= 2 else book.groups


def _known_jobs(jobs: Sequence[str] | None, own: Sequence[str] | None) -> tuple[str, ...]:
    """Say which job families are used."""
    if own is not None:
        if jobs is not None:
            raise InputError(
                f"{spelled('jobs')} and {spelled('own_resumes')} exclude each other. Give "
                "one of them."
            )
        if isinstance(own, str) or not own:
            raise InputError("own_resumes is no list of texts. Give at least one text.")
        return (OWN,)
    if isinstance(jobs, str) or (jobs is not None and not jobs):
        raise InputError(
            f"{spelled('jobs')}: {jobs!r} is no list of job families. Give at least one."
        )
    kinds = all_jobs() if jobs is None else tuple(dict.fromkeys(jobs))
    for job in kinds:
        job_family(job)
    return kinds


def _no_idle_marks(setting: Setting) -> None:
    """Refuse résumés of one's own that could not differ, or have no quality."""
    named = [a for a in setting.plan.arms if a in {"name", "placebo", "name+pronoun"}]
    for place, segments in enumerate(setting.own):
        marks = keys(segments)
        if not marks:
            raise InputError(
                f"{spelled('own_resumes')}: text {place} has no marks. Put {{{{name}}}} "
                "where the name stands."
            )
        if named and not set(FROM_NAMES) & set(marks):
            raise InputError(
                f"{spelled('own_resumes')}: text {place} has no mark for the name that "
                f"the arm {named[0]!r} changes. Put {{{{name}}}} where the name stands."
            )
    if setting.own and {"quality", "class"} & set(setting.plan.arms):
        raise InputError(
            f"{spelled('own_resumes')}: the arms 'quality' and 'class' need job families. "
            "Leave them out here."
        )


def _in_order(setting: Setting, made: list[Draft]) -> list[Draft]:
    """Draw which half comes first, evenly within arm, job and tier."""
    decks: dict[tuple[str, str, str], list[int]] = {}
    dice = setting.dice("order")
    ordered = []
    for draft in made:
        pair = draft.pair
        deck = decks.setdefault((pair.arm, pair.job, pair.tier), [])
        if not deck:
            deck += dice.shuffled(range(len(pair.halves)))
        ordered.append(replace(draft, pair=replace(pair, first=deck.pop())))
    return ordered


def _checked(setting: Setting, made: list[Draft]) -> tuple[CheckRow, ...]:
    """Run the nine checks; the first six must hold."""
    must = (
        checks.halves_alike(made),
        checks.no_stray_cues(made),
        checks.grammar_agrees(made),
        checks.names_coherent(made, setting.book),
        checks.order_balanced(made),
        checks.ages_consistent(made, setting.book),
    )
    for row in must:
        if not row.passed:
            raise InputError(
                f"study: the check {row.name!r} fails: {row.detail} Mend the marks or the "
                "names."
            )
    return (
        *must,
        checks.lengths_balanced(made),
        checks.cues_within(made, setting.plan.input_limit),
        checks.bodies_diverse(made),
    )
