"""Association tests as a finding: effect sizes, intervals, corrected p-values, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import shown
from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Measured, Measurement, Passages
from fairaudit.core.value import replace
from fairaudit.embeddings.association import weat_battery
from fairaudit.embeddings.study.sides import Section, each_side, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from fairaudit.embeddings.association import Association, Battery
    from fairaudit.embeddings.study.sides import Side, Sides
    from fairaudit.embeddings.word_sets import AssociationTest

_SHOWN_AT = 0.05
_FEW = 8
"""Lists shorter than the shortest of most published tests."""

_METHOD = (
    "difference of mean association in sample standard deviations; 95 % percentile "
    "intervals of a bootstrap over the words; one-sided p-values over all divisions of the "
    "target words, corrected by Holm's method for the {tests} tests made{each}; intervals "
    "resample the attribute words as well, which p-values take as given"
)


def battery_section(
    sides: Sides,
    tests: Sequence[AssociationTest],
    *,
    rng: np.random.Generator,
    minimum: int,
    draws: int,
) -> Section:
    """Which lists of words are nearer to which, of several tests?

    Parameters
    ----------
    sides : tuple of Side
        The vectors.
    tests : sequence of AssociationTest
        All of one family.
    rng : numpy.random.Generator
        For intervals.
    minimum : int
        The fewest words that must be left of a list.
    draws : int
        Bootstrap samples of words; 0 for no intervals.

    Returns
    -------
    Section
        One finding, the words used and lost, and a number per test.
    """
    batteries = [
        weat_battery(side.embedding, tests, rng=rng, minimum=minimum, draws=draws)
        for side in sides
    ]
    made = [test for test in tests if any(_found(test, one) for one in batteries)]
    rows = tuple(
        _row(test, battery, side)
        for test in made
        for side, battery in zip(sides, batteries, strict=True)
    )
    last = [row for row in rows if row.group == sides[-1].label]
    counted = max(len(one.associations) for one in batteries)
    return Section(
        findings=(_finding(rows, sides, batteries, counted),),
        passages=(_words(tests, batteries[0]),),
        numbers={
            name: number
            for test, row in zip(made, last, strict=True)
            for name, number in _numbers(test, row.estimate)
        },
    )


def title_of(test: AssociationTest) -> str:
    """Say in a few words what a test compares."""
    first, second, near, far = (
        words.name.removeprefix("words for ") for words in test.sets
    )
    return f"{test.id}: {first} v. {second}, {near} v. {far}"


def _row(test: AssociationTest, battery: Battery, side: Side) -> Measured:
    """Give one test of one embedding."""
    name = title_of(test)
    found = _found(test, battery)
    if found is None:
        reason = battery.unavailable[test.id].removesuffix(".")
        return Measured(name=name, estimate=Estimate.undefined(reason), group=side.label)
    return Measured(
        name=name,
        estimate=found.effect_size,
        group=side.label,
        p_value=found.p_holm,
        remark=_remark(found),
    )


def _remark(found: Association) -> str:
    """Say how many words, and how the p-value was found."""
    sizes = " v. ".join(
        str(len(found.used[side])) for side in ("first_target", "second_target")
    )
    if found.p is None:
        return f"{sizes} words"
    how = {"exact": "exact", "grid": "counted on a grid", "sampling": "sampled"}
    return f"{sizes} words; uncorrected p {found.p.at_least:.2g}, {how[found.p.method]}"


def _found(test: AssociationTest, battery: Battery) -> Association | None:
    """Find a test in a battery; `None` where it could not be made."""
    return next((one for one in battery.associations if one.test.id == test.id), None)


def _finding(
    rows: Sequence[Measured], sides: Sides, batteries: Sequence[Battery], made: int
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
    sentence = (
        f"Association tests that show the first list nearer to the first attribute, after "
        f"correction for all tests: {each_side(sides, counts)}."
    )
    estimate = Estimate.undefined("no association test could be made")
    if strongest is not None:
        estimate = strongest.estimate
        where = f" ({strongest.group})" if strongest.group else ""
        sentence += f" The strongest{where} is {strongest.name}: d = {written(estimate)}."
    each = " of each set of vectors" if len(sides) > 1 else ""
    return Finding(
        id="weat",
        sentence=sentence,
        estimate=estimate,
        evidence=Measurement(
            title="Word embedding association tests",
            quantity="effect size d, in standard deviations of association",
            rows=tuple(rows),
            neutral=0.0,
            method=_METHOD.format(tests=made, each=each),
        ),
        references=("caliskan2017", "holm1979", "manzini2019"),
        caveats=tuple(_caveats(batteries)),
    )


def _shown(row: Measured) -> bool:
    """Tell whether a test shows an association."""
    return row.p_value is not None and row.p_value <= _SHOWN_AT


def _caveats(batteries: Sequence[Battery]) -> list[str]:
    """Say which tests rest on few words."""
    small = {
        one.test.id
        for battery in batteries
        for one in battery.associations
        if min(len(words) for words in one.used.values()) < _FEW
    }
    told = ["Association in vectors is not harm done by a system that uses them."]
    if small:
        told.append(
            f"Fewer than {_FEW} words are left of a list of {shown(sorted(small))}: one "
            f"word more or less can change these effect sizes much."
        )
    return told


def _words(tests: Sequence[AssociationTest], battery: Battery) -> Passages:
    """Show how many words of every list were used, and which were lost."""
    rows = []
    for test in tests:
        found = _found(test, battery)
        if found is None:
            rows.append((test.id, "not made", battery.unavailable[test.id]))
            continue
        used = [
            f"{len(found.used[side])} of {len(words.words)}"
            for side, words in zip(found.used, test.sets, strict=True)
        ]
        lost = [word for words in found.lost.values() for word in words]
        rows.append((test.id, ", ".join(used), shown(lost, len(lost)) or "none"))
    return Passages(
        title="Words used and lost by the association tests",
        headings=("test", "words used of its four lists", "words without a vector"),
        rows=tuple(rows),
    )


def _numbers(test: AssociationTest, effect: Estimate) -> list[tuple[str, Estimate]]:
    """Name the numbers of a test that can be gated."""
    size = effect
    if effect.value is not None:
        size = replace(effect, value=abs(effect.value), interval=None)
    return [(f"{test.id}.effect_size", effect), (f"{test.id}.abs_effect_size", size)]
