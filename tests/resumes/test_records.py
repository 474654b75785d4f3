from __future__ import annotations

import json
import resource
import signal
from pathlib import Path

import pytest

from fairaudit.core.errors import InputError, OutputError, UnreadableTableError
from fairaudit.core.value import replace
from fairaudit.resumes.running.records import Charge, Record, RunStore, read_records

RECORD = Record(
    key="a",
    system="stub",
    pair="name-1",
    half=0,
    framing="plain",
    repeat=0,
    position=3,
    state="ok",
    kind="rating",
    value=7.0,
    text=None,
    raw="7 — \ud83d half a pair of surrogates",
    parser="stub 1",
    model=None,
    tokens_in=10,
    tokens_out=1,
    cost="0.00001",
    seconds=0.5,
    tries=1,
    at="2026-11-26T12:00:00.000+00:00",
)


def kept(folder: Path, *keys: str) -> Path:
    path = folder / "runs.jsonl"
    with RunStore(path, "study") as store:
        for key in keys:
            store.append(replace(RECORD, key=key))
    return path


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    path = kept(tmp_path, "a", "b")
    with RunStore(path, "study") as store:
        store.charge(Charge(key="c", tokens=5, cost=None, because="timed out", at="now"))
        assert list(store.records) == ["a", "b"]
    records, charges = read_records(path, "study")
    assert records["a"] == RECORD
    assert [charge.key for charge in charges] == ["c"]


def test_a_torn_last_line_is_taken_away(tmp_path: Path) -> None:
    path = kept(tmp_path, "a", "b")
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert list(read_records(path, "study")[0]) == ["a"]
    with RunStore(path, "study") as store:
        assert list(store.records) == ["a"]
        store.append(replace(RECORD, key="b"))
    assert path.read_bytes() == whole


def test_a_torn_first_line_is_as_if_nothing_were_there(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    path.write_bytes(b'{"form')
    with RunStore(path, "study") as store:
        assert store.records == {}
    assert json.loads(path.read_text())["study"] == "study"


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    path = kept(tmp_path, "a")
    for line, said in (("{", "no JSON"), ("[]", "no record"), ('{"key": 1}', "no record")):
        spoiled = path.with_name("spoiled.jsonl")
        spoiled.write_text(
            f"{path.read_text(errors='surrogatepass')}{line}\n", errors="surrogatepass"
        )
        with pytest.raises(InputError, match=f"line 3: {said}"):
            RunStore(spoiled, "study")


def test_runs_of_another_study_or_version_are_refused(tmp_path: Path) -> None:
    path = kept(tmp_path, "a")
    with pytest.raises(InputError, match="another study"):
        RunStore(path, "other")
    path.write_text('{"format": 99, "study": "study"}\n')
    with pytest.raises(InputError, match="format 99"):
        RunStore(path, "study")
    assert path.read_text() == '{"format": 99, "study": "study"}\n'


def test_two_runs_do_not_write_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    with RunStore(path, "study"), pytest.raises(OutputError, match="another run"):
        RunStore(path, "study")
    with RunStore(path, "study"):
        pass


def test_a_full_disk_leaves_whole_lines(tmp_path: Path) -> None:
    path = kept(tmp_path, "a")
    before = path.read_bytes()
    # A limit on the size of files fails the write half-way, as a full disk does.
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with RunStore(path, "study") as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 50, limits[1]))
        try:
            with pytest.raises(OutputError, match="is kept; make room"):
                store.append(replace(RECORD, key="b"))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, handler)
        assert path.read_bytes() == before
        store.append(replace(RECORD, key="b"))
    assert list(read_records(path, "study")[0]) == ["a", "b"]


def test_a_folder_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        RunStore(tmp_path / "nowhere" / "runs.jsonl", "study")
    with pytest.raises(UnreadableTableError, match="cannot be read"):
        read_records(tmp_path / "runs.jsonl", "study")
