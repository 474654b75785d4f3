"""Adding a criterion is one new file: it is measured, gated, explained and rendered."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fairaudit import audit, require
from fairaudit.cli.explanation import explanation, overview
from fairaudit.cli.main import run
from fairaudit.core.errors import GateFailedError
from fairaudit.core.evidence import Disparity
from fairaudit.criteria import catalogue as room
from fairaudit.criteria.catalogue import catalogue, criterion_named, known_rates
from fairaudit.policy.numbers import number_named
from fairaudit.policy.reading import read_policy
from fairaudit.report.renderers import console
from fairaudit.report.renderers import json as json_renderer
from fairaudit.report.storage import from_json
from tests.people import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.report.model import AuditReport

SHARED_RATE = '''\
"""False omission parity: a rejection is wrong equally often in every group."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import FALSE_OMISSION_RATE

CRITERION = Criterion(
    id="false_omission_parity",
    question="When somebody is rejected, is that wrong equally often in every group?",
    rates=(FALSE_OMISSION_RATE,),
    references=("berk2021",),
    right_when=("somebody acts on a rejection",),
    blind_to=("how a selection is to be read",),
)
'''

OWN_RATE = '''\
"""False discovery among everybody: the same share of people flagged by mistake."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import Rate

FLAGGED_BY_MISTAKE = Rate(
    id="mistaken_selection_share",
    symbol="MSS",
    numerator=("fp",),
    denominator=("tp", "fp", "fn", "tn"),
    plain="of people were {selected} by mistake",
    among="people with a label and a prediction",
)

CRITERION = Criterion(
    id="mistaken_selection_parity",
    question="Is the same share of every group selected by mistake?",
    rates=(FLAGGED_BY_MISTAKE,),
    references=("berk2021",),
    right_when=("a mistaken selection costs everybody in the group",),
    blind_to=("how many could have been selected by mistake",),
    main=True,
)
'''

FILES = {"false_omission_parity": SHARED_RATE, "mistaken_selection_parity": OWN_RATE}
NEW = pytest.mark.parametrize("name", FILES)

# FOR 0.8 against 0.2; mistaken selections 0.1 against 0.4.
PEOPLE = {
    "first": {"tp": 400, "fp": 100, "fn": 400, "tn": 100},
    "second": {"tp": 100, "fp": 400, "fn": 100, "tn": 400},
}
RATE_OF = {
    "false_omission_parity": ("false_omission_rate", 0.8, 0.2),
    "mistaken_selection_parity": ("mistaken_selection_share", 0.1, 0.4),
}


@pytest.fixture(autouse=True)
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put the new files into the catalogue, from a folder of their own."""
    folder = tmp_path / "catalogue"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(folder)])
    yield folder
    for name in FILES:
        sys.modules.pop(f"{room.__name__}.{name}", None)
        if name in vars(room):
            delattr(room, name)
    shutil.rmtree(folder)


def audited(**options: object) -> AuditReport:
    return audit(columns_of(PEOPLE), groups="group", count="count", **options)  # type: ignore[arg-type]


@NEW
def test_it_is_found(name: str) -> None:
    assert criterion_named(name.replace("_", "-")) == catalogue()[name]
    rate, _, _ = RATE_OF[name]
    assert rate in known_rates()


def test_one_that_every_report_shows_comes_among_the_first() -> None:
    assert "mistaken_selection_parity" in list(catalogue())[:4]
    assert list(catalogue())[4:] == sorted(list(catalogue())[4:])


@NEW
def test_it_is_measured(name: str) -> None:
    report = audited()
    rate, first, second = RATE_OF[name]
    for group, value in (("first", first), ("second", second)):
        (row,) = (row for row in report.parts[0].tables[0].groups if row.name == group)
        assert row.rates[rate].value == pytest.approx(value)
        assert row.rates[rate].interval is not None
    (finding,) = report[name].findings
    assert finding.id == f"{name}@group"
    assert finding.estimate.value == pytest.approx(abs(first - second))
    assert finding.sentence.startswith(name.replace("_", " ").capitalize())
    assert isinstance(finding.evidence, Disparity)
    assert finding.evidence.main is catalogue()[name].main


@NEW
def test_it_is_gated(name: str) -> None:
    rate, first, second = RATE_OF[name]
    wide = audited(criterion=name, tolerance=0.9, why="a new idea of fairness")
    assert (wide.status, wide.verdicts[0].id) == ("pass", f"{name}@group")
    narrow = audited(criterion=name, tolerance=0.1, why="a new idea of fairness")
    verdict = narrow[name].verdict
    assert verdict is not None
    assert verdict.status == "fail"
    assert {one.rate for one in verdict.comparisons} == {rate}
    assert verdict.value == pytest.approx(abs(first - second))
    with pytest.raises(GateFailedError, match=name):
        require(narrow)


@NEW
@pytest.mark.parametrize("of", ["criterion", "rate"])
def test_its_plain_numbers_are_gated(name: str, of: str) -> None:
    rate, first, second = RATE_OF[name]
    number = name if of == "criterion" else rate
    assert number_named(f"{number}_ratio").kind == "ratio"
    report = audited(gates=(f"{number}_difference<=0.9", f"{number}_ratio>=0.8"))
    assert [verdict.status for verdict in report.verdicts] == ["pass", "fail"]
    assert report.verdicts[0].value == pytest.approx(abs(first - second))
    assert report.verdicts[0].fair_failure_share is not None


@NEW
def test_it_is_a_policys_criterion(name: str, tmp_path: Path) -> None:
    path = tmp_path / "fairaudit.toml"
    path.write_text(
        f'[criterion]\nname = "{name}"\ntolerance = 0.1\nwhy = "a new idea of fairness"\n',
        encoding="utf-8",
    )
    assert read_policy(path).requirements.criteria[0].criterion == name
    assert audited(policy=path).status == "fail"
    assert run(["policy", "check", str(path)]) == 0


@NEW
def test_it_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    criterion = catalogue()[name]
    text = " ".join(explanation(criterion, 80).split())
    for said in (criterion.asks(), *criterion.right_when, *criterion.blind_to):
        assert said in text
    assert f"--criterion {name}" in text
    assert f"{name}_difference<=0.1" in text
    assert name in overview(80)
    assert run(["explain", name]) == 0
    assert criterion.title in capsys.readouterr().out


@NEW
def test_it_is_rendered_and_read_back(name: str) -> None:
    report = audited(criterion=name, tolerance=0.1, why="a new idea of fairness")
    page = console.render(report, width=80, color=False)
    assert name.replace("_", " ") in page.casefold()
    assert RATE_OF[name][0] in json_renderer.render(report)
    written = json.loads(json_renderer.render(report))
    assert name in {
        finding["evidence"].get("criterion") for finding in written["parts"][0]["findings"]
    }
    assert from_json(json_renderer.render(report)) == report


@NEW
def test_the_command_takes_it(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "people.csv"
    columns = columns_of(PEOPLE)
    rows = [columns.keys(), *zip(*columns.values(), strict=True)]
    table.write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n")
    gate = ["--criterion", name, "--tolerance", "0.1", "--why", "a new idea of fairness"]
    code = run(["check", str(table), "--group", "group", "--count", "count", *gate])
    assert code == 1
    assert "first" in capsys.readouterr().out
