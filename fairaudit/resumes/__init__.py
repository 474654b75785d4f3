"""Résumé counterfactuals: the same application, another name.

Attributes
----------
generate : function
    Pairs of résumés that differ only in what they imply of a group.
write, read, export : function
    A study as a folder, read back strictly, or its pairs as CSV or JSON lines.
names_from_csv : function
    Names of one's own.
augment : function
    Training data with swapped copies, labels kept.
past_decisions : function
    Synthetic applicants and whom people hired, with a bias of known size.
EmbeddingScreener : class
    A model of sentence vectors as a system under audit.
ResumeStudy : class
    Pairs, their plan, and what was checked of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairaudit.resumes.augmentation import augment
    from fairaudit.resumes.decisions import past_decisions
    from fairaudit.resumes.folder import export, read, write
    from fairaudit.resumes.generator import generate
    from fairaudit.resumes.names import names_from_csv
    from fairaudit.resumes.plan import ResumeStudy
    from fairaudit.resumes.systems.screener import EmbeddingScreener

__all__ = [
    "EmbeddingScreener",
    "ResumeStudy",
    "augment",
    "export",
    "generate",
    "names_from_csv",
    "past_decisions",
    "read",
    "write",
]

_WHERE = {
    "EmbeddingScreener": "systems.screener",
    "ResumeStudy": "plan",
    "augment": "augmentation",
    "export": "folder",
    "generate": "generator",
    "names_from_csv": "names",
    "past_decisions": "decisions",
    "read": "folder",
    "write": "folder",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load a public name on first use."""
    from importlib import import_module

    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
