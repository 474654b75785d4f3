from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairaudit.cli.main import run


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Write two files of forty people; the new system selects two women more."""
    rows = [(f"p{n}", "fm"[n % 2], n // 2 % 2, int(n % 3 == 0)) for n in range(40)]
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(
        "person,sex,label,prediction\n"
        + "".join(",".join(map(str, row)) + "\n" for row in rows)
    )
    new.write_text(
        "prediction,person\n"
        + "".join(f"{1 if row[0] in {'p2', 'p4'} else row[3]},{row[0]}\n" for row in rows)
    )
    return str(old), str(new)


def test_the_console_tells_what_changed(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *files, "--id", "person", "--group", "sex"]) == 0
    told = capsys.readouterr().out
    assert "new against old" in told
    assert "40 in both tables" in told
    assert "Change of the selection rate (SR) by sex" in told
    assert max(map(len, told.splitlines())) <= 80


def test_a_gate_that_cannot_be_decided_exits_with_4(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    gate = ["--criterion", "demographic_parity", "--no-worse", "0.02"]
    assert run(["compare", *files, "--id", "person", "--group", "sex", *gate]) == 4
    assert "UNDECIDED" in capsys.readouterr().out


def test_one_run_writes_every_format(files: tuple[str, str], tmp_path: Path) -> None:
    paths = [
        tmp_path / f"r{suffix}" for suffix in (".json", ".html", ".md", ".csv", ".xml")
    ]
    outputs = [text for path in paths for text in ("--output", str(path))]
    assert run(["compare", *files, "--id", "person", "--group", "sex", *outputs]) == 0
    kinds = [part["kind"] for part in json.loads(paths[0].read_text())["parts"]]
    assert kinds == ["study", "decisions", "decisions"]
    assert all(path.stat().st_size for path in paths)


def test_an_unknown_id_is_refused_in_one_sentence(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *files, "--id", "persn", "--group", "sex"]) == 2
    told = capsys.readouterr().err
    assert "Did you mean 'person'?" in told
    assert "Traceback" not in told


def test_the_limit_of_groups_that_a_message_names_is_an_option(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["compare", *files, "--id", "person", "--group", "sex", "--max-groups"]
    assert run([*asked, "1"]) == 2
    told = capsys.readouterr().err
    assert f"{files[0]}: column 'sex' has 2 distinct values" in told
    assert "--max-groups" in told
    assert run([*asked, "2"]) == 0


def test_writing_over_what_is_read_is_refused(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    output = ["--output", files[1], "--format", "console"]
    assert run(["compare", *files, "--id", "person", "--group", "sex", *output]) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    "criterion", ["calibration_within_groups", "conditional_demographic_parity"]
)
def test_a_gate_that_nothing_is_measured_for_is_refused(
    files: tuple[str, str],
    criterion: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gate = ["--criterion", criterion, "--no-worse", "0.02"]
    assert run(["compare", *files, "--id", "person", "--group", "sex", *gate]) == 2
    assert "leave --no-worse out" in capsys.readouterr().err


def test_a_second_tolerance_is_refused(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    gates = ["--criterion", "equalized_odds", "--tolerance", "0.1", "--tolerance", "0.4"]
    assert run(["compare", *files, "--id", "person", "--group", "sex", *gates]) == 2
    assert "--tolerance takes one value" in capsys.readouterr().err


@pytest.mark.parametrize("side", [0, 1])
def test_a_file_without_the_rows_of_those_it_harms_passes_no_gate(
    tmp_path: Path, side: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [(n, "f" if n % 20 == 0 else "m", n // 20 % 2) for n in range(2_000)]
    lines = [["person,sex,prediction"], ["person,sex,prediction"]]
    for who, sex, told in rows:
        for place in (0, 1):
            if place != side or sex == "m" or not told:
                lines[place].append(f"{who},{sex},{told}")
    files = [tmp_path / "old.csv", tmp_path / "new.csv"]
    for path, texts in zip(files, lines, strict=True):
        path.write_text("\n".join(texts))
    asked = ["--id", "person", "--group", "sex", "--no-worse", "0.1"]
    assert run(["compare", *map(str, files), *asked]) == 4
    told = " ".join(capsys.readouterr().out.split())
    lacks = ("old", "new")[side]
    assert f"50 % of f are left out (50 about whom {lacks} decided nothing)" in told
