"""Simulate audits with survey weights and write how often they are right.

From the root of the tree, about two minutes on one core::

    python benchmarks/simulate_weights.py

writes `docs/statistics/weights_simulation.md` and the numbers behind it as JSON. With fewer
`--runs` it prints the page and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit import __version__
from fairaudit.core.cells import Cells
from fairaudit.core.weights import Weights
from fairaudit.criteria.comparisons import FAMILY_ALPHA, allowed_limit, shown_limit
from fairaudit.inference.proportions import wilson
from fairaudit.tally.rates import SELECTION_RATE, Proportion, proportion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Array = np.ndarray[Any, np.dtype[Any]]

FOLDER = Path(__file__).parents[1] / "docs" / "statistics"
NAME = "weights_simulation"
RUNS = 3000
PEOPLE = (30, 100, 400, 4000)

ABSENT = 0.05
"""In more runs than these without anybody heavy, a setting is told apart."""


@dataclass(frozen=True)
class Setting:
    """How weights are drawn, the chance of being selected by weight, and its mean.

    `heavy` is the heavier of two weights.
    """

    weights: str
    selected: str
    draw: Callable[[np.random.Generator, tuple[int, int]], Array]
    chance: Callable[[Array], Array]
    rate: float
    heavy: float | None = None


def _two(share: float, heavy: float) -> Callable[..., Array]:
    """Draw weights of 1, and of `heavy` for a share of people."""
    return lambda rng, shape: np.where(rng.random(shape) < share, heavy, 1.0)


def _of_two(share: float, heavy: float, light_rate: float, heavy_rate: float) -> Setting:
    """Make a setting of light and heavy people."""
    total = share * heavy + 1 - share
    return Setting(
        weights=f"{share:.0%} weigh {heavy:g}, others 1".replace("%", " %"),
        selected=f"{heavy_rate:g} of the heavy, {light_rate:g} of the light",
        draw=_two(share, heavy),
        chance=lambda w: np.where(w > 1, heavy_rate, light_rate),
        rate=(share * heavy * heavy_rate + (1 - share) * light_rate) / total,
        heavy=heavy,
    )


def _lognormal(spread: float, selected: str, low: float, slope: float) -> Setting:
    """Make a setting of lognormal weights, and a chance that is logistic in their log."""

    def chance(w: Array) -> Array:
        return 1 / (1 + np.exp(-low - slope * np.log(w)))

    # By weight, the logarithm is normal about the square of its spread.
    logs = np.linspace(-8, 8, 100_001) * spread + spread**2
    density = np.exp(-(((logs - spread**2) / spread) ** 2) / 2)
    return Setting(
        weights=f"lognormal, σ = {spread:g}",
        selected=selected,
        draw=lambda rng, shape: rng.lognormal(0, spread, shape),
        chance=chance,
        rate=float((chance(np.exp(logs)) * density).sum() / density.sum()),
    )


SETTINGS = (
    Setting(
        weights="equal",
        selected="0.17",
        draw=lambda _, shape: np.ones(shape),
        chance=lambda w: np.full_like(w, 0.17),
        rate=0.17,
    ),
    _of_two(0.05, 10, 0.2, 0.2),
    _of_two(0.05, 10, 0.0, 0.5),
    _of_two(0.05, 10, 0.05, 0.5),
    _of_two(0.05, 10, 0.3, 0.0),
    _of_two(0.01, 50, 0.02, 0.5),
    _lognormal(0.5, "0.2", math.log(0.2 / 0.8), 0),
    _lognormal(1, "0.2", math.log(0.2 / 0.8), 0),
    _lognormal(1, "0.02", math.log(0.02 / 0.98), 0),
    _lognormal(1, "more of the heavy", -2, 1.5),
    _lognormal(1, "few, more of the heavy", -5, 1.5),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run every setting."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=RUNS, help="runs per setting")
    parser.add_argument("--seed", type=int, default=1, help="decides every random number")
    asked = parser.parse_args(arguments)
    record = simulate(asked.runs, asked.seed)
    if asked.runs < RUNS:
        print(page(record))
        return
    lines = ",\n    ".join(json.dumps(one, ensure_ascii=False) for one in record["results"])
    made = json.dumps(record["made"], ensure_ascii=False)
    text = f'{{\n  "made": {made},\n  "results": [\n    {lines}\n  ]\n}}\n'
    (FOLDER / f"{NAME}.json").write_text(text, encoding="utf-8")
    (FOLDER / f"{NAME}.md").write_text(page(record), encoding="utf-8")


def simulate(runs: int, seed: int) -> dict[str, Any]:
    """Draw two groups of each size in each setting, and judge them."""
    started = time.process_time()
    results = [
        {
            "weights": setting.weights,
            "selected": setting.selected,
            "rate": round(setting.rate, 4),
            "people": people,
            **_measured(setting, people, runs, np.random.default_rng([seed, *place])),
        }
        for place, (setting, people) in (
            ((i, people), (setting, people))
            for i, setting in enumerate(SETTINGS)
            for people in PEOPLE
        )
    ]
    return {
        "made": {
            "command": f"python benchmarks/simulate_weights.py --runs {runs} --seed {seed}",
            "on": datetime.now(tz=UTC).date().isoformat(),
            "versions": {
                "fairaudit": __version__,
                "Python": platform.python_version(),
                "numpy": version("numpy"),
            },
            "runs": runs,
            "cpu_seconds": round(time.process_time() - started),
        },
        "results": results,
    }


def _measured(
    setting: Setting, people: int, runs: int, rng: np.random.Generator
) -> dict[str, float]:
    """Give shares of runs: with the sizes that fairaudit uses, and with Kish's.

    The first two groups have one rate, the third has half of it. At a tolerance of that
    half the first and the third should neither pass nor fail.
    """
    tolerance = setting.rate / 2
    found = {
        f"{name}{by}": 0
        for by in ("", "_kish")
        for name in (
            "covered",
            "fails_if_equal",
            "passes_at_tolerance",
            "fails_at_tolerance",
        )
    }
    found["heavy_absent"] = 0
    for _ in range(runs):
        drawn = setting.draw(rng, (3, people))
        chance = setting.chance(drawn) * np.array([[1.0], [1.0], [0.5]])
        hit = rng.random((3, people)) < chance
        read = [
            _read(weights, hits, float(drawn.max()))
            for weights, hits in zip(drawn, hit, strict=True)
        ]
        kish = [_kish(one, weights) for one, weights in zip(read, drawn, strict=True)]
        found["heavy_absent"] += setting.heavy is not None and drawn.max() < setting.heavy
        for by, (one, two, half) in (("", read), ("_kish", kish)):
            interval = wilson(one.successes, one.size)
            equal = (one.successes, one.size, two.successes, two.size)
            apart = (one.successes, one.size, half.successes, half.size)
            shown = shown_limit(apart, FAMILY_ALPHA, "difference")
            found[f"covered{by}"] += interval.low <= setting.rate <= interval.high  # type: ignore[operator]
            found[f"fails_if_equal{by}"] += (
                shown_limit(equal, FAMILY_ALPHA, "difference") > 0
            )
            found[f"passes_at_tolerance{by}"] += (
                allowed_limit(apart, "difference") <= tolerance
            )
            found[f"fails_at_tolerance{by}"] += shown > tolerance
    return {name: count / runs for name, count in found.items()}


def _read(weights: Array, hit: Array, heaviest: float) -> Proportion:
    """Read the selection rate of one group, as an audit does."""
    sums = [
        Cells(
            unlabelled_selected=float(what[hit].sum()),
            unlabelled_rejected=float(what[~hit].sum()),
        )
        for what in (weights, weights**2)
    ]
    return proportion(SELECTION_RATE, sums[0], Weights(squares=sums[1], heaviest=heaviest))


def _kish(read: Proportion, weights: Array) -> Proportion:
    """Give a rate Kish's effective size."""
    size = float(weights.sum() ** 2 / (weights**2).sum())
    return Proportion(numerator=read.numerator, denominator=read.denominator, size=size)


