"""Five answers, one criterion proposed and a reason drafted; a person decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from fairaudit.core.value import value
from fairaudit.core.words import Favourable, worded

Worst = Literal["wrongly-selected", "wrongly-rejected", "both"]
Labels = Literal["trusted", "biased", "none"]
Acted = Literal["selections", "both", "no"]


@value
class Answers:
    """What somebody says about a decision before looking at its results.

    `worst` is the mistake that harms more, `labels` how far the recorded outcomes can be
    believed, `shares_goal` whether groups should be selected at the same share in itself,
    and `acted_on` which decisions somebody reads as a statement about a person.
    """

    decides: str
    favourable: Favourable
    worst: Worst
    labels: Labels
    shares_goal: bool
    acted_on: Acted


@value
class Proposal:
    """A criterion that answers speak for, a reason in their words, and whose rule it is."""

    criterion: str
    why: str
    sources: tuple[str, ...]


@value
class _Rule:
    """Answers that speak for a criterion; `why` has places for the direction's words."""

    speaks: Callable[[Answers], bool]
    criterion: str
    why: str
    sources: tuple[str, ...]


def _errors_count(answers: Answers) -> bool:
    """Error rates mean something only against outcomes that can be believed."""
    return answers.labels == "trusted"


# From the first that speaks down. The order is that of the questions in the decision
# diagram of [makhlouf2021]: a standard for shares, ground truth, then which error weighs;
# [verma2018] says of each criterion what it asks.
_RULES = (
    _Rule(
        speaks=lambda answers: answers.shares_goal,
        criterion="demographic_parity",
        why="the shares themselves are the goal: every group is to be {selected} alike",
        sources=("makhlouf2021", "verma2018"),
    ),
    _Rule(
        speaks=lambda answers: answers.labels == "biased",
        criterion="demographic_parity",
        why="the recorded outcomes may carry the same bias, so only decisions are compared",
        sources=("makhlouf2021",),
    ),
    _Rule(
        speaks=lambda answers: answers.labels == "none",
        criterion="demographic_parity",
        why="what would have been right is not recorded, so only decisions can be compared",
        sources=("makhlouf2021",),
    ),
    _Rule(
        speaks=lambda answers: _errors_count(answers) and answers.acted_on == "both",
        criterion="conditional_use_accuracy_equality",
        why="people act on either decision, and it must mean the same for every group",
        sources=("verma2018", "berk2021"),
    ),
    _Rule(
        speaks=lambda answers: _errors_count(answers) and answers.acted_on == "selections",
        criterion="predictive_parity",
        why="people act on somebody being {selected}: it must mean the same for everyone",
        sources=("makhlouf2021", "verma2018", "chouldechova2017"),
    ),
    _Rule(
        speaks=lambda answers: _errors_count(answers) and answers.worst == "both",
        criterion="equalized_odds",
        why="both mistakes harm, and neither may fall on one group more than on another",
        sources=("makhlouf2021", "hardt2016"),
    ),
    _Rule(
        speaks=lambda answers: (
            _errors_count(answers) and answers.worst == "wrongly-selected"
        ),
        criterion="predictive_equality",
        why="being {selected} by mistake is the harm, and no group may run more risk of it",
        sources=("makhlouf2021", "chouldechova2017"),
    ),
    _Rule(
        speaks=lambda answers: (
            _errors_count(answers) and answers.worst == "wrongly-rejected"
        ),
        criterion="equal_opportunity",
        why="being {rejected} by mistake is the harm, and no group may run more risk of it",
        sources=("makhlouf2021", "hardt2016"),
    ),
)


def propose(answers: Answers) -> tuple[Proposal, ...]:
    """Which criteria do these answers speak for?

    Parameters
    ----------
    answers : Answers
        All five.

    Returns
    -------
    tuple of Proposal
        The one to draft first, then what else the answers speak for; each criterion once.

    References
    ----------
    .. [makhlouf2021] Key in docs/references.bib.
    .. [verma2018] Key in docs/references.bib.

    Examples
    --------
    >>> answers = Answers(
    ...     decides="who is invited",
    ...     favourable="selected",
    ...     worst="wrongly-rejected",
    ...     labels="trusted",
    ...     shares_goal=False,
    ...     acted_on="no",
    ... )
    >>> propose(answers)[0].criterion
    'equal_opportunity'
    """
    proposals: dict[str, Proposal] = {}
    for rule in _RULES:
        if rule.speaks(answers) and rule.criterion not in proposals:
            proposals[rule.criterion] = Proposal(
                criterion=rule.criterion,
                why=worded(rule.why, answers.favourable),
                sources=rule.sources,
            )
    return tuple(proposals.values())
