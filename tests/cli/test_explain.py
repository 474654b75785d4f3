from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fairaudit.cli.explanation import explanation, overview
from fairaudit.cli.main import run
from fairaudit.criteria.catalogue import catalogue

if TYPE_CHECKING:
    from fairaudit.criteria.criterion import Criterion


@pytest.mark.parametrize("criterion", catalogue().values(), ids=lambda one: one.id)
def test_every_criterion_explains_itself_whole(criterion: Criterion) -> None:
    told = " ".join(explanation(criterion, 80).split())
    assert criterion.asks() in told
    for sentence in (*criterion.right_when, *criterion.blind_to):
        assert sentence in told
    for rate in criterion.rates:
        assert f"{rate.symbol} = " in told
    for key in criterion.references:
        assert key in told
    assert f"--criterion {criterion.id} --tolerance 0.1" in told


@pytest.mark.parametrize("width", [60, 80, 200])
def test_explanations_keep_to_the_width(width: int) -> None:
    for criterion in catalogue().values():
        lines = explanation(criterion, width).splitlines()
        assert max(map(len, lines)) <= min(width, 88)
    assert max(map(len, overview(width).splitlines())) <= min(width, 88)


def test_the_formula_is_written_in_cells() -> None:
    told = explanation(catalogue()["predictive_parity"], 80)
    assert "PPV = tp / (tp + fp): x % of selections were right" in told


def test_conflicts_are_named_with_their_source() -> None:
    told = " ".join(explanation(catalogue()["equalized_odds"], 80).split())
    assert "cannot hold exactly together with" in told
    assert "predictive_parity" in told
    assert "Chouldechova 2017" in told


def test_a_criterion_within_strata_says_so_and_names_its_option() -> None:
    told = explanation(catalogue()["conditional_demographic_parity"], 80)
    assert "--strata COLUMN" in told
    assert "_difference<=0.1" not in told


def test_without_a_name_all_criteria_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 0
    told = capsys.readouterr().out
    for name, criterion in catalogue().items():
        assert f"\n{name}\n" in told
        assert criterion.asks().split()[0] in told


def test_a_name_may_be_written_as_people_write_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["explain", "Equal Opportunity"]) == 0
    assert capsys.readouterr().out.startswith("equal opportunity (equal_opportunity)\n")
