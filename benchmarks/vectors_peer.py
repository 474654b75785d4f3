"""Measure word vectors beside wefe: python benchmarks/vectors_peer.py.

wefe is installed, at a fixed version, into an environment of its own. Both are asked the
same questions about the same float32 vectors, and every difference is written down.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fairaudit import embeddings
from fairaudit.embeddings import Embedding, WordSet, association_tests, group_lists
from fairaudit.embeddings.study.groups import comparisons, professions

if TYPE_CHECKING:
    from fairaudit.embeddings.association import Association

WEFE = "1.0.1"
WITHIN = 1e-6
"""wefe computes in float32 where it can."""
REPEATS = 20

_HERE = Path(__file__).resolve().parent
_INTO = _HERE.parent / "docs" / "statistics"

Lists = list[list[str]]
Question = tuple[str, Lists, Lists]


class Timed(NamedTuple):
    """The p-value of an association test, and the CPU seconds it took, ours and wefe's."""

    name: str
    p: float
    method: str
    cpu: float
    their_p: float
    their_cpu: float


def main() -> None:
    """Install, ask both, compare and write the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--environment", type=Path, help="keep, and use again, it here")
    place = options.parse_args().environment
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "vectors.bin"
        embeddings.save(embeddings.load("glove_50d_subset"), file)
        vectors = embeddings.load(file)
        asked = dict(questions(vectors))
        theirs = _asked_wefe(place or Path(scratch) / "wefe", file, asked)
    rows = [
        (name, _ours(vectors, *question), theirs["answers"][name])
        for name, question in asked.items()
    ]
    tests = [
        Timed(name, *_our_test(vectors, *asked[name][1:]), other["p"], other["cpu"])
        for name, other in theirs["tests"].items()
    ]
    page = {
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "wefe": WEFE,
        "within": WITHIN,
        "answers": {name: {"ours": own, "theirs": other} for name, own, other in rows},
        "tests": [test._asdict() for test in tests],
    }
    _INTO.joinpath("wefe.json").write_text(json.dumps(page, indent=2) + "\n", "utf-8")
    _INTO.joinpath("wefe.md").write_text(_markdown(page, rows, tests), "utf-8")
    print(_markdown(page, rows, tests))
    if any(abs(own - other) > WITHIN for _, own, other in rows):
        sys.exit("there are differences")


def questions(vectors: Embedding) -> dict[str, Question]:
    """Say what both are asked, in words that have vectors."""

    def used(words: WordSet) -> list[str]:
        return list(vectors.find(words.words).used)

    made: dict[str, Question] = {}
    for name, test in association_tests().items():
        first, second, near, far = (used(words) for words in test.sets)
        made[name] = ("weat", [first, second], [near, far])
    for of in comparisons():
        sides = [used(of.first), used(of.second)]
        if min(map(len, sides)) < 2:
            continue
        for metric in ("rnd", "ect"):
            made[f"{metric}, {of.name}"] = (metric, sides, [used(professions())])
        pairs = [pair for pair in of.pairs if not vectors.find(pair).lost]
        ends = [list(vectors.find([p[side] for p in pairs]).used) for side in (0, 1)]
        if len(ends[0]) == len(ends[1]) == len(pairs):
            made[f"ripa, {of.name}"] = ("ripa", ends, [used(professions())])
    race = group_lists("race")
    stereotypes = [list(vectors.find(words).used) for words in race.stereotypes.values()]
    gender = comparisons()[0]
    made["mac, gender and the stereotypes of race"] = (
        "mac",
        [[*used(gender.first), *used(gender.second)]],
        stereotypes,
    )
    tests = association_tests()["weat-1"]
    groups = [["christian"], ["muslim"]]
    lists = [used(tests.first_attribute), used(tests.second_attribute)]
    made["rnsb, christian and muslim"] = ("rnsb", groups, lists)
    return made


def _ours(vectors: Embedding, metric: str, targets: Lists, attributes: Lists) -> float:
    """Ask fairaudit; the population's deviation for WEAT, as wefe has it."""
    sides = [_named(words) for words in targets]
    lists = [_named(words) for words in attributes]
    if metric == "weat":
        found = _association(vectors, targets, attributes).effect_size
    elif metric == "rnd":
        found = embeddings.relative_norm_distance(
            vectors, sides[0], sides[1], lists[0], minimum=2, draws=0
        )
    elif metric == "ect":
        found = embeddings.coherence_of_attributes(
            vectors, sides[0], sides[1], lists[0], minimum=2
        )
    elif metric == "ripa":
        pairs = list(zip(*targets, strict=True))
        found = embeddings.relational_inner_product(
            vectors, pairs, lists[0], minimum=1, draws=0
        )
    elif metric == "mac":
        found = embeddings.mean_average_cosine(vectors, sides, lists, minimum=1)
    else:
        names = [word for words in targets for word in words]
        found = embeddings.relative_negative_sentiment(
            vectors, names, positive=lists[0], negative=lists[1]
        ).divergence
    assert found.value is not None, found
    return found.value


