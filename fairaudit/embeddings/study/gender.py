"""The direction of gender as findings: direct and indirect bias, occupations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Measured, Measurement
from fairaudit.embeddings.direction import (
    direct_bias,
    gender_direction,
    indirect_bias,
)
from fairaudit.embeddings.occupations import occupation_association
from fairaudit.embeddings.study.groups import comparisons, professions
from fairaudit.embeddings.study.lost import lost_caveats
from fairaudit.embeddings.study.sides import (
    AFTER,
    Section,
    each_side,
    measured,
    written,
)
from fairaudit.embeddings.word_sets import WordSet

if TYPE_CHECKING:
    import numpy as np

    from fairaudit.embeddings.direction import Direction
    from fairaudit.embeddings.embedding import Embedding
    from fairaudit.embeddings.occupations import OccupationAssociation
    from fairaudit.embeddings.study.sides import Sides

_LIKENESSES = (
    ("softball", "receptionist"),
    ("softball", "nurse"),
    ("softball", "waitress"),
    ("football", "businessman"),
    ("football", "footballer"),
    ("football", "maestro"),
)
"""Words whose likeness the publication explains by gender."""

_LIKENED = WordSet(
    name="words of the pairs that indirect bias is measured of",
    words=tuple(word for pair in _LIKENESSES for word in pair),
)

_MOST_ROWS = 40


def direct_bias_section(sides: Sides, *, rng: np.random.Generator, draws: int) -> Section:
    """How far do professions lean to a gender, before and after?

    The direction is that of the first side: what debiasing took away is looked for where it
    was.
    """
    direction = gender_direction(sides[0].embedding)
    women_and_men = comparisons()[0]
    lists = (women_and_men.first, women_and_men.second, professions())
    rows = measured(
        sides,
        "professions that are not about gender",
        lambda embedding: _leaning(
            embedding, _direction_for(embedding, sides, direction), rng=rng, draws=draws
        ),
    )
    lean = each_side(sides, [written(row.estimate) for row in rows])
    finding = Finding(
        id="direct_bias",
        sentence=f"Professions lean to one gender by a mean absolute cosine of {lean}.",
        estimate=rows[0].estimate,
        evidence=Measurement(
            title="Direct bias of professions",
            quantity="mean absolute cosine",
            rows=rows,
            neutral=0.0,
            method=(
                f"first principal component of pairs such as woman and man, which has "
                f"{_explained(sides, direction)}; 95 % percentile intervals of a bootstrap "
                f"over the professions"
            ),
            places=3,
        ),
        references=("bolukbasi2016",),
        caveats=(
            "One direction is not all that vectors know of gender.",
            *lost_caveats(sides, lists),
        ),
    )
    return Section(
        lists=(*lists, _LIKENED),
        findings=(finding, *_indirect(sides, direction)),
        numbers={"direct_bias": rows[-1].estimate},
    )


def occupation_section(sides: Sides) -> Section:
    """Do occupations lie where the shares of women in them would put them?

    Raises
    ------
    InputError
        When too few occupations or definitional pairs are left.
    """
    direction = gender_direction(sides[0].embedding)
    found = [
        occupation_association(
            side.embedding, _direction_for(side.embedding, sides, direction)
        )
        for side in sides
    ]
    rows = tuple(
        Measured(name=name, estimate=estimate, group=side.label, p_value=p_value)
        for name in ("Pearson", "Spearman")
        for side, one in zip(sides, found, strict=True)
        for estimate, p_value in [_correlation(one, name)]
    )
    return Section(
        findings=(_shares_finding(sides, found, rows), _strip(sides, found[0])),
        numbers={"occupations.correlation": found[-1].pearson},
    )


def _direction_for(embedding: Embedding, sides: Sides, first: Direction) -> Direction:
    """Look along the first side's direction, unless the others are other vectors."""
    debiased = sides[-1].label == AFTER
    own = not debiased and embedding is not sides[0].embedding
    return gender_direction(embedding) if own else first


def _explained(sides: Sides, first: Direction) -> str:
    """Say how much of their variance a direction has; of other vectors each its own."""
    directions = {sides[0].label: first}
    for side in sides[1:]:
        own = _direction_for(side.embedding, sides, first)
        if own is not first:
            directions[side.label] = own
    return ", ".join(
        f"{one.explained[0]:.0%} of the variance of {len(one.used)} pairs"
        f"{f' in {label}' if len(directions) > 1 else ''}"
        for label, one in directions.items()
    )


def _leaning(
    embedding: Embedding, direction: Direction, *, rng: np.random.Generator, draws: int
) -> Estimate:
    """Measure direct bias."""
    return direct_bias(embedding, direction, rng=rng, draws=draws)


