from __future__ import annotations

from typing import Literal

import pytest

from fairaudit.core.estimate import Estimate
from fairaudit.core.evidence import Comparison
from fairaudit.core.verdict import MissingData
from fairaudit.policy.deciding import decide

NOTHING = MissingData(share=0.0, worst_case=None, blocks_pass=False)
MUCH = MissingData(share=0.3, worst_case=0.5, blocks_pass=True)
Status = Literal["pass", "undecided", "fail"]


def comparison(status: Status, *, in_scope: bool = True) -> Comparison:
    return Comparison(
        rate="accuracy",
        first="a",
        second="b",
        difference=Estimate(value=0.0),
        at_least=0.0,
        at_most=1.0,
        in_scope=in_scope,
        status=status,
    )


@pytest.mark.parametrize(
    ("statuses", "decided"),
    [
        (("pass", "pass"), "pass"),
        (("pass", "undecided"), "undecided"),
        (("undecided", "fail"), "fail"),
        (("pass", "fail"), "fail"),
        ((), "undecided"),
    ],
)
def test_one_failure_fails_and_only_all_passes_pass(
    statuses: tuple[Status, ...], decided: str
) -> None:
    assert decide([comparison(status) for status in statuses], NOTHING) == decided


def test_outside_the_scope_only_a_failure_counts() -> None:
    inside = comparison("pass")
    assert decide([inside, comparison("undecided", in_scope=False)], NOTHING) == "pass"
    assert decide([inside, comparison("fail", in_scope=False)], NOTHING) == "fail"
    assert decide([comparison("pass", in_scope=False)], NOTHING) == "undecided"


def test_missing_values_block_a_pass_and_excuse_no_failure() -> None:
    assert decide([comparison("pass")], MUCH) == "undecided"
    assert decide([comparison("fail")], MUCH) == "fail"
