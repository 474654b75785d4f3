"""Make `credit_scores_2003.csv`: people by race, credit score and default.

From the two tables of the Federal Reserve Board's report, which give for each step of the
score the percent of a group at or below it and the percent of those who defaulted::

    python datasets/make_credit_scores.py SCORES.csv TOTALS.csv

Percentages of whole groups become whole people: the people at each step are the difference
of the rounded numbers at or below it, so that they sum to the group.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path


def main(scores: str, totals: str) -> None:
    """Write the count table beside this file."""
    with Path(totals).open(encoding="utf-8", newline="") as lines:
        people = {line["race"]: int(line["people"]) for line in csv.DictReader(lines)}
    steps = defaultdict(list)
    with Path(scores).open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            steps[line["race"]].append(
                (
                    float(line["score"]),
                    float(line["cdf_percent"]),
                    float(line["default_percent"]),
                )
            )
    target = Path(__file__).with_name("credit_scores_2003.csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["race", "score", "repaid", "count"])
        for race, everybody in people.items():
            before = 0
            for score, below, defaulted in sorted(steps[race]):
                upto = round(below * everybody / 100)
                here, before = upto - before, upto
                bad = round(here * defaulted / 100)
                for repaid, count in ((0, bad), (1, here - bad)):
                    if count:
                        writer.writerow([race, f"{score:g}", repaid, count])


if __name__ == "__main__":
    main(*sys.argv[1:])
