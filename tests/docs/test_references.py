from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIBLIOGRAPHY = (ROOT / "docs" / "references.bib").read_text(encoding="utf-8")
KEYS = re.findall(r"^@\w+\{(\w+),$", BIBLIOGRAPHY, flags=re.MULTILINE)
# `[wilson1927]` in docstrings and decisions, `"hardt2016"` in a criterion.
CITATION = re.compile(r"[\[\"]([a-z]+(?:19|20)\d{2}[a-z]?)[\]\"]")


def cited(file: Path) -> set[str]:
    return set(CITATION.findall(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder", ["fairaudit", "docs/decisions"])
def test_every_cited_work_is_in_the_bibliography(folder: str) -> None:
    files = [file for kind in ("*.py", "*.md") for file in (ROOT / folder).rglob(kind)]
    missing = {
        f"{key} in {file.relative_to(ROOT)}"
        for file in files
        for key in cited(file) - set(KEYS)
    }
    assert any(cited(file) for file in files)
    assert not missing


def test_every_work_stands_in_the_bibliography_once_with_author_title_and_year() -> None:
    assert sorted(KEYS) == sorted(set(KEYS))
    for entry in BIBLIOGRAPHY.split("\n@")[1:]:
        for field in ("author", "title", "year"):
            assert re.search(rf"^  {field} +=", entry, flags=re.MULTILINE), entry
