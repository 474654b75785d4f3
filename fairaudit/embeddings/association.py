"""Word embedding association tests: is one list of words nearer to one of two others?

All cosines are taken in float64 from the stored vectors. Words without a vector are dropped
and named; lists are not cut to equal size.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate
from fairaudit.core.value import replace, value
from fairaudit.embeddings.partitions import PartitionTest, partition_test
from fairaudit.embeddings.word_sets import (
    MINIMUM_WORDS,
    AssociationTest,
    WordSet,
    association_test,
    association_tests,
    check_apart,
    check_draws,
    check_minimum,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.core.estimate import Interval
    from fairaudit.embeddings.embedding import Embedding, Found

DRAWS = 2_000
_NO_SPREAD = 1e-12


@value
class Association:
    """What an association test found.

    Attributes
    ----------
    test : AssociationTest
        The lists asked for.
    statistic : float
        The sum of s(w) over the first targets less that over the second; s(w) is the mean
        cosine of w to the first attributes less that to the second.
    effect_size : Estimate
        The difference of the mean s(w), in standard deviations of s over all targets, with
        a bootstrap interval over words.
    ddof : int
        1: the sample standard deviation, as published; 0: the population's.
    scores : dict of str to float
        s(w) of every target.
    p : PartitionTest or None
        One-sided; `None` where the effect size is undefined.
    p_holm : float or None
        Adjusted for all tests of a battery.
    used, lost : dict of str to tuple of str
        By the name of the list: first_target, second_target, ….
    """

    test: AssociationTest
    statistic: float
    effect_size: Estimate
    ddof: int
    scores: dict[str, float]
    p: PartitionTest | None
    p_holm: float | None = None
    used: dict[str, tuple[str, ...]]
    lost: dict[str, tuple[str, ...]]


@value
class Battery:
    """Several association tests of one embedding, p-values adjusted by Holm's method.

    `unavailable` says of a test that could not be made why not.
    """

    associations: tuple[Association, ...]
    unavailable: dict[str, str]


@value
class SingleAssociation:
    """How much nearer one word is to one list than to another.

    `effect_size` is the difference of mean cosines in standard deviations of all cosines;
    `p` shuffles the words of the two lists.
    """

    word: str
    effect_size: Estimate
    ddof: int
    p: PartitionTest | None
    lost: tuple[str, ...]


def weat(
    embedding: Embedding,
    test: AssociationTest | str,
    *,
    ddof: int = 1,
    minimum: int = MINIMUM_WORDS,
    draws: int = DRAWS,
    rng: np.random.Generator | None = None,
) -> Association:
    """Is one list of targets nearer to one list of attributes than the other is?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    test : AssociationTest or str
        Lists of one's own, or "weat-1" to "weat-10".
    ddof : int
        1 divides by the sample standard deviation, which gives the published values; 0 by
        the population's.
    minimum : int
        The fewest words that must be left of every list.
    draws : int
        Bootstrap samples of words for the interval; 0 for none.
    rng : numpy.random.Generator, optional
        For the bootstrap and for p-values of very long lists; seeded with 0 if left out.

    Returns
    -------
    Association
        Undefined in its effect size where all targets are equally near to both, or either
        list of targets has one word.

    Raises
    ------
    InputError
        When too few words of a list are left, or two lists share words: also targets and
        attributes, as a word is as near to itself as can be.

    References
    ----------
    [caliskan2017].

    Examples
    --------
    >>> from fairaudit import datasets, embeddings
    >>> vectors = embeddings.load(datasets.path("glove_50d_subset"))
    >>> found = embeddings.weat(vectors, "weat-6")
    >>> round(found.effect_size.value, 2), found.p.method
    (1.71, 'exact')
    """
    import numpy as np

    rng = np.random.default_rng(0) if rng is None else rng
    wanted = association_test(test)
    _check_options(ddof, minimum, draws)
    found = _find(embedding, wanted, minimum)
    targets = embedding.unit([*found["first_target"].used, *found["second_target"].used])
    cosines = [
        targets @ embedding.unit(found[side].used).T
        for side in ("first_attribute", "second_attribute")
    ]
    scores = cosines[0].mean(axis=1) - cosines[1].mean(axis=1)
    n_first = len(found["first_target"].used)
    first, second = scores[:n_first], scores[n_first:]
    effect = _effect_size(first, second, ddof, embedding.noise)
    test_of = None
    if effect.value is not None:
        test_of = partition_test(first, second, rng)
        interval = _bootstrap(cosines, n_first, ddof, draws, rng) if draws else None
        effect = replace(effect, interval=interval)
    names = (*found["first_target"].used, *found["second_target"].used)
    return Association(
        test=wanted,
        statistic=float(first.sum() - second.sum()),
        effect_size=effect,
        ddof=ddof,
        scores=dict(zip(names, scores.tolist(), strict=True)),
        p=test_of,
        used={side: words.used for side, words in found.items()},
        lost={side: words.lost for side, words in found.items()},
    )


def weat_battery(
    embedding: Embedding,
    tests: Iterable[AssociationTest | str] | None = None,
    *,
    ddof: int = 1,
    minimum: int = MINIMUM_WORDS,
    draws: int = DRAWS,
    rng: np.random.Generator | None = None,
) -> Battery:
    """What do several association tests find, none of them picked out for its p-value?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    tests : iterable of AssociationTest or str, optional
        All ten of the publication if left out.
    ddof, minimum, draws : int
        As in `weat`.
    rng : numpy.random.Generator, optional
        As in `weat`.

    Returns
    -------
    Battery
        With p-values adjusted for the number of tests made; a test whose words are not
        there is named with the reason.

    Raises
    ------
    InputError
        When an option cannot be, or a test is not known.

    References
    ----------
    [caliskan2017], [holm1979].
    """
    from fairaudit.inference.multiplicity import holm

    _check_options(ddof, minimum, draws)
    made: list[Association] = []
    unavailable: dict[str, str] = {}
    for asked in association_tests() if tests is None else tests:
        test = association_test(asked)
        try:
            made.append(
                weat(embedding, test, ddof=ddof, minimum=minimum, draws=draws, rng=rng)
            )
        except InputError as error:
            unavailable[test.id] = str(error)
    tested = [one for one in made if one.p is not None]
    adjusted = holm([one.p.at_least for one in tested if one.p])
    by_test = {one.test.id: p for one, p in zip(tested, adjusted, strict=True)}
    return Battery(
        associations=tuple(replace(one, p_holm=by_test.get(one.test.id)) for one in made),
        unavailable=unavailable,
    )


def single_category_weat(
    embedding: Embedding,
    word: str,
    first: WordSet,
    second: WordSet,
    *,
    ddof: int = 1,
    minimum: int = MINIMUM_WORDS,
    rng: np.random.Generator | None = None,
) -> SingleAssociation:
    """Is one word nearer to the first list than to the second?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    word : str
        Such as "nurse".
    first, second : WordSet
        The attributes, such as male and female terms.
    ddof, minimum : int
        As in `weat`.
    rng : numpy.random.Generator, optional
        As in `weat`.

    Returns
    -------
    SingleAssociation
        Positive towards `first`; undefined between lists of one word each.

    Raises
    ------
    InputError
        When the word has no vector, too few words of a list are left, or the lists share
        words or hold the word.

    References
    ----------
    [caliskan2017], where it is called the word embedding factual association test.
    """
    where = f"single-category weat of {word!r}"
    found = [present(embedding, words, where, minimum) for words in (first, second)]
    check_apart(found[0], found[1], (first.name, second.name), where)
    (spelled,) = embedding.find([word]).used or (word,)
    for words, of in zip(found, (first, second), strict=True):
        if spelled in words.used:
            raise InputError(
                f"{where}: {spelled!r} stands in {of.name!r} itself. Take it out of the "
                f"list, or ask about another word."
            )
    vector = embedding.unit([spelled])[0]
    near, far = (embedding.unit(words.used) @ vector for words in found)
    effect = _effect_size(near, far, ddof, embedding.noise)
    return SingleAssociation(
        word=spelled,
        effect_size=effect,
        ddof=ddof,
        p=None if effect.value is None else partition_test(near, far, rng),
        lost=found[0].lost + found[1].lost,
    )


def _check_options(ddof: int, minimum: int, draws: int) -> None:
    """Refuse options that cannot be: of a battery, before any test is named as missing."""
    if ddof not in (0, 1):
        raise InputError(f"weat: ddof must be 0 or 1; got {ddof}.")
    check_minimum(minimum, "weat")
    check_draws(draws, "weat")


def _find(embedding: Embedding, test: AssociationTest, minimum: int) -> dict[str, Found]:
    """Look up the four lists."""
    sides = ("first_target", "second_target", "first_attribute", "second_attribute")
    found = {
        side: present(embedding, words, test.id, minimum)
        for side, words in zip(sides, test.sets, strict=True)
    }
    for one, other in combinations(sides, 2):
        names = (getattr(test, one).name, getattr(test, other).name)
        check_apart(found[one], found[other], names, test.id)
    return found


def _effect_size(
    first: NDArray[np.float64], second: NDArray[np.float64], ddof: int, noise: float
) -> Estimate:
    """Divide the difference of two means by the spread of all, unless that is rounding."""
    import numpy as np

    if len(first) == len(second) == 1:
        size = math.sqrt(2) if ddof else 2.0
        return Estimate.undefined(
            f"between one word and one other every effect size is {size:.2f} or "
            f"{-size:.2f} by construction"
        )
    spread = float(np.concatenate([first, second]).std(ddof=ddof))
    if spread <= noise:
        return Estimate.undefined("all words are equally near to both lists")
    return Estimate(value=float(first.mean() - second.mean()) / spread)


def _bootstrap(
    cosines: list[NDArray[np.float64]],
    n_first: int,
    ddof: int,
    draws: int,
    rng: np.random.Generator,
) -> Interval | None:
    """Draw other lists of as many words from the four lists; weigh the cosines by them."""
    import numpy as np

    from fairaudit.inference.multinomial import percentile_interval, resample_cells

    near, far = (
        one @ (resample_cells([1] * one.shape[1], draws, rng) / one.shape[1]).T
        for one in cosines
    )
    scores = near - far
    n_second = len(scores) - n_first
    weights = np.hstack(
        [resample_cells([1] * n, draws, rng) for n in (n_first, n_second)]
    ).T
    sums = weights * scores
    means = sums[:n_first].sum(axis=0) / n_first - sums[n_first:].sum(axis=0) / n_second
    centre = sums.sum(axis=0) / len(scores)
    spread = (weights * (scores - centre) ** 2).sum(axis=0) / (len(scores) - ddof)
    usable = spread > _NO_SPREAD**2
    if not usable.any():
        return None
    interval = percentile_interval(means[usable] / np.sqrt(spread[usable]))
    return replace(interval, method="bootstrap over words, percentile")
