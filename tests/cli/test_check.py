from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fairaudit.report.storage import from_json

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

FAIR = "gender,y_true,y_pred,age\n" + "".join(
    f"{gender},{label},{prediction},{age}\n"
    for gender in ("f", "m")
    for label in (0, 1)
    for prediction in (0, 1)
    for age in (20, 30, 50)
)
UNFAIR = "gender,y_true,y_pred\n" + "f,1,0\n" * 200 + "m,1,1\n" * 200


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "fair.csv").write_text(FAIR)
    (tmp_path / "unfair.csv").write_text(UNFAIR)
    return tmp_path


def report_of(stdout: bytes) -> dict[str, object]:
    (part,) = json.loads(stdout)["parts"]
    assert isinstance(part, dict)
    return part


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["fair.csv"], 0),
        (["fair.csv", "--gate", "impact_ratio>=0.8"], 0),
        (["unfair.csv", "--gate", "impact_ratio>=0.8"], 1),
        (["unfair.csv", "--criterion", "demographic_parity", "--tolerance", "0.1"], 1),
        (["fair.csv", "--criterion", "demographic_parity", "--tolerance", "0.1"], 4),
        # A failure weighs more than what is undecided beside it.
        (
            [
                *("unfair.csv", "--gate", "impact_ratio>=0.8"),
                *("--gate", "false_positive_rate_difference<=0.1"),
            ],
            1,
        ),
        (
            [
                *("fair.csv", "--criterion", "demographic_parity", "--tolerance", "0.1"),
                *("--undecided", "pass"),
            ],
            0,
        ),
        (["nowhere.csv"], 2),
    ],
)
def test_the_exit_code_says_what_came_of_the_gates(
    command: Command, data: Path, arguments: list[str], code: int
) -> None:
    assert data.is_dir()
    ended = command("check", *arguments, "--group", "gender")
    assert ended.returncode == code, ended.stderr.decode()
    if code != 2:
        lines = ended.stdout.decode().splitlines()
        assert lines[-1] == f"exit {code} · everything else: --output report.html"


def test_a_later_tolerance_leaves_an_earlier_criterion_its_own(
    command: Command, data: Path
) -> None:
    gates = ["--criterion", "demographic_parity", "--tolerance", "0.1"]
    looser = ["--criterion", "equal_opportunity", "--tolerance", "0.9"]
    assert data.is_dir()
    ended = command("check", "fair.csv", "--group", "gender", *gates, *looser)
    assert ended.returncode == 4
    assert b"demographic parity within 0.1" in ended.stdout
    assert b"equal opportunity within 0.9" in ended.stdout


def test_letting_undecided_pass_is_named_on_the_first_page(
    command: Command, data: Path
) -> None:
    assert data.is_dir()
    gate = ["--criterion", "demographic_parity", "--tolerance", "0.1"]
    page = command(
        "check", "fair.csv", "--group", "gender", *gate, "--undecided", "pass"
    ).stdout.decode()
    assert "--undecided pass" in " ".join(page.split())


def test_every_output_is_written_beside_the_page(command: Command, data: Path) -> None:
    files = ["--output", "a.json", "--output", "b.TXT"]
    ended = command("check", "fair.csv", "--group", "gender", *files)
    assert ended.returncode == 0
    assert ended.stdout.decode().splitlines()[-1].endswith("written to a.json, b.TXT")
    stored = from_json((data / "a.json").read_text("utf-8"))
    assert stored.parts[0].population.people == 24
    page = (data / "b.TXT").read_text("utf-8")
    assert ended.stdout.decode().startswith(page)
    assert "\x1b" not in page


def test_json_on_standard_output_is_the_report_alone(command: Command, data: Path) -> None:
    arguments = ["check", "fair.csv", "--group", "gender", "--output", "a.json"]
    ended = command(*arguments, "--format", "json", env={"PYTHONIOENCODING": "ascii"})
    assert ended.stderr == b""
    assert ended.stdout == (data / "a.json").read_bytes()


def test_the_report_records_the_command_as_it_can_be_run_again(
    command: Command, data: Path
) -> None:
    assert data.is_dir()
    arguments = [
        "check",
        "fair.csv",
        "--group",
        "gender",
        "--format",
        "json",
        "--seed",
        "7",
    ]
    stdout = command(*arguments, "--why", "it's so").stdout
    (run,) = json.loads(stdout)["run"]
    assert shlex.split(run["command"]) == ["fairaudit", *arguments, "--why", "it's so"]
    assert report_of(stdout)["seed"] == 7


