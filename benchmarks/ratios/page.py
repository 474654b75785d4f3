"""The lines of a run as a page: a table to read, JSON to keep."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.ratios.line import Line
    from benchmarks.ratios.rounds import Effort

_LIBRARIES = (
    "duckdb",
    "numpy",
    "narwhals",
    "pandas",
    "pyarrow",
    "fairlearn",
    "scikit-learn",
)

_INTRODUCTION = """\
# Speed

Ours and the peer side by side in one run, in turn: CPU time (user and system) in all
threads, of whole processes where a command is measured. Medians, and in brackets the least
and the largest ratio of a round. DuckDB has its usual number of threads on both sides.
Where a count or a rate is compared, both answers were found equal first.
"""


def facts(command: str, effort: Effort, *, load: float) -> dict[str, Any]:
    """Say when, where and how the run was made, and how busy the machine was before."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "command": command,
        "quick": effort.quick,
        "rounds": effort.rounds,
        "load_before": round(load, 1),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in _LIBRARIES},
    }


def as_data(
    lines: Mapping[str, Sequence[Line]], about: Mapping[str, Any]
) -> dict[str, Any]:
    """Give everything measured, every sample included."""
    return {
        "about": dict(about),
        "measures": {name: [line.plain() for line in here] for name, here in lines.items()},
    }


def as_markdown(lines: Mapping[str, Sequence[Line]], about: Mapping[str, Any]) -> str:
    """Write the page.

    ```text
    | what | ours | peer | peer is | got | target | met |
    | --- | ---: | ---: | --- | ---: | ---: | --- |
    | `fairaudit --help` | 0.07 s | 0.01 s | `python -c pass` | 6.2 × | ≤ 8 × | yes |
    ```
    """
    rows = [_row(line) for here in lines.values() for line in here]
    notes = [
        f"- {line.what}, against {line.peer or 'its target'}: {line.note}."
        for here in lines.values()
        for line in here
        if line.note
    ]
    return "\n".join(
        [
            _INTRODUCTION,
            *_facts(about),
            "",
            "| what | ours | peer | peer is | got | target | met |",
            "| --- | ---: | ---: | --- | ---: | ---: | --- |",
            *(f"| {' | '.join(row)} |" for row in rows),
            "",
            *notes,
            "",
        ]
    )


def as_text(name: str, line: Line) -> str:
    """Write one line for a terminal."""
    what, ours, peer, peer_is, got, target, met = _row(line)
    against = f" · {peer} {peer_is}" if peer else ""
    aim = f" (target {target})" if target else ""
    mark = {"yes": "met   ", "no": "MISSED", "": "      "}[met.strip("*")]
    return f"{mark} {name}: {what}: {ours}{against} → {got}{aim}"


def _row(line: Line) -> tuple[str, ...]:
    met = {True: "yes", False: "**no**", None: ""}[line.met]
    sign = "≤" if line.sense == "at most" else "≥"
    return (
        line.what,
        _amount(median(line.ours_samples), line.unit),
        _amount(median(line.peer_samples), line.unit) if line.peer_samples else "",
        line.peer,
        _amount(line.got, line.got_unit) + _range(line),
        f"{sign} {_amount(line.target, line.got_unit)}" if line.target is not None else "",
        met,
    )


def _range(line: Line) -> str:
    if line.spread is None:
        return ""
    low, high = (_amount(ratio, "×").removesuffix(" ×") for ratio in line.spread)
    return f" ({low}–{high})"


def _facts(about: Mapping[str, Any]) -> list[str]:
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    machine = f"{about['cores']} cores, {about['processor']}, {about['system']}"
    smaller = "; **smaller data than the targets are meant for**" if about["quick"] else ""
    return [
        f"- when: {about['when']}; at least {about['rounds']} rounds{smaller}",
        f"- command: `{about['command']}`",
        f"- machine: {machine}; load average before the run {about['load_before']}",
        f"- versions: {versions}",
    ]


def _amount(number: float, unit: str) -> str:
    if unit == "s":
        return _seconds(number)
    if unit == "modules" or number >= 100:
        return f"{number:,.0f} {unit}"
    return f"{number:,.2f} {unit}" if number < 10 else f"{number:,.1f} {unit}"


def _seconds(number: float) -> str:
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if number * factor >= 1:
            return f"{number * factor:.3g} {unit}"
    return f"{number * 1e9:.3g} ns"


def _processor() -> str:
    """Name the processor; Linux does not say it through `platform`."""
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
