"""Association tests as a finding: effect sizes, intervals, corrected p-values, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import shown
from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Measured, Measurement, Passages
from fairaudit.core.value import replace
from fairaudit.embeddings.association import weat_battery
from fairaudit.embeddings.study.sides import AFTER, Section, each_side, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from fairaudit.embeddings.association import Association, Battery
    from fairaudit.embeddings.study.sides import Side, Sides
    from fairaudit.embeddings.word_sets import AssociationTest

_SHOWN_AT = 0.05
_DIVISIONS = 2_000
_FEW = 8
"""Lists shorter than the shortest of most published tests."""

_METHOD = (
    "effect sizes are the difference of mean association in sample standard deviations; "
    "95 % percentile intervals of a bootstrap over the words; one-sided p-values over all "
    "divisions of the target words, {corrected}; "
    "intervals resample the attribute words as well, which p-values take as "
    "given"
)


def battery_section(
    sides: Sides,
    tests: Sequence[AssociationTest],
    *,
    minimum: int,
    draws: int,
    seed: int,
) -> Section:
    """Which lists of words are nearer to which, of several tests?

    Parameters
    ----------
    sides : tuple of Side
        The vectors.
    tests : sequence of AssociationTest
        All of one family.
    minimum : int
        The fewest words that must be left of a list.
    draws : int
        Bootstrap samples of words; 0 for no intervals.
    seed : int
        For intervals; every side has the same draws.

    Returns
    -------
    Section
        One finding, the words used and lost, and a number per test.
    """
    import numpy as np

    batteries = [
        weat_battery(
            side.embedding,
            tests,
            rng=np.random.default_rng(seed),
            minimum=minimum,
            draws=draws,
        )
        for side in sides
    ]
    made = [test for test in tests if any(_found(test, one) for one in batteries)]
    rows = tuple(
        _row(test, battery, side)
        for test in made
        for side, battery in zip(sides, batteries, strict=True)
    )
    last = [row for row in rows if row.group == sides[-1].label]
    return Section(
        findings=(_finding(made, rows, sides, batteries),),
        passages=(_words(tests, sides, batteries),),
        numbers={
            name: number
            for test, row in zip(made, last, strict=True)
            for name, number in _numbers(test, row.estimate)
        },
        chance={
            name: drawn
            for found in batteries[-1].associations
            if found.effect_size.value is not None
            for name, drawn in _by_chance(found, np.random.default_rng(seed))
        },
    )


def title_of(test: AssociationTest) -> str:
    """Say in a few words what a test compares."""
    first, second, near, far = _names(test)
    return f"{test.id}: {first} v. {second}, {near} v. {far}"


def _names(test: AssociationTest) -> tuple[str, str, str, str]:
    """Name the four lists shortly."""
    first, second, near, far = (
        words.name.removeprefix("words for ") for words in test.sets
    )
    return first, second, near, far


def _row(test: AssociationTest, battery: Battery, side: Side) -> Measured:
    """Give one test of one embedding; its name must be short, for tables and pictures."""
    first, _, near, _ = _names(test)
    name = f"{test.id}: {first}, {near}"
    found = _found(test, battery)
    if found is None:
        reason = battery.unavailable[test.id].removesuffix(".")
        return Measured(name=name, estimate=Estimate.undefined(reason), group=side.label)
    return Measured(
        name=name,
        estimate=found.effect_size,
        group=side.label,
        p_value=found.p_holm,
    )


def _found(test: AssociationTest, battery: Battery) -> Association | None:
    """Find a test in a battery; `None` where it could not be made."""
    return next((one for one in battery.associations if one.test.id == test.id), None)


def _finding(
    tests: Sequence[AssociationTest],
    rows: Sequence[Measured],
    sides: Sides,
    batteries: Sequence[Battery],
) -> Finding:
    """Say how many tests show an association, and which is strongest."""
    strongest = max(
        (row for row in rows if row.estimate.value is not None),
        key=lambda row: abs(row.estimate.value or 0.0),
        default=None,
    )
    counts = [
        f"{sum(_shown(row) for row in rows if row.group == side.label)} of "
        f"{sum(row.group == side.label for row in rows)}"
        for side in sides
    ]
    corrected = ", after correction for all tests" if len(tests) > 1 else ""
    sentence = (
        f"Association tests that show the first list nearer to the first attribute"
        f"{corrected}: {each_side(sides, counts)}."
    )
    why = next(iter(batteries[0].unavailable.values()), "").removesuffix(".")
    estimate = Estimate.undefined(
        f"no association test could be made{f'; {why}' if why else ''}"
    )
    if strongest is not None:
        estimate = strongest.estimate
        where = f" ({strongest.group})" if strongest.group else ""
        title = next(title_of(one) for one in tests if _is_of(strongest, one))
        sentence += f" The strongest{where} is {title}: d = {written(estimate)}."
    each = " of each set of vectors" if len(sides) > 1 else ""
    return Finding(
        id="weat",
        sentence=sentence,
        estimate=estimate,
        evidence=Measurement(
            title="Word embedding association tests",
            quantity="effect size d",
            rows=tuple(rows),
            neutral=0.0,
            method=_METHOD.format(corrected=_corrected(len(tests), each)),
        ),
        references=("caliskan2017", "holm1979", "manzini2019"),
        caveats=_caveats(batteries),
    )


def _is_of(row: Measured, test: AssociationTest) -> bool:
    """Tell whether a row is a test's."""
    return row.name.startswith(f"{test.id}: ")


