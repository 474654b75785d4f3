"""The chapters of a page: every module of `chapters` is one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from fairaudit.core.value import value
from fairaudit.report import chapters

if TYPE_CHECKING:
    from fairaudit.report.model import DecisionAudit, RunFacts


class ChapterModule(Protocol):
    """A module that gives one chapter."""

    PLACE: int
    TITLE: str

    def content(self, part: DecisionAudit, run: RunFacts | None) -> object | None:
        """Give what the chapter's template lays out."""


@value
class Chapter:
    """One chapter of one audit."""

    name: str
    title: str
    content: object


def chapters_of(part: DecisionAudit, run: RunFacts | None) -> tuple[Chapter, ...]:
    """Give the chapters that an audit has something for, in order."""
    return tuple(
        Chapter(name=name, title=module.TITLE, content=content)
        for name, module in _modules().items()
        if (content := module.content(part, run)) is not None
    )


@cache
def _modules() -> dict[str, ChapterModule]:
    """Find every chapter by its name, in the order they stand in."""
    found: dict[str, ChapterModule] = {
        module.name: import_module(f"{chapters.__name__}.{module.name}")
        for module in iter_modules(chapters.__path__)
    }
    return dict(sorted(found.items(), key=lambda one: one[1].PLACE))
