"""The whole report, for machines and for `AuditReport.from_json`.

::

    {
     "parts": [
      {
       "cells_sha256": "9f2c...",
       "findings": [
        ...
     ],
     "run": [
      {
       "command": "fairaudit check datasets/compas.csv --group race ...",
     ...
     "schema_version": 1
    }

Keys are sorted and an undefined number is `null` beside its reason. What depends on the run
and not on the data stands under `run` alone: the rest is the same bytes for the same data,
settings and seed. `docs/schema/report-1.json` describes it.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport

FORMAT = "json"
SUFFIXES = (".json",)

# Legal in JSON as they are, but a terminal acts on them, an editor hides them, a line
# reader breaks at them or a build server takes them for a command (##[error]) in its log;
# the same character is written as its escape.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    r"|#(?=#[\w.-]*\[)"
)

# Half a character, as an undecodable file name or a careless frame may hold it: no JSON
# reader takes it, so that it becomes the text of its escape.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render(report: AuditReport, *, width: int = 80, color: bool = False) -> str:
    """Write a report as JSON.

    Parameters
    ----------
    report : AuditReport
        The report.
    width : int
        Taken by every renderer; of no use here.
    color : bool
        Likewise.

    Returns
    -------
    str
        UTF-8 text that ends in a line feed. Every number in it is finite.
    """
    del width, color
    text = json.dumps(
        _plain(report), sort_keys=True, allow_nan=False, ensure_ascii=False, indent=1
    )
    text = _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _LONE_SURROGATE.sub(lambda found: f"\\\\u{ord(found[0]):04x}", text) + "\n"


def _plain(part: Any) -> Any:  # noqa: ANN401 - any value, any JSON
    """Turn values into dictionaries and lists."""
    if part is None or isinstance(part, str | int | float):
        return part
    if isinstance(part, dict):
        return {key: _plain(one) for key, one in part.items()}
    if is_dataclass(part):
        return {field.name: _plain(getattr(part, field.name)) for field in fields(part)}
    return [_plain(one) for one in part]