def _indirect(sides: Sides, direction: Direction) -> tuple[Finding, ...]:
    """Say which share of some words' likeness is owed to gender."""
    first = sides[0].embedding
    pairs = [pair for pair in _LIKENESSES if not first.find(pair).lost]
    rows = tuple(
        row
        for word, other in pairs
        for row in measured(
            sides, f"{word} – {other}", partial(_owed, sides, direction, (word, other))
        )
    )
    known = [row for row in rows if row.estimate.value is not None]
    if not known:
        return ()
    most = max(known, key=lambda row: abs(row.estimate.value or 0.0))
    where = f" ({most.group})" if most.group else ""
    return (
        Finding(
            id="indirect_bias",
            sentence=(
                f"The direction of gender {_accounts_for(most.estimate.value or 0.0)} of "
                f"the cosine of {most.name}{where}, the most of the {len(pairs)} pairs of "
                f"the publication that have vectors."
            ),
            estimate=most.estimate,
            evidence=Measurement(
                title="Indirect bias of pairs of words",
                quantity="share owed to gender",
                rows=rows,
                neutral=0.0,
                method=(
                    "the share of the cosine that goes when both words lose the direction "
                    "of gender; below 0 where they are more alike without it"
                ),
            ),
            references=("bolukbasi2016",),
            caveats=(
                "Pairs with little likeness have shares that are large by chance.",
                *lost_caveats(sides, (_LIKENED,)),
            ),
        ),
    )


def _accounts_for(share: float) -> str:
    """Say what a direction does to a likeness: it makes it, or takes from it."""
    return f"{'accounts for' if share >= 0 else 'takes away'} {abs(share):.0%}"


def _owed(
    sides: Sides, direction: Direction, pair: tuple[str, str], embedding: Embedding
) -> Estimate:
    """Measure indirect bias."""
    along = _direction_for(embedding, sides, direction)
    return indirect_bias(embedding, along, *pair)


def _correlation(found: OccupationAssociation, name: str) -> tuple[Estimate, float | None]:
    """Give a correlation by name, with its p-value where there is one."""
    if name == "Pearson":
        return found.pearson, found.pearson_p
    return found.spearman, None


def _shares_finding(
    sides: Sides, found: list[OccupationAssociation], rows: tuple[Measured, ...]
) -> Finding:
    """Say how occupations' leaning goes with who works in them."""
    told = each_side(sides, [written(one.pearson) for one in found])
    return Finding(
        id="occupations",
        sentence=(
            f"The leaning of {len(found[0].shares)} occupations and the share of women in "
            f"them correlate by {told}."
        ),
        estimate=found[0].pearson,
        evidence=Measurement(
            title="Occupations and labour statistics",
            quantity="correlation",
            rows=rows,
            neutral=0.0,
            method=(
                "of the cosine with the direction of gender and the share of women, US "
                "2017; Fisher's interval and two-sided p-value for Pearson's"
            ),
        ),
        references=("zhao2018", "garg2018", "fisher1915"),
        caveats=(
            "That vectors mirror who works where says nothing of whether that is just.",
        ),
    )


def _strip(sides: Sides, found: OccupationAssociation) -> Finding:
    """Place every occupation along the direction, by the share of women in it."""
    order = sorted(found.projections, key=lambda word: found.shares[word])
    where = f" ({sides[0].label})" if sides[0].label else ""
    rows = tuple(
        Measured(
            name=f"{word}, {found.shares[word]:.0%} women",
            estimate=Estimate(value=found.projections[word]),
        )
        for word in order[:_MOST_ROWS]
    )
    male, female = (
        ends(found.projections, key=lambda word: found.projections[word])
        for ends in (min, max)
    )
    sentence = (
        f"Of {len(order)} occupations {male} leans most to men and {female} most to "
        f"women{where}."
    )
    estimate = Estimate(value=found.projections[female])
    noise = 2 * sides[0].embedding.noise
    if found.projections[female] - found.projections[male] <= noise:
        sentence = (
            f"None of {len(order)} occupations leans to men or to women more than another "
            f"by more than rounding{where}."
        )
        estimate = Estimate.undefined("the projections differ by rounding alone")
    return Finding(
        id="occupation_projections",
        sentence=sentence,
        estimate=estimate,
        evidence=Measurement(
            title=f"Occupations along the direction of gender{where}",
            quantity="cosine",
            rows=rows,
            neutral=0.0,
            method=("positive towards women; in the order of the share of women, US 2017"),
        ),
        references=("bolukbasi2016", "zhao2018"),
        caveats=(f"Without a vector: {', '.join(found.lost)}.",) if found.lost else (),
    )
