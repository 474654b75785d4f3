"""What is asked of an audit, gathered from arguments and policy and checked once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from reprlib import repr as brief
from typing import TYPE_CHECKING, NoReturn

from fairaudit.auditing.arguments import (
    ALLOWED,
    Texts,
    check_choice,
    check_given,
    texts,
    tolerances,
)
from fairaudit.core.checks import is_between, is_number
from fairaudit.core.columns import Bin
from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.requirements import CriterionGate
from fairaudit.core.spelling import option, spelled
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.engines.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.columns import Roles
    from fairaudit.core.requirements import Requirements
    from fairaudit.criteria.comparisons import Measure
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.policy.document import Policy
    from fairaudit.tally.profile import ScoreProfile

Criteria = Texts | Mapping[str, float]
"""Criteria by name, or each with its tolerance, such as ``{"equalized_odds": 0.05}``."""


def check_policy(policy: Policy) -> None:
    """Refuse settings that make no sense, wherever they come from.

    Raises
    ------
    InputError
        Naming the option.
    """
    for holder in (policy, policy.requirements):
        named = ALLOWED.keys() & type(holder).__dataclass_fields__.keys()
        check_given({option: getattr(holder, option) for option in sorted(named)})


def criterion_gates(
    criterion: Criteria, tolerance: float | None, measure: Measure | None, policy: Policy
) -> tuple[CriterionGate, ...] | None:
    """Join criteria, tolerance and measure with what the policy says of them.

    A criterion without tolerance or measure takes the policy's; without criterion they are
    for the policy's criteria. `None` when nothing was given.

    Raises
    ------
    InputError
        When a criterion has no tolerance or two, or is not known, or a tolerance is out of
        range.
    """
    asked: dict[str, float | None]
    if isinstance(criterion, Mapping):
        if tolerance is not None:
            raise InputError(
                "tolerance: was given beside criteria that each have their own. Leave one "
                "of the two out."
            )
        asked = {**tolerances("criterion", criterion)}
    else:
        names = texts("criterion", criterion)
        asked = {criterion_named(name).id: tolerance for name in names}
    if not asked and tolerance is None and measure is None:
        return None
    check_choice("measure", measure, ("difference", "ratio"))
    required = {gate.criterion: gate for gate in policy.requirements.criteria}
    asked = asked or dict.fromkeys(required, tolerance)
    for within in (tolerance, *asked.values()):
        if within is not None and not is_between(within, 0, 1):
            raise InputError(
                f"{spelled('tolerance')}: must be between 0 and 1, exclusive; got "
                f"{brief(within)}. Write 0.1 for ten percentage points."
            )
    if not asked:
        raise InputError(
            f"{spelled('tolerance')}: given without a criterion, so it would judge "
            f"nothing. Add {option('criterion', 'NAME')}."
        )
    return tuple(
        _gate(name, within, measure, required.get(name)) for name, within in asked.items()
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
            f"still acceptable, such as {option('tolerance', 0.1)}."
        )
    usual = "difference" if before is None else before.measure
    if tolerance is None and measure is not None and measure != usual:
        raise InputError(
            f"criterion {name!r}: measure {measure!r} was given without a tolerance, and "
            f"the policy's {within:g} is one of a {usual}: a strict difference is a lax "
            f"ratio. Give the tolerance too."
        )
    return CriterionGate(criterion=name, tolerance=float(within), measure=measure or usual)


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
        need = option("strata" if criterion.stratified else "label", "COLUMN")
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
                f"weights have none. Gate on a criterion instead, with "
                f"{option('criterion', 'NAME')}."
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
            f"Add {option('score', 'COLUMN')}."
        )
    raise InputError(
        f"criterion {criterion.id} needs the number of people at each score, and small "
        f"numbers are withheld. Leave out {spelled('suppress_below')}, or gate on rates."
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


def make_bins(bins: object) -> tuple[Bin, ...]:
    """Check where numeric columns are cut.

    Raises
    ------
    InputError
        When edges are missing, not finite or not rising.
    """
    if bins is not None and not isinstance(bins, Mapping):
        raise InputError(
            f"bins: must map columns to edges, such as {{'age': [25, 40, 60]}}; got "
            f"{brief(bins)}."
        )
    made = []
    for column, given in (bins or {}).items():
        edges = tuple(given) if isinstance(given, Iterable) else (given,)
        numbers = bool(edges) and all(is_number(edge) for edge in edges)
        if not numbers or not all(low < high for low, high in pairwise(edges)):
            raise InputError(
                f"bin {column}: edges must be rising numbers such as 25,40,60; "
                f"got {', '.join(map(str, edges)) or 'none'}."
            )
        made.append(Bin(column=column, edges=tuple(float(edge) for edge in edges)))
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
        tables = ["×".join(columns) for columns in roles.tables]
        for attribute in given:
            if attribute not in own:
                raise InputError(
                    f"{spelled('expect_groups')}: {attribute!r} is not audited by itself. "
                    f"Name it too, such as {option('groups', [*tables, attribute])}."
                    f"{did_you_mean(attribute, own)}"
                )
        return {
            attribute: texts("expect_groups", names) for attribute, names in given.items()
        }
    names = texts("expect_groups", given)
    if names and len(roles.attributes) > 1:
        raise InputError(
            f"{spelled('expect_groups')}: with several attributes, say whose they are, "
            f"such as {option('expect_groups', {roles.attributes[0]: list(names)})}."
        )
    return {roles.attributes[0]: names} if names else {}


def check_withheld(suppress_below: int | None, roles: Roles) -> None:
    """Refuse to withhold small counts where there are none.

    Raises
    ------
    InputError
        With survey weights.
    """
    if suppress_below is not None and roles.amount_kind == "weight":
        raise InputError(
            f"{spelled('suppress_below')}: counts people, and with survey weights their "
            "number is not known. Leave one of the two out."
        )
