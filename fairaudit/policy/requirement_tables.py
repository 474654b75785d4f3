"""The parts of a policy that require something: criteria, gates on numbers, waivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fairaudit.core.errors import InputError
from fairaudit.core.requirements import CriterionGate, NumberGate, Requirements, Waiver
from fairaudit.core.value import replace
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.policy.gates import parse_number_gate, table_name
from fairaudit.policy.numbers import plain_numbers
from fairaudit.policy.study_gates import about_study, parse_study_gate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fairaudit.policy.section import Section

_CRITERION = ("name", "tolerance", "measure", "why")
_GATE = ("number", "attribute", "why")
_WAIVER = ("gate", "attribute", "owner", "reason", "expires")

Measure = Literal["difference", "ratio"]
Undecided = Literal["fail", "pass"]


def requirements(policy: Section, min_group: int | None) -> Requirements:
    """Read everything a policy requires of a table.

    Raises
    ------
    PolicyError
        In one sentence with file, place and remedy.
    """
    criteria = _criterion_sections(policy)
    gates = _sections(policy, "gates", "number", _GATE, of_study=False)
    waivers = _sections(policy, "waivers", "gate", _WAIVER, of_study=False)
    return Requirements(
        criteria=_once([_criterion(section) for section in criteria], _by_criterion),
        numbers=_once([_gate(section) for section in gates], _by_text),
        why=_why([*criteria, *(section for section in gates if "why" in section)]),
        min_group=min_group,
        undecided=policy.choice("undecided", Undecided) or "fail",
        waivers=_once([_waiver(section) for section in waivers], _by_place),
    )


def study_requirements(policy: Section) -> Requirements:
    """Read everything a policy requires of a study, such as one of word vectors.

    Raises
    ------
    PolicyError
        In one sentence with file, place and remedy.
    """
    gates = _sections(policy, "gates", "number", _GATE, of_study=True)
    waivers = _sections(policy, "waivers", "gate", _WAIVER, of_study=True)
    return Requirements(
        numbers=_once([_study_gate(section) for section in gates], _by_text),
        why=_why(gates),
        undecided=policy.choice("undecided", Undecided) or "fail",
        waivers=_once([_waiver(section) for section in waivers], _by_place),
    )


def _sections(
    policy: Section, key: str, gate: str, known: Sequence[str], *, of_study: bool
) -> list[Section]:
    """Give the tables under a key whose gate is about a study, or those about a table."""
    return [
        section
        for section in policy.sections(key, known)
        if about_study(section.text(gate) or "") is of_study
    ]


def _criterion_sections(policy: Section) -> list[Section]:
    """Give the one [criterion], or the several [[criteria]]."""
    if "criterion" in policy and "criteria" in policy:
        raise policy.error(
            "[criterion] and [[criteria]] are both there. "
            "Head each of several criteria with [[criteria]]."
        )
    if "criterion" in policy:
        return [policy.section("criterion", _CRITERION)]
    return policy.sections("criteria", _CRITERION)


def _criterion(section: Section) -> tuple[Section, CriterionGate]:
    """Read one criterion with its tolerance."""
    name = section.needed_text("name", 'Say which, such as name = "predictive_parity".')
    criterion = _of_input(section, criterion_named, name)
    measure: Measure = section.choice("measure", Measure) or "difference"
    tolerance = section.number("tolerance")
    if tolerance is None:
        raise section.error(
            "tolerance is missing. Say what is still fair, such as tolerance = 0.1."
        )
    if not 0 < tolerance < 1:
        raise section.error(
            f"tolerance must lie between 0 and 1, both exclusive; got {tolerance:g}. "
            f"Write 0.1 for ten percentage points."
        )
    gate = CriterionGate(criterion=criterion.id, tolerance=tolerance, measure=measure)
    return section, gate


def _why(sections: list[Section]) -> str | None:
    """Join the reasons: one stands alone, different ones name their criterion or gate."""
    reasons = {
        section.text("name" if "name" in section else "number"): section.text("why")
        for section in sections
    }
    given = {name: why for name, why in reasons.items() if why is not None}
    if len(set(given.values())) < 2 and len(given) == len(reasons):
        return next(iter(given.values()), None)
    return "; ".join(f"{name}: {why}" for name, why in given.items()) or None


def _gate(section: Section) -> tuple[Section, NumberGate]:
    """Read a gate on a plain number; its attribute may stand inside or beside it."""
    text = section.needed_text("number", 'Write it such as number = "impact_ratio>=0.8".')
    gate = _of_input(section, parse_number_gate, text)
    attribute = _attribute(section)
    if attribute is not None and gate.attribute not in {None, attribute}:
        raise section.error(
            f"number is about {gate.attribute!r} and attribute about {attribute!r}. "
            f"Leave one of them out."
        )
    return section, replace(gate, attribute=gate.attribute or attribute)


def _study_gate(section: Section) -> tuple[Section, NumberGate]:
    """Read a gate on a number of a study."""
    if "attribute" in section:
        raise section.error(
            "attribute stands beside a number of a study, which has no groups of people. "
            "Leave it out."
        )
    text = section.needed_text("number", "")
    return section, _of_input(section, parse_study_gate, text)


def _waiver(section: Section) -> tuple[Section, Waiver]:
    """Read an exception; without owner, reason and last day there is none."""
    gate = section.needed_text("gate", "Name the criterion or the gate that is waived.")
    expires = section.day("expires")
    owner = section.needed_text("owner", "A waiver needs somebody who answers for it.")
    reason = section.needed_text("reason", "Say why the exception is made.")
    if expires is None:
        raise section.error(
            "expires is missing. A waiver ends some day, such as expires = 2027-01-31."
        )
    return section, Waiver(
        gate=_of_input(section, _waived, gate),
        attribute=_attribute(section),
        owner=owner,
        reason=reason,
        expires=expires,
    )


def _waived(gate: str) -> str:
    """Give the criterion, the number or the number gate's text that a waiver is about."""
    limited = any(sign in gate for sign in "<>")
    if about_study(gate):
        return parse_study_gate(gate).text if limited else gate.strip()
    if gate in plain_numbers():
        return gate
    if limited:
        return parse_number_gate(gate).text
    return criterion_named(gate).id


def _attribute(section: Section) -> str | None:
    """Read which table is meant."""
    written = section.text("attribute")
    return None if written is None else table_name(written)


def _of_input(section: Section, parse: Callable[[str], Any], text: str) -> Any:  # noqa: ANN401
    """Parse a text as an option's would be, and say where in the policy it went wrong."""
    try:
        return parse(text)
    except InputError as error:
        raise section.error(str(error)) from None


def _once(
    read: Iterable[tuple[Section, Any]], key: Callable[[Any], str]
) -> tuple[Any, ...]:
    """Refuse to be told twice about the same thing."""
    kept: dict[str, Any] = {}
    for section, item in read:
        if key(item) in kept:
            raise section.error(f"{key(item)} stands there already; keep one of the two.")
        kept[key(item)] = item
    return tuple(kept.values())


def _by_criterion(gate: CriterionGate) -> str:
    """Tell criteria apart; under two measures the same one is two gates."""
    return f"{gate.criterion} by {gate.measure}"


def _by_text(gate: NumberGate) -> str:
    """Tell gates apart."""
    return gate.text


def _by_place(waiver: Waiver) -> str:
    """Tell waivers apart."""
    where = f" on {waiver.attribute}" if waiver.attribute else ""
    return f"a waiver of {waiver.gate}{where}"
