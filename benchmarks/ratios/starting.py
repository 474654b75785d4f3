"""How long until something happens: `--help`, and a check of a thousand rows."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.ratios.line import Line, at_most, at_most_times
from benchmarks.ratios.people import write_people
from benchmarks.ratios.processes import fairaudit, process, run
from benchmarks.ratios.rounds import in_turn

if TYPE_CHECKING:
    from benchmarks.ratios.rounds import Effort

_SMALL = "import numpy, duckdb; duckdb.sql('select 1').fetchall()"
_CHECK = ("check", "small.csv", "--group", "gender", "--format", "json")
HEAVY = ("pandas", "scipy", "sklearn", "matplotlib")

_LOADED = f"""
import contextlib, os, sys
from fairaudit.cli.main import run
with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
    assert run({list(_CHECK[:-2])!r}) == 0
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""


def measure(effort: Effort) -> list[Line]:
    """Start processes; small ones, so three times as many rounds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_people(folder / "small.csv", 1_000)
        used = in_turn(
            {
                "bare": process("-c", "pass", folder=folder),
                "help": fairaudit("--help", folder=folder),
                "imports": process("-c", _SMALL, folder=folder),
                "json": fairaudit(*_CHECK, folder=folder),
                "console": fairaudit(*_CHECK[:-2], folder=folder),
            },
            3 * effort.rounds,
        )
        loaded = run(["-c", _LOADED], folder=folder).output.decode().split()
    cpu = {name: [usage.cpu for usage in usages] for name, usages in used.items()}
    return [
        at_most_times(
            8,
            "`fairaudit --help`",
            "`python -c pass`",
            ours=cpu["help"],
            peers=cpu["bare"],
        ),
        *(
            at_most_times(
                1.5,
                f"`check`, 1,000 rows, {form}",
                f'`python -c "{_SMALL}"`',
                ours=cpu[form],
                peers=cpu["imports"],
            )
            for form in ("json", "console")
        ),
        at_most(
            0,
            f"of {', '.join(HEAVY)}, loaded by that check",
            unit="modules",
            ours=[float(len(loaded))],
            note=f"loaded: {', '.join(loaded)}" if loaded else "",
        ),
    ]
