"""Relatives of the bad inputs: other encodings, broken rows and places for a name."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Command

HEADER = "group,y_true,y_pred"
ROWS = ["Männer,1,1", "Männer,0,0", "Frauen,1,0", "Frauen,0,1"] * 5
PLAIN = [row.replace("ä", "ae") for row in ROWS]
HOSTILE = "\x1b[2J\u202e[red]gone\x07"
ACTING = ("\x1b", "\u202e", "\x07", "\r")


def table(rows: list[str], header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("latin-1", table(ROWS)),
        ("cp1252", table(ROWS).replace("Männer", "M€nner")),
        ("shift-jis", table(ROWS).replace("Männer", "男性")),
        ("utf-16-le", table(ROWS)),
    ],
)
def test_another_encoding_is_refused_until_it_is_named(
    command: Command, tmp_path: Path, encoding: str, text: str
) -> None:
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    refused = command("check", "a.csv", "--group", "group")
    told = refused.stderr.decode()
    assert refused.returncode == 2, told
    assert "a.csv" in told
    assert "encoding" in told.casefold()
    assert told.count("\n") == 1
    read = command(
        *("check", "a.csv", "--group", "group", "--format", "json"),
        *("--encoding", encoding),
    )
    assert read.returncode == 0, read.stderr.decode()
    (part,) = json.loads(read.stdout)["parts"]
    (found,) = part["tables"]
    names = {row["name"] for row in found["groups"]}
    assert names == {row.partition(",")[0] for row in text.split()[1:]}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_an_encoding_that_marks_itself_is_read_and_stated(
    command: Command, tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "a.csv").write_bytes(table(ROWS).encode(encoding))
    ended = command("check", "a.csv", "--group", "group", "--format", "json")
    assert ended.returncode == 0, ended.stderr.decode()
    (part,) = json.loads(ended.stdout)["parts"]
    assert {row["name"] for row in part["tables"][0]["groups"]} == {"Männer", "Frauen"}
    assert encoding.upper()[:5] in part["source"]["read_as"]


def test_an_encoding_that_does_not_exist_is_refused(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(table(PLAIN))
    ended = command("check", "a.csv", "--group", "group", "--encoding", "utf-9")
    assert ended.returncode == 2
    assert b"utf-9" in ended.stderr


@pytest.mark.parametrize(
    ("broken", "place", "says"),
    [
        ("Frauen,1", 6, "field|column"),
        ("Frauen,1,0,1", 6, "field|column"),
        ("Frauen", 6, "field|column"),
        ('"Frauen,1,0', 6, "quote"),
        ('Frauen,"1"x,0', 6, "quote|field|column"),
        # A byte that no text holds is named by its place: it need not be in a line.
        ("Frau\x00en,1,0", 71, "NUL"),
    ],
)
@pytest.mark.parametrize("given", ["file", "gzip", "standard input"])
def test_a_broken_row_is_refused_with_its_place(
    command: Command, tmp_path: Path, broken: str, place: int, says: str, given: str
) -> None:
    content = table([*PLAIN[:4], broken, *PLAIN[4:]]).encode()
    name = {"file": "a.csv", "gzip": "a.csv.gz", "standard input": "-"}[given]
    if given != "standard input":
        written = gzip.compress(content) if given == "gzip" else content
        (tmp_path / name).write_bytes(written)
    old = tmp_path / "report.json"
    old.write_bytes(b"old")
    ended = command(
        *("check", name, "--group", "group", "--output", "report.json"), given=content
    )
    told = ended.stderr.decode()
    assert ended.returncode == 2, ended.stdout.decode()
    assert ended.stdout == b""
    assert told.count("\n") == 1
    assert re.search(rf"\b{place}\b", told), told
    assert re.search(says, told, re.IGNORECASE), told
    assert ("standard input" if name == "-" else name) in told
    assert old.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == (1 if name == "-" else 2)


def test_a_truncated_archive_is_refused(command: Command, tmp_path: Path) -> None:
    packed = gzip.compress(table(PLAIN * 50).encode())
    (tmp_path / "a.csv.gz").write_bytes(packed[: len(packed) // 2])
    ended = command("check", "a.csv.gz", "--group", "group")
    assert ended.returncode == 2
    assert b"a.csv.gz" in ended.stderr
    assert ended.stderr.count(b"\n") == 1


def test_a_twin_of_a_column_in_another_case_is_refused(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(table([f"{row},1" for row in PLAIN], f"{HEADER},Group"))
    ended = command("check", "a.csv", "--group", "group")
    assert ended.returncode == 2
    assert b"Group" in ended.stderr


@pytest.mark.parametrize("place", ["column", "group", "label value", "file", "why", "gate"])
def test_a_hostile_name_is_shown_and_acts_nowhere(
    command: Command, tmp_path: Path, place: str
) -> None:
    name = HOSTILE.replace("\x07", "") + ".csv" if place == "file" else "a.csv"
    header = HEADER.replace("group", HOSTILE) if place == "column" else HEADER
    rows = [row.replace("Frauen", HOSTILE) for row in PLAIN] if place == "group" else PLAIN
    options = ["--positive", "1"]
    if place == "label value":
        rows = [re.sub(r",1", f",{HOSTILE}", row) for row in PLAIN]
        options = ["--positive", HOSTILE]
    if place == "why":
        options += ["--criterion", "equalized_odds", "--tolerance", "0.5", "--why", HOSTILE]
    if place == "gate":
        options += ["--gate", f"{HOSTILE}:impact_ratio>=0.8"]
    (tmp_path / name).write_text(table(rows, header), "utf-8")
    group = HOSTILE if place == "column" else "group"
    for form in ("console", "json"):
        ended = command("check", name, "--group", group, *options, "--format", form)
        told = ended.stdout.decode() + ended.stderr.decode()
        assert ended.returncode == (2 if place == "gate" else 4 if place == "why" else 0), (
            told
        )
        assert "gone" in told
        for acting in ACTING:
            assert acting not in told


def test_messages_about_hostile_data_act_nowhere(command: Command, tmp_path: Path) -> None:
    hostile = [row.replace("1", HOSTILE) for row in PLAIN]
    for rows, header, options in (
        (hostile, HEADER, ["--group", "group"]),
        (hostile, HEADER, ["--group", "group", "--positive", HOSTILE[:-1]]),
        (PLAIN, HEADER.replace("group", HOSTILE), ["--group", "group"]),
        (PLAIN, f"{HOSTILE},{HOSTILE},y_pred", ["--group", HOSTILE]),
        ([*PLAIN, HOSTILE], HEADER, ["--group", "group"]),
        (PLAIN, HEADER, ["--group", "group", "--compare", f"reference:{HOSTILE}"]),
        (PLAIN, HEADER, ["--group", "group", "--strata", HOSTILE]),
        (PLAIN, HEADER, ["--group", "group", "--encoding", HOSTILE]),
        (PLAIN, HEADER, ["--group", "group", "--delimiter", HOSTILE]),
    ):
        (tmp_path / "a.csv").write_text(table(rows, header), "utf-8")
        ended = command("check", "a.csv", *options)
        told = ended.stderr.decode()
        assert ended.returncode == 2, told
        assert ended.stdout == b""
        assert told.count("\n") == 1, told
        for acting in ACTING:
            assert acting not in told


def test_a_file_name_that_is_not_utf8_is_audited(command: Command, tmp_path: Path) -> None:
    folder = str(tmp_path).encode()
    Path((folder + b"/data\xe9.csv").decode("utf-8", "surrogateescape")).write_text(
        table(PLAIN)
    )
    ended = command("check", b"data\xe9.csv", "--group", "group", "--output", "report.json")
    assert ended.returncode == 0, ended.stderr.decode()
    (part,) = json.loads((tmp_path / "report.json").read_text("utf-8"))["parts"]
    assert part["source"]["name"].startswith("data")
