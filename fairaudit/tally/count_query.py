"""One query counts a table by group, label and prediction; texts are parsed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.cells import Cells
from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Amount
from fairaudit.core.value import value
from fairaudit.core.weights import Weights
from fairaudit.engines.query import CountQuery, KeyColumn
from fairaudit.tally.counts import Counts, Key
from fairaudit.tally.group_names import check_names
from fairaudit.tally.positives import parse_positives
from fairaudit.tally.profile import ScoreProfile, profile_of
from fairaudit.tally.suppression import ALL, LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairaudit.core.columns import Roles
    from fairaudit.engines.query import CellCount, CellTable, Table
    from fairaudit.engines.score_cells import ScoredCells
    from fairaudit.tally.profile import Outcome
    from fairaudit.tally.suppression import Suppressed

_CELL = {
    (True, True): "tp",
    (False, True): "fp",
    (True, False): "fn",
    (False, False): "tn",
    (None, True): "unlabelled_selected",
    (None, False): "unlabelled_rejected",
    (True, None): "undecided_positive",
    (False, None): "undecided_negative",
    (None, None): "blank",
}
"""The cell of a label and a prediction, each positive, negative or missing."""

REASONS = (
    "used",
    "missing group",
    "missing label and prediction",
    "missing label",
    "missing prediction",
    "label withheld",
    "withheld",
)
"""The places of the row ledger; a row lands in the first that fits, `used` if none does.

