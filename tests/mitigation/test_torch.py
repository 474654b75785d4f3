from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from fairaudit.core.errors import InputError, MissingExtraError
from fairaudit.mitigation.torch import parity_penalty
from tests.mitigation.people_by_chance import drawn

HAS_TORCH = find_spec("torch") is not None
needs_torch = pytest.mark.skipif(
    not HAS_TORCH, reason="PyTorch is not installed (the extra `torch`)"
)


@pytest.mark.skipif(HAS_TORCH, reason="PyTorch is installed")
def test_without_pytorch_the_extra_is_named() -> None:
    with pytest.raises(MissingExtraError, match=r"fairaudit-toolkit\[torch\]"):
        parity_penalty(None, None, None, criterion="equalized_odds")


@needs_torch
def test_sharp_probabilities_give_the_square_of_the_gap_that_was_counted() -> None:
    import torch

    decided = torch.tensor([1, 1, 0, 0, 1, 0, 0, 0])
    logits = (2.0 * decided - 1) * 50
    labels = torch.tensor([1, 0, 1, 0, 1, 0, 1, 0])
    groups = torch.tensor([0, 0, 0, 0, 1, 1, 1, 1])

    def penalty(criterion: str, **more: float) -> float:
        found = parity_penalty(logits, labels, groups, criterion=criterion, **more)
        return float(found)

    assert penalty("demographic_parity") == pytest.approx(0.25**2)
    assert penalty("demographic_parity", tolerance=0.2) == pytest.approx(0.05**2)
    assert penalty("demographic_parity", tolerance=0.3) == 0
    # True positive rates are equal; false positive rates are 1/2 and 0.
    assert penalty("equalized_odds") == pytest.approx(0.5**2)
    assert penalty("predictive_parity") == pytest.approx(0.5**2)


@needs_torch
def test_gradients_are_those_of_finite_differences() -> None:
    import torch

    rng = np.random.default_rng(0)
    logits = torch.tensor(rng.normal(size=12), dtype=torch.float64, requires_grad=True)
    labels = torch.tensor(rng.integers(0, 2, 12))
    groups = torch.tensor(np.arange(12) % 3)
    for criterion in ("demographic_parity", "equalized_odds", "predictive_parity"):
        assert torch.autograd.gradcheck(
            lambda x, name=criterion: parity_penalty(x, labels, groups, criterion=name),
            (logits,),
        )


def trained(criterion: str, weight: float) -> tuple[Any, float]:
    """Train a small network and give its decisions and accuracy."""
    import torch

    torch.manual_seed(0)
    of = drawn(2000, seed=1, apart=1.5)
    X = torch.tensor(of.X, dtype=torch.float32)
    y = torch.tensor(of.y, dtype=torch.float32)
    groups = torch.tensor(of.group == "group 1").long()
    X = torch.cat([X, groups[:, None].float()], dim=1)
    model = torch.nn.Sequential(
        torch.nn.Linear(4, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1)
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(300):
        optimiser.zero_grad()
        logits = model(X).reshape(-1)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, y)
        if weight:
            penalty = parity_penalty(
                logits, y, groups, criterion=criterion, temperature=0.3
            )
            loss = loss + weight * penalty
        loss.backward()
        optimiser.step()
    decided = (model(X).reshape(-1) > 0).long().numpy()
    return decided, float((decided == of.y).mean())


@needs_torch
@pytest.mark.parametrize(
    "criterion", ["demographic_parity", "equalized_odds", "predictive_parity"]
)
def test_a_small_network_learns_to_keep_the_criterion(criterion: str) -> None:
    from fairaudit.criteria.catalogue import criterion_named
    from fairaudit.mitigation.gaps import cells_by_group, rate_gap
    from fairaudit.mitigation.people import people

    of = drawn(2000, seed=1, apart=1.5)
    found = people(of.group, rows=2000, where="test")

    def gap(decided: Any) -> float:
        cells = cells_by_group(of.y, decided, found)
        return max(rate_gap(rate, cells) or 0 for rate in criterion_named(criterion).rates)

    plain, right = trained(criterion, 0)
    fair, still_right = trained(criterion, 20)
    assert gap(fair) < 0.5 * gap(plain)
    assert still_right > right - 0.2


@needs_torch
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"criterion": "conditional_demographic_parity"}, "not a gap of rates"),
        ({"tolerance": 1.5}, "tolerance must be from 0 to 1"),
        ({"temperature": 0.0}, "temperature must be above 0"),
        ({"labels": [1, 0]}, "got 3, 2 and 3"),
    ],
)
def test_what_cannot_be_penalised_is_refused(change: dict[str, Any], told: str) -> None:
    import torch

    asked: dict[str, Any] = {"criterion": "equalized_odds", "labels": [1, 0, 1]} | change
    labels = torch.tensor(asked.pop("labels"))
    with pytest.raises(InputError, match=told):
        parity_penalty(torch.zeros(3), labels, torch.arange(3), **asked)
