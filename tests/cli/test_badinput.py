"""Every `check` and `policy` case of tests/badinput, through the real command."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fairaudit.report.formats import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COVERED = {"check", "policy"}
COMES_LATER = {
    "model": {"pickle_model"},
    "embedding": {"vectors_wrong_count", "vectors_ragged"},
    "resume": {"resume_instruction", "resume_no_slot"},
}
FOLDER = Path(__file__).parents[1] / "badinput"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
CASES = {case["id"]: case for case in MANIFEST["cases"] if case["kind"] in COVERED}
SECONDS = 20  # the manifest: "finishes within 20 s"
STOOD_THERE = b"the report of last month\n"
# Which suffix a WHERE of `forbidden` is about; "any" is every byte that came out.
WRITTEN_AS = {"console": ".txt", "html": ".html", "md": ".md", "csv-cell-start": ".csv"}


@dataclass(frozen=True, kw_only=True)
class Run:
    """One case carried out: what the command said and what stood in its folder."""

    case: dict[str, Any]
    code: int
    stdout: bytes
    stderr: bytes
    before: dict[str, bytes]
    after: dict[str, bytes]
    again: Callable[..., subprocess.CompletedProcess[bytes]]

    @property
    def told(self) -> str:
        """Both streams together."""
        return (self.stdout + b"\n" + self.stderr).decode()

    @property
    def completed(self) -> bool:
        """Whether something was audited."""
        return self.code in MANIFEST["exit_classes"]["completes"]

    @property
    def report(self) -> dict[str, Any]:
        """The one audit of the JSON report, read strictly."""
        report = json.loads(self.after["report.json"], parse_constant=_refuse_constant)
        (part,) = report["parts"]
        assert isinstance(part, dict)
        return part

    @property
    def groups(self) -> dict[str, dict[str, Any]]:
        """The rows of the one table, by name."""
        (table,) = self.report["tables"]
        return {row["name"]: row for row in table["groups"]}


def _refuse_constant(name: str) -> float:
    raise AssertionError(f"{name} in JSON")


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.stat().st_mode & 0o400
    }


def _arguments(case: dict[str, Any]) -> list[str]:
    """Write a case as a command line, the manifest's roles as options."""
    if case["kind"] == "policy":
        return ["policy", "check", case["file"]]
    roles = dict(case["roles"])
    file = roles.pop("file", case["file"] or "predictions.csv")
    arguments = ["check", file]
    for role, text in roles.items():
        arguments += [MANIFEST["flags_hint"][role], str(text)]
    if case["gate"] is not None:
        arguments += ["--gate", f"{case['gate']['metric']}>={case['gate']['min']}"]
    for one in formats().values():
        for suffix in one.SUFFIXES[:1]:
            arguments += ["--output", f"report{suffix}"]
    return arguments


