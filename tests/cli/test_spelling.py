"""The same refusals, with remedies to copy where the caller is: in Python or in a shell."""

from __future__ import annotations

import math
import re
import shlex
from inspect import signature
from typing import TYPE_CHECKING, Any

import pytest

from fairaudit import audit
from fairaudit.cli.main import run
from fairaudit.core.errors import InputError
from fairaudit.core.spelling import as_flags, option, spelled

if TYPE_CHECKING:
    from pathlib import Path

_ARGUMENT = re.compile(rf"\b(?:{'|'.join(signature(audit).parameters)})=")
_FLAG = re.compile(r"(?<![\w-])--[a-z]")

G = {"groups": "g"}
EQUAL = {**G, "criterion": "equal_opportunity", "tolerance": 0.1}
ALIKE = {**G, "criterion": "conditional_demographic_parity", "tolerance": 0.8}
CALIBRATED = {**G, "label": "truth", "criterion": "test_fairness", "tolerance": 0.1}


@pytest.fixture
def table(tmp_path: Path) -> str:
    """Decisions about 120 people, with columns that invite mistakes."""
    path = tmp_path / "t.csv"
    rows = [
        f"{'ab'[n % 2]},{'fm'[n // 2 % 2]},{n},{n % 2},{n // 3 % 2},{'ny'[n % 2]},{n / 7}"
        for n in range(120)
    ]
    path.write_text("\n".join(["g,sex,who,y_pred,truth,word,mark", *rows]) + "\n")
    return str(path)


def flags(options: dict[str, Any]) -> list[str]:
    """Give options as the command's own sentences would."""
    with as_flags():
        return shlex.split(" ".join(option(*one) for one in options.items()))


@pytest.mark.parametrize(
    ("options", "in_python", "in_a_shell"),
    [
        ({}, "such as groups='gender'.", "such as --group gender."),
        ({"groups": "who"}, "bins={'who': [25, 40, 60]}", "--bin who=25,40,60, raise"),
        ({"groups": "who"}, "the limit with max_groups=,", "the limit with --max-groups,"),
        ({**G, "label": "word"}, "such as positive='y'.", "such as --positive y."),
        ({**G, "prediction": "mark"}, "score='mark'", "--score mark"),
        ({**G, "label": "who"}, "positive={'who': 'VALUE'}", "--positive who=VALUE"),
        (
            {**G, "score": "mark", "prediction": "y_pred", "threshold": 5},
            "Leave out threshold, or prediction.",
            "Leave out --threshold, or --prediction.",
        ),
        (
            {**G, "bins": {"mark": [5]}},
            "groups=['g', 'mark']",
            "--group g --group mark",
        ),
        (
            {"groups": ["g", "sex"], "expect_groups": ["x"]},
            "expect_groups={'g': ['x']}",
            "--expect-groups g=x",
        ),
        ({**G, "count": "who", "weight": "mark"}, "Leave out count", "Leave out --count"),
        ({**G, "count": "mark"}, "go in weight=", "go in --weight"),
        (
            {**G, "weight": "mark", "suppress_below": 11},
            "suppress_below: counts",
            "--suppress-below: counts",
        ),
        (EQUAL, "Add label='COLUMN'.", "Add --label COLUMN."),
        (ALIKE, "Add strata='COLUMN'.", "Add --strata COLUMN."),
        (
            {**ALIKE, "strata": "sex", "measure": "ratio"},
            "Leave out measure='ratio'.",
            "Leave out --measure ratio.",
        ),
        (CALIBRATED, "Add score='COLUMN'.", "Add --score COLUMN."),
        ({**G, "delimiter": "::"}, "delimiter: one", "--delimiter: one"),
        (
            {**G, "encoding": "nonsense"},
            "encoding: 'nonsense' is not",
            "--encoding: 'nonsense' is not",
        ),
        ({**G, "practices": "ll144"}, "race='COLUMN'", "--race-column COLUMN"),
        ({**G, "threshold": math.nan}, "threshold: must be", "--threshold: must be"),
    ],
)
def test_a_remedy_is_written_as_the_caller_gives_it(
    table: str,
    capsys: pytest.CaptureFixture[str],
    options: dict[str, Any],
    in_python: str,
    in_a_shell: str,
) -> None:
    with pytest.raises(InputError) as refused:
        audit(table, **options)
    assert in_python in str(refused.value)
    assert not _FLAG.search(str(refused.value))
    assert run(["check", table, *flags(options)]) == 2
    told = capsys.readouterr().err
    assert in_a_shell in told
    assert not _ARGUMENT.search(told)
    assert spelled("max_groups") == "max_groups", "the command left something behind"
