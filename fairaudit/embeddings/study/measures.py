"""The measures a study can be asked for by name, and what is asked by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.value import value
from fairaudit.embeddings.study.group_tests import group_tests
from fairaudit.embeddings.word_sets import AssociationTest, association_tests

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MEASURES = (
    "direct_bias",
    "occupations",
    "analogies",
    "rnd",
    "ripa",
    "ect",
    "mac",
    "rnsb",
)
"""Beside the association tests."""


@value
class Asked:
    """Association tests and other measures that were asked for.

    `by_name` tells that they were chosen: then one that cannot be made is refused, instead
    of being named as missing.
    """

    tests: tuple[AssociationTest, ...]
    measures: tuple[str, ...]
    by_name: bool


def known_tests() -> Mapping[str, AssociationTest]:
    """Which association tests go by a name? Those published, and those about groups."""
    return {**association_tests(), **group_tests()}


def asked_for(names: Iterable[str | AssociationTest] | str | None) -> Asked:
    """Which tests and measures are meant?

    Parameters
    ----------
    names : str, or iterable of str or AssociationTest, or None
        Association tests such as "weat-6" or "religion-christian-muslim", lists of one's
        own, or measures such as "rnsb"; "weat" for all association tests. All of them if
        `None`.

    Returns
    -------
    Asked
        Each once, in order.

    Raises
    ------
    InputError
        When a name is not known, there is none, or two tests have one name.
    """
    if names is None:
        return Asked(tests=tuple(known_tests().values()), measures=MEASURES, by_name=False)
    given = [names] if isinstance(names, str) else list(names)
    if not given:
        raise InputError("tests: name at least one, or leave tests out for all of them.")
    tests: dict[str, AssociationTest] = {}
    measures: dict[str, None] = {}
    for name in given:
        if isinstance(name, AssociationTest):
            _add_own(tests, name)
        elif name == "weat":
            tests |= known_tests()
        elif name in MEASURES:
            measures[name] = None
        else:
            tests[name] = _known(name)
    return Asked(
        tests=tuple(tests.values()), measures=tuple(measures), by_name="weat" not in given
    )


def _add_own(tests: dict[str, AssociationTest], test: AssociationTest) -> None:
    """Take lists of one's own, unless they hide others."""
    if tests.setdefault(test.id, test) != test:
        raise InputError(f"tests: two tests are called {test.id!r}. Rename one.")


def _known(name: str) -> AssociationTest:
    """Find a test by its name."""
    known = known_tests()
    if name not in known:
        every = ["weat", *known, *MEASURES]
        raise InputError(
            f"tests: there is no test {name!r}. Tests: {', '.join(every)}."
            f"{did_you_mean(name, every)}"
        )
    return known[name]
