"""What the reader of an audit must know beside the numbers, each in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from fairaudit.core.errors import shown
from fairaudit.core.words import worded
from fairaudit.report.model import Note
from fairaudit.tally.rates import SELECTION_RATE
from fairaudit.tally.suppression import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from fairaudit.core.columns import Roles
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.provenance import Source
    from fairaudit.core.requirements import Requirements
    from fairaudit.tally.count_query import Tallied
    from fairaudit.tally.profile import ScoreProfile
    from fairaudit.tally.suppression import Suppressed

_SMALL = 30
_FEW_TEXTS = 6


def reading_notes(
    source: Source, roles: Roles, tallied: Tallied, taken: Sequence[str]
) -> Iterator[Note]:
    """Say how the table was read and what was taken for granted."""
    if source.read_as is not None:
        yield Note(id="read_as", kind="fact", text=f"Read as {source.read_as}.")
    if taken:
        text = f"Columns found by their names: {', '.join(taken)}."
        yield Note(id="columns_taken", kind="assumption", text=text)
    for column, (positive, negative) in tallied.meaning.items():
        plain = set(positive) <= {"1", "1.0", "true"} and set(negative) <= {
            "0",
            "0.0",
            "false",
        }
        if not plain or len(positive) > 1 or len(negative) > 1:
            yield Note(
                id=f"positive_{column}",
                kind="assumption",
                text=f"In {column}, positive is {_texts(positive)}; "
                f"negative is {_texts(negative)}.",
            )
    if roles.favourable is None:
        yield Note(
            id="favourable",
            kind="assumption",
            text="A positive prediction is taken to help the person it is about. "
            "If it harms, say --favourable not-selected.",
        )
    if roles.score is not None and roles.prediction is not None:
        use = (
            "holds numbers only"
            if roles.label is None
            else "is for criteria on scores only"
        )
        yield Note(
            id="score_beside_prediction",
            kind="fact",
            text=f"Score column {roles.score} {use}; decisions come from "
            f"{roles.prediction}.",
        )


def score_notes(
    roles: Roles, profile: ScoreProfile | None, suppress_below: int | None
) -> Iterator[Note]:
    """Say which scores could not be counted, and how those that were stand."""
    if roles.score is None or roles.label is None:
        return
    if suppress_below is not None:
        yield Note(
            id="scores_withheld",
            kind="fact",
            text="Criteria on scores are not measured: people of one score are few, and "
            "small counts are withheld.",
        )
    elif profile is None:
        yield Note(
            id="too_many_scores",
            kind="limit",
            text=f"Groups and scores ({roles.score}) make too many combinations, so that "
            f"criteria on scores are not measured; ask for fewer groups at once.",
        )
    elif profile.bits is not None:
        yield Note(
            id="scores_binned",
            kind="fact",
            text=f"{roles.score} has too many distinct values to count one by one; scores "
            f"stand in bins at most {profile.widest:.2g} wide. Decisions are exact.",
        )
    without = 0 if profile is None else profile.overall().missing
    if without and roles.prediction is not None:
        yield Note(
            id="missing_scores",
            kind="fact",
            text=f"{without:,.0f} people have no score ({roles.score}): they are in every "
            f"rate, and in no criterion on scores.",
        )


def group_notes(
    tables: Sequence[GroupTable], expected: dict[str, tuple[str, ...]]
) -> Iterator[Note]:
    """Say what is odd about the groups of each table."""
    for table in tables:
        yield from _of_one_table(table)
        wanted = expected.get(table.attribute)
        if wanted is not None:
            yield from _unexpected(table, wanted)


def selection_notes(tables: Sequence[GroupTable], roles: Roles) -> Iterator[Note]:
    """Say where everybody has one decision, so that rates of decisions cannot differ."""
    rate = tables[0].overall.rates[SELECTION_RATE.id].value
    if rate not in {0, 1}:
        return
    told = "Everybody was {selected}" if rate else "Nobody was {selected}"
    scores = "no" if rate else "every"
    why = ""
    if roles.prediction is None and roles.threshold is not None:
        why = f", as {scores} {roles.score} is below {roles.threshold:g}"
    yield Note(
        id="one_decision",
        kind="doubt",
        text=f"{worded(told, roles.favourable)}{why}: the rates of no two groups could "
        f"differ, and equal ones say nothing of the system.",
    )


def _of_one_table(table: GroupTable) -> Iterator[Note]:
    """Look at one table's group names and sizes."""
    groups = [row for row in table.groups if row.kind == "group"]
    where = table.attribute
    if len(groups) == 1:
        yield Note(
            id=f"one_group_{where}",
            kind="limit",
            text=f"There is only one group in {where} ({groups[0].name}): nothing can be "
            f"compared.",
        )
    alike = _variants([row.name for row in groups])
    if alike:
        pairs = "; ".join(", ".join(repr(name) for name in names) for names in alike)
        yield Note(
            id=f"variants_{where}",
            kind="doubt",
            text=f"Some names in {where} differ only in case, blanks or how letters are "
            f"encoded and look alike; they are kept apart, not merged: {pairs}.",
        )
    small = [row for row in groups if 0 < (row.people or 0) < _SMALL]
    if small and len(groups) > 1:
        sizes = shown([f"{row.name} ({row.people:,.0f})" for row in small], most=6)
        yield Note(
            id=f"small_{where}",
            kind="doubt",
            text=f"Too small to judge by themselves in {where}, fewer than {_SMALL} "
            f"people: "
            f"{sizes}.",
        )
    undecided = [row for row in groups if row.rates[SELECTION_RATE.id].value is None]
    if undecided and len(undecided) == len(groups):
        yield Note(
            id=f"no_predictions_{where}",
            kind="limit",
            text=f"No group in {where} has a prediction: nothing can be measured.",
        )


