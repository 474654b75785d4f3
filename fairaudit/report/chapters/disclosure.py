"""Safety disclosure and signature: what people wrote, and what nobody filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.sections.disclosure import NOT_FILLED_IN, disclosed, signed

if TYPE_CHECKING:
    from fairaudit.report.model import DecisionAudit, RunFacts

PLACE = 80
TITLE = "Safety disclosure and signature"


@value
class DisclosureText:
    """Labels with texts; `None` or none at all where nobody filled it in."""

    fields: tuple[tuple[str, tuple[str, ...]], ...]
    signature: tuple[tuple[str, str | None], ...]
    not_filled_in: str = NOT_FILLED_IN


def content(part: DecisionAudit, run: RunFacts | None) -> DisclosureText:
    """Give every field, filled in or not: a gap is a fact about the audit too."""
    del run
    return DisclosureText(fields=tuple(disclosed(part)), signature=tuple(signed(part)))
