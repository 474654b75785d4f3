"""Names that try everything, from the data, the policy and the file, in every format."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from junitparser import JUnitXml

from tests.report.test_github import commands
from tests.report.test_md import ALLOWED, OURS, made_of

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.cli.conftest import Command

NAMES = (
    "<script>alert(1)</script>",
    "\x1b[2J\x1b[1;1HPASS",
    '=HYPERLINK("http://example.org","x")',
    "::error title=forged::x",
    "##[error]forged",
    "\u202ethgir\u2069 \u05d0\u05d7\u05e8",
    "N" * 10_000,
    "\u4e2d\u6587\u540d\u5b57",
    "$$\\frac{1}{0}$$",
    "a|b`c`[d](http://example.org) ![e](f) @octocat",
    "- [x] **done**\n\n# Heading\n\n| a |\n|---|\n",
    "]]><failure/>&amp;<!--",
)
COLUMN = "<b>gender</b>|`$$`\n::error::x"
FILE = "$$ _people_ ##[error] @x.csv"
WHY = "# why\n::error::forged\n<img src=x onerror=alert(1)> $$x$$"
OUTPUTS = ("r.json", "r.md", "r.csv", "r.xml", "r.txt")


def table(groups: tuple[str, ...], column: str = COLUMN) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([column, "y_true", "y_pred"])
    for place, group in enumerate(groups):
        for number in range(40):
            writer.writerow([group, number % 2, int(number % 5 < place % 5 + 1)])
    return written.getvalue()


def policy(column: str) -> str:
    text = json.dumps  # a JSON string of these is a TOML string
    return (
        f"[groups]\nattributes = [{text(column)}]\n"
        "[criterion]\nname = 'equal_opportunity'\ntolerance = 0.1\n"
        f"why = {text(WHY)}\n"
        "[[gates]]\nnumber = 'impact_ratio>=0.8'\n"
        "[[waivers]]\ngate = 'impact_ratio>=0.8'\n"
        f"owner = {text(NAMES[0])}\nreason = {text(NAMES[3] + WHY)}\n"
        "expires = 2999-01-01\n"
        f"[disclosure]\nintended_uses = [{text(WHY)}]\ncontact = {text(NAMES[0])}\n"
    )


@pytest.fixture
def ended(command: Command, tmp_path: Path) -> subprocess.CompletedProcess[bytes]:
    (tmp_path / FILE).write_text(table(NAMES), "utf-8")
    (tmp_path / "p.toml").write_text(policy(COLUMN), "utf-8")
    files = [part for name in OUTPUTS for part in ("--output", name)]
    run = command(
        *("check", FILE, "--policy", "p.toml", *files, "--format", "github"),
        env={"GITHUB_STEP_SUMMARY": "summary.md"},
    )
    assert run.returncode in {1, 4}, run.stderr.decode()
    return run


def test_no_format_takes_a_name_for_more_than_a_name(
    ended: subprocess.CompletedProcess[bytes], tmp_path: Path
) -> None:
    told = [(kind, list(named)) for kind, named, _ in commands(ended.stdout.decode())]
    assert sorted(told) == [("error", ["title"]), ("warning", ["title"])]
    texts = {name: (tmp_path / name).read_text("utf-8") for name in OUTPUTS}
    for name, text in texts.items():
        assert commands(text) == [], name
        bare = text.replace("\n", "").replace("\u200e", "").replace("\u00a0", "")
        assert bare.isprintable(), name
    _, kinds, tags = made_of(texts["r.md"])
    assert kinds <= ALLOWED
    assert tags <= OURS
    assert (tmp_path / "summary.md").read_text("utf-8") == texts["r.md"]
    cells = [cell for row in csv.reader(io.StringIO(texts["r.csv"])) for cell in row]
    words = [cell for cell in cells if not _is_number(cell)]
    assert not [cell for cell in words if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    (suite,) = JUnitXml.fromstring(texts["r.xml"].encode())
    assert (suite.tests, suite.skipped) == (2, 1)
    # And every group is still told apart.
    named = {row["group"] for row in rows_of(tmp_path / "r.csv") if row["kind"] == "group"}
    assert len(named) == len(NAMES)
    lines = texts["r.md"].partition("\n## By ")[2].partition("\n## ")[0].splitlines()
    in_table = [line for line in lines if line.startswith("| ")]
    assert len(in_table) == 2 + len(NAMES) + 1  # heading, rule, and everybody


@pytest.mark.parametrize(
    ("groups", "gates", "code"),
    [
        (tuple(f"group {number}" for number in range(50)), [], 0),
        (
            tuple(f"group {number}" for number in range(60)),
            ["--max-groups", "60", "--gate", "impact_ratio>=0.1"],
            0,
        ),
        (("only",), ["--gate", "impact_ratio>=0.8"], 4),
        (("a", "b"), ["--criterion", "equal_opportunity", "--tolerance", "0.01"], 4),
    ],
)
def test_many_groups_one_group_and_nothing_decided(
    command: Command, tmp_path: Path, groups: tuple[str, ...], gates: list[str], code: int
) -> None:
    files = [part for name in OUTPUTS for part in ("--output", name)]
    run = command(
        *("check", "-", "--group", "team", *gates, *files, "--format", "github"),
        given=table(groups, "team").encode(),
    )
    assert run.returncode == code, run.stderr.decode()
    (suite,) = JUnitXml.fromfile(str(tmp_path / "r.xml"))
    assert (suite.tests, suite.errors) == (bool(gates), code == 4)
    rows = rows_of(tmp_path / "r.csv")
    assert {row["group"] for row in rows if row["kind"] == "group"} == set(groups)
    page = (tmp_path / "r.md").read_text("utf-8")
    status = {0: "PASS", 4: "UNDECIDED"}[code] if gates else "NO CRITERION CHOSEN"
    assert f"**{status}**" in page
    kinds = [kind for kind, _, _ in commands(run.stdout.decode())]
    assert kinds == ["error" if code else "notice"]


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
