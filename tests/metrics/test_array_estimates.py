from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fairaudit.metrics as ours
from fairaudit.core.errors import InputError
from fairaudit.metrics.array_estimates import estimate


def arrays(selected: dict[str, tuple[int, int]]) -> tuple[list[int], list[str]]:
    """Select x of n people in every group."""
    predicted = [int(i < x) for x, n in selected.values() for i in range(n)]
    groups = [name for name, (_, n) in selected.items() for _ in range(n)]
    return predicted, groups


def test_a_rate_of_everybody_has_wilsons_interval() -> None:
    # Newcombe 1998, table I, method 3: 81 of 263.
    predicted, _ = arrays({"a": (81, 263)})
    interval = estimate("selection_rate", predicted, predicted).interval
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@settings(deadline=None)
@given(st.lists(st.integers(1, 20), min_size=2, max_size=4))
def test_the_value_is_that_of_the_function_and_inside_its_interval(x: list[int]) -> None:
    predicted, groups = arrays({str(i): (one, 20) for i, one in enumerate(x)})
    for name in ("demographic_parity_difference", "demographic_parity_ratio"):
        found = estimate(name, predicted, predicted, sensitive_features=groups)
        assert found.interval is not None
        function = getattr(ours, name)
        assert found.value == function(predicted, predicted, sensitive_features=groups)
        assert found.interval.low <= found.value <= found.interval.high


def test_ten_times_the_people_narrow_the_interval() -> None:
    widths = []
    for times in (1, 10):
        predicted, groups = arrays({"a": (20, 40), "b": (9, 40)})
        predicted, groups = np.tile(predicted, times), np.tile(groups, times)
        found = estimate(
            "selection_rate_difference", predicted, predicted, sensitive_features=groups
        ).interval
        widths.append(found.high - found.low)
    assert widths[1] < widths[0]


def test_what_has_no_number_says_why() -> None:
    found = estimate("true_positive_rate", [0, 0], [1, 0])
    assert found.value is None
    assert "no actual positives anywhere" in (found.undefined_because or "")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("selection_rate_group_min", {}),
        ("selection_rate_difference", {"method": "to_overall"}),
        ("equalized_odds_difference", {"agg": "mean"}),
    ],
)
def test_some_values_have_no_interval(name: str, options: dict[str, str]) -> None:
    given_ = ([1, 0, 1, 0], [1, 1, 0, 0])
    found = estimate(name, *given_, sensitive_features=list("aabb"), **options)
    assert found.value is not None
    assert found.interval is None


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="Did you mean 'selection_rate'"):
        estimate("selection_rat", [1], [1])
