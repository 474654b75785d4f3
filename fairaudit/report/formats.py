"""The formats a report can be written in: every module of `renderers` is one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.report import renderers

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport


class Renderer(Protocol):
    """A module that writes a report in one format.

    `SUFFIXES` are those of its files, with the dot; a format for logs has none.
    """

    FORMAT: str
    SUFFIXES: tuple[str, ...]

    def render(self, report: AuditReport, *, width: int = 80, color: bool = False) -> str:
        """Write a report; width and colour are for terminals."""
        ...


@cache
def formats() -> dict[str, Renderer]:
    """Find every format by its name.

    Examples
    --------
    >>> formats()['junit'].SUFFIXES
    ('.xml',)
    """
    return {name: _renderer(name) for name in _names()}


def renderer_for(name: str) -> Renderer:
    """Which renderer writes this format, or files of this suffix?

    Parameters
    ----------
    name : str
        A format such as "json" or a suffix such as ".json", in any case.

    Returns
    -------
    Renderer
        Its ``render(report)`` gives the text.

    Raises
    ------
    InputError
        When no renderer has it.

    Examples
    --------
    >>> renderer_for(".JSON").FORMAT
    'json'
    """
    wanted = name.casefold()
    if wanted in _names():  # the others, and what they import, are not loaded
        return _renderer(wanted)
    known = dict(formats())
    known |= {suffix: one for one in formats().values() for suffix in one.SUFFIXES}
    if wanted not in known:
        raise InputError(
            f"format {name!r} is not known. Formats and suffixes: {shown(sorted(known))}."
            f"{did_you_mean(name, known)}"
        )
    return known[wanted]


def _names() -> list[str]:
    """Name the modules, which are called as their formats are."""
    return [module.name for module in iter_modules(renderers.__path__)]


def _renderer(name: str) -> Renderer:
    renderer: Renderer = import_module(f"{renderers.__name__}.{name}")
    return renderer
