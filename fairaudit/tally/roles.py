"""Find the columns of an audit: those named, and those whose name says what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.core.columns import Bin, Roles
from fairaudit.core.errors import ColumnNotFoundError, InputError, shown
from fairaudit.core.spelling import option, spelled
from fairaudit.core.value import value
from fairaudit.core.words import Favourable

if TYPE_CHECKING:
    from collections.abc import Sequence

WELL_KNOWN = {
    "label": ("y_true", "label", "label_value"),
    "prediction": ("y_pred", "prediction"),
    "score": ("score", "probability"),
}
"""Names that columns are found by when none is given."""


@value
class Wanted:
    """What a user asked for, before it is held against the columns there are."""

    label: str | None = None
    prediction: str | None = None
    score: str | None = None
    threshold: float | None = None
    positive: str | dict[str, str] | None = None
    favourable: Favourable | None = None
    groups: tuple[str, ...] = ()
    bins: tuple[Bin, ...] = ()
    strata: tuple[str, ...] = ()
    count: str | None = None
    weight: str | None = None


@value
class Found:
    """The roles, and sentences about what was taken without being named."""

    roles: Roles
    taken: tuple[str, ...]


def find_roles(wanted: Wanted, columns: Sequence[str], *, where: str) -> Found:
    """Hold what is wanted against the columns there are.

    Parameters
    ----------
    wanted : Wanted
        Named columns and settings.
    columns : sequence of str
        The table's columns.
    where : str
        The table's name, for messages.

    Returns
    -------
    Found
        Roles, and a sentence for each column that was found by its name.

    Raises
    ------
    ColumnNotFoundError
        When a named column is not there.
    InputError
        When there is nothing to audit, or one column would play two parts.
    """
    if not wanted.groups:
        raise InputError(
            f"{where}: no group column was named. Columns: {shown(columns)}. "
            f"Name the one that says who people are, such as {option('groups', 'gender')}."
        )
    label = wanted.label or _well_known("label", wanted, columns)
    prediction = wanted.prediction
    score = wanted.score
    if prediction is None and wanted.threshold is None:
        prediction = _well_known("prediction", wanted, columns)
    if score is None and wanted.threshold is not None:
        score = _well_known("score", wanted, columns)
    _check_decision(wanted, prediction, score, columns, where)
    amount, kind = _amount(wanted)
    roles = Roles(
        label=label,
        prediction=prediction,
        score=score,
        threshold=wanted.threshold,
        positive=_positive(wanted.positive, label, prediction),
        favourable=wanted.favourable,
        tables=tuple(_table(group, columns, where) for group in wanted.groups),
        bins=wanted.bins,
        strata=wanted.strata,
        amount=amount,
        amount_kind=kind,
    )
    _check_columns(roles, columns, where)
    taken = [
        f"{part} {column!r}"
        for part, column, named in (
            ("label", label, wanted.label),
            ("prediction", prediction, wanted.prediction),
            ("score", score, wanted.score),
        )
        if column is not None and named is None
    ]
    return Found(roles=roles, taken=tuple(taken))


def _well_known(
    part: Literal["label", "prediction", "score"], wanted: Wanted, columns: Sequence[str]
) -> str | None:
    """Find a column by its well-known name, unless it already plays another part."""
    busy = {
        wanted.label,
        wanted.prediction,
        wanted.score,
        wanted.count,
        wanted.weight,
        *wanted.groups,
        *wanted.strata,
    }
    by_folded = {column.casefold(): column for column in columns}
    for name in WELL_KNOWN[part]:
        if name in by_folded and by_folded[name] not in busy:
            return by_folded[name]
    return None


def _check_decision(
    wanted: Wanted,
    prediction: str | None,
    score: str | None,
    columns: Sequence[str],
    where: str,
) -> None:
    """Make sure that there is one way to know what was decided."""
    if prediction is not None and wanted.threshold is not None:
        raise InputError(
            f"{where}: both a prediction column ({prediction!r}) and a threshold were "
            f"given; decisions come from one of them. Leave out {spelled('threshold')}, or "
            f"{spelled('prediction')}."
        )
    if prediction is not None or (score is not None and wanted.threshold is not None):
        return
    if score is not None:
        raise InputError(
            f"{where}: score column {score!r} was given, but not the score at which people "
            f"are selected. Add {option('threshold')}, or {option('prediction', 'COLUMN')}."
        )
    missing = "score" if wanted.threshold is not None else "prediction"
    raise InputError(
        f"{where}: no {missing} column was named and none is called "
        f"{' or '.join(WELL_KNOWN[missing])}. Columns: {shown(columns)}. Name it with "
        f"{option('prediction', 'COLUMN')}, or {option('score', 'COLUMN')} with "
        f"{option('threshold')}."
    )


def _amount(wanted: Wanted) -> tuple[str | None, Literal["rows", "count", "weight"]]:
    """Tell how many people a row stands for."""
    if wanted.count is not None and wanted.weight is not None:
        raise InputError(
            "a row either stands for several people or has a survey weight, not both: "
            f"counts are exact, weights are not. Leave out "
            f"{spelled('count')}, or {spelled('weight')}."
        )
    if wanted.count is not None:
        return wanted.count, "count"
    if wanted.weight is not None:
        return wanted.weight, "weight"
    return None, "rows"


def _positive(
    positive: str | dict[str, str] | None, label: str | None, prediction: str | None
) -> dict[str, str]:
    """Say of each column which value is positive, where that was named."""
    if positive is None:
        return {}
    if isinstance(positive, str):
        return {column: positive for column in (label, prediction) if column is not None}
    for column in positive:
        if column not in {label, prediction}:
            raise InputError(
                f"positive value for column {column!r}: it is neither the label "
                f"({label!r}) nor the prediction ({prediction!r})."
            )
    return dict(positive)


def _table(group: str, columns: Sequence[str], where: str) -> tuple[str, ...]:
    """Split a crossing such as A×B into its columns; a column of that very name wins."""
    if group in columns:
        return (group,)
    parts = tuple(part.strip() for part in group.replace("*", "×").split("×"))
    for part in parts:
        if part not in columns:
            raise ColumnNotFoundError.among(part, columns, where=where)
    if len(set(parts)) < len(parts):
        raise InputError(f"{where}: the crossing {group!r} names a column twice.")
    return parts


def _check_columns(roles: Roles, columns: Sequence[str], where: str) -> None:
    """Refuse columns that are not there, or that would play two parts."""
    parts = [
        ("label", roles.label),
        ("prediction", roles.prediction),
        ("score", roles.score),
        (roles.amount_kind, roles.amount),
        *(("group", column) for column in roles.attributes),
        *(("stratum", column) for column in roles.strata),
    ]
    played: dict[str, str] = {}
    for part, column in parts:
        if column is None:
            continue
        if column not in columns:
            raise ColumnNotFoundError.among(column, columns, where=where)
        if column in played:
            raise InputError(
                f"{where}: column {column!r} cannot be both the {played[column]} and the "
                f"{part}: an audit of the same column against itself says nothing. "
                f"Name another column for one of them."
            )
        played[column] = part
    groups = ["×".join(columns) for columns in roles.tables]
    for cut in roles.bins:
        if cut.column not in (*roles.attributes, *roles.strata):
            raise InputError(
                f"{where}: {spelled('bins')}: {cut.column!r} is neither a group nor a "
                f"stratum. Name it too, such as {option('groups', [*groups, cut.column])}, "
                "or leave the bins out."
            )
    if len(set(roles.tables)) < len(roles.tables):
        raise InputError(f"{where}: a group was named twice; name each once.")
