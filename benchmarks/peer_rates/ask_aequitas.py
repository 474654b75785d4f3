"""Ask aequitas for its crosstab; the frame it wants was made before."""

from __future__ import annotations

import sys

import pandas as pd
from aequitas.group import Group
from answering import RATES, answer, people

y_true, y_pred, group = people(sys.argv[1])
frame = pd.DataFrame({"score": y_pred, "label_value": y_true, "group": group.astype(str)})
THEIRS = ("pprev", "tpr", "fpr", "precision")


def rates() -> dict[str, list[float]]:
    """Read four of its columns."""
    found, _ = Group().get_crosstabs(frame, attr_cols=["group"])
    return {
        name: found[column].tolist() for name, column in zip(RATES, THEIRS, strict=True)
    }


answer(rates)
