"""What readers of a report must know that no count can tell, and who signs it."""

from __future__ import annotations

from dataclasses import fields

from fairaudit.core.value import value


@value
class Disclosure:
    """Uses, failure modes, oversight and contact; empty where nobody filled it in."""

    intended_uses: tuple[str, ...] = ()
    prohibited_uses: tuple[str, ...] = ()
    failure_modes: tuple[str, ...] = ()
    evaluations: tuple[str, ...] = ()
    known_biases: tuple[str, ...] = ()
    oversight: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()

    @property
    def unfilled(self) -> tuple[str, ...]:
        """Name what nobody has filled in."""
        return tuple(field.name for field in fields(self) if not getattr(self, field.name))


@value
class Signature:
    """Who answers for a report: name, role, and the day (ISO date); `None` where open."""

    name: str | None = None
    role: str | None = None
    date: str | None = None
