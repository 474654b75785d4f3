"""Whatever the table and the options: a report that can be written, or one sentence."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from fairaudit import audit
from fairaudit.core.errors import InputError
from fairaudit.criteria.catalogue import catalogue
from fairaudit.policy.numbers import plain_numbers
from fairaudit.report.renderers import console
from fairaudit.report.renderers import json as json_renderer
from fairaudit.report.storage import from_json

GROUP = st.sampled_from(
    [
        "a",
        "b",
        "c",
        None,
        "",
        "(missing)",
        "everyone else",
        "overall",
        "x × y",
        "\u202e",
        "[red]",
    ]
)
DECISION = st.sampled_from([0, 1, None])
ROWS = st.lists(
    st.tuples(
        GROUP,
        st.sampled_from(["x", "y", None]),
        st.sampled_from(["s", "t", None]),
        DECISION,
        DECISION,
        st.integers(0, 200),
    ),
    min_size=1,
    max_size=25,
)
GATES = st.sampled_from(
    [
        f"{number.name}{'>=0.8' if number.kind == 'ratio' else '<=0.1'}"
        for number in plain_numbers().values()
    ]
)
AMOUNT = st.sampled_from([{}, {"count": "n"}, {"weight": "n"}])
CRITERIA = st.fixed_dictionaries(
    {
        "criterion": st.lists(st.sampled_from(list(catalogue())), min_size=1, max_size=3),
        "tolerance": st.sampled_from([0.05, 0.1, 0.8]),
    },
    optional={"measure": st.sampled_from(["difference", "ratio"])},
)
OTHERS = st.fixed_dictionaries(
    {"groups": st.sampled_from(["g", ("g", "h"), ("g", "g×h"), "g×h"])},
    optional={
        "label": st.just("y"),
        "favourable": st.sampled_from(["selected", "not-selected"]),
        "strata": st.just("s"),
        "compare": st.sampled_from(["pairs", "rest", "reference:a"]),
        "min_group": st.integers(1, 50),
        "suppress_below": st.just(11),
        "expect_groups": st.just({"g": ["a", "zz"]}),
        "gates": st.lists(GATES, max_size=2),
        "na": st.just("a"),
    },
)
OPTIONS = st.builds(
    lambda *parts: {name: one for part in parts for name, one in part.items()},
    AMOUNT,
    OTHERS,
    st.one_of(st.just({}), CRITERIA),
)


@settings(max_examples=60)
@given(rows=ROWS, options=OPTIONS)
def test_any_table_gives_a_report_or_one_sentence(
    rows: list[tuple[Any, ...]], options: dict[str, Any]
) -> None:
    names = ("g", "h", "s", "y", "p", "n")
    data = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    try:
        report = audit(data, prediction="p", **options)
    except InputError:
        event("refused")
        return
    event("audited")
    written = json_renderer.render(report)
    assert from_json(written) == report
    assert console.render(report, width=80, color=False).strip()
    _keeps_its_promises(json.loads(written))


def _keeps_its_promises(written: Any) -> None:  # noqa: ANN401
    """Hold everywhere that a number or a reason is given, and limits enclose the number."""
    if isinstance(written, list):
        for one in written:
            _keeps_its_promises(one)
    elif isinstance(written, dict):
        if {"value", "undefined_because"} <= set(written):
            assert (written["value"] is None) == bool(written["undefined_because"])
            limits = written["interval"]
            # Percentiles of resampled cells need not enclose a value at its own bound.
            if limits is not None and limits["method"] != "percentile":
                low, high = limits["low"], limits["high"]
                assert low is None or low <= written["value"] + 1e-9
                assert high is None or high >= written["value"] - 1e-9
        for one in written.values():
            _keeps_its_promises(one)
