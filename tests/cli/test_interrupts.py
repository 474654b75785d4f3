from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TERMINATED = """
import signal, sys
from fairaudit import embeddings
from fairaudit.cli import explanation, main
from fairaudit.embeddings.files import writing

def saved(width):
    embeddings.save(embeddings.load("glove_50d_subset"), "vectors.npy")
    return "saved"

writing._bring_to_disk = lambda file: signal.raise_signal(signal.SIGTERM)
explanation.overview = saved
sys.argv = ["fairaudit", "explain"]
main.main()
"""


def _ended(
    code: str, environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=environment,
        cwd=folder,
        check=False,
    )


def test_a_command_that_is_terminated_leaves_the_old_file_and_nothing_half_written(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "vectors.npy").write_bytes(b"old")
    ended = _ended(TERMINATED, environment, tmp_path)
    assert (ended.returncode, ended.stdout) == (143, b""), ended.stderr
    assert b"interrupted; nothing was left half-written" in ended.stderr
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("vectors.npy", b"old")
    ]


def test_where_termination_is_ignored_it_stays_ignored(
    environment: dict[str, str], tmp_path: Path
) -> None:
    before = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    ended = _ended(before + TERMINATED, environment, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "vectors.npy", "vectors.words.txt",
    ]  # fmt: skip
