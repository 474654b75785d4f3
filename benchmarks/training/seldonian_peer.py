"""fair-seldonian's quasi-Seldonian algorithm, in an environment of its own.

It trains a linear model by itself, for two groups; predictive parity is not among its
constraints.
"""

from __future__ import annotations

import contextlib
import io
import json
import signal
import sys
import time
import warnings

import numpy as np
import pandas as pd
from fair_seldonian import SeldonianConfig, demographic_parity, equalized_odds
from fair_seldonian.algorithms import QSA
from fair_seldonian.constraints.inequalities import Inequality
from fair_seldonian.models import predict

_PARITY = {"DP": demographic_parity, "EO": equalized_odds}


def decisions(asked: dict[str, object]) -> np.ndarray | None:
    """Learn and decide; `None` for "No Solution Found"."""
    data = np.load(str(asked["rows"]))
    first = np.unique(data["group"])[0]
    group = pd.Series((data["group"] != first).astype(int).astype(str))
    config = SeldonianConfig(
        constraint=_PARITY[str(asked["criterion"])](epsilon=asked["tolerance"]),
        delta=0.05,
        inequality=Inequality.T_TEST,
    )
    with contextlib.redirect_stdout(io.StringIO()):
        theta, theta1, passed = QSA(data["X"], data["y"], group, "opt", None, None, config)
        if not passed:
            return None
        return (np.asarray(predict(theta, theta1, data["new_X"])) >= 0.5).astype(int)


def too_long(*_: object) -> None:
    """End a fit that takes longer than it may."""
    raise TimeoutError


def main() -> None:
    """Answer requests until there are no more."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGPROF, too_long)
    for line in sys.stdin:
        asked = json.loads(line)
        started = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_PROF, float(asked["longest"]))
            decided = decisions(asked)
            signal.setitimer(signal.ITIMER_PROF, 0)
            if decided is None:
                told: dict[str, object] = {"refused": "no solution found"}
            else:
                np.save(asked["answer"], decided)
                told = {}
            told["cpu"] = time.process_time() - started
        except TimeoutError:
            told = {"refused": "took too long", "cpu": time.process_time() - started}
        except Exception as error:  # noqa: BLE001 - told to the one who asked
            told = {"refused": f"{type(error).__name__}: {error}"[:200]}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
