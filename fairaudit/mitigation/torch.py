"""A fairness constraint in the training loss of a PyTorch model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError, MissingExtraError
from fairaudit.mitigation.constraints import gap_criterion

if TYPE_CHECKING:
    from fairaudit.tally.rates import Rate

_CELLS = ("tp", "fp", "fn", "tn")


def parity_penalty(
    logits: Any,
    labels: Any,
    groups: Any,
    *,
    criterion: str,
    tolerance: float = 0.0,
    temperature: float = 1.0,
) -> Any:
    """How much does a batch break a criterion, as a loss that can be trained on?

    Each person counts as selected with the probability that the model gives; the rates of
    the criterion are then smooth in the model's parameters. The penalty is the square of
    what the largest gap exceeds the tolerance by, summed over the rates. Add it to the loss
    with a weight of your own: ``loss + 10 * parity_penalty(...)``.

    Parameters
    ----------
    logits : torch.Tensor of shape (n_rows,) or (n_rows, 1)
        What the model says before the sigmoid.
    labels : torch.Tensor of shape (n_rows,)
        0 or 1.
    groups : torch.Tensor of int of shape (n_rows,)
        A number per group.
    criterion : str
        Such as "demographic_parity", "equalized_odds" or "predictive_parity"; one on rates
        of selected and rejected people.
    tolerance : float
        The gap that costs nothing.
    temperature : float
        Below 1 the probabilities are sharper, so that rates come nearer to those of hard
        decisions at one half, and gradients become smaller.

    Returns
    -------
    torch.Tensor
        A scalar, 0 where fewer than two groups of the batch have a rate: use batches large
        enough to hold every group and label.

    Raises
    ------
    InputError
        When the criterion is not on rates, shapes differ, or a parameter is out of range.
    MissingExtraError
        When PyTorch is not installed.

    Notes
    -----
    The gap of expected decisions is not that of decisions; audit the trained model's.
    """
    torch = _torch()
    found = gap_criterion(criterion, where="parity_penalty")
    if not 0 <= tolerance <= 1:
        raise InputError(
            f"parity_penalty: tolerance must be from 0 to 1; got {tolerance:g}."
        )
    if not temperature > 0:
        raise InputError(
            f"parity_penalty: temperature must be above 0; got {temperature:g}."
        )
    logits, labels, groups = logits.reshape(-1), labels.reshape(-1), groups.reshape(-1)
    if not logits.shape == labels.shape == groups.shape:
        raise InputError(
            f"parity_penalty: logits, labels and groups need one value per row; got "
            f"{logits.numel():,}, {labels.numel():,} and {groups.numel():,}."
        )
    cells = _soft_cells(torch, torch.sigmoid(logits / temperature), labels, groups)
    penalty = logits.sum() * 0
    for rate in found.rates:
        values = _rates(torch, rate, cells)
        if values.numel() > 1:
            beyond = torch.relu(values.max() - values.min() - tolerance)
            penalty = penalty + beyond**2
    return penalty


def _soft_cells(torch: Any, selected: Any, labels: Any, groups: Any) -> dict[str, Any]:
    """Count every group by label and decision, people in parts."""
    names, places = torch.unique(groups, return_inverse=True)
    truth = labels.to(selected.dtype)
    parts = (
        selected * truth,
        selected * (1 - truth),
        (1 - selected) * truth,
        (1 - selected) * (1 - truth),
    )
    return {
        name: torch.zeros(
            len(names), dtype=selected.dtype, device=selected.device
        ).index_add(0, places, part)
        for name, part in zip(_CELLS, parts, strict=True)
    }


def _rates(torch: Any, rate: Rate, cells: dict[str, Any]) -> Any:
    """Give a rate of every group of the batch that has one."""
    above = sum(cells[name] for name in rate.numerator if name in cells)
    below = sum(cells[name] for name in rate.denominator if name in cells)
    known = below > torch.finfo(below.dtype).eps
    return above[known] / below[known]


def _torch() -> Any:
    """Import PyTorch, or say how it is had."""
    try:
        import torch
    except ImportError:
        raise MissingExtraError(
            "parity_penalty: PyTorch is not installed. "
            "Install it with: pip install 'fairaudit-toolkit[torch]'"
        ) from None
    return torch