def test_two_runs_differ_only_in_what_depends_on_the_run(
    command: Command, data: Path
) -> None:
    assert data.is_dir()
    arguments = ["check", "unfair.csv", "--group", "gender", "--gate", "impact_ratio>=0.8"]
    first, second = (command(*arguments, "--format", "json").stdout for _ in range(2))
    assert report_of(first) == report_of(second)


def test_standard_input_is_read(command: Command) -> None:
    ended = command(
        "check", "-", "--group", "gender", "--format", "json", given=FAIR.encode()
    )
    assert ended.returncode == 0, ended.stderr.decode()
    assert report_of(ended.stdout)["source"]["kind"] == "standard input"  # type: ignore[index]


def test_ages_are_cut_and_crossed_with_gender(command: Command, data: Path) -> None:
    assert data.is_dir()
    for crossing in ("gender×age", "gender*age"):
        stdout = command(
            *("check", "fair.csv", "--group", "age", "--group", crossing),
            *("--bin", "age=25,40", "--format", "json"),
        ).stdout
        tables = report_of(stdout)["tables"]
        assert isinstance(tables, list)
        assert [table["attribute"] for table in tables] == ["age", "gender × age"]
        assert [len(table["groups"]) for table in tables] == [3, 6]


def test_a_policy_is_followed_and_options_go_before_it(
    command: Command, data: Path
) -> None:
    (data / "p.toml").write_text(
        "[groups]\nattributes = ['gender']\nmin_group = 5\n"
        "[[criteria]]\nname = 'demographic_parity'\ntolerance = 0.1\nwhy = 'shares'\n"
        "[[gates]]\nnumber = 'impact_ratio>=0.8'\n"
    )
    plain = command("check", "fair.csv", "--policy", "p.toml", "--format", "json")
    assert plain.returncode == 4
    assert plain.stderr == b""
    assert report_of(plain.stdout)["requirements"]["min_group"] == 5  # type: ignore[index]
    options = [
        *("--criterion", "equalized_odds", "--tolerance", "0.2", "--min-group", "5"),
        *("--gate", "impact_ratio>=0.9", "--format", "json"),
    ]
    other = command("check", "fair.csv", "--policy", "p.toml", *options)
    assert other.stderr.decode().splitlines() == [
        "note: --gate goes before p.toml, which says impact_ratio>=0.8",
        "note: --criterion goes before p.toml, which says demographic_parity within 0.1",
    ]
    required = report_of(other.stdout)["requirements"]
    assert isinstance(required, dict)
    assert [gate["criterion"] for gate in required["criteria"]] == ["equalized_odds"]
    assert [gate["limit"] for gate in required["numbers"]] == ["0.9"]
    assert required["why"] is None


