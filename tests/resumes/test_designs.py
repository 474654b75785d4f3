from __future__ import annotations

import numpy as np
import pytest

from fairaudit.resumes.effects.designs import Claim, claim_of, design_of


@pytest.mark.parametrize(
    ("names", "resumes", "design"),
    [
        ([("a", "b"), ("c", "d"), ("e", "f")], "123", "fresh"),
        ([("a", "b"), ("c", "d"), ("a", "d")], "123", "reused"),
        ([("a", "b"), ("c", "d")] * 2, "1122", "crossed"),
        ([("a", "b"), ("a", "b"), ("c", "d"), ("c", "d")], "1122", "reused"),
        ([("a", "b"), ("a", "d"), ("a", "f")], "123", "one name"),
        # Pronouns alone differ: one column of names.
        ([("a", "a"), ("c", "c"), ("e", "e")], "123", "fresh"),
    ],
)
def test_the_design_is_read_from_the_names(
    names: list[tuple[str, str]], resumes: str, design: str
) -> None:
    assert design_of(np.array(names), np.array(list(resumes))) == design


@pytest.mark.parametrize(
    ("names", "claim"),
    [
        ([("a", "b"), ("c", "d"), ("a", "d")], "names like these"),
        ([("a", "b"), ("a", "d"), ("a", "f")], "these names"),
        # Clubs alone differ: nothing is said of names.
        ([("a", "a"), ("c", "c"), ("e", "e")], "these wordings"),
    ],
)
def test_the_claim_is_about_what_the_halves_differ_in(
    names: list[tuple[str, str]], claim: Claim
) -> None:
    rows = np.array(names)
    assert claim_of(rows, design_of(rows, np.array(list("123")))) == claim
