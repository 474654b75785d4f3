"""The door of one combination: what it refuses, and what its report answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fairaudit import can_hold
from fairaudit.core.errors import InputError

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport

PEOPLE = {
    "y_true": [1, 1, 0, 0] * 100 + [1, 0, 0, 0] * 100,
    "score": [3, 2, 2, 1] * 100 + [3, 3, 2, 1] * 100,
    "g": ["a"] * 400 + ["b"] * 400,
}


def answered(**options: Any) -> AuditReport:  # noqa: ANN401
    """Ask of some people whether demographic parity can hold."""
    asked = {"require": {"demographic_parity": 0.05}, "groups": "g"}
    return can_hold(PEOPLE, score="score", threshold=2, **(asked | options))


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"require": "equalized_odds"}, "require: must map criteria to tolerances"),
        ({"require": ["equalized_odds"]}, "require: must map criteria to tolerances"),
        ({"require": {"equalized_odds": "a"}}, "equalized_odds must be a number"),
        ({"costs": 3}, "costs: must be two numbers"),
        ({"costs": (0, 0)}, "costs: must be two numbers"),
        ({"max_groups": 0}, "max_groups: must be a whole number, 1 or more; got 0"),
        ({"seed": -3}, "seed: must be a whole number, 0 or more; got -3"),
        ({"work": -1}, "work: must be a whole number, 1 or more; got -1"),
        ({"groups": [("g", "h")]}, "groups: must be one text or a list of texts"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    option: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        answered(**option)


def test_its_finding_is_looked_up_by_its_id() -> None:
    report = answered()
    assert report["combination@g"].findings == report.findings
    with pytest.raises(KeyError, match=r"it has \['combination@g'\]"):
        report["demographic_parity"]


@pytest.mark.parametrize("name", ["prices", "joint_gap", "roc_plane"])
def test_pictures_of_an_audit_say_that_it_is_none(name: str) -> None:
    with pytest.raises(InputError, match="this report answers one combination"):
        answered().plot(name)