def test_a_waived_failure_is_exit_zero_until_its_day_is_over(
    command: Command, data: Path
) -> None:
    policy = (
        "[groups]\nattributes = ['gender']\n[[gates]]\nnumber = 'impact_ratio>=0.8'\n"
        "[[waivers]]\ngate = 'impact_ratio>=0.8'\nowner = 'Ada'\nreason = 'trial'\n"
    )
    (data / "now.toml").write_text(f"{policy}expires = 9999-12-31\n")
    (data / "past.toml").write_text(f"{policy}expires = 2020-12-31\n")
    waived = command("check", "unfair.csv", "--policy", "now.toml")
    assert waived.returncode == 0
    assert "WAIVED" in waived.stdout.decode()
    failed = command("check", "unfair.csv", "--policy", "past.toml")
    assert failed.returncode == 1
    assert "expired on 2020-12-31" in " ".join(failed.stdout.decode().split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output", "report.jsn"], "--output report.jsn: format '.jsn' is not known."),
        (["--output", "report"], "--output report: format 'report' is not known."),
        (["--output", "."], "--output .: this is a directory"),
        (["--output", "no/a.json"], "--output no/a.json: there is no directory 'no'"),
        (["--output", "a.json", "--output", "a.json"], "--output a.json: named twice"),
        (["--bin", "age"], "--bin age: write the column and where it is cut"),
        (["--bin", "age=old"], "--bin age=old: write the column and where it is cut"),
        (["--bin", "age=5", "--bin", "age=9"], "--bin age=9: 'age' is cut twice"),
        (["--tolerance", "0.1"], "--tolerance is for a criterion. Add --criterion NAME."),
        (["--criterion", "equalized_odds"], "--criterion equalized_odds needs to know"),
        (
            ["--criterion", "equalised_odds", "--tolerance", "0.1"],
            "Did you mean 'equalized",
        ),
        (
            ["--criterion", "equalized_odds", "--tolerance", "10"],
            "--tolerance must lie between 0 and 1, both exclusive; got 10.",
        ),
        (
            ["--criterion", "equalized_odds", "--tolerance", "nan"],
            "--tolerance must lie between 0 and 1, both exclusive; got nan.",
        ),
        (
            ["--criterion", "equalized_odds", "--tolerance", "0.1", "--tolerance", "0.4"],
            "--tolerance was given 2 times for 1 criterion. Give one for all,",
        ),
        (["--why", "a", "--why", "b"], "--why takes one value and was given 2 times"),
        (
            ["--threshold", "0.2", "--threshold=0.9"],
            "--threshold takes one value and was given 2 times; leave one.",
        ),
        (["--gate", "impact_ratio"], "gate: 'impact_ratio' cannot be read"),
        (["--positive", "a", "--positive", "b"], "--positive a: with several, each names"),
        (
            ["--positive", "y_true=1", "--positive", "y_true=0"],
            "--positive y_true=0: 'y_true' has two positive values.",
        ),
        (
            ["--expect-groups", "gender=f", "--expect-groups", "m"],
            "--expect-groups m: say whose they are, such as --expect-groups gender=m.",
        ),
        (["--policy", "no.toml"], "no.toml: no such file"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_read(
    command: Command, arguments: list[str], message: str
) -> None:
    ended = command("check", "not-there.csv", "--group", "gender", *arguments)
    assert ended.returncode == 2
    assert message in ended.stderr.decode()
    assert b"not-there.csv" not in ended.stderr
    assert ended.stderr.count(b"\n") == 1


@pytest.mark.parametrize("threshold", ["nan", "inf", "-inf"])
def test_a_threshold_that_is_no_number_is_refused(
    command: Command, data: Path, threshold: str
) -> None:
    assert data.is_dir()
    options = ["--score", "age", f"--threshold={threshold}"]
    ended = command("check", "fair.csv", "--group", "gender", *options)
    assert ended.returncode == 2
    assert b"--threshold: must be a finite number" in ended.stderr


def test_the_audited_file_is_never_written_over(command: Command, tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text('{"gender": "f", "y_true": 1, "y_pred": 1}\n')
    os.link(tmp_path / "data.json", tmp_path / "twin.json")
    for name in ("data.json", "./data.json", "twin.json"):
        ended = command("check", "data.json", "--group", "gender", "--output", name)
        assert ended.returncode == 2
        assert b"this is a file that is read" in ended.stderr


def test_a_place_that_may_not_be_written_is_found_before_anything_is_read(
    command: Command, tmp_path: Path, bound_by_permissions: tuple[str, ...]
) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    old = tmp_path / "old.json"
    old.write_text("old")
    old.chmod(0o400)
    for output in ("locked/a.json", "old.json"):
        ended = command(
            *("check", "not-there.csv", "--group", "gender", "--output", output),
            before=bound_by_permissions,
        )
        assert ended.returncode == 2
        assert b"permission to write there is denied" in ended.stderr
        assert b"not-there.csv" not in ended.stderr
    assert old.read_text() == "old"


def test_an_interrupt_leaves_the_old_report_whole(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "report.json").write_text("old")
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "fairaudit", "check", "-", "--group", "gender"),
            *("--output", "report.json"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=tmp_path,
    ) as reading:
        assert reading.stdin is not None
        # More than a pipe holds: once it is written, the command is reading.
        reading.stdin.write(FAIR.encode() * 1000)
        reading.stdin.flush()
        reading.send_signal(signal.SIGINT)
        out, told = reading.communicate()
    assert reading.returncode == 130
    assert out == b""
    assert told.decode() == "fairaudit: interrupted; nothing was left half-written.\n"
    assert (tmp_path / "report.json").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_reader_that_leaves_takes_no_verdict_with_it(
    environment: dict[str, str], data: Path
) -> None:
    for form in ("console", "json"):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as closed:
            ended = subprocess.run(
                [
                    *(sys.executable, "-m", "fairaudit", "check", "unfair.csv"),
                    *("--group", "gender", "--gate", "impact_ratio>=0.8"),
                    *("--format", form),
                ],
                stdout=closed,
                stderr=subprocess.PIPE,
                env=environment,
                cwd=data,
                check=False,
            )
        assert ended.returncode == 1
        assert ended.stderr == b""


def test_a_small_check_loads_no_heavy_library(
    environment: dict[str, str], data: Path
) -> None:
    code = (
        "import sys\n"
        "from fairaudit.cli.main import run\n"
        "assert run(['check', 'fair.csv', '--group', 'gender', '--criterion',\n"
        "    'equalized_odds', '--tolerance', '0.1', '--output', 'a.json']) == 4\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=environment,
        cwd=data,
        check=True,
    )
    loaded = set(ended.stderr.decode().split())
    assert "fairaudit.cli.check" in loaded
    assert not loaded & {"pandas", "scipy", "sklearn", "matplotlib", "pyarrow", "polars"}
