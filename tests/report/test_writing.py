from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fairaudit.core.errors import OutputError
from fairaudit.report.writing import write_all, write_whole

OLD, NEW = "old\n" * 200_000, "new\n" * 300_000

WRITER = """
import sys
from fairaudit.report.writing import write_all, write_whole
old, new = "old\\n" * 200_000, "new\\n" * 300_000
while True:
    for text in (new, old):
        write_whole(sys.argv[1], text)
        sys.stdout.write("x")
        sys.stdout.flush()
"""


def test_a_new_file_is_written(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    write_whole(target, "é\r\n")
    assert target.read_bytes() == "é\r\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    target.chmod(0o640)
    write_whole(str(target), "new")
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_that_the_umask_gives(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("")
    write_whole(tmp_path / "report.json", "new")
    assert (tmp_path / "report.json").stat().st_mode == plain.stat().st_mode


def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "real.json", tmp_path / "link.json"
    real.write_text("old")
    link.symlink_to(real)
    write_whole(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_whole(pipe, "through")
    reader.join()
    assert read == ["through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device_is_an_error_in_one_sentence() -> None:
    with pytest.raises(OutputError, match=r"^/dev/full: the report cannot be .* No space"):
        write_whole("/dev/full", "new")


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"this is a directory. Name a file in it"):
        write_whole(tmp_path, "new")


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"there is no directory '.*nowhere'. Make it"):
        write_whole(tmp_path / "nowhere" / "report.json", "new")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system has no /proc")
def test_a_directory_that_takes_no_files_is_not_called_missing() -> None:
    with pytest.raises(OutputError, match=r"^/proc/x\.json: (no file can be|permission)"):
        write_whole("/proc/x.json", "new")


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"cannot be written there: Not a directory"):
        write_whole(tmp_path / "file" / "report.json", "new")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    target.chmod(0o440)
    with pytest.raises(OutputError, match=r"permission to write there is denied"):
        write_whole(target, "new")
    assert target.read_text() == "old"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    program = (
        "import resource, signal, sys\n"
        "from fairaudit.report.writing import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_whole(sys.argv[1], 'new' * 100_000)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(target)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "OutputError" in done.stderr
    assert "File too large" in done.stderr
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("writes", [0, 1, 2, 5])
def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path, writes: int) -> None:
    target = tmp_path / "report.json"
    target.write_text(OLD)
    _stop(target, writes, signal.SIGKILL)
    assert target.read_text() in {OLD, NEW}


@pytest.mark.parametrize("writes", [0, 1, 2, 5])
def test_an_interrupted_writer_leaves_a_whole_file_and_nothing_else(
    tmp_path: Path, writes: int
) -> None:
    target = tmp_path / "report.json"
    target.write_text(OLD)
    errors = _stop(target, 1 + writes, signal.SIGINT)
    assert "KeyboardInterrupt" in errors
    assert target.read_text() in {OLD, NEW}
    assert list(tmp_path.iterdir()) == [target]


def _stop(target: Path, writes: int, by: signal.Signals) -> str:
    """Let a writer finish some writes and stop it in the midst of the next one."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(target)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    writer.stdout.read(writes)
    writer.send_signal(by)
    _, errors = writer.communicate()
    return errors


def test_no_file_is_touched_before_all_are_on_the_disk(tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "no" / "b.json"
    first.write_text("old")
    with pytest.raises(OutputError, match=r"b\.json: there is no directory"):
        write_all([(first, "new"), (second, "new")])
    assert first.read_text() == "old"
    assert list(tmp_path.iterdir()) == [first]


def test_several_files_are_written_together(tmp_path: Path) -> None:
    names = ["a", "b", "c"]
    write_all([(tmp_path / name, name * 3) for name in names])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a": "aaa",
        "b": "bbb",
        "c": "ccc",
    }