The last two are for people of whom something is withheld because of small counts."""


@value
class Tallied:
    """Counts, the row ledger beside them, and how each text was understood.

    `ledger` maps a place to rows and people; `meaning` maps a column to its positive and
    its negative texts. `profile` is there where scores were asked for and could be kept.
    """

    counts: Counts
    rows: int
    ledger: dict[str, tuple[int | None, Amount]]
    meaning: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    profile: ScoreProfile | None = None


def query_for(roles: Roles, *, max_groups: int, profile: bool = False) -> CountQuery:
    """Say what a table must be grouped by to audit these roles."""
    edges = {cut.column: cut.edges for cut in roles.bins}
    people = (*roles.attributes, *roles.strata)
    keys = [KeyColumn(column=column, edges=edges.get(column)) for column in people]
    if roles.prediction is not None:
        keys.append(KeyColumn(column=roles.prediction))
    elif roles.score is not None:
        keys.append(KeyColumn(column=roles.score, threshold=roles.threshold))
    if roles.label is not None:
        keys.append(KeyColumn(column=roles.label))
    only_checked = roles.prediction is not None and not profile
    return CountQuery(
        keys=tuple(keys),
        amount=roles.amount,
        amount_kind=roles.amount_kind,
        numeric=(roles.score,) if only_checked and roles.score is not None else (),
        max_distinct=max_groups,
        score=roles.score if profile else None,
        few=people,
    )


def tally(
    table: Table, roles: Roles, *, max_groups: int = 50, profile: bool = False
) -> Tallied:
    """Count a table's people by group, label and prediction.

    Parameters
    ----------
    table : Table
        An opened table.
    roles : Roles
        Which column plays which part.
    max_groups : int
        The most distinct values a group column may have.
    profile : bool
        Whether to count by score as well; without a score column there is nothing to.

    Returns
    -------
    Tallied
        Counts at the finest crossing, and where every row went.

    Raises
    ------
    InputError
        When the table has no rows or nobody, labels and predictions are not two-valued, or
        two groups would have one name.
    """
    counted = table.count(query_for(roles, max_groups=max_groups, profile=profile))
    if not counted.rows:
        raise InputError(
            f"{table.source.name}: no data rows, so there is nothing to audit."
        )
    if not any(cell.amount for cell in counted.cells):
        raise InputError(
            f"{table.source.name}: no {roles.amount_kind} of column {roles.amount!r} is "
            f"above 0, so there is nobody to audit."
        )
    n_groups, n_strata = len(roles.attributes), len(roles.strata)
    place = n_groups + n_strata
    _check_amounts(counted, roles, table.source.name)
    try:
        predictions = understood(roles, "prediction", counted.cells, place)
        labels = understood(roles, "label", counted.cells, place + 1)
    except InputError as error:
        raise InputError(f"{table.source.name}: {error}") from None
    cells: dict[Key, dict[str, Amount]] = {}
    squares: dict[Key, dict[str, Amount]] = {}
    ledger: dict[str, tuple[int, Amount]] = {}
    for cell in counted.cells:
        key = Key(groups=cell.key[:n_groups], strata=cell.key[n_groups:place])
        predicted = predictions.get(cell.key[place])
        happened = labels.get(cell.key[place + 1]) if roles.label is not None else None
        name = cell_of(happened, predicted)
        here = cells.setdefault(key, {})
        here[name] = here.get(name, 0) + cell.amount
        if cell.squares is not None:
            there = squares.setdefault(key, {})
            there[name] = there.get(name, 0) + cell.squares
        reason = _reason(
            key, happened=happened, predicted=predicted, labelled=roles.label is not None
        )
        rows, people = ledger.get(reason, (0, 0))
        ledger[reason] = (rows + cell.rows, people + cell.amount)
    try:
        check_names(cells, roles)
    except InputError as error:
        raise InputError(f"{table.source.name}: {error}") from None
    counts = Counts(
        attributes=roles.attributes,
        strata=roles.strata,
        cells={key: _cells(here) for key, here in cells.items()},
        weights={
            key: Weights(squares=_cells(there), heaviest=_rounded(counted.heaviest or 0.0))
            for key, there in squares.items()
        }
        or None,
    )
    return Tallied(
        counts=counts,
        rows=counted.rows,
        ledger={
            name: (ledger[name][0], _rounded(ledger[name][1]))
            for name in REASONS
            if name in ledger
        },
        meaning=_meaning(roles, predictions, labels),
        profile=_profile(counted.scores, roles, labels),
    )


def _check_amounts(counted: CellTable, roles: Roles, where: str) -> None:
    """Refuse rows that stand for an unknown number of people, and vanishing weights."""
    if counted.missing_amount_rows:
        raise InputError(
            f"{where}: {roles.amount_kind} column {roles.amount!r} is empty in "
            f"{counted.missing_amount_rows:,} of {counted.rows:,} rows, so how many people "
            f"they stand for is not known. Fill it in (0 is nobody), or leave these rows "
            f"out."
        )
    if any(cell.amount and cell.squares == 0 for cell in counted.cells):
        raise InputError(
            f"{where}: weight column {roles.amount!r} holds weights too small to be "
            f"squared. Multiply all of them by one number, which changes no rate."
        )


def _profile(
    scored: ScoredCells | None, roles: Roles, labels: dict[str | None, bool | None]
) -> ScoreProfile | None:
    """Make the profile of what was counted by score."""
    if scored is None:
        return None
    n_groups, n_strata = len(roles.attributes), len(roles.strata)
    outcomes: dict[bool | None, Outcome]
    outcomes = {True: "positives", False: "negatives", None: "unlabelled"}

    def place_of(texts: tuple[str | None, ...]) -> tuple[Key, Outcome]:
        happened = labels.get(texts[-1]) if roles.label is not None else None
        key = Key(groups=texts[:n_groups], strata=texts[n_groups : n_groups + n_strata])
        return key, outcomes[happened]

    return profile_of(scored, roles.attributes, roles.strata, place_of)


def _cells(sums: dict[str, Amount]) -> Cells:
    """Make cells of sums."""
    return Cells(**{name: _rounded(people) for name, people in sums.items()})


def _rounded(people: Amount) -> Amount:
    """Keep twelve digits of a sum of weights; what is beyond them comes from adding."""
    return float(f"{people:.12g}") if isinstance(people, float) else people


def cell_of(happened: bool | None, predicted: bool | None) -> str:  # noqa: FBT001 - two of a kind
    """Name the cell of a label and a prediction, each positive, negative or missing."""
    return _CELL[happened, predicted]


def understood(
    roles: Roles, part: str, cells: Iterable[CellCount], place: int
) -> dict[str | None, bool | None]:
    """Parse the distinct texts of a column, `None` staying missing."""
    column = roles.label if part == "label" else roles.prediction
    if column is None:
        scored = part == "prediction"
        return {"1": True, "0": False, None: None} if scored else {None: None}
    people: dict[str, float] = {}
    for cell in cells:
        text = cell.key[place]
        if text is not None:
            people[text] = people.get(text, 0) + cell.amount
    understood: dict[str | None, bool | None] = {None: None}
    understood.update(parse_positives(column, people, roles.positive.get(column)))
    return understood


def ledger_of(
    safe: Suppressed, tables: tuple[tuple[str, ...], ...], *, labelled: bool
) -> dict[str, tuple[int | None, Amount]]:
    """Derive the ledger from one table of what may be told, the one that tells most.

    There are no rows. With several tables a missing group has no line of its own, as those
    who lack one may have another.
    """
    ledgers = [
        _ledger_of_table(safe, columns, labelled=labelled, alone=len(tables) == 1)
        for columns in tables
    ]
    people = max(
        ledgers, key=lambda ledger: (sum(ledger.values()), ledger.get(REASONS[0], 0))
    )
    if safe.overall != ALL:
        everybody = sum(cells.total for cells in safe.counts.cells.values())
        rest = everybody - sum(people.values())
        people["withheld"] = people.get("withheld", 0) + rest
    return {name: (None, people[name]) for name in REASONS if people.get(name)}


def _ledger_of_table(
    safe: Suppressed, columns: tuple[str, ...], *, labelled: bool, alone: bool
) -> dict[str, Amount]:
    """Count where the people told of in one table ended."""
    withheld = safe.withheld.get(columns, {})
    people: dict[str, Amount] = {}
    for group, cells in safe.told(columns).items():
        key = Key(groups=(group if alone else "",))
        for pair, name in _CELL.items():
            reason = _reason(key, happened=pair[0], predicted=pair[1], labelled=labelled)
            if group in withheld and reason != "missing group":
                reason = "label withheld" if withheld[group] == LABELS else "withheld"
            people[reason] = people.get(reason, 0) + getattr(cells, name)
    return people


def _reason(
    key: Key, *, happened: bool | None, predicted: bool | None, labelled: bool
) -> str:
    """Find the place of the row ledger for one cell."""
    if None in key.groups:
        return "missing group"
    unlabelled = labelled and happened is None
    if unlabelled and predicted is None:
        return "missing label and prediction"
    if unlabelled:
        return "missing label"
    return "missing prediction" if predicted is None else "used"


def _meaning(
    roles: Roles,
    predictions: dict[str | None, bool | None],
    labels: dict[str | None, bool | None],
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Record which texts counted as positive and which as negative."""
    meaning = {}
    for column, understood in ((roles.prediction, predictions), (roles.label, labels)):
        if column is not None:
            meaning[column] = (
                tuple(sorted(text for text, is_it in understood.items() if text and is_it)),
                tuple(
                    sorted(
                        text
                        for text, is_it in understood.items()
                        if text and is_it is False
                    )
                ),
            )
    return meaning
