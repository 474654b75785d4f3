from __future__ import annotations

from fairaudit.report.rewriting import rewritten
from tests.report.golden import compas


def test_every_text_is_rewritten_at_any_depth() -> None:
    shouted = rewritten(compas().parts[0], str.upper)
    assert shouted.source.name == "DATASETS/COMPAS.CSV"
    assert shouted.tables[0].groups[0].name == "AFRICAN-AMERICAN"
    assert "SELECTION_RATE" in shouted.tables[0].groups[0].rates
    assert shouted.verdicts[0].comparisons[0].first == "AFRICAN-AMERICAN"


def test_the_original_is_untouched() -> None:
    report = compas()
    rewritten(report, str.upper)
    assert report == compas()


def test_a_value_in_which_nothing_changes_is_itself() -> None:
    part = compas().parts[0]
    assert rewritten(part, lambda text: text) is part
