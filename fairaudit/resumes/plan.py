"""What a study of résumés is to consist of, and what it became."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256

from fairaudit.core.value import value
from fairaudit.resumes.pair import Pair

FORMAT = 2
"""Version of plans and folders. Higher when the same plan would give another study."""


@value
class CheckRow:
    """Whether one property of a study holds, with what was counted."""

    name: str
    passed: bool
    detail: str


@value
class Plan:
    """All that decides which pairs a study has.

    `names` is the design, `name_list` and `own_resumes` are "bundled" and "none", or the
    SHA-256 of what the user gave.
    """

    jobs: tuple[str, ...]
    pairs: int
    arms: tuple[str, ...]
    attribute: str
    groups: tuple[str, ...]
    names: str
    seed: int
    name_list: str = "bundled"
    own_resumes: str = "none"
    input_limit: int | None = None

    @property
    def hash(self) -> str:
        """Which plan is it? The same content has the same hash."""
        return digest({"format": FORMAT, "plan": asdict(self)})


@value
class ResumeStudy:
    """Pairs of résumés, the plan they come from, and what was checked of them."""

    plan: Plan
    pairs: tuple[Pair, ...]
    checks: tuple[CheckRow, ...]

    @property
    def hash(self) -> str:
        """Which plan is it of?"""
        return self.plan.hash

    def arm(self, arm: str) -> tuple[Pair, ...]:
        """Which pairs belong to an arm?"""
        return tuple(p for p in self.pairs if p.arm == arm)


def digest(content: object) -> str:
    """Hash content in its canonical JSON."""
    words = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(words.encode()).hexdigest()
