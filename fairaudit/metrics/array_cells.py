"""Arrays of labels, predictions and groups, counted into the cells of every group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.cells import Cells
from fairaudit.core.columns import Roles
from fairaudit.core.errors import InputError, shown
from fairaudit.core.value import value
from fairaudit.criteria.comparisons import Side
from fairaudit.tally.positives import likely_positive, parse_positives, reads_as_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairaudit.engines.arrays import MemoryTable
    from fairaudit.tally.count_query import Tallied

_MOST_GROUPS = 10_000
_TRUTHS = {"true", "false"}


@value
class ArrayCells:
    """The groups of some arrays, by name, and everybody together."""

    groups: tuple[Side, ...]
    overall: Side


def count_arrays(
    y_true: Any,  # noqa: ANN401 - any array
    y_pred: Any,  # noqa: ANN401
    sensitive_features: Any = None,  # noqa: ANN401
    *,
    sample_weight: Any = None,  # noqa: ANN401
    pos_label: Any = None,  # noqa: ANN401
    labelled: bool = True,
) -> ArrayCells:
    """How many people of each group had which label and which prediction?

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_rows,)
        Labels and predictions of two values; `y_true` is only read when `labelled`.
    sensitive_features : array-like of shape (n_rows,) or (n_rows, k), frame or dict
        Who people are; several columns make their crossing.
    sample_weight : array-like of shape (n_rows,), optional
        Survey weights.
    pos_label : object, optional
        The positive value; 0/1, −1/1 and booleans are understood without it.
    labelled : bool
        Whether the labels are counted.

    Returns
    -------
    ArrayCells
        Groups by name, and all of them together.

    Raises
    ------
    InputError
        When lengths differ, a value is missing, labels are not two-valued, or pandas
        inputs have the same row labels in different orders.
    """
    from fairaudit.engines.arrays import open_arrays
    from fairaudit.engines.canonical import canonical
    from fairaudit.engines.row_order import check_row_order
    from fairaudit.tally.count_query import tally

    given = {
        "y_true": y_true if labelled else None,
        "y_pred": y_pred,
        "sensitive_features": sensitive_features,
        "sample_weight": sample_weight,
    }
    check_row_order(given, where="metrics")
    features = _features(sensitive_features)
    columns = {"y_pred": _vector("y_pred", y_pred)} | features
    if labelled:
        columns["y_true"] = _vector("y_true", y_true)
    elif len(y_true) != len(y_pred):
        raise InputError(
            f"metrics: y_true and y_pred need the same length; got {len(y_true):,} and "
            f"{len(y_pred):,}."
        )
    if sample_weight is not None:
        columns["sample_weight"] = _vector("sample_weight", sample_weight)
    named = int(pos_label) if isinstance(pos_label, bool) else pos_label
    positive = None if named is None else canonical(named)
    roles = Roles(
        label="y_true" if labelled else None,
        prediction="y_pred",
        positive={}
        if positive is None
        else {name: positive for name in ("y_true", "y_pred") if name in columns},
        favourable=None,
        tables=(tuple(features),) if features else (),
        amount=None if sample_weight is None else "sample_weight",
        amount_kind="rows" if sample_weight is None else "weight",
    )
    with open_arrays(columns) as table:
        try:
            tallied = tally(table, roles, max_groups=_MOST_GROUPS)
        except InputError:
            for column in filter(None, (roles.label, roles.prediction)):
                _check_two_valued(table, column, positive)
            raise
    _check_complete(tallied)
    _check_positive(tallied, positive)
    return _sides(tallied, tuple(features))


def _sides(tallied: Tallied, names: tuple[str, ...]) -> ArrayCells:
    """Sum the cells of each group, and of all."""
    counts = tallied.counts
    weights = counts.weights_by(names)
    groups = tuple(
        Side(name=name or "", cells=cells, weights=weights.get(name))
        for name, cells in sorted(counts.by(names).items(), key=lambda item: item[0] or "")
    )
    return ArrayCells(
        groups=groups,
        overall=Side(
            name="overall",
            cells=sum(counts.cells.values(), Cells()),
            weights=counts.all_weights,
        ),
    )


def _vector(name: str, given: Any) -> Any:  # noqa: ANN401 - any array
    """Give one dimension; booleans become 0/1, as they are to Python and fairlearn."""
    import numpy as np

    array = np.asarray(given)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array.ravel()
    if array.ndim != 1:
        raise InputError(
            f"metrics: {name} must have one dimension; got shape {array.shape}."
        )
    return array.view(np.uint8) if array.dtype.kind == "b" else array


def _features(given: Any) -> dict[str, Any]:  # noqa: ANN401 - any array
    """Name the columns of the sensitive features."""
    if given is None:
        return {}
    if hasattr(given, "columns"):
        parts: Mapping[Any, Any] = {name: given[name] for name in given.columns}
    elif isinstance(given, dict):
        parts = given
    elif hasattr(given, "iloc"):
        return {"sensitive_features": given}
    else:
        return _unnamed(given)
    if not parts:
        raise InputError("metrics: sensitive_features has no columns.")
    return {f"sensitive_features {name}": part for name, part in parts.items()}


def _unnamed(given: Any) -> dict[str, Any]:  # noqa: ANN401 - any array
    """Take an array, or a list of values or of rows, apart into columns."""
    import numpy as np

    if isinstance(given, list | tuple) and not (
        given and isinstance(given[0], list | tuple | np.ndarray)
    ):
        return {"sensitive_features": list(given)}
    array = np.asarray(given)
    if array.ndim == 1:
        return {"sensitive_features": array}
    if array.ndim != 2 or not array.shape[1]:
        raise InputError(
            "metrics: sensitive_features must have shape (n,) or (n, k); got "
            f"{array.shape}."
        )
    return {
        f"sensitive_features {place}": array[:, place] for place in range(array.shape[1])
    }


def _check_two_valued(table: MemoryTable, name: str, positive: str | None) -> None:
    """Refuse what is no label or prediction, naming the argument that helps."""
    (column,) = table.texts([name])
    occurring = {column.labels[code] for code in set(column.codes.tolist())}
    held = sorted(text for text in occurring if text is not None)
    try:
        parse_positives(name, dict.fromkeys(held, 1.0), positive)
    except InputError:
        values = shown(map(repr, held), most=4)
        if positive is not None:
            told = f"pos_label {positive!r} does not occur in {name}. Values: {values}."
        elif len(held) > 2 or any(reads_as_number(text) and "." in text for text in held):
            told = (
                f"{name} holds {values}: where these are scores, compare them with a "
                f"threshold first, such as {name} >= threshold; where one of them means "
                f"yes, say which with pos_label."
            )
        else:
            told = (
                f"{name} holds {values}: say which value is positive, such as "
                f"pos_label={likely_positive(dict.fromkeys(held, 1.0))!r}."
            )
        raise InputError(f"metrics: {told}") from None


def _check_complete(tallied: Tallied) -> None:
    """Refuse missing values: a bare number cannot say what was left out."""
    for reason, (rows, _) in tallied.ledger.items():
        if reason != "used":
            raise InputError(
                f"metrics: {rows:,} of {tallied.rows:,} rows have a {reason}. Leave them "
                "out, or use fairaudit.audit, which counts and shows them."
            )


def _check_positive(tallied: Tallied, positive: str | None) -> None:
    """Refuse a named positive value that means nothing in a column."""
    if positive is None:
        return
    for column, (yes, no) in tallied.meaning.items():
        found = {*yes, *no}
        foreign = len(found) > 1 and positive not in found
        if foreign or (found <= _TRUTHS and positive not in _TRUTHS):
            raise InputError(
                f"metrics: pos_label {positive!r} does not occur in {column}. "
                f"Values: {', '.join(sorted(found))}."
            )
