"""How an estimator is given weights of rows, with metadata routing and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sklearn import config_context, get_config
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import UnsetMetadataPassedError
from sklearn.utils.metadata_routing import get_routing_for_object
from sklearn.utils.validation import has_fit_parameter

from fairaudit.core.errors import InputError

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array

_BY_ROUTING = (
    "set sklearn.set_config(enable_metadata_routing=True), and "
    "set_fit_request(sample_weight=True) on the estimators inside it that learn with them, "
    "False on the others"
)


def fit_weighted(estimator: Any, X: Any, y: Any, weights: Array) -> Any:
    """Fit an estimator with weights of rows.

    Parameters
    ----------
    estimator : classifier
        Fitted in place. Where metadata routing is on and something in it requests
        `sample_weight`, requests decide what gets the weights; else, of a pipeline, the
        last step does.
    X : array-like or frame of shape (n_rows, n_features)
        Features.
    y : array-like of shape (n_rows,)
        Labels.
    weights : ndarray of shape (n_rows,)
        How much each row counts.

    Returns
    -------
    classifier
        The estimator.

    Raises
    ------
    InputError
        When it takes no weights, or some requests are set and others are needed.
    """
    if not _requests(estimator):
        # Routing refuses weights that are not requested, a name of a step's included.
        with config_context(enable_metadata_routing=False):
            return estimator.fit(X, y, **{weight_argument(estimator): weights})
    try:
        return estimator.fit(X, y, sample_weight=weights)
    except UnsetMetadataPassedError as error:
        told = str(error).split(". ")[0].removeprefix("[sample_weight] ")
        raise InputError(
            f"{type(estimator).__name__}: weights of rows (sample_weight) {told}; set that "
            f"request to True or False."
        ) from None


def weight_argument(estimator: Any) -> str:
    """Name the argument by which `fit` takes weights of rows, without metadata routing.

    Raises
    ------
    InputError
        When it takes none.
    """
    steps = getattr(estimator, "steps", None)
    if steps:
        name, last = steps[-1]
        return f"{name}__{weight_argument(last)}"
    name = type(estimator).__name__
    # It would weigh the calibration alone.
    halfway = isinstance(estimator, CalibratedClassifierCV) and hasattr(
        estimator.estimator, "steps"
    )
    if has_fit_parameter(estimator, "sample_weight") and not halfway:
        return "sample_weight"
    if hasattr(estimator, "estimator") or hasattr(estimator, "estimators"):
        raise InputError(
            f"{name} hands weights of rows (sample_weight) on by metadata routing alone: "
            f"{_BY_ROUTING}."
        )
    raise InputError(
        f"{name} takes no weights of rows (sample_weight) in fit, which this needs. Choose "
        f"another base estimator."
    )


def _requests(estimator: Any) -> bool:
    """Tell whether routing is on, and would bring the weights to something."""
    if not get_config()["enable_metadata_routing"]:
        return False
    try:
        return bool(get_routing_for_object(estimator).consumes("fit", ["sample_weight"]))
    except NotImplementedError:  # as AdaBoostClassifier, which routes nothing
        return False
