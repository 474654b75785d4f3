"""A stored report read back, strictly: nothing unknown, missing or infinite in it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import ReportError
from fairaudit.report.model import AuditReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

SCHEMA_VERSION = 1
"""The only layout of reports there is so far."""

_LONGEST_SHOWN = 60


def from_json(text: str, *, name: str = "report") -> AuditReport:
    """Read back a report that was written as JSON.

    Parameters
    ----------
    text : str
        What the JSON renderer wrote.
    name : str
        What messages call it, such as its file's name.

    Returns
    -------
    AuditReport
        Equal to the one that was written.

    Raises
    ------
    ReportError
        When it is not JSON, of another schema version, or differs in any place from what a
        report holds; the message names the first such place.
    """
    from pydantic import ValidationError

    _check_version(_parsed(text, name), name)
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        raise ReportError(f"{name}: {_what_and_where(error.errors())}") from None


def json_schema() -> dict[str, Any]:
    """Describe a stored report, as ``docs/schema/report-1.json`` does.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12.
    """
    schema = _adapter().json_schema()
    schema["required"] = ["schema_version", *schema["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def _adapter() -> TypeAdapter[AuditReport]:
    """Build the reader once; it takes longer than a small report takes to read."""
    from pydantic import TypeAdapter

    return TypeAdapter(AuditReport)


def _parsed(text: str, name: str) -> object:
    """Parse JSON of which no object has a key twice."""
    try:
        return json.loads(text, object_pairs_hook=_distinct)
    except RecursionError:
        raise ReportError(f"{name}: this is nested too deeply to be a report.") from None
    except ValueError as error:
        raise ReportError(f"{name}: this is not JSON: {error}.") from None


def _distinct(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Make an object of keys that are all different."""
    made = dict(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        twice = max(times, key=times.__getitem__)
        raise ValueError(f"key {twice!r} stands twice in an object")
    return made


def _check_version(parsed: object, name: str) -> None:
    """Refuse what is no report, or one of another time."""
    if not isinstance(parsed, dict) or "schema_version" not in parsed:
        raise ReportError(
            f"{name}: this is not a fairaudit report: it has no schema_version. Write one "
            f"with `fairaudit check ... --output report.json`, or by `report.to_json()`."
        )
    version = parsed["schema_version"]
    if version != SCHEMA_VERSION or isinstance(version, bool):
        raise ReportError(
            f"{name}: schema_version is {_shown(version)}; this version of fairaudit reads "
            f"only {SCHEMA_VERSION}. Read it with the version that wrote it."
        )


def _what_and_where(errors: Iterable[ErrorDetails]) -> str:
    """Tell of one error; among alternatives, of the one that fits best."""
    found = list(errors)
    times = Counter(_alternative(error) for error in found)
    other_kind = {_alternative(error) for error in found if error["loc"][-1:] == ("kind",)}
    error = min(
        found,
        key=lambda one: (_alternative(one) in other_kind, times[_alternative(one)]),
    )
    steps = [step for step in error["loc"] if not _names_type(step)]
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return f"{where.removeprefix('.') or 'the report'} {_what(error)}."


def _what(error: ErrorDetails) -> str:
    """Say what is wrong in one place."""
    if error["type"] == "unexpected_keyword_argument":
        return "is no key of a report"
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "assertion_error":
        return "contradicts itself: it needs either a value or a reason why there is none"
    rule = error["msg"].removeprefix("Input should be ").replace("a valid", "a")
    return f"must be {rule}; got {_shown(error['input'])}"


def _alternative(error: ErrorDetails) -> tuple[int | str, ...]:
    """Give the place of the innermost alternative that an error is about."""
    places = [place for place, step in enumerate(error["loc"]) if _names_type(step)]
    return error["loc"][: places[-1] + 1] if places else ()


def _names_type(step: int | str) -> bool:
    """Tell the name of a type, which no file holds, from a key."""
    return isinstance(step, str) and (step[:1].isupper() or step in {"int", "float"})


def _shown(found: object) -> str:
    """Show a piece of a report in a message."""
    text = json.dumps(found, default=str)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


if __name__ == "__main__":
    # python -m fairaudit.report.storage > docs/schema/report-1.json
    sys.stdout.write(json.dumps(json_schema(), indent=1, sort_keys=True) + "\n")