@pytest.fixture(params=list(CASES.values()), ids=list(CASES))
def run(request: pytest.FixtureRequest, tmp_path: Path, environment: dict[str, str]) -> Run:
    case: dict[str, Any] = request.param
    setup, before, given = case.get("setup", ""), (), b""
    if case["file"] is not None:
        content = (FOLDER / "files" / case["file"]).read_bytes()
        (tmp_path / case["file"]).write_bytes(content)
        given = content if setup == "stdin" else b""
    if setup == "directory":
        (tmp_path / "predictions.csv").mkdir()
    if setup == "output_exists":
        (tmp_path / "report.json").write_bytes(STOOD_THERE)
    if setup == "chmod000":
        before = request.getfixturevalue("bound_by_permissions")
        (tmp_path / case["file"]).chmod(0o000)
    if setup.startswith("env:"):
        name, _, text = setup.removeprefix("env:").partition("=")
        environment = {**environment, name: text}

    def called(
        arguments: Sequence[str], given: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        python = request.getfixturevalue("python_command")
        return subprocess.run(
            [*before, *python, *arguments],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env=environment,
            timeout=SECONDS,
            check=False,
        )

    stood = _contents(tmp_path)
    ended = called(_arguments(case), given)
    return Run(
        case=case,
        code=ended.returncode,
        stdout=ended.stdout,
        stderr=ended.stderr,
        before=stood,
        after=_contents(tmp_path),
        again=called,
    )


def test_a_case_behaves_as_the_manifest_says(run: Run) -> None:
    expected = run.case["expect"]
    _assert_exit(run, expected)
    for pattern in expected["must_mention"]:
        assert re.search(pattern, run.told, re.IGNORECASE), (pattern, run.told)
    _assert_always(run)
    if expected["nothing_written"]:
        assert run.after == run.before
    for rule in expected["forbidden"]:
        _assert_absent(run, *rule.split(":", 1))
    if expected["checks"]:
        CHECKS[run.case["id"]](run)


def _assert_exit(run: Run, expected: dict[str, Any]) -> None:
    """Hold the exit code against its class; "either" is completed or refused."""
    codes = MANIFEST["exit_classes"][expected["exit_class"]]
    if expected["exit_class"] == "either":
        codes = [code for name in ("completes", "refuses") for code in _class(name)]
    assert run.code in codes, run.told


def _class(name: str) -> list[int]:
    codes: list[int] = MANIFEST["exit_classes"][name]
    return codes


def _assert_always(run: Run) -> None:
    """Hold a run against what the manifest says of every case."""
    assert run.code != 3
    assert "Traceback (most recent call last)" not in run.told
    if run.completed:
        assert run.stdout
        assert run.stderr == b""
        assert run.report
        return
    assert run.stdout == b""
    assert run.stderr.count(b"\n") == 1
    assert run.after == run.before
    named = (run.case["roles"] or {}).get("file") or run.case["file"] or "predictions.csv"
    assert named in run.told


def _assert_absent(run: Run, where: str, text: str) -> None:
    """Look for a forbidden text where it must not be."""
    forbidden = text.encode()
    if where == "any":
        assert forbidden not in b"".join([run.stdout, run.stderr, *run.after.values()])
        return
    written = run.after.get(f"report{WRITTEN_AS[where]}")
    # Formats that do not exist yet are looked at as soon as they do.
    exists = any(WRITTEN_AS[where] in one.SUFFIXES for one in formats().values())
    assert (written is not None) == exists
    if where == "csv-cell-start":
        start = re.compile(rb'(?:^|[,\n])"?' + re.escape(forbidden))
        assert not start.search(written or b"")
    else:
        assert forbidden not in (written or b"")
    if where == "console":
        assert forbidden not in run.stdout + run.stderr


def forty_rows(run: Run) -> None:
    assert run.report["population"]["rows"] == 40
    assert run.report["population"]["people"] == 40


def bom_utf8(run: Run) -> None:
    forty_rows(run)
    # Asking for the first column by its plain name finds it; with the mark it is not there.
    plain = run.again(["check", "bom_utf8.csv", "--group", "id"])
    assert plain.returncode == 0
    marked = run.again(["check", "bom_utf8.csv", "--group", "\ufeffid"])
    assert marked.returncode == 2
    assert b"Columns: id, gender, y_true, y_pred, score." in marked.stderr


def crlf(run: Run) -> None:
    forty_rows(run)
    assert set(run.groups) == {"Male", "Female"}
    assert "\\r" not in run.after["report.json"].decode()


def missing_labels(run: Run) -> None:
    ledger = {line["name"]: line for line in run.report["population"]["ledger"]}
    (missing,) = [line for name, line in ledger.items() if "label" in name and line["rows"]]
    assert missing["rows"] == 8
    assert sum(line["rows"] for line in ledger.values()) == 40
    (table,) = run.report["tables"]
    overall = table["overall"]["rates"]
    assert overall["selection_rate"]["denominator"] == 40
    assert overall["accuracy"]["denominator"] == 32
    assert overall["base_rate"]["denominator"] == 32


def yes_no_declared(run: Run) -> None:
    rates = {
        name: row["rates"]["selection_rate"]["value"] for name, row in run.groups.items()
    }
    assert rates == {"Male": 0.60, "Female": 0.45}


def all_selected(run: Run) -> None:
    for row in run.groups.values():
        assert row["impact_ratio"]["value"] == 1.0
        undefined = row["rates"]["negative_predictive_value"]
        assert undefined["value"] is None
        assert undefined["undefined_because"]
    for estimate in _estimates(run.report):
        assert (estimate["value"] is None) == bool(estimate["undefined_because"])
        if estimate["denominator"] == 0:
            assert estimate["value"] is None


def _estimates(part: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    """Find every estimate in a report, however deep."""
    if isinstance(part, list):
        return [found for one in part for found in _estimates(one)]
    if not isinstance(part, dict):
        return []
    here = [part] if {"value", "undefined_because"} <= set(part) else []
    return here + [found for one in part.values() for found in _estimates(one)]


def exactly_four_fifths(run: Run) -> None:
    (verdict,) = run.report["verdicts"]
    assert verdict["status"] == "pass"
    assert verdict["value"] == 0.8
    rates = [row["rates"]["selection_rate"] for row in run.groups.values()]
    low, high = sorted(Fraction(rate["numerator"], rate["denominator"]) for rate in rates)
    assert low / high == Fraction(4, 5)


def group_of_one(run: Run) -> None:
    assert run.completed
    assert run.report["population"]["people"] == 41
    nonbinary = run.groups["Nonbinary"]["rates"]["selection_rate"]
    assert nonbinary["denominator"] == 1
    page = run.stdout.decode()
    assert re.search(r"^Nonbinary +1 ", page, re.MULTILINE)
    assert re.search(r"small[^.]*Nonbinary \(1\)", " ".join(page.split()))


def zero_selected_in_a_group(run: Run) -> None:
    (verdict,) = run.report["verdicts"]
    assert verdict["status"] == "fail"
    assert verdict["value"] == 0.0
    assert run.groups["Female"]["impact_ratio"]["value"] == 0.0


def empty_group_cells(run: Run) -> None:
    forty_rows(run)
    missing = run.groups["(missing)"]
    assert missing["kind"] == "missing"
    assert missing["rates"]["selection_rate"]["denominator"] == 5
    assert missing["impact_ratio"] is None or missing["impact_ratio"]["value"] is None
    for finding in run.report["findings"]:
        assert "(missing)" not in finding["sentence"]
    (table,) = run.report["tables"]
    assert sum(table["overall"]["cells"].values()) == 40


def case_and_space_variants(run: Run) -> None:
    assert {"Male", "male "} <= set(run.groups)
    alike = [note["text"] for note in run.report["notes"] if "look alike" in note["text"]]
    assert len(alike) == 1
    assert "'male '" in alike[0]


def gzip(run: Run) -> None:
    forty_rows(run)
    assert run.report["source"]["sha256_covers"]
    assert re.search("compressed|as stored", run.report["source"]["sha256_covers"])


def stdin(run: Run) -> None:
    forty_rows(run)
    assert run.report["source"]["kind"] == "standard input"


def old_report_survives_failure(run: Run) -> None:
    assert run.after["report.json"] == STOOD_THERE


def xss_group_name(run: Run) -> None:
    assert {"<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'} <= set(
        run.groups
    )


def formula_group_name(run: Run) -> None:
    # The exported CSV comes later (`_assert_absent` then looks at it); JSON keeps names.
    assert {'=HYPERLINK("http://example.org","x")', "+1+1"} <= set(run.groups)


def sql_in_column_name(run: Run) -> None:
    column = run.case["roles"]["group"]
    quoted = f'"{column}"'.replace('gender"', 'gender""')
    text = run.before["sql_in_column_name.csv"].decode()
    assert quoted in text
    arguments = ["check", "-", "--group", "gender", "--format", "json"]
    plainly = run.again(arguments, text.replace(quoted, "gender").encode())
    assert plainly.returncode == 0
    (plain,) = json.loads(plainly.stdout)["parts"]
    assert plain["tables"][0]["groups"] == run.report["tables"][0]["groups"]
    assert plain["tables"][0]["overall"] == run.report["tables"][0]["overall"]


def yaml_object(run: Run) -> None:
    assert not [name for name in run.after if "PWNED_MARKER" in name]


def small_cell_public(run: Run) -> None:
    nonbinary = run.groups["Nonbinary"]
    assert nonbinary["kind"] == "withheld"
    assert nonbinary["cells"] is None
    for rate in nonbinary["rates"].values():
        assert (rate["value"], rate["numerator"], rate["denominator"]) == (None, None, None)
    (table,) = run.report["tables"]
    shown = [row["cells"] for row in run.groups.values() if row["cells"] is not None]
    together = {name: sum(cells[name] for cells in shown) for name in shown[0]}
    assert table["overall"]["cells"] is None
    population = run.report["population"]
    assert population["rows"] is None
    assert population["people"] == sum(together.values()) == 80
    assert not re.search(r"\b84\b", run.stdout.decode())


CHECKS: dict[str, Callable[[Run], None]] = {
    "all_selected": all_selected,
    "bom_utf8": bom_utf8,
    "case_and_space_variants": case_and_space_variants,
    "crlf": crlf,
    "empty_group_cells": empty_group_cells,
    "exactly_four_fifths": exactly_four_fifths,
    "formula_group_name": formula_group_name,
    "group_of_one": group_of_one,
    "gzip": gzip,
    "missing_labels": missing_labels,
    "old_report_survives_failure": old_report_survives_failure,
    "quoted_newline": forty_rows,
    "small_cell_public": small_cell_public,
    "sql_in_column_name": sql_in_column_name,
    "stdin": stdin,
    "xss_group_name": xss_group_name,
    "yaml_object": yaml_object,
    "yes_no_declared": yes_no_declared,
    "zero_selected_in_a_group": zero_selected_in_a_group,
}
"""What each case's `checks` mean, as assertions; a case without its own fails."""


def test_every_check_of_the_manifest_has_its_assertions() -> None:
    wanted = {name for name, case in CASES.items() if case["expect"]["checks"]}
    assert wanted == set(CHECKS)


def test_cases_of_other_kinds_are_known_and_come_later() -> None:
    others: dict[str, set[str]] = {}
    for case in MANIFEST["cases"]:
        if case["kind"] not in COVERED:
            others.setdefault(case["kind"], set()).add(case["id"])
    assert others == COMES_LATER


def test_every_bad_file_belongs_to_a_case() -> None:
    named = {case["file"] for case in MANIFEST["cases"]}
    assert {path.name for path in (FOLDER / "files").iterdir()} == named - {None}
