"""What is asked of an audit, gathered from arguments and policy and checked once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

from fairaudit.core.columns import Bin
from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.requirements import CriterionGate
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.engines.canonical import canonical

if TYPE_CHECKING:
    from fairaudit.core.columns import Roles
    from fairaudit.core.requirements import Requirements
    from fairaudit.criteria.comparisons import Measure
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.policy.document import Policy
    from fairaudit.tally.profile import ScoreProfile

Texts = str | Sequence[str] | None


def texts(given: Texts) -> tuple[str, ...]:
    """Take one text or several."""
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def criterion_gates(
    criterion: Texts, tolerance: float | None, measure: Measure | None, policy: Policy
) -> tuple[CriterionGate, ...] | None:
    """Join criteria, tolerance and measure with what the policy says of them.

    A criterion without tolerance or measure takes the policy's; without criterion they are
    for the policy's criteria. `None` when nothing was given.

    Raises
    ------
    InputError
        When a criterion has no tolerance or is not known, or the tolerance is out of range.
    """
    if not texts(criterion) and tolerance is None and measure is None:
        return None
    check_choice("measure", measure, ("difference", "ratio"))
    required = {gate.criterion: gate for gate in policy.requirements.criteria}
    names = [criterion_named(name).id for name in texts(criterion)] or list(required)
    if tolerance is not None and not 0 < tolerance < 1:
        raise InputError(
            f"tolerance: must be between 0 and 1, exclusive; got {tolerance:g}. "
            f"Write 0.1 for ten percentage points."
        )
    if not names:
        raise InputError(
            "tolerance: given without a criterion, so it would judge nothing. "
            "Add --criterion NAME."
        )
    return tuple(
        _gate(name, tolerance, measure, required.get(name)) for name in dict.fromkeys(names)
    )


def _gate(
    name: str,
    tolerance: float | None,
    measure: Measure | None,
    before: CriterionGate | None,
) -> CriterionGate:
    """Give a criterion its tolerance and measure."""
    within = tolerance if before is None or tolerance is not None else before.tolerance
    if within is None:
        raise InputError(
            f"criterion {name!r} needs a tolerance: the largest difference that is "
            f"still acceptable, such as --tolerance 0.1."
        )
    usual = "difference" if before is None else before.measure
    if tolerance is None and measure is not None and measure != usual:
        raise InputError(
            f"criterion {name!r}: measure {measure!r} was given without a tolerance, and "
            f"the policy's {within:g} is one of a {usual}: a strict difference is a lax "
            f"ratio. Give the tolerance too."
        )
    return CriterionGate(criterion=name, tolerance=float(within), measure=measure or usual)


def check_choice(option: str, given: object, choices: Sequence[str]) -> None:
    """Refuse an option that is none of its choices; a typing error must not decide."""
    if given is not None and given not in choices:
        raise InputError(
            f"{option}: must be {' or '.join(choices)}; got {given!r}."
            f"{did_you_mean(str(given), choices)}"
        )


def positive_texts(
    given: str | float | Mapping[str, str | float] | None,
) -> str | dict[str, str] | None:
    """Write positive values as texts, as the columns are read: 1, 1.0 and "1" are one.

    Raises
    ------
    InputError
        When a value is neither text nor number.
    """
    try:
        if isinstance(given, Mapping):
            return {column: canonical(native) or "" for column, native in given.items()}
        return canonical(given)
    except TypeError:
        raise InputError(
            f"positive: must be one value, or a value per column such as "
            f"{{'hired': 'yes'}}; got {given!r}."
        ) from None


def check_measurable(
    requirements: Requirements, measurable: Mapping[str, object], roles: Roles
) -> None:
    """Refuse gates that the columns of the audit cannot bear.

    Raises
    ------
    InputError
        Naming the column that is needed.
    """
    for gate in requirements.criteria:
        if gate.criterion in measurable:
            continue
        criterion = criterion_named(gate.criterion)
        if criterion.scores is not None and roles.label is not None:
            _refuse_scores(criterion, roles)
        need = "--strata COLUMN" if criterion.stratified else "--label COLUMN"
        raise InputError(
            f"criterion {criterion.id} needs "
            f"{'people to be compared alike' if criterion.stratified else 'labels'}, "
            f"and no "
            f"such column was named. Add {need}."
        )
    tables = [" × ".join(columns) for columns in roles.tables]
    for number in requirements.numbers:
        if roles.amount_kind == "weight":
            raise InputError(
                f"gate {number.text}: a plain gate compares whole counts, and survey "
                f"weights have none. Gate on a criterion instead, with --criterion."
            )
        if number.attribute is not None and number.attribute not in tables:
            raise InputError(
                f"gate {number.text}: {number.attribute!r} is none of the audited tables "
                f"({', '.join(tables)}).{did_you_mean(number.attribute, tables)}"
            )


def _refuse_scores(criterion: Criterion, roles: Roles) -> NoReturn:
    """Say why a criterion on scores cannot be measured."""
    if roles.score is None:
        raise InputError(
            f"criterion {criterion.id} needs scores, and no such column was named. "
            f"Add --score COLUMN."
        )
    raise InputError(
        f"criterion {criterion.id} needs the number of people at each score, and small "
        f"numbers are withheld. Leave out --suppress-below, or gate on rates."
    )


def scores_wanted(roles: Roles, suppress_below: int | None) -> bool:
    """Say whether people are counted by score: where labels can be held against them.

    Where small cells are withheld they are not: people of one score are few.
    """
    return roles.score is not None and roles.label is not None and suppress_below is None


def check_counted(profile: ScoreProfile | None, requirements: Requirements) -> None:
    """Refuse gates on scores where there were too many of them to count.

    Raises
    ------
    InputError
        Naming the criterion.
    """
    for gate in requirements.criteria:
        if criterion_named(gate.criterion).scores is not None and profile is None:
            raise InputError(
                f"criterion {gate.criterion}: groups and scores make too many "
                f"combinations, even with scores in bins; ask for fewer groups at once."
            )


def make_bins(bins: Mapping[str, Sequence[float]] | None) -> tuple[Bin, ...]:
    """Check where numeric columns are cut.

    Raises
    ------
    InputError
        When edges are missing, not finite or not rising.
    """
    made = []
    for column, given in (bins or {}).items():
        edges = tuple(float(edge) for edge in given)
        rising = all(low < high for low, high in pairwise(edges))
        if not edges or not rising or not all(math.isfinite(edge) for edge in edges):
            raise InputError(
                f"bin {column}: edges must be rising numbers such as 25,40,60; "
                f"got {', '.join(f'{edge:g}' for edge in edges) or 'none'}."
            )
        made.append(Bin(column=column, edges=edges))
    return tuple(made)


def expected_groups(
    given: Sequence[str] | Mapping[str, Sequence[str]], roles: Roles
) -> dict[str, tuple[str, ...]]:
    """Say which groups each attribute must have.

    Raises
    ------
    InputError
        When names are given without their attribute and there are several, or for an
        attribute that is not audited by itself.
    """
    own = [columns[0] for columns in roles.tables if len(columns) == 1]
    if isinstance(given, Mapping):
        for attribute in given:
            if attribute not in own:
                raise InputError(
                    f"expected groups: {attribute!r} is not audited by itself. "
                    f"Add --group {attribute}.{did_you_mean(attribute, own)}"
                )
        return {attribute: texts(names) for attribute, names in given.items()}
    names = texts(given)
    if names and len(roles.attributes) > 1:
        raise InputError(
            "expected groups: with several attributes, say whose they are, "
            f"such as {roles.attributes[0]}={','.join(names)}."
        )
    return {roles.attributes[0]: names} if names else {}


def check_limits(policy: Policy, roles: Roles) -> None:
    """Refuse limits that make no sense.

    Raises
    ------
    InputError
        Naming the option.
    """
    if policy.threshold is not None and not math.isfinite(policy.threshold):
        raise InputError(f"threshold: must be a finite number; got {policy.threshold}.")
    smallest = policy.requirements.min_group
    if smallest is not None and smallest < 1:
        raise InputError(f"min_group: must be a positive number of people; got {smallest}.")
    if policy.max_groups is not None and policy.max_groups < 1:
        raise InputError(f"max_groups: must be at least 1; got {policy.max_groups}.")
    below = policy.suppress_below
    if below is not None and below < 2:
        raise InputError(f"suppress_below: must be at least 2; got {below}. 11 is usual.")
    if below is not None and roles.amount_kind == "weight":
        raise InputError(
            "suppress_below: counts people, and with survey weights their number is not "
            "known. Leave one of the two out."
        )
