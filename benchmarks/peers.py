"""Measure rates by group beside fairlearn, aequitas and AIF360: python benchmarks/peers.py.

Each peer is installed, at a fixed version, into an environment of its own. All answers are
found equal before anything is timed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

PEERS = {"fairlearn": "0.15.0", "aequitas": "1.1.0", "aif360": "0.6.1"}
_HERE = Path(__file__).resolve().parent
_INTO = _HERE.parent / "docs" / "statistics"


def main() -> None:
    """Install, compare, measure and write the page."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        place = options.environments or Path(scratch) / "environments"
        pythons, failed = {"fairaudit": sys.executable}, {}
        for peer, number in PEERS.items():
            try:
                pythons[peer] = _environment(place / peer, f"{peer}=={number}")
            except subprocess.CalledProcessError as error:
                failed[peer] = (error.stderr or "").strip().splitlines()[-1:] or ["failed"]
        data = Path(scratch) / "people.npz"
        _write_people(data, options.rows)
        load = os.getloadavg()[0]
        cpu = _measure(pythons, data, options.rounds)
    page = {
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "command": f"python benchmarks/peers.py --rows {options.rows}",
        "rows": options.rows,
        "rounds": options.rounds,
        "load_before": round(load, 1),
        "cores": os.cpu_count(),
        "versions": {name: _versions(python) for name, python in pythons.items()},
        "cpu_seconds": cpu,
        "not_installed": {peer: reason[0] for peer, reason in failed.items()},
    }
    _INTO.joinpath("peers.json").write_text(json.dumps(page, indent=2) + "\n", "utf-8")
    _INTO.joinpath("peers.md").write_text(_markdown(page), "utf-8")
    print(_markdown(page))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--environments", type=Path, help="keep, and use again, them here")
    return parser.parse_args()


def _environment(place: Path, requirement: str) -> str:
    """Give the Python of an environment with one peer in it."""
    python = str(place / "bin" / "python")
    for command in (
        [sys.executable, "-m", "venv", str(place)],
        [python, "-m", "pip", "install", "--quiet", requirement],
    ):
        subprocess.run(command, check=True, capture_output=True, text=True)
    return python


def _write_people(path: Path, rows: int) -> None:
    """Draw people of four groups who are selected at different rates."""
    rng = np.random.default_rng(20)
    group = rng.integers(0, 4, rows)
    y_true = (rng.random(rows) < 0.3 + 0.05 * group).astype(np.int64)
    y_pred = (rng.random(rows) < 0.2 + 0.4 * y_true + 0.05 * group).astype(np.int64)
    np.savez(path, y_true=y_true, y_pred=y_pred, group=group)


def _measure(pythons: dict[str, str], data: Path, rounds: int) -> dict[str, list[float]]:
    """Ask everybody in turn; the first round warms up and must give the same numbers."""
    asked = {
        name: subprocess.Popen(
            [python, str(_HERE / "peer_rates" / f"ask_{name}.py"), str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=_paths(name),
        )
        for name, python in pythons.items()
    }
    first = {name: _ask(name, process) for name, process in asked.items()}
    _same(first)
    cpu: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, process in asked.items():
            cpu[name].append(_ask(name, process)["cpu"])
    for process in asked.values():
        process.communicate()
    return cpu


def _paths(name: str) -> dict[str, str]:
    """Let our own process find this tree; peers find only their environment."""
    path = {"PYTHONPATH": str(_HERE.parent)} if name == "fairaudit" else {}
    return {key: os.environ[key] for key in os.environ if key != "PYTHONPATH"} | path


def _ask(name: str, process: subprocess.Popen[str]) -> Any:
    """Give one answer; anything else a library prints is passed over."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.startswith('{"cpu"'):
            return json.loads(line)
    raise RuntimeError(f"{name} ended without an answer")


def _same(answers: dict[str, Any]) -> None:
    """Refuse to time answers that differ."""
    ours = answers["fairaudit"]["rates"]
    for name, answer in answers.items():
        for rate, values in ours.items():
            if not np.allclose(values, answer["rates"][rate], rtol=1e-12, atol=0):
                raise RuntimeError(f"{name} has another {rate}: {answer['rates'][rate]}")


def _versions(python: str) -> dict[str, str]:
    """Say what is installed, as far as it matters."""
    names = ("numpy", "pandas", "scikit-learn", *PEERS)
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=json"], capture_output=True, check=True
    )
    found = {one["name"]: one["version"] for one in json.loads(listed.stdout)}
    return {name: found[name] for name in names if name in found}


def _markdown(page: dict[str, Any]) -> str:
    """Write the table."""
    ours = median(page["cpu_seconds"]["fairaudit"])
    about = (
        f"Four rates of four groups from {page['rows']:,} rows of whole numbers, found "
        "equal first. CPU time of all threads, in turn, median (least–largest). What a "
        "peer wants its data in was made before the clock ran."
    )
    busy = ": it was busy" if page["load_before"] > page["cores"] else ""
    lines = [
        "# Rates by group, beside the peers",
        "",
        about,
        "",
        f"- when: {page['when']}; {page['rounds']} rounds",
        f"- command: `{page['command']}`",
        f"- machine: {page['cores']} cores; load before {page['load_before']}{busy}",
        "",
        "| library | versions | CPU | times ours |",
        "| --- | --- | ---: | ---: |",
    ]
    for name, cpu in page["cpu_seconds"].items():
        versions = ", ".join(f"{k} {v}" for k, v in page["versions"][name].items())
        middle = median(cpu)
        lines.append(
            f"| {name} | {versions} | {middle * 1e3:,.1f} ms ({min(cpu) * 1e3:,.1f}–"
            f"{max(cpu) * 1e3:,.1f}) | {middle / ours:,.1f} × |"
        )
    for name, reason in page["not_installed"].items():
        lines.append(f"| {name} | {PEERS[name]} | not installed: {reason} | |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
