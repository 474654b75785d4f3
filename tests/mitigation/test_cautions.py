from __future__ import annotations

from typing import Any

from fairaudit.core.cells import Cells
from fairaudit.mitigation.cautions import cautions


def told(cells: Cells, **settings: Any) -> str:
    given: dict[str, Any] = {"excess": 0.0, "promised": False, "costs": (1.0, 1.0)}
    given |= settings
    return " ".join(cautions((cells,), remedy=lambda _: "change it", **given))


def test_a_constraint_that_is_missed_is_warned_of_by_how_much() -> None:
    fine = Cells(tp=20, fp=10, fn=4, tn=66)
    assert "exceeded by 0.162 on the rows it was fitted to" in told(fine, excess=0.16212)
    assert "shown to hold on those" in told(fine, excess=0.16212, promised=True)


def test_a_rule_that_errs_more_than_one_decision_for_everybody_is_warned_of() -> None:
    wrong = Cells(tp=20, fp=40, fn=4, tn=36)
    assert "0.440 per person, against 0.240; change it." in told(wrong)
    assert told(Cells(tp=20, fp=10, fn=4, tn=66)) == ""


def test_a_rule_that_hardly_selects_or_rejects_is_warned_of() -> None:
    few = Cells(tp=2, fp=0, fn=22, tn=76)
    assert "selects 2.0 % of people where 24.0 % are positive" in told(few, promised=True)
    assert "the rule selects 2.0 % of people where 24.0 % are positive" in told(few)
    assert told(few).endswith("Unless costs ask for that: change it.")
    assert "more people" not in told(few)
    most = Cells(tp=76, fp=22, fn=0, tn=2)
    assert "selects 98.0 % of people" in told(most, promised=True)


def test_of_errors_that_cost_nothing_only_that_is_said() -> None:
    few = Cells(tp=2, fp=1, fn=22, tn=75)
    assert told(few, costs=(1.0, 0.0)).endswith("Give both a cost.")
    assert "selects" not in told(few, costs=(1.0, 0.0))