def _variants(names: Sequence[str]) -> list[list[str]]:
    """Group names that only case, blanks or how letters are encoded tell apart.

    Folding case can take composed letters apart again, hence the second time.
    """
    by_folded: dict[str, list[str]] = {}
    for name in names:
        folded = normalize("NFKC", normalize("NFKC", name).casefold())
        by_folded.setdefault("".join(folded.split()), []).append(name)
    return [alike for alike in by_folded.values() if len(alike) > 1]


def _unexpected(table: GroupTable, wanted: tuple[str, ...]) -> Iterator[Note]:
    """Say which expected groups are absent, and which present ones were not expected."""
    absent = [row.name for row in table.groups if row.kind == "absent"]
    if absent:
        yield Note(
            id=f"absent_{table.attribute}",
            kind="doubt",
            text=f"Expected in {table.attribute} but not there: {shown(absent)}.",
        )
    extra = [
        row.name for row in table.groups if row.kind == "group" and row.name not in wanted
    ]
    if extra:
        yield Note(
            id=f"unexpected_{table.attribute}",
            kind="doubt",
            text=f"In {table.attribute} but not among the expected groups: {shown(extra)}.",
        )


def suppression_notes(below: int | None, safe: Suppressed) -> Iterator[Note]:
    """Say what is withheld, and what that means for totals and strata."""
    if below is None:
        return
    yield Note(
        id="suppressed",
        kind="fact",
        text=f"Counts from 1 to {below - 1} are withheld, with everything that would "
        f"reveal them. What is shown of a group, or overall, is of all its people.",
    )
    if safe.overall == ALL:
        yield Note(
            id="suppressed_total",
            kind="fact",
            text="How many people there are overall is withheld: the people counted are "
            "those of the groups whose number is shown.",
        )
    if safe.strata:
        yield Note(
            id="suppressed_strata",
            kind="fact",
            text="Where a group is few in a stratum, or would reveal who is, that stratum "
            "of theirs is not told: they are in the rates of their group, which is in no "
            "comparison among people alike.",
        )


def limit_notes(roles: Roles, requirements: Requirements, *, today: date) -> Iterator[Note]:
    """Say what the audit cannot tell, and which plain settings hide something."""
    if roles.label is None:
        yield Note(
            id="no_label",
            kind="limit",
            text="There is no label column, so this audit says who was selected, not "
            "whether "
            "that was right: no error rates, no predictive parity.",
        )
    else:
        yield Note(
            id="label_trusted",
            kind="limit",
            text=f"Whether the label ({roles.label}) is itself fair cannot be seen in "
            f"these "
            f"data: where it records past decisions, so does every rate that uses it.",
        )
    yield Note(
        id="no_cause",
        kind="limit",
        text="An audit of rates says that groups are treated differently, not why.",
    )
    if roles.amount_kind == "weight":
        yield Note(
            id="weighted",
            kind="fact",
            text="People are sums of survey weights; intervals and verdicts use the "
            "effective size of each rate, at most Kish's and smaller where weights go with "
            "the outcome or a few heavy people decide. Gates on plain numbers are refused.",
        )
        yield Note(
            id="weighted_rows",
            kind="limit",
            text="Rows are taken for drawn independently, each with its weight: clusters "
            "of a survey's design make intervals and verdicts too sure, and people too "
            "heavy and too rare to be among these rows cannot be allowed for.",
        )
    yield from policy_notes(requirements, today)


def policy_notes(requirements: Requirements, today: date) -> Iterator[Note]:
    """Which settings of a policy must every reader know?

    Parameters
    ----------
    requirements : Requirements
        What is asked, with waivers.
    today : datetime.date
        The day that decides whether a waiver still holds.

    Yields
    ------
    Note
        Undecided gates let pass, and waivers that have expired.
    """
    if requirements.undecided == "pass":
        yield Note(
            id="undecided_pass",
            kind="doubt",
            text="This audit was told to let undecided gates pass (--undecided pass).",
        )
    for waiver in requirements.waivers:
        if waiver.expires < today.isoformat():
            yield Note(
                id=f"expired_{waiver.gate}",
                kind="doubt",
                text=f"The waiver of {waiver.gate} by {waiver.owner} expired on "
                f"{waiver.expires} and is not applied.",
            )


def _texts(texts: tuple[str, ...]) -> str:
    """List the texts of a column for a note."""
    return shown([repr(text) for text in texts], most=_FEW_TEXTS) if texts else "nothing"
