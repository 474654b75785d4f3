"""A policy: what a team asks of every audit, written down once in ``fairaudit.toml``.

Every key may be left out; what is written wrong is refused with its place and a remedy.
In ``pyproject.toml`` the same tables stand under ``[tool.fairaudit]``. ::

    undecided = "fail"            # or "pass": named on the report's first page
    suppress_below = 11           # withhold counts of 1 to 10 and what would reveal them

    [table]                       # which column plays which part
    label = "two_year_recid"      # what happened
    score = "decile_score"        # with a threshold, or: prediction = "COLUMN"
    threshold = 5
    favourable = "not-selected"   # a positive prediction harms ("selected": it helps)
    count = "count"               # people per row; or: weight = "COLUMN"
    # positive = "yes"            # or: positive = { two_year_recid = "yes" }

    [groups]
    attributes = ["race", "race×sex"]
    compare = "pairs"             # or "rest", or "reference:GROUP"
    min_group = 30                # a pass is claimed for groups with at least this many
    max_groups = 50
    expect = { race = ["African-American", "Caucasian"] }  # a list for one attribute
    strata = []                   # columns within which people count as alike
    bins = { age = [25, 45] }     # cut a numeric column into groups

    [criterion]                   # or several [[criteria]]
    name = "predictive_parity"
    tolerance = 0.1
    measure = "difference"        # or "ratio": tolerance = 0.8 is then four fifths
    why = "a high score must mean the same risk for everyone"

    [[gates]]                     # a plain number, read as a rule would read it
    number = "impact_ratio>=0.8"
    attribute = "race"            # left out: every attribute

    [[gates]]                     # a number of a study, for `fairaudit embeddings`
    number = "weat-6.effect_size<=0.5"
    why = "names must not say who is hired"

    [[waivers]]                   # an exception that somebody answers for, until a day
    gate = "predictive_parity"
    attribute = "race"
    owner = "Ada Lovelace"
    reason = "the new score is being validated"
    expires = 2027-01-31          # its last day

    [disclosure]                  # free text, or lists of texts; shown in reports
    intended_uses = "supervision planning, read by a trained officer"
    prohibited_uses = ["sentencing", "pre-trial detention"]
    contact = "audit@example.org"

    [signature]                   # who answers for the report; open lines are shown as such
    name = "Ada Lovelace"
    role = "head of model risk"
    date = 2027-01-15
"""

from __future__ import annotations

from textwrap import dedent

from fairaudit.core.columns import Bin
from fairaudit.core.disclosure import Disclosure, Signature
from fairaudit.core.requirements import Requirements
from fairaudit.core.value import value
from fairaudit.core.words import Favourable

EXAMPLE = dedent(__doc__.partition("::\n\n")[2])
"""The policy of this module's docstring, as a file would hold it."""


@value
class Policy:
    """Requirements, and the settings of the table that they are meant for.

    Nothing set is `None`, or empty where there could be several. What is required of a
    table and what of a study are kept apart: neither has the numbers of the other.
    """

    requirements: Requirements = Requirements()
    study: Requirements = Requirements()
    label: str | None = None
    prediction: str | None = None
    score: str | None = None
    threshold: float | None = None
    positive: str | dict[str, str] | None = None
    favourable: Favourable | None = None
    count: str | None = None
    weight: str | None = None
    groups: tuple[str, ...] = ()
    compare: str | None = None
    max_groups: int | None = None
    expect_groups: tuple[str, ...] | dict[str, tuple[str, ...]] = ()
    strata: tuple[str, ...] = ()
    bins: tuple[Bin, ...] = ()
    suppress_below: int | None = None
    disclosure: Disclosure = Disclosure()
    signature: Signature = Signature()