def _association(vectors: Embedding, targets: Lists, attributes: Lists) -> Association:
    """Make the association test that wefe is asked for."""
    test = embeddings.AssociationTest(
        id="same",
        first_target=_named(targets[0]),
        second_target=_named(targets[1]),
        first_attribute=_named(attributes[0]),
        second_attribute=_named(attributes[1]),
        published={},
    )
    return embeddings.weat(vectors, test, ddof=0, draws=0)


def _our_test(
    vectors: Embedding, targets: Lists, attributes: Lists
) -> tuple[float, str, float]:
    """Give our p-value, how it was found, and the CPU seconds of a test."""
    _association(vectors, targets, attributes)
    started = time.process_time()
    for _ in range(REPEATS):
        found = _association(vectors, targets, attributes).p
    spent = (time.process_time() - started) / REPEATS
    assert found is not None
    return found.at_least, found.method, spent


def _named(words: list[str]) -> WordSet:
    """Give a list a name."""
    return WordSet(name=words[0], words=tuple(words))


def _asked_wefe(place: Path, vectors: Path, asked: dict[str, Question]) -> Any:
    """Ask wefe in its own environment."""
    python = str(place / "bin" / "python")
    for command in (
        [sys.executable, "-m", "venv", str(place)],
        [python, "-m", "pip", "install", "--quiet", f"wefe=={WEFE}"],
    ):
        subprocess.run(command, check=True, capture_output=True, text=True)
    file = vectors.with_suffix(".json")
    file.write_text(json.dumps(asked), "utf-8")
    script = str(_HERE / "peer_vectors" / "ask_wefe.py")
    ended = subprocess.run(
        [python, "-I", script, str(vectors), str(file)],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(ended.stdout.splitlines()[-1])


def _markdown(
    page: dict[str, Any], rows: list[tuple[str, float, float]], tests: list[Timed]
) -> str:
    """Write the tables."""
    same = sum(abs(own - other) <= WITHIN for _, own, other in rows)
    about = (
        f"The same questions about the same vectors, put to fairaudit and wefe {WEFE} in "
        f"an environment of its own. {same} of {len(rows)} answers are equal within "
        f"{WITHIN:g}. WEAT with the population's standard deviation, as wefe has it; "
        "vectors taken at length 1."
    )
    lines = [
        "# Word vectors, beside wefe",
        "",
        about,
        "",
        f"- when: {page['when']}",
        "- command: `python benchmarks/vectors_peer.py`",
        "",
        "| question | fairaudit | wefe | difference |",
        "| --- | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {name} | {own:.6f} | {other:.6f} | {own - other:.0e} |"
        for name, own, other in rows
    ]
    told = (
        "The p-values, one-sided, and the CPU time of a whole test with its effect size: "
        f"ours over {REPEATS} tests, wefe's of one with the 10,000 divisions it draws."
    )
    lines += ["", told, ""]
    lines += ["| test | p | how | wefe's p | CPU ms | wefe's | times |"]
    lines += ["| --- | ---: | --- | ---: | ---: | ---: | ---: |"]
    for of in tests:
        spent = f"{1000 * of.cpu:.2f} | {1000 * of.their_cpu:,.0f}"
        spent += f" | {of.their_cpu / of.cpu:,.0f}"
        lines.append(
            f"| {of.name} | {of.p:.2g} | {of.method} | {of.their_p:.2g} | {spent} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