_PAGE = """\
# How often audits with survey weights are right

Rows are drawn independently of each other, each with a weight, and are selected with a
chance that may go with their weight. Counted and judged by the code that judges real
audits. Written by

    {command}

on {on} with {versions}; {runs:,} runs per row,
{seconds} seconds of CPU time, two standard errors of a share of 5 % are {error:.1f} %. In
brackets stand the same runs with Kish's effective size alone. The numbers are in
`{name}.json` beside this page, which is made from them.

**A verdict is false in at most {highest:.1f} % of runs. The printed 95 % interval holds the
truth in at least {lowest:.1f} % of them**, but for{but}.
Where weights have nothing to do with the outcome, or go against it, intervals are wider
than needed, most of all for rare outcomes under weights with a long tail.

*Equal groups that fail*: two groups of one rate, at tolerance 0. *At the tolerance*: the
second group has half the rate of the first, and the tolerance is their difference; 5 %
may pass there, and 5 % may fail.

| weights | selected | rate | people each | interval holds (%) | \
equal groups that fail (%) | pass at the tolerance (%) | fail at the tolerance (%) |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
{rows}
"""
_WRONG = ("fails_if_equal", "passes_at_tolerance", "fails_at_tolerance")


def page(record: dict[str, Any]) -> str:
    """Write the page from the numbers."""
    made, results = record["made"], record["results"]
    error = 2 * math.sqrt(0.05 * 0.95 / made["runs"])
    # Where the heavy are often in no group at all, the data cannot speak of them.
    seen = [one for one in results if one["heavy_absent"] <= ABSENT]
    unseen = [one for one in results if one["heavy_absent"] > ABSENT]
    but = ",".join(
        f"\n{100 * one['covered']:.1f} % where {one['weights'].split(',')[0]} and groups "
        f"are of {one['people']} (nobody heavy is\nin the data in "
        f"{100 * one['heavy_absent']:.0f} % of runs)"
        for one in unseen
    )
    return _PAGE.format(
        command=made["command"],
        on=made["on"],
        versions=", ".join(f"{name} {one}" for name, one in made["versions"].items()),
        runs=made["runs"],
        seconds=made["cpu_seconds"],
        error=100 * error,
        name=NAME,
        lowest=100 * min(one["covered"] for one in seen),
        highest=100 * max(one[name] for one in results for name in _WRONG),
        but=but,
        rows="\n".join(map(_row, results)),
    )


def _row(one: dict[str, Any]) -> str:
    """Write one setting."""
    shares = (
        f"{100 * one[name]:.1f} ({100 * one[f'{name}_kish']:.1f})"
        for name in ("covered", *_WRONG)
    )
    told = (one["weights"], one["selected"], f"{one['rate']:.3f}", f"{one['people']:,}")
    return f"| {' | '.join((*told, *shares))} |"


if __name__ == "__main__":
    main()