def _shown(row: Measured) -> bool:
    """Tell whether a test shows an association."""
    return row.p_value is not None and row.p_value <= _SHOWN_AT


def _corrected(tests: int, each: str) -> str:
    """Say what p-values are corrected for."""
    if tests == 1:
        return "not corrected, because one test was made"
    return f"corrected by Holm's method for the {tests} tests made{each}"


def _caveats(batteries: Sequence[Battery]) -> tuple[str, ...]:
    """Say which tests rest on few words."""
    small = {
        one.test.id
        for battery in batteries
        for one in battery.associations
        if min(len(words) for words in one.used.values()) < _FEW
    }
    if not small:
        return ()
    told = (
        f"Fewer than {_FEW} words are left of a list of {shown(sorted(small))}: one word "
        f"more or less can change these effect sizes much."
    )
    return (told,)


def _words(
    tests: Sequence[AssociationTest], sides: Sides, batteries: Sequence[Battery]
) -> Passages:
    """Show how many words of every list were used, which were lost, and plain p-values."""
    return Passages(
        title="Words used and lost by the association tests",
        headings=("test", "used", "lost", "p before correction"),
        rows=tuple(_words_of(test, sides, batteries) for test in tests)
        if sides[-1].label == AFTER
        else tuple(
            _words_of(test, (side,), (battery,))
            for test in tests
            for side, battery in zip(sides, batteries, strict=True)
        ),
    )


def _words_of(
    test: AssociationTest, sides: Sides, batteries: Sequence[Battery]
) -> tuple[str, ...]:
    """Show one test of the same words."""
    one_of_two = len(sides) == 1 and sides[0].label is not None
    name = f"{title_of(test)}{f' ({sides[0].label})' if one_of_two else ''}"
    found = [_found(test, battery) for battery in batteries]
    first = found[0]
    if first is None:
        reason = batteries[0].unavailable[test.id].removeprefix(f"{test.id}: ")
        return name, "not made", reason, ""
    used = [
        f"{len(first.used[of])} of {len(first.used[of]) + len(first.lost[of])}"
        for of in first.used
    ]
    lost = [word for words in first.lost.values() for word in words]
    p_values = ", ".join(
        f"{_plain_p(one)}{'' if len(sides) == 1 else f' {side.label}'}"
        for side, one in zip(sides, found, strict=True)
        if one is not None
    )
    return name, ", ".join(used), shown(lost, len(lost)) or "none", p_values


def _plain_p(found: Association) -> str:
    """Write the p-value before correction, and how it was found."""
    if found.p is None:
        return "undefined"
    how = {"exact": "exact", "grid": "on a grid", "sampling": "sampled"}[found.p.method]
    return f"{found.p.at_least:.2g} ({how})"


def _numbers(test: AssociationTest, effect: Estimate) -> list[tuple[str, Estimate]]:
    """Name the numbers of a test that can be gated."""
    size = effect
    if effect.value is not None:
        size = replace(effect, value=abs(effect.value), interval=None)
    return [(f"{test.id}.effect_size", effect), (f"{test.id}.abs_effect_size", size)]


def _by_chance(
    found: Association, rng: np.random.Generator
) -> list[tuple[str, tuple[float, ...]]]:
    """Draw what the numbers of a test would be if chance divided its targets."""
    import numpy as np

    scores = np.array(list(found.scores.values()))
    n_first = len(found.used["first_target"])
    drawn = rng.permuted(np.tile(scores, (_DIVISIONS, 1)), axis=1)
    apart = drawn[:, :n_first].mean(axis=1) - drawn[:, n_first:].mean(axis=1)
    effects = apart / scores.std(ddof=found.ddof)
    return [
        (f"{found.test.id}.effect_size", tuple(effects.tolist())),
        (f"{found.test.id}.abs_effect_size", tuple(np.abs(effects).tolist())),
    ]
