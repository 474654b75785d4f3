"""What is said for one audit goes before what the policy says for all."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from fairaudit.core.requirements import Requirements
from fairaudit.core.value import replace, value
from fairaudit.policy.document import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

_REQUIRED = frozenset(field.name for field in fields(Requirements))

_INSTEAD = {
    "prediction": "threshold",
    "threshold": "prediction",
    "count": "weight",
    "weight": "count",
}
"""Settings that answer the same question: giving one takes the other away."""


@value
class Overridden:
    """The policy that holds, and what it had where something else was given."""

    policy: Policy
    instead_of: dict[str, Any]


def override(policy: Policy, given: Mapping[str, Any]) -> Overridden:
    """Which policy holds once the settings of this audit are put in?

    A setting given replaces the policy's whole setting of that name, lists included, and
    takes away another that would answer the same question, such as a threshold where a
    prediction column is given.
    When other criteria are given, the policy's reason no longer belongs to them and goes.

    Parameters
    ----------
    policy : Policy
        What holds otherwise.
    given : mapping of str to object
        Settings by the names of the fields of `Policy` or `Requirements`; only those given.

    Returns
    -------
    Overridden
        The effective policy, and the policy's values where both set something different.

    Examples
    --------
    >>> both = override(Policy(label="hired", score="s"), {"label": "kept", "count": "n"})
    >>> both.policy.label, both.policy.score, both.policy.count, both.instead_of
    ('kept', 's', 'n', {'label': 'hired'})
    """
    unset = {**_settings(Policy()), **_settings(Requirements())}
    current = {**_settings(policy), **_settings(policy.requirements)}
    displaced = {_INSTEAD[name]: None for name in given if name in _INSTEAD}
    wanted = {**displaced, **given}
    instead_of = {
        name: current[name]
        for name, new in wanted.items()
        if current[name] not in (unset[name], new)
    }
    if _named(given.get("criteria", policy.requirements.criteria)) != _named(
        policy.requirements.criteria
    ):
        wanted.setdefault("why", None)
    required = {name: new for name, new in wanted.items() if name in _REQUIRED}
    settings = {name: new for name, new in wanted.items() if name not in _REQUIRED}
    requirements = replace(policy.requirements, **required)
    return Overridden(
        policy=replace(policy, requirements=requirements, **settings), instead_of=instead_of
    )


def _settings(holder: Policy | Requirements) -> dict[str, Any]:
    """Give a value's settings by name."""
    return {field.name: getattr(holder, field.name) for field in fields(holder)}


def _named(criteria: Any) -> set[str]:  # noqa: ANN401 - settings come by name
    """Name the criteria of some gates."""
    return {gate.criterion for gate in criteria}
