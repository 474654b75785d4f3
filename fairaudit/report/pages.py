"""A report as HTML: what its templates are filled with, safe and in order."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from fairaudit.report.contents import chapters_of
from fairaudit.report.model import DecisionAudit, Part, Study
from fairaudit.report.pictures import pictures
from fairaudit.report.rewriting import rewritten
from fairaudit.report.sanitise import left_to_right, terminal_text
from fairaudit.report.sections.first_page import first_page
from fairaudit.report.sections.study_page import study_page
from fairaudit.report.terminal.names import distinct, names_in, safe_to_print

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from fairaudit.report.model import AuditReport, RunFacts
    from fairaudit.report.pictures import Chart

P = TypeVar("P", DecisionAudit, Study, Part)

_LONGEST_NAME = 60
_LONGEST_TEXT = 2_000


def whole_page(report: AuditReport) -> str:
    """Write the first page and every chapter, with styles that the page itself vouches for.

    Returns
    -------
    str
        HTML that ends in a line feed.
    """
    styles = _style("page.css")
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    template = _environment().get_template("page.html")
    return template.render(parts=list(_parts(report)), styles=styles, digest=digest) + "\n"


def first_page_fragment(report: AuditReport) -> str:
    """Write the first page alone, to stand inside another page such as a notebook.

    Returns
    -------
    str
        One element with its own styles and without ids, so that several can be shown.
    """
    parts = list(_parts(report, with_chapters=False))
    template = _environment().get_template("fragment.html")
    return template.render(parts=parts, styles=_style("fragment.css")) + "\n"


def _parts(report: AuditReport, *, with_chapters: bool = True) -> Iterator[dict[str, Any]]:
    """Give every audit of a report as its templates take it."""
    for number, part in enumerate(report.parts):
        safe = _safe(part)
        run = report.run[number] if number < len(report.run) else None
        if run is not None:
            run = rewritten(run, _text)
        yield {
            "number": number + 1,
            "source": safe.title,
            **_page(safe, run, with_chapters),
        }


def _page(safe: Part, run: RunFacts | None, with_chapters: bool) -> dict[str, Any]:  # noqa: FBT001
    """Give what one audit's templates take."""
    if isinstance(safe, Study):
        return {"study": True, "page": study_page(safe, run)}
    return {
        "study": False,
        "page": first_page(safe),
        "charts": _first_charts(safe),
        "chapters": chapters_of(safe, run) if with_chapters else (),
    }


def _first_charts(part: DecisionAudit) -> dict[str, Chart]:
    """Give the first bill's picture of every table."""
    found = {
        table.attribute: pictures()["bill"].charts(part, table)[:1] for table in part.tables
    }
    return {attribute: charts[0] for attribute, charts in found.items() if charts}


def _safe(part: P) -> P:
    """Show what cannot be seen, keep lines from left to right, shorten names everywhere."""
    short = {
        name: text
        for name, text in distinct(names_in(part), _LONGEST_NAME).items()
        if len(name) > _LONGEST_NAME
    }

    def with_short_names(text: str) -> str:
        for name, shown in short.items():
            text = text.replace(name, shown)
        return text

    if short:
        part = rewritten(part, with_short_names)
    shown = safe_to_print(part, name=_LONGEST_NAME, text=_LONGEST_TEXT)
    return rewritten(shown, left_to_right)


def _text(text: str) -> str:
    """Show what cannot be seen in a text that is no name."""
    return left_to_right(terminal_text(text, _LONGEST_TEXT))


def _style(name: str) -> str:
    """Put the styles of a page together."""
    environment = _environment()
    return environment.get_template(f"styles/{name}").render()


@cache
def _environment() -> Environment:
    """Prepare the templates: everything is escaped, and a missing name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from fairaudit.report.drawing.svg import data_uri

    environment = Environment(
        loader=PackageLoader("fairaudit.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data_uri"] = data_uri
    return environment
