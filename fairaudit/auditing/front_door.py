"""The front door: a table in, an audit report out."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from fairaudit.auditing.arguments import Texts, check_choice, check_given, native, texts
from fairaudit.auditing.decisions import audited
from fairaudit.auditing.facts import run_facts
from fairaudit.auditing.request import (
    Criteria,
    check_policy,
    criterion_gates,
    make_bins,
    positive_texts,
)
from fairaudit.engines import open_table
from fairaudit.policy.document import Policy
from fairaudit.policy.overriding import override
from fairaudit.report.model import AuditReport, Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from fairaudit.core.requirements import NumberGate
    from fairaudit.core.words import Favourable


def audit(  # noqa: PLR0913 - one door, its options by name
    data: Any,  # noqa: ANN401 - any frame, file or mapping of arrays
    *,
    groups: Texts = None,
    label: str | None = None,
    prediction: str | None = None,
    score: str | None = None,
    threshold: float | None = None,
    positive: str | float | Mapping[str, str | float] | None = None,
    favourable: Favourable | None = None,
    count: str | None = None,
    weight: str | None = None,
    bins: Mapping[str, Sequence[float]] | None = None,
    strata: Texts = None,
    compare: str | None = None,
    min_group: int | None = None,
    max_groups: int | None = None,
    expect_groups: Sequence[str] | Mapping[str, Sequence[str]] = (),
    criterion: Criteria = None,
    tolerance: float | None = None,
    measure: Literal["difference", "ratio"] | None = None,
    why: str | None = None,
    gates: Texts = None,
    policy: Policy | str | Path | None = None,
    undecided: Literal["fail", "pass"] | None = None,
    practices: Texts = None,
    sex: str | None = None,
    race: str | None = None,
    suppress_below: int | None = None,
    na: Texts = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    seed: int = 0,
    command: str | None = None,
    today: date | None = None,
) -> AuditReport:
    """Do these decisions treat groups differently, and how sure is that?

    Parameters
    ----------
    data : frame, path or mapping of str to array-like of shape (n_rows,)
        pandas, polars, Arrow, DuckDB, Ibis, Dask or PySpark frame; the path of a CSV,
        Parquet or JSON-lines file, "-" for standard input; or arrays by name.
    groups : str or sequence of str
        Columns that make groups; ``"sex×race"`` for a crossing.
    label, prediction : str, optional
        What happened and what was decided; found by well-known names when left out. Without
        a label the audit says what it can.
    score, threshold : str and float, optional
        Instead of a prediction: people at or above the threshold were selected.
    positive : str, number or mapping from column to either, optional
        The positive value of labels and predictions, where it is not 1 or true.
    favourable : {"selected", "not-selected"}, optional
        Whether a positive prediction helps or harms the person it is about.
    count, weight : str, optional
        How many people a row stands for, or its survey weight.
    bins : mapping of str to sequence of float, optional
        Edges that cut a numeric column into groups.
    strata : str or sequence of str, optional
        Columns within which people count as alike.
    compare : {"pairs", "rest", "reference:GROUP"}, optional
        All pairs by default, each group with the rest for crossings.
    min_group : int, optional
        Claim a pass only for groups with at least this many people in every denominator.
    max_groups : int, optional
        The most values a group column may have; 50 by default.
    expect_groups : sequence of str or mapping of str to sequence of str
        Groups that must be there.
    criterion : str, sequence of str or mapping of str to float, optional
        The criterion meant, or several; or each with its tolerance, such as
        ``{"equalized_odds": 0.05, "predictive_parity": 0.1}``.
    tolerance, measure : float and {"difference", "ratio"}, optional
        Within what every criterion must hold: a difference unless a ratio is asked for.
        What is left out is the policy's.
    why : str, optional
        Why this criterion is the one that is meant.
    gates : str or sequence of str, optional
        Plain numbers with limits, such as ``"race:impact_ratio>=0.8"``.
    policy : Policy or path, optional
        Requirements and settings written down; arguments given here go before it.
    undecided : {"fail", "pass"}, optional
        Whether an undecided gate stops `require` and the command.
    practices : {"four_fifths", "ll144"} or sequence of these, optional
        Dated practices to lay the audit out for, each as a further part of the report.
    sex, race : str, optional
        The columns of the categories of practice "ll144".
    suppress_below : int, optional
        Withhold counts below this number and what would reveal them.
    na : str or sequence of str, optional
        Texts that mean missing, beside the empty cell.
    encoding, delimiter : str, optional
        How a text file is written, where that is not found by itself.
    seed : int
        For everything that is resampled or simulated; recorded in the report.
    command : str, optional
        The command line, for the record.
    today : datetime.date, optional
        The day that decides whether waivers hold; today by default.

    Returns
    -------
    AuditReport
        Evidence, findings, verdicts and provenance.

    Raises
    ------
    InputError
        When the data or the options cannot be audited as given.
    PolicyError
        When the policy cannot be followed.

    Examples
    --------
    >>> import fairaudit
    >>> people = {
    ...     "hired": [1, 0, 1, 1, 0, 0],
    ...     "good": [1, 0, 1, 0, 1, 0],
    ...     "sex": ["f", "f", "m", "m", "f", "m"],
    ... }
    >>> report = fairaudit.audit(people, groups="sex", label="good", prediction="hired")
    >>> report["demographic_parity"].findings[0].estimate.value
    0.333
    """
    started = time.perf_counter()
    base = policy_of(policy)
    check_choice("favourable", favourable, ("selected", "not-selected"))
    check_choice("undecided", undecided, ("fail", "pass"))
    single = {"sex": sex, "race": race, "encoding": encoding, "delimiter": delimiter}
    check_given(single | {"seed": seed, "today": today})
    given = {
        "label": label,
        "prediction": prediction,
        "score": score,
        "threshold": native(threshold),
        "positive": positive_texts(positive),
        "favourable": favourable,
        "count": count,
        "weight": weight,
        "groups": texts("groups", groups) or None,
        "compare": compare,
        "max_groups": native(max_groups),
        "strata": texts("strata", strata) or None,
        "bins": make_bins(bins) or None,
        "suppress_below": native(suppress_below),
        "criteria": criterion_gates(criterion, tolerance, measure, base),
        "numbers": _number_gates(texts("gates", gates)) or None,
        "why": why,
        "min_group": native(min_group),
        "undecided": undecided,
    }
    asked = texts("practices", practices)
    if asked:
        from fairaudit.auditing.practices import groups_needed, practices_named

        asked = practices_named(asked)
        own = texts("groups", groups) or base.groups
        given["groups"] = groups_needed(asked, own, sex=sex, race=race)
    chosen = override(base, {name: new for name, new in given.items() if new is not None})
    check_policy(chosen.policy)
    day = today or datetime.now(UTC).date()
    missing = texts("na", na)
    with open_table(data, encoding=encoding, delimiter=delimiter, na=missing) as table:
        part, profile = audited(
            table,
            chosen.policy,
            expect_groups or base.expect_groups,
            scores="ll144" in asked,
            seed=native(seed),
            today=day,
        )
        engine = table.engine
    parts: list[Part] = [part]
    if asked:
        from fairaudit.auditing.practices import practice_parts

        iso = day.isoformat()
        parts += practice_parts(part, profile, asked, sex=sex, race=race, today=iso)
    facts = run_facts(engine, command, started, today)
    return AuditReport(parts=tuple(parts), run=(facts,) * len(parts))


def policy_of(policy: Policy | str | Path | None) -> Policy:
    """Which policy is meant? It is read where there is one to read.

    Parameters
    ----------
    policy : Policy, str or path-like, optional
        A policy, or its file.

    Returns
    -------
    Policy
        One that requires nothing where none is given.
    """
    if isinstance(policy, Policy):
        return policy
    if not policy:
        return Policy()
    from fairaudit.policy.reading import read_policy

    return read_policy(policy)


def _number_gates(gates: tuple[str, ...]) -> tuple[NumberGate, ...]:
    """Read the gates on plain numbers, where there are any."""
    if not gates:
        return ()
    from fairaudit.policy.gates import parse_number_gate

    return tuple(parse_number_gate(gate) for gate in gates)
