"""Fairness audits one can sign: rates, verdicts and what cannot hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.version import __version__

if TYPE_CHECKING:
    from fairaudit.auditing.combination import can_hold
    from fairaudit.auditing.comparison import compare
    from fairaudit.auditing.front_door import audit
    from fairaudit.auditing.resumes import audit_resumes
    from fairaudit.mitigation.reductions import FairReductionClassifier
    from fairaudit.mitigation.reweighing import Reweigher
    from fairaudit.mitigation.scorer import fairness_scorer
    from fairaudit.mitigation.thresholds import FairThresholdClassifier
    from fairaudit.policy.require import require
    from fairaudit.report.model import AuditReport

__all__ = [
    "AuditReport",
    "FairReductionClassifier",
    "FairThresholdClassifier",
    "Reweigher",
    "__version__",
    "audit",
    "audit_resumes",
    "can_hold",
    "compare",
    "fairness_scorer",
    "require",
]

_WHERE = {
    "audit": "fairaudit.auditing.front_door",
    "audit_resumes": "fairaudit.auditing.resumes",
    "can_hold": "fairaudit.auditing.combination",
    "compare": "fairaudit.auditing.comparison",
    "require": "fairaudit.policy.require",
    "AuditReport": "fairaudit.report.model",
    "FairReductionClassifier": "fairaudit.mitigation.reductions",
    "FairThresholdClassifier": "fairaudit.mitigation.thresholds",
    "Reweigher": "fairaudit.mitigation.reweighing",
    "fairness_scorer": "fairaudit.mitigation.scorer",
}
"""Loaded on first use, so that importing the package costs next to nothing."""

_ROOMS = ("datasets", "embeddings", "metrics", "resumes")
"""Rooms that are public as they are."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load a public name on first use."""
    from importlib import import_module

    if name in _ROOMS:
        return import_module(f"{__name__}.{name}")
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_WHERE[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names."""
    return sorted([*__all__, *_ROOMS])
