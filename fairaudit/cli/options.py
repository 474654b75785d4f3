"""Options of `fairaudit check` whose text holds more than one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.columns import Bin
from fairaudit.core.errors import InputError
from fairaudit.core.requirements import CriterionGate
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.tally.roles import WELL_KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairaudit.criteria.comparisons import Measure
    from fairaudit.policy.document import Policy


def bins(texts: Iterable[str]) -> tuple[Bin, ...]:
    """Read ``age=25,40,60``.

    Raises
    ------
    InputError
        When a text is not a column and numbers.
    """
    made: list[Bin] = []
    for text in texts:
        column, equals, edges = text.rpartition("=")
        try:
            numbers = tuple(float(edge) for edge in edges.split(","))
        except ValueError:
            numbers = ()
        if not column or not equals or not numbers:
            raise InputError(
                f"--bin {text}: write the column and where it is cut, such as "
                f"--bin age=25,40,60."
            )
        if column in [cut.column for cut in made]:
            raise InputError(
                f"--bin {text}: {column!r} is cut twice; give all edges at once."
            )
        made.append(Bin(column=column, edges=numbers))
    return tuple(made)


def positive(texts: Sequence[str], columns: Iterable[str | None]) -> str | dict[str, str]:
    """Read ``VALUE``, or ``COLUMN=VALUE`` for one of the columns that may be meant.

    A value may hold "=" itself, such as ``>=50K``.

    Raises
    ------
    InputError
        When several are given and one names no column.
    """
    known = [name for name in columns if name]
    known += [*WELL_KNOWN["label"], *WELL_KNOWN["prediction"]]
    split = {text: _split_off(text, known) for text in texts}
    if len(split) == 1 and None in split.values():
        return next(iter(split))
    made: dict[str, str] = {}
    for text, parts in split.items():
        if parts is None:
            raise InputError(
                f"--positive {text}: with several, each names its column, such as "
                f"--positive {known[0]}={text}."
            )
        if parts[0] in made:
            raise InputError(f"--positive {text}: {parts[0]!r} has two positive values.")
        made[parts[0]] = parts[1]
    return made


def expected(
    texts: Sequence[str], groups: Sequence[str]
) -> tuple[str, ...] | dict[str, tuple[str, ...]]:
    """Read ``A,B``, or ``COLUMN=A,B`` where the column is one of the audited.

    Raises
    ------
    InputError
        When some name their column and some do not.
    """
    split = {text: _split_off(text, groups) for text in texts}
    if all(parts is None for parts in split.values()):
        return tuple(name for text in texts for name in _names(text))
    made: dict[str, tuple[str, ...]] = {}
    for text, parts in split.items():
        if parts is None:
            raise InputError(
                f"--expect-groups {text}: say whose they are, such as "
                f"--expect-groups {groups[0]}={text}."
            )
        made[parts[0]] = (*made.get(parts[0], ()), *_names(parts[1]))
    return made


def criteria(
    names: Sequence[str],
    tolerances: Sequence[float],
    policy: Policy,
    *,
    measure: Measure | None = None,
) -> tuple[CriterionGate, ...]:
    """Join criteria, tolerances and measure with what the policy says of them.

    A criterion without tolerance or measure takes the policy's; without criterion they are
    for the policy's criteria.

    Raises
    ------
    InputError
        When criterion or tolerance is nowhere to be had, the tolerance is none, tolerances
        are not `paired` with criteria, or the measure changes without a tolerance: 0.1 is
        a strict difference and a lax ratio.
    """
    required = {gate.criterion: gate for gate in policy.requirements.criteria}
    if not names and not required:
        option = "--tolerance" if tolerances else "--measure"
        raise InputError(f"{option} is for a criterion. Add --criterion NAME.")
    if not names and len(tolerances) > 1:
        raise InputError(
            f"--tolerance was given {len(tolerances)} times without a criterion. Name each "
            f"one's --criterion."
        )
    within = paired(names, tolerances) if names else dict.fromkeys(required, *tolerances)
    return tuple(
        _gate(name, tolerance, measure, required.get(name))
        for name, tolerance in within.items()
    )


def paired(names: Sequence[str], tolerances: Sequence[float]) -> dict[str, float | None]:
    """Give each criterion its tolerance: the one there is, or its own in their order.

    Raises
    ------
    InputError
        When there are neither one nor as many tolerances as criteria, a criterion would
        have two, or a tolerance is none.
    """
    for tolerance in tolerances:
        if not 0 < tolerance < 1:
            raise InputError(
                f"--tolerance must lie between 0 and 1, both exclusive; got "
                f"{tolerance:g}. Write 0.1 for ten percentage points, or 0.8 with "
                f"--measure ratio."
            )
    chosen = [criterion_named(name).id for name in names]
    if len(tolerances) < 2:
        return dict.fromkeys(chosen, *tolerances)
    if len(tolerances) != len(chosen):
        raise InputError(
            f"--tolerance was given {len(tolerances)} times for {len(chosen)} "
            f"{'criterion' if len(chosen) == 1 else 'criteria'}. Give one for all, or one "
            f"for each --criterion in their order."
        )
    twice = next((name for name in chosen if chosen.count(name) > 1), None)
    if twice is not None:
        raise InputError(
            f"--criterion {twice} was given twice, each time with a tolerance; leave one."
        )
    return dict(zip(chosen, tolerances, strict=True))


def shown_setting(setting: Any) -> str:  # noqa: ANN401 - any setting of a policy
    """Show what a policy had in a message."""
    if isinstance(setting, tuple):
        return ", ".join(shown_setting(one) for one in setting)
    if isinstance(setting, dict):
        return ", ".join(f"{key}={shown_setting(one)}" for key, one in setting.items())
    if isinstance(setting, CriterionGate):
        ratio = setting.measure == "ratio"
        bound = "with a ratio of at least" if ratio else "within"
        return f"{setting.criterion} {bound} {setting.tolerance:g}"
    if isinstance(setting, Bin):
        return f"{setting.column}={','.join(f'{edge:g}' for edge in setting.edges)}"
    return str(getattr(setting, "text", setting))


def _gate(
    name: str,
    tolerance: float | None,
    measure: Measure | None,
    before: CriterionGate | None,
) -> CriterionGate:
    """Give a criterion its tolerance and measure."""
    usual = "difference" if before is None else before.measure
    chosen = measure or usual
    if before is not None and tolerance is None and chosen == usual:
        return before
    if tolerance is None:
        raise InputError(
            f"--criterion {name} needs to know what is still fair. Add a tolerance, such "
            f"as --tolerance {'0.8' if chosen == 'ratio' else '0.1'}."
        )
    return CriterionGate(criterion=name, tolerance=tolerance, measure=chosen)


def _split_off(text: str, columns: Iterable[str]) -> tuple[str, str] | None:
    """Split a column's name off, the longest that fits."""
    fitting = [column for column in columns if text.startswith(f"{column}=")]
    column = max(fitting, key=len, default=None)
    return None if column is None else (column, text[len(column) + 1 :])


def _names(text: str) -> Iterable[str]:
    """Split names at commas."""
    return (name.strip() for name in text.split(",") if name.strip())
