from __future__ import annotations

import re
from pathlib import Path

from fairaudit.resumes.generator import generate

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "resumes_sample.md"


def test_the_page_shows_what_its_call_makes() -> None:
    page = PAGE.read_text(encoding="utf-8")
    asked = {}
    (call,) = re.findall(r"study = (generate\(.*\))", page)
    exec(f"study = {call}", {"generate": generate}, asked)  # noqa: S102 - our own page
    made = {half.text.strip() for pair in asked["study"].pairs for half in pair.halves}

    shown = re.findall(r"```text\n(.*?)\n```", page, flags=re.DOTALL)
    assert len(shown) == 5
    assert set(shown) <= made
