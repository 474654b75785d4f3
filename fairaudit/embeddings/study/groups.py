"""Distances of attributes to words for groups, by gender, race and religion."""

from __future__ import annotations

from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Measured, Measurement
from fairaudit.core.value import replace, value
from fairaudit.embeddings.group_distances import (
    coherence_of_attributes,
    mean_average_cosine,
    relational_inner_product,
    relative_norm_distance,
)
from fairaudit.embeddings.sentiment import relative_negative_sentiment
from fairaudit.embeddings.study.group_tests import ATTRIBUTES, group_words
from fairaudit.embeddings.study.lost import lost_caveats
from fairaudit.embeddings.study.sides import (
    Section,
    attempted,
    each_side,
    measured,
    written,
)
from fairaudit.embeddings.word_sets import (
    WordSet,
    association_tests,
    gender_lists,
    group_lists,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np

    from fairaudit.core.estimate import Estimate
    from fairaudit.embeddings.embedding import Embedding
    from fairaudit.embeddings.study.sides import Sides

_FEWEST = 2
"""Words of a group: the published lists have only two for one of them."""

_MIDDLES = (
    "The middle of few or much alike words lies farther from everything: between lists of "
    "different length the sign says little."
)
_OVER_WORDS = "95 % percentile intervals of a bootstrap over the professions"


@value
class Versus:
    """Two groups of one attribute, and their words."""

    attribute: str
    first: WordSet
    second: WordSet

    @property
    def name(self) -> str:
        """Name the comparison."""
        first, second = (
            one.name.removeprefix("words for ") for one in (self.first, self.second)
        )
        return f"{self.attribute}: {first} v. {second}"

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give the words as pairs, in the order of the lists."""
        return tuple(zip(self.first.words, self.second.words, strict=False))


@cache
def comparisons() -> tuple[Versus, ...]:
    """Which groups are compared? Women with men, and every two by race and religion."""
    women, men = zip(*gender_lists().definitional_pairs, strict=True)
    made = [
        Versus(
            attribute="gender",
            first=WordSet(name="words for women", words=women),
            second=WordSet(name="words for men", words=men),
        )
    ]
    for attribute in ATTRIBUTES:
        known = group_words(attribute)
        made += [
            Versus(attribute=attribute, first=known[first], second=known[second])
            for first, second in combinations(known, 2)
        ]
    return tuple(made)


def professions() -> WordSet:
    """Which attributes are held against the groups? Professions not about gender."""
    return WordSet(name="professions", words=gender_lists().neutral_professions)


def _looked_up() -> tuple[WordSet, ...]:
    """Give all lists that comparisons of groups take."""
    return (
        *(words for of in comparisons() for words in (of.first, of.second)),
        professions(),
    )


def norm_section(sides: Sides, *, rng: np.random.Generator, draws: int) -> Section:
    """Are professions nearer to the middle of one group's words than of another's? RND."""
    rows = _rows(
        sides,
        lambda embedding, of: relative_norm_distance(
            embedding, of.first, of.second, professions(),
            minimum=_FEWEST, draws=draws, rng=rng,
        ),
    )  # fmt: skip
    return _section(
        "rnd",
        sides,
        rows,
        "Professions' distance to one group's words less that to another's",
        Measurement(
            title="Relative norm distance (RND)",
            quantity="difference",
            rows=rows,
            neutral=0.0,
            method=f"distance to the first less to the second group; {_OVER_WORDS}",
        ),
        "garg2018",
        _looked_up(),
        _MIDDLES,
    )


def inner_product_section(sides: Sides, *, rng: np.random.Generator, draws: int) -> Section:
    """How far do professions lie along the differences of pairs of words? RIPA."""
    rows = _rows(
        sides,
        lambda embedding, of: relational_inner_product(
            embedding, of.pairs, professions(), minimum=_FEWEST, draws=draws, rng=rng
        ),
    )
    return _section(
        "ripa",
        sides,
        rows,
        "Professions lie along the difference of two groups' words",
        Measurement(
            title="Relational inner product association (RIPA)",
            quantity="mean product",
            rows=rows,
            neutral=0.0,
            method=f"positive: towards the first group; {_OVER_WORDS}",
        ),
        "ethayarajh2019",
        _looked_up(),
        "Pairs are taken in the order of the lists; one without either word is left out.",
    )


def coherence_section(sides: Sides) -> Section:
    """Do two groups stand to professions in the same order? ECT."""
    rows = _rows(
        sides,
        lambda embedding, of: coherence_of_attributes(
            embedding, of.first, of.second, professions(), minimum=_FEWEST
        ),
    )
    return _section(
        "ect",
        sides,
        rows,
        "The orders in which two groups stand to professions correlate",
        Measurement(
            title="Embedding coherence test (ECT)",
            quantity="correlation",
            rows=rows,
            neutral=1.0,
            method="Spearman's; 1: both stand to professions alike; Fisher's interval",
        ),
        "dev2019",
        _looked_up(),
    )


def average_cosine_section(sides: Sides) -> Section:
    """How far are stereotypes from the groups on average? MAC."""
    lists: dict[str, tuple[tuple[WordSet, ...], tuple[WordSet, ...]]] = {
        "gender": _gender_lists()
    }
    lists.update({name: _lists(name) for name in ATTRIBUTES})
    rows = tuple(
        row
        for name, (targets, attributes) in lists.items()
        for row in measured(
            sides,
            name,
            partial(_average_cosine, targets=targets, attributes=attributes),
        )
    )
    return _section(
        "mac",
        sides,
        rows,
        "Mean distance of stereotypes (for gender, professions) to the words for groups",
        Measurement(
            title="Mean average cosine distance (MAC)",
            quantity="mean distance",
            rows=rows,
            neutral=1.0,
            places=3,
            method="cosine distance; 1: nothing is associated",
        ),
        "manzini2019",
        tuple(words for both in lists.values() for one in both for words in one),
        "It is an average over all groups: it tells nothing of which group is near what.",
    )


def sentiment_section(sides: Sides) -> Section:
    """Does a classifier of sentiment find some groups' names more negative? RNSB."""
    names: dict[str, tuple[str, ...]] = {"gender": ("woman", "man")}
    names.update({one: group_lists(one).groups for one in ATTRIBUTES})
    rows = tuple(
        _sentiment(side.embedding, attribute, groups, side.label)
        for attribute, groups in names.items()
        for side in sides
    )
    return _section(
        "rnsb",
        sides,
        rows,
        "Negative sentiment falls unevenly on the names of groups",
        Measurement(
            title="Relative negative sentiment bias (RNSB)",
            quantity="divergence, nats",
            rows=rows,
            neutral=0.0,
            places=4,
            method=(
                "of the shares of negative sentiment from equal ones; shares by a logistic "
                "regression on pleasant and unpleasant words"
            ),
        ),
        "sweeney2019",
        tuple(
            WordSet(name=f"names of groups by {attribute}", words=groups)
            for attribute, groups in names.items()
        )
        + association_tests()["weat-1"].sets[2:],
        "It rests on one word per group, and on what the classifier learnt from 50 words.",
    )


def _rows(
    sides: Sides, measure: Callable[[Embedding, Versus], Estimate]
) -> tuple[Measured, ...]:
    """Measure every comparison of groups on every side."""

    def one(embedding: Embedding, of: Versus) -> Estimate:
        return measure(embedding, of)

    return tuple(
        row for of in comparisons() for row in measured(sides, of.name, partial(one, of=of))
    )


def _section(
    name: str,
    sides: Sides,
    rows: tuple[Measured, ...],
    opening: str,
    evidence: Measurement,
    reference: str,
    lists: Iterable[WordSet],
    *caveats: str,
) -> Section:
    """Make a finding; its sentence tells of gender, which is the first row."""
    first = [row.estimate for row in rows[: len(sides)]]
    kept, unmeasured = _measurable(rows)
    told = each_side(sides, [written(one, evidence.places) for one in first])
    return Section(
        findings=(
            Finding(
                id=name,
                sentence=f"{opening}: {told} ({rows[0].name}).",
                estimate=rows[0].estimate,
                evidence=replace(evidence, rows=kept),
                references=(reference,),
                caveats=(*caveats, *lost_caveats(sides, lists), *unmeasured),
            ),
        ),
        lists=tuple(lists),
        numbers=dict(_numbers(name, sides, rows)),
    )


def _measurable(
    rows: tuple[Measured, ...],
) -> tuple[tuple[Measured, ...], tuple[str, ...]]:
    """Leave out what has no number on any side, and say so; unless nothing has one."""
    known = {row.name for row in rows if row.estimate.value is not None}
    without = {
        row.name: row.estimate.undefined_because
        for row in reversed(rows)
        if row.name not in known
    }
    if not known or not without:
        return rows, ()
    reasons = dict.fromkeys(reversed(without.values()))
    told = f"Not measured: {', '.join(reversed(without))}. {'. '.join(map(str, reasons))}."
    return tuple(row for row in rows if row.name in known), (told,)


def _numbers(
    name: str, sides: Sides, rows: tuple[Measured, ...]
) -> Iterable[tuple[str, Estimate]]:
    """Name the numbers that can be gated: of gender, and of an attribute with one row."""
    last = [row for row in rows if row.group == sides[-1].label]
    for row in last:
        attribute, _, rest = row.name.partition(": ")
        if attribute == "gender" or not rest:
            yield f"{name}.{attribute}", row.estimate


def _average_cosine(
    embedding: Embedding, *, targets: tuple[WordSet, ...], attributes: tuple[WordSet, ...]
) -> Estimate:
    """Measure MAC."""
    return mean_average_cosine(embedding, targets, attributes, minimum=_FEWEST)


def _gender_lists() -> tuple[tuple[WordSet, ...], tuple[WordSet, ...]]:
    """Give the words for women and men, and professions."""
    of = comparisons()[0]
    return (of.first, of.second), (professions(),)


def _lists(
    attribute: Literal["race", "religion"],
) -> tuple[tuple[WordSet, ...], tuple[WordSet, ...]]:
    """Give the words for the groups of an attribute, and the stereotypes told of them."""
    stereotypes = tuple(
        WordSet(name=f"stereotypes of {group}", words=words)
        for group, words in group_lists(attribute).stereotypes.items()
    )
    return tuple(group_words(attribute).values()), stereotypes


def _sentiment(
    embedding: Embedding, attribute: str, groups: tuple[str, ...], label: str | None
) -> Measured:
    """Measure RNSB; the remark tells every group's share."""
    shares: dict[str, float] = {}
    lost: list[str] = []

    def measure(vectors: Embedding) -> Estimate:
        found = relative_negative_sentiment(vectors, groups)
        shares.update(found.shares)
        lost.extend(found.lost)
        return found.divergence

    estimate = attempted(measure, embedding)
    told = ", ".join(f"{word} {share:.0%}" for word, share in shares.items())
    if lost:
        told += f"; no vector for {', '.join(lost)}"
    return Measured(name=attribute, estimate=estimate, group=label, remark=told or None)
