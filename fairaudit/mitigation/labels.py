"""Labels of two classes, whatever holds them."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import column_or_1d

from fairaudit.core.errors import InputError

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array


def coded_labels(y: Any, where: str) -> tuple[Array, Array]:
    """Which two classes are there, and of which is each row?

    Parameters
    ----------
    y : array-like of shape (n_rows,)
        Labels.
    where : str
        Who asks, for messages.

    Returns
    -------
    tuple of ndarray
        The classes, rising: the larger one is positive, as in scikit-learn. And 0 or 1 per
        row.

    Raises
    ------
    InputError
        When labels are missing or masked, of several kinds, or not of two classes.
    """
    classes = _two_numbers(y)
    if classes is None:
        missing = _missing(y)
        if missing:
            raise InputError(f"{where}: y is missing in {missing:,} rows. Leave them out.")
        y = _of_one_kind(column_or_1d(y, warn=True), where)
        check_classification_targets(y)
        kind = type_of_target(y, input_name="y", raise_unknown=True)
        if kind != "binary":
            raise InputError(
                f"Only binary classification is supported. The type of the target is "
                f"{kind}."
            )
        classes = np.unique(y)
    if len(classes) < 2:
        raise InputError(f"{where}: y has only one class, {classes[0]}; two are needed.")
    return classes, np.asarray(y == classes[1], dtype=np.intp)


def _two_numbers(y: Any) -> Array | None:
    """Give the classes of an array of two whole numbers, which needs no further check."""
    if not isinstance(y, np.ndarray) or np.ma.isMaskedArray(y):
        return None
    if not (y.ndim == 1 and y.dtype.kind in "biu" and y.size):
        return None
    low, high = int(y.min()), int(y.max())
    if high - low != 1:  # between neighbours there is no third
        counts = np.count_nonzero(y == low), np.count_nonzero(y == high)
        if low == high or sum(counts) < y.size:
            return None
    return np.array([low, high], dtype=y.dtype)


def _missing(y: Any) -> int:
    """Count labels that are none."""
    if np.ma.isMaskedArray(y) and np.ma.is_masked(y):
        return int(np.ma.getmaskarray(y).sum())
    values = np.asarray(y)
    if values.ndim and values.dtype.kind == "f":
        return int(np.isnan(values).sum())
    if not values.ndim or values.dtype.kind != "O":
        return 0
    nothing = {"None", "nan", "<NA>", "NaT"}
    return sum(
        not isinstance(one, str) and str(one) in nothing for one in values.ravel().tolist()
    )


def _of_one_kind(y: Array, where: str) -> Array:
    """Make objects that are all numbers, or all booleans, an array of such."""
    if y.dtype.kind != "O":
        return y
    values = y.tolist()
    kinds = sorted({_kind(one) for one in set(map(type, values))})
    if kinds == ["text"]:
        return y
    if kinds not in (["boolean"], ["number"]):
        raise InputError(
            f"{where}: y holds {' and '.join(kinds)} values. Give labels that are all "
            f"texts, all numbers or all booleans."
        )
    return np.array(values)


def _kind(of: type) -> str:
    """Name what values of a type are."""
    kinds: dict[str, Any] = {"text": str, "boolean": (bool, np.bool_), "number": Real}
    return next(
        (kind for kind, types in kinds.items() if issubclass(of, types)), of.__name__
    )
