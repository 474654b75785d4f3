"""Two systems on the same people: both audits, and the paired difference between them."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

from fairaudit.auditing.arguments import Texts, check_given, native, texts
from fairaudit.auditing.facts import run_facts
from fairaudit.auditing.front_door import audit
from fairaudit.auditing.growth import check_margin, criteria_compared
from fairaudit.auditing.joining import Joined, join, speaking_of
from fairaudit.auditing.paired_study import Asked, paired_study
from fairaudit.auditing.request import criterion_gates, make_bins, positive_texts
from fairaudit.core.errors import InputError
from fairaudit.core.value import replace
from fairaudit.engines import open_table
from fairaudit.policy.document import Policy
from fairaudit.report.model import AuditReport, DecisionAudit
from fairaudit.tally.roles import Wanted, find_roles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fairaudit.core.columns import Roles
    from fairaudit.core.provenance import Source
    from fairaudit.core.words import Favourable
    from fairaudit.engines.query import Table


def compare(  # noqa: PLR0913 - one question, its options by name
    old: Any,  # noqa: ANN401 - any frame, file or mapping of arrays
    new: Any,  # noqa: ANN401
    *,
    id_column: str,
    groups: Texts = None,
    label: str | None = None,
    prediction: str | None = None,
    score: str | None = None,
    threshold: float | None = None,
    positive: str | float | Mapping[str, str | float] | None = None,
    favourable: Favourable | None = None,
    bins: Mapping[str, Sequence[float]] | None = None,
    max_groups: int | None = None,
    names: tuple[str, str] = ("old", "new"),
    criterion: Texts = None,
    tolerance: float | None = None,
    no_worse: float | None = None,
    why: str | None = None,
    na: Texts = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    seed: int = 0,
    command: str | None = None,
    today: date | None = None,
) -> AuditReport:
    """What changed for whom between two systems that decided about the same people?

    Parameters
    ----------
    old, new : frame, path or mapping of str to array-like of shape (n_rows,)
        One row per person and table. Groups and the label may be in either.
    id_column : str
        The column that names a person in both; where all are whole numbers, `1.0` is `1`.
    groups : str or sequence of str
        Columns that make groups; ``"sex×race"`` for a crossing.
    label, prediction, score : str, optional
        As of `audit`; the prediction, or the score, stands in both tables by one name.
    threshold : float, optional
        The score from which people are selected.
    positive : str, number or mapping from column to either, optional
        The positive value, where it is not 1 or true.
    favourable : {"selected", "not-selected"}, optional
        Whether a positive prediction helps or harms.
    bins : mapping of str to sequence of float, optional
        Edges that cut a numeric column into groups.
    max_groups : int, optional
        The most values a group column may have; 50 by default.
    names : tuple of str
        What the two systems are called, in the report and in messages about tables in
        memory.
    criterion, tolerance : str or sequence of str, and float, optional
        What the *new* system must keep to, judged as `audit` does.
    no_worse : float, optional
        By how much the largest gap of each criterion (the main ones where none is named)
        may grow: passed where the upper 95 % limit of its growth is within it. For
        criteria on rates of whole groups.
    why : str, optional
        Why this is required.
    na : str or sequence of str, optional
        Texts that mean missing, beside the empty cell.
    encoding, delimiter : str, optional
        How text files are written, where that is not found by itself.
    seed : int
        For what is drawn; recorded in the report.
    command : str, optional
        The command line, for the record.
    today : datetime.date, optional
        The day that decides whether waivers hold; today by default.

    Returns
    -------
    AuditReport
        Three parts: the study of what changed, then the audit of the old system and that of
        the new one, on everybody in either table: about whom a system decided nothing, its
        prediction is missing. The study is of those about whom both decided. Where more
        than 5 % of all or of a group are left out, no gate on a gap passes, and one on a
        criterion only if they could hide nothing.

    Raises
    ------
    InputError
        When a person stands twice, the tables contradict each other about people, or the
        options cannot be followed.

    Examples
    --------
    >>> import fairaudit
    >>> who = {"id": [1, 2, 3, 4], "sex": ["f", "f", "m", "m"], "label": [1, 0, 1, 0]}
    >>> old = who | {"prediction": [0, 0, 1, 1]}
    >>> new = {"id": [4, 3, 2, 1], "prediction": [0, 1, 0, 1]}
    >>> report = fairaudit.compare(old, new, id_column="id", groups="sex")
    >>> report["gaps@sex"].findings[0].estimate.value
    -1.0
    """
    started = time.perf_counter()
    _check_names(names, id_column)
    check_margin(no_worse)
    check_given(
        {
            "label": label,
            "prediction": prediction,
            "score": score,
            "threshold": threshold,
            "max_groups": max_groups,
            "why": why,
            "encoding": encoding,
            "delimiter": delimiter,
            "seed": seed,
            "today": today,
        }
    )
    named = texts("criterion", criterion)
    if tolerance is not None or no_worse is None:
        criterion_gates(named, tolerance, None, Policy())
    wanted = Wanted(
        label=label,
        prediction=prediction,
        score=score,
        threshold=native(threshold),
        positive=positive_texts(positive),
        favourable=favourable,
        groups=texts("groups", groups),
        bins=make_bins(bins) or (),
    )
    opened = partial(_opened, encoding=encoding, delimiter=delimiter, na=texts("na", na))
    with opened(old, names[0]) as first, opened(new, names[1]) as second:
        sources = (first.source, second.source)
        columns = tuple(dict.fromkeys((*first.columns, *second.columns)))
        where = " and ".join(source.name for source in sources)
        roles = find_roles(wanted, columns, where=where).roles
        criteria = criteria_compared(
            named,
            labelled=roles.label is not None,
            gated=no_worse is not None,
        )
        own = roles.prediction or roles.score
        assert own is not None
        shared = [*roles.attributes, *([roles.label] if roles.label else [])]
        joined = join(first, second, id_column=id_column, shared=shared, own=[own])
        facts = run_facts(first.engine, command, started, today)
    asked = {"criterion": named, "tolerance": tolerance, "why": why}
    same = {"max_groups": max_groups, "seed": seed, "today": today}
    given: tuple[dict[str, Any], ...] = (
        same,
        same | asked if tolerance is not None else same,
    )
    audits = [
        _audited(joined, roles, place, source, options)
        for place, (source, options) in enumerate(zip(sources, given, strict=True))
    ]
    study = paired_study(
        joined,
        roles,
        Asked(
            names=names,
            criteria=criteria,
            no_worse=no_worse,
            why=why,
            seed=native(seed),
        ),
        sources,
    )
    return AuditReport(parts=(study, *audits), run=(facts, facts, facts))


def _check_names(names: object, id_column: object) -> None:
    """Refuse what cannot name two systems, or a column."""
    given = list(names) if isinstance(names, list | tuple) else []
    texts_only = all(isinstance(name, str) and name for name in given)
    if len(given) != 2 or not texts_only or given[0] == given[1]:
        raise InputError(
            "names: must be two different texts, such as ('old', 'new'), that say what "
            f"the systems are called; got {names!r}."
        )
    if not isinstance(id_column, str):
        raise InputError(
            "id_column: must be the name of the one column that says who a row is about; "
            f"got {id_column!r}."
        )


def _opened(data: Any, name: str, **options: Any) -> Table:  # noqa: ANN401 - as `compare` takes them
    """Open a table; one in memory goes by what its system is called."""
    with speaking_of(name):
        table = open_table(data, **options)
    if table.source.kind in {"frame", "arrays"}:
        table.source = replace(table.source, name=name)
    return table


def _audited(
    joined: Joined,
    roles: Roles,
    place: int,
    source: Source,
    options: Mapping[str, Any],
) -> DecisionAudit:
    """Audit one of the two systems, with those whom only the other knows as missing."""
    with speaking_of(source.name, joined.where):
        report = audit(
            joined.everybody(place),
            groups=["×".join(columns) for columns in roles.tables],
            label=roles.label,
            prediction=roles.prediction,
            score=roles.score if roles.prediction is None else None,
            threshold=roles.threshold,
            positive=roles.positive or None,
            favourable=roles.favourable,
            bins={cut.column: cut.edges for cut in roles.bins},
            **options,
        )
    part = report.parts[0]
    assert isinstance(part, DecisionAudit)
    return replace(part, source=source)
