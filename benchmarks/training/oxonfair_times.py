"""OxonFair on given scores, in an environment of its own: CPU seconds of one fit each."""

from __future__ import annotations

import json
import sys
import time
import warnings

import numpy as np
from given_scores import GivenScores
from oxonfair import DataDict, FairPredictor
from oxonfair import group_metrics as gm

# Largest less smallest, as here. Its `demographic_parity` and `equal_opportunity` average
# over pairs of groups, and its `predictive_equality` is of false negatives.
_PARITY = {
    "demographic_parity": gm.pos_pred_rate.max_diff,
    "equalized_odds": gm.equalized_odds_max,
    "equal_opportunity": gm.true_pos_rate.max_diff,
    "predictive_equality": gm.false_pos_rate.max_diff,
}


def main() -> None:
    """Answer each request with CPU seconds and the accuracy reached."""
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        asked = json.loads(line)
        data = np.load(asked["rows"])
        X, y, group = data["X"], data["y"], data["group"]
        model = GivenScores().fit(X, y)
        started = time.process_time()
        fair = FairPredictor(model, DataDict(y, X, group))
        fair.fit(gm.accuracy, _PARITY[asked["criterion"]], asked["tolerance"])
        spent = time.process_time() - started
        decided = np.asarray(fair.predict(DataDict(y, X, group))).astype(int)
        told = {"cpu": spent, "accuracy": float((decided == y).mean())}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
