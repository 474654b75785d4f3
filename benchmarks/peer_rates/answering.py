"""Answer every line of the input with the rates by group and the CPU time they took."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

RATES = ("selection_rate", "true_positive_rate", "false_positive_rate", "precision")


def people(path: str) -> tuple[Any, Any, Any]:
    """Read labels, predictions and groups, all whole numbers."""
    with np.load(path) as stored:
        return stored["y_true"], stored["y_pred"], stored["group"]


def answer(rates: Callable[[], dict[str, list[float]]]) -> None:
    """Measure once per line until the input ends."""
    for _ in sys.stdin:
        started = time.process_time()
        found = rates()
        spent = time.process_time() - started
        sys.stdout.write(json.dumps({"cpu": spent, "rates": found}) + "\n")
        sys.stdout.flush()
