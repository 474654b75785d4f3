from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import ReportError
from fairaudit.report.model import AuditReport
from fairaudit.report.storage import from_json, json_schema
from tests.report.golden import GOLDEN, everything

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "report-1.json"
STORED = json.loads(everything().to_json())
NAN, INFINITY = float("nan"), float("inf")


@pytest.mark.parametrize("name", GOLDEN)
def test_what_was_written_is_read_back(name: str) -> None:
    report = GOLDEN[name]()
    assert from_json(report.to_json()) == report
    assert AuditReport.from_json(report.to_json()).to_json() == report.to_json()


@pytest.mark.parametrize("name", GOLDEN)
def test_every_report_is_valid_by_the_published_schema(name: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(GOLDEN[name]().to_json()))


def test_the_published_schema_is_that_of_the_code() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    remedy = f"python -m fairaudit.report.storage > {SCHEMA.name}, in docs/schema"
    assert published == json_schema(), remedy


@pytest.mark.parametrize(
    ("place", "new", "message"),
    [
        (["zzz"], 1, r"zzz is no key of a report\."),
        (["parts", 0, "seed"], "7", r"parts\[0\]\.seed must be an? integer; got \"7\"\."),
        (
            ["parts", 0, "tables", 0, "groups", 1, "cells", "tp"],
            NAN,
            r"parts\[0\]\.tables\[0\]\.groups\[1\]\.cells\.tp must be .*; got NaN\.",
        ),
        (
            ["parts", 0, "tables", 0, "groups", 1, "rates", "accuracy", "value"],
            INFINITY,
            r"rates\.accuracy\.value must be a finite number; got Infinity\.",
        ),
        (
            ["parts", 0, "findings", 0, "evidence", "foo"],
            3,
            r"^report: parts\[0\]\.findings\[0\]\.evidence\.foo is no key of a report\.$",
        ),
        (
            ["parts", 0, "findings", 4, "evidence", "foo"],
            3,
            r"^report: parts\[0\]\.findings\[4\]\.evidence\.foo is no key of a report\.$",
        ),
        (
            ["parts", 0, "findings", 0, "evidence", "kind"],
            "hunch",
            r"findings\[0\]\.evidence\.kind must be .*; got \"hunch\"\.",
        ),
        (
            ["parts", 0, "verdicts", 0, "status"],
            "compliant",
            r"verdicts\[0\]\.status must be 'pass', .*; got \"compliant\"\.",
        ),
        (
            ["parts", 0, "verdicts", 0, "gate", "tolerance"],
            None,
            r"verdicts\[0\]\.gate\.tolerance must be .*; got null\.",
        ),
        (
            ["parts", 0, "findings", 0, "estimate", "value"],
            None,
            r"findings\[0\]\.estimate contradicts itself",
        ),
        (["parts"], {}, r"parts must be a array|parts must be an? .*array"),
        (["schema_version"], 2, r"schema_version is 2; this version of fairaudit reads"),
        (["schema_version"], True, r"schema_version is true"),
        (["schema_version"], "1", r"schema_version is \"1\""),
    ],
)
def test_a_changed_report_is_refused_with_the_place(
    place: list[str | int], new: object, message: str
) -> None:
    with pytest.raises(ReportError, match=message):
        from_json(json.dumps(_changed(place, new)))


@pytest.mark.parametrize("key", ["parts", "run"])
def test_a_missing_key_is_named(key: str) -> None:
    changed = {name: found for name, found in STORED.items() if name != key}
    with pytest.raises(ReportError, match=f"^report: {key} is missing\\.$"):
        from_json(json.dumps(changed))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this is not JSON: Expecting value: line 1 column 1"),
        ('{"parts": [', "this is not JSON: Expecting value: line 1 column 12"),
        ("[]", "this is not a fairaudit report: it has no schema_version"),
        ("null", "this is not a fairaudit report"),
        ('{"rows": 3}', "this is not a fairaudit report"),
        ('{"run": [], "run": []}', "this is not JSON: key 'run' stands twice"),
        ("[" * 100_000, "this is nested too deeply"),
        ('{"schema_version": 1, "parts": [], "run": "\\ud800"}', "must be valid|run|JSON"),
    ],
)
def test_what_is_no_report_is_refused_in_one_sentence(text: str, message: str) -> None:
    with pytest.raises(ReportError, match=message) as refused:
        from_json(text, name="old.json")
    assert str(refused.value).startswith("old.json: ")
    assert "\n" not in str(refused.value)


@given(st.data())
def test_with_any_other_value_anywhere_it_is_shown_or_refused(
    data: st.DataObject,
) -> None:
    place = data.draw(st.sampled_from(PLACES))
    new: object = data.draw(
        st.none()
        | st.booleans()
        | st.integers(-2, 2)
        | st.floats()
        | st.text(max_size=3)
        | st.just([])
        | st.just({})
    )
    text = json.dumps(_changed(place, new))
    with suppress(ReportError):
        assert str(from_json(text))


def _changed(place: list[str | int], new: object) -> dict[str, Any]:
    """Put something else in one place of a stored report."""
    changed: Any = deepcopy(STORED)
    inner = changed
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = new
    return dict(changed)


def _places(found: object, place: tuple[str | int, ...] = ()) -> list[list[str | int]]:
    """List the place of every value."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(found, dict):
        inner = list(found.items())
    elif isinstance(found, list):
        inner = list(enumerate(found[:2]))
    here = [list(place)] if place else []
    return here + [deeper for step, one in inner for deeper in _places(one, (*place, step))]


PLACES = _places(STORED)
