"""A file of real vectors before and after debiasing, and the reference values for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fairaudit.embeddings import Embedding
from fairaudit.embeddings.debias.hard import HardDebias

REFERENCE = Path(__file__).parents[1] / "reference" / "embeddings"


def expected(name: str) -> dict[str, Any]:
    """Read the reference values of one file of vectors."""
    text = (REFERENCE / f"expected_{name}.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


class Subset:
    """One file of vectors before and after hard debiasing, and what is expected of it."""

    def __init__(self, name: str, before: Embedding) -> None:
        self.name = name
        self.before = before
        self.hard = HardDebias.fit(before)
        self.after = self.hard.transform(before)
        self.expected = expected(name)

    def at(self, time: str) -> Embedding:
        found: Embedding = getattr(self, time)
        return found
