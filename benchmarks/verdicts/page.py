"""The printed page, made from the recorded numbers and nothing else.

| groups | people | 0.002 | 0.005 | runs | s.e. | bound | met |
|---|---|---:|---:|---:|---:|---|---|
| 2 | 20 each | 0.00 | 0.05 | 2,000 | 0.05 | ≤ 5 % | met |
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, TypeVar

from benchmarks.verdicts.suite import suite

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.verdicts.section import Section, View

T = TypeVar("T")
Record = dict[str, Any]
SIGNS = {"at most": "≤", "at least": "≥", "about": "≈"}


def page(record: Record) -> str:
    """Write the page.

    Parameters
    ----------
    record : dict
        What `benchmarks/simulate_verdicts.py` recorded as JSON.

    Returns
    -------
    str
        Markdown.
    """
    parts = [_head(record)]
    for section in suite():
        results = [one for one in record["results"] if one["section"] == section.id]
        if results:
            parts.append(_section(section, results))
    parts += [_exact(part) for part in record["exact"]]
    return "\n\n".join(parts) + "\n"


def _head(record: Record) -> str:
    """Say what this is, how it was made, and what was missed."""
    made = record["made"]
    claimed = [one for one in record["results"] if one["met"] is not None]
    missed = [one for one in claimed if not one["met"]]
    versions = ", ".join(f"{name} {what}" for name, what in made["versions"].items())
    missing = f"; {len(missed)} are MISSED" if missed else ""
    return "\n".join(
        [
            "# How often verdicts are right: simulated audits",
            "",
            _wrapped(
                "Data with known true rates are drawn, counted, tabled and judged by the "
                "code that judges real audits. Written by"
            ),
            "",
            f"    {made['command']}",
            "",
            _wrapped(
                f"on {made['on']} with {versions}; seed {made['seed']}, "
                f"{made['runs']:,} runs per case but where a row says otherwise, "
                f"{made['cpu_seconds'] / 60:.0f} minutes of CPU time. The numbers are in "
                f"`{made.get('page', 'verdict_simulation')}.json` beside this page, which "
                "is made from them."
            ),
            "",
            _wrapped(
                f"**{len(claimed) - len(missed):,} of {len(claimed):,} simulated bounds "
                f"are met{missing}.{_enumerated(record)}** A simulated bound is met "
                "within two Monte Carlo standard errors of "
                "it. s.e. is the largest such error in a row: that of a share which equals "
                "its bound, or of a mean. A cell is the worst of what it sums up; one in "
                "bold misses its bound."
            ),
        ]
    )


def _enumerated(record: Record) -> str:
    """Say what enumeration finds above the nominal 5 %, where no chance excuses it."""
    return "".join(
        f" Of {part['of']} settings of two groups that were enumerated exactly, "
        f"{part['above']} are above the nominal 5 %, "
        f"the worst at {100 * part['most']:.2f} %."
        for part in record["exact"]
        if "above" in part
    )


def _wrapped(text: str) -> str:
    """Break a paragraph into lines."""
    text = text.replace(" %", "\u00a0%")
    return textwrap.fill(text, width=92, break_on_hyphens=False)


def _section(section: Section, results: Sequence[Record]) -> str:
    """Write one section with its tables."""
    lines = [f"## {section.title}", "", _wrapped(section.text)]
    for view in section.views:
        chosen = [one for one in results if _fits(one, view)]
        lines += ["", *([f"{view.title}:", ""] if view.title else [])]
        lines += _table(section, view, chosen)
    return "\n".join(lines)


def _fits(one: Record, view: View) -> bool:
    """Tell whether a result belongs to a view."""
    return all(one["settings"].get(name) == what for name, what in view.where.items())


def _table(section: Section, view: View, results: Sequence[Record]) -> list[str]:
    """Write one table: a row per combination of settings."""
    across = _ordered(one["settings"][view.across] for one in results)
    unit = " (%)" if section.percent else ""
    heads = [f"{_head_of(view.across, one)}{unit}" for one in across]
    lines = [
        _line([*view.rows, *heads, "runs", f"s.e.{unit}", "bound", "met"]),
        _line(["---"] * len(view.rows) + ["---:"] * (len(across) + 2) + ["---"] * 2),
    ]
    for key in _ordered(_key(one, view) for one in results):
        row = [one for one in results if _key(one, view) == key]
        cells = [
            _worst([one for one in row if one["settings"][view.across] == name], section)
            for name in across
        ]
        lines.append(_line([*key, *cells, *_tail(row, section)]))
    return lines


def _head_of(name: str, setting: str) -> str:
    """Say what a number is a number of; words stand for themselves."""
    return f"{name} {setting}" if setting[0].isdigit() else setting


def _key(one: Record, view: View) -> tuple[str, ...]:
    """Give the settings that name a row."""
    return tuple(one["settings"][name] for name in view.rows)


def _worst(results: Sequence[Record], section: Section) -> str:
    """Write the worst value of a cell, bold where a bound is missed."""
    if not results:
        return "–"
    worst = (min if results[0]["side"] == "at least" else max)(
        one["value"] for one in results
    )
    written = _number(worst, section)
    return f"**{written}**" if any(one["met"] is False for one in results) else written


def _number(number: float, section: Section) -> str:
    """Write a share in percent, or a mean."""
    return f"{100 * number:.2f}" if section.percent else f"{number:.3f}"


def _tail(row: Sequence[Record], section: Section) -> list[str]:
    """Write runs, sampling error, bounds, and whether all are met."""
    runs = _ordered(f"{one['runs']:,}" for one in row)
    error = max(one["standard_error"] for one in row)
    bounds = _ordered(_bound(one, section) for one in row if one["bound"] is not None)
    met = [one["met"] for one in row if one["met"] is not None]
    word = "–" if not met else "met" if all(met) else "MISSED"
    return [
        " to ".join(runs),
        _number(error, section),
        ", ".join(bounds) or "–",
        word,
    ]


def _bound(one: Record, section: Section) -> str:
    """Write a bound."""
    unit, scale = (" %", 100) if section.percent else ("", 1)
    within = f" within {scale * one['within']:g}" if one["within"] else ""
    return f"{SIGNS[one['side']]} {scale * one['bound']:g}{unit}{within}"


def _exact(part: Record) -> str:
    """Write a part that was enumerated."""
    lines = [f"## {part['title']}", "", _wrapped(part["text"]), ""]
    names = part["columns"]
    lines += [_line(names), _line(["---"] * len(names))]
    lines += [_line(cells) for cells in part["rows"]]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    """Write a row of a table."""
    return f"| {' | '.join(cells)} |"


def _ordered(found: Iterable[T]) -> list[T]:
    """Keep the first of each, in order."""
    return list(dict.fromkeys(found))
