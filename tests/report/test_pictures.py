from __future__ import annotations

import re
import sys
from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from fairaudit import audit
from fairaudit.core.bill import Bill
from fairaudit.core.errors import InputError
from fairaudit.datasets import load
from fairaudit.report.drawing.look import drawn_names
from fairaudit.report.drawing.svg import svg
from fairaudit.report.pictures import Chart, pictures
from fairaudit.report.plots.bill import BillChart
from fairaudit.report.plots.gaps import GapBar, GapsChart
from fairaudit.report.plots.joint_gap import JointGapChart
from fairaudit.report.plots.pairs import PairsChart, Settled
from fairaudit.report.plots.prices import PricesChart
from fairaudit.report.plots.rates import RatesChart
from fairaudit.report.plots.roc_plane import RocPlaneChart, upper_hull
from tests.report.golden import GOLDEN, compas, everything, many_groups, no_gate
from tests.report.golden import prices as prices_report


def charts(report: str) -> list[Chart]:
    return [
        chart
        for part in GOLDEN[report]().parts
        for table in part.tables
        for picture in pictures().values()
        for chart in picture.charts(part, table)
    ]


@pytest.mark.parametrize("report", ["compas", "hostile"])
def test_every_picture_is_the_same_xml_twice_and_says_nothing_of_the_run(
    report: str,
) -> None:
    for chart in charts(report):
        drawn = svg(chart)
        assert drawn == svg(chart)
        ET.fromstring(drawn)  # noqa: S314 - our own text
        assert not re.search(r"<dc:date>|matplotlib v", drawn)


@pytest.mark.parametrize("report", GOLDEN)
def test_every_picture_has_words_and_a_table_as_wide_as_its_headings(report: str) -> None:
    for chart in charts(report):
        assert chart.alt.startswith(chart.title)
        assert chart.rows
        assert {len(row) for row in chart.rows} == {len(chart.headings)}


def test_a_picture_is_called_as_its_module() -> None:
    for name, picture in pictures().items():
        assert sys.modules[f"fairaudit.report.plots.{name}"] is picture


def test_pictures_follow_the_readers_light_and_dark() -> None:
    [chart] = pictures()["bill"].charts(compas().parts[0], compas().parts[0].tables[0])
    drawn = svg(chart)
    assert "prefers-color-scheme:dark" in drawn
    assert not re.search("(fill|stroke): #(?!fff)", drawn)


def test_settings_of_the_caller_neither_matter_nor_change() -> None:
    import matplotlib as mpl

    chart = pictures()["rates"].charts(compas().parts[0], compas().parts[0].tables[0])[0]
    plain = svg(chart)
    with mpl.rc_context({"text.usetex": True, "font.size": 40, "svg.hashsalt": "x"}):
        before = dict(mpl.rcParams)
        assert svg(chart) == plain
        assert dict(mpl.rcParams) == before


def test_rates_are_those_of_the_table() -> None:
    report = compas()
    table = report.parts[0].tables[0]
    chart = pictures()["rates"].charts(report.parts[0], table)[0]
    assert isinstance(chart, RatesChart)
    for row, points in zip(table.groups, chart.points, strict=True):
        for column, point in zip(chart.columns, points, strict=True):
            assert point.rate == row.rates[column.id].value


def test_the_waterfall_ends_at_the_bill() -> None:
    report = compas()
    [chart] = pictures()["bill"].charts(report.parts[0], report.parts[0].tables[0])
    assert isinstance(chart, BillChart)
    assert sum(one.term for one in chart.payments) == pytest.approx(chart.total, abs=1e-5)
    bill = next(f.evidence for f in report.findings if isinstance(f.evidence, Bill))
    assert bill.positive_side is not None
    assert chart.total == bill.positive_side.total
    assert all(one.term >= other.term for one, other in pairwise(chart.payments))


def test_the_tolerance_stands_beside_the_limits_that_decide() -> None:
    report = compas()
    [chart] = pictures()["gaps"].charts(report.parts[0], report.parts[0].tables[0])
    assert isinstance(chart, GapsChart)
    [bar] = [bar for bar in chart.bars if bar.tolerance is not None]
    verdict = report.verdicts[0]
    assert bar.at_most == max(one.at_most or 0 for one in verdict.comparisons)
    assert bar.at_least == max(one.at_least or 0 for one in verdict.comparisons)


@pytest.mark.parametrize(
    ("at_least", "at_most", "side"),
    [(0.11, 0.4, "apart"), (0.1, 0.4, "open"), (0.0, 0.1, "same"), (0.0, None, "open")],
)
def test_a_gap_is_on_the_side_its_limits_say(
    at_least: float, at_most: float | None, side: str
) -> None:
    bar = GapBar(
        title="x",
        seen=0.1,
        less_noise=None,
        at_least=at_least,
        at_most=at_most,
        tolerance=0.1,
    )
    assert bar.side == side


def test_the_matrix_holds_every_pair_of_the_verdict() -> None:
    report = compas()
    [chart] = pictures()["pairs"].charts(report.parts[0], report.parts[0].tables[0])
    assert isinstance(chart, PairsChart)
    assert len(chart.pairs) == 15
    assert chart.left_out == 0
    assert "alike (African-American and Caucasian)" in chart.alt


def test_nothing_required_has_no_matrix() -> None:
    with pytest.raises(InputError, match="nothing to draw as 'pairs'"):
        no_gate().plot("pairs")


def test_plot_gives_a_figure_of_the_table_that_was_asked_for() -> None:
    figure = everything().plot("rates", attribute="sex")
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["Male", "Female"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "rate"}, "Pictures: rates, gaps, pairs, bill, prices"),
        ({"name": "rates", "part": 3}, "part must be from 0 to 0; got 3"),
        ({"name": "rates", "attribute": "rase"}, "Attributes: race. Did you mean 'race'"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(
    arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        compas().plot(**arguments)  # type: ignore[arg-type]


def test_many_groups_are_drawn_up_to_a_limit() -> None:
    figure = many_groups().plot("rates")
    assert len(figure.axes[0].get_yticks()) == 24


def test_names_are_drawn_as_they_are_and_stay_different() -> None:
    assert drawn_names(["$$", "$x^2$"]) == ["$$", "$x^2$"]
    assert drawn_names(["中文", "漢字"]) == ["□□", "□□ (2)"]
    first, second = drawn_names(["N" * 100, "N" * 10_000])
    assert first != second
    assert len(second) < 40


@pytest.mark.parametrize("letter", ["W", "N", "\u4e2d", "\x1b", "i"])
@pytest.mark.parametrize("groups", [2, 3])
def test_the_longest_names_leave_room_for_the_squares(letter: str, groups: int) -> None:
    names = tuple(letter * 40 + str(number) for number in range(groups))
    chart = PairsChart(
        criterion="demographic parity within 0.1",
        attribute=letter * 40,
        groups=names[1:],
        others=names[:-1],
        pairs=(
            Settled(
                first=names[0], second=names[1], status="fail", at_least=0.2, at_most=0.4
            ),
        ),
        left_out=0,
    )
    ET.fromstring(svg(chart))  # noqa: S314 - our own text; a failed layout is a warning


def test_the_price_list_is_drawn_with_what_cannot_be_had() -> None:
    part = prices_report().parts[0]
    [chart] = pictures()["prices"].charts(part, part.tables[0])
    assert isinstance(chart, PricesChart)
    texts = [text.get_text() for text in chart.figure().axes[0].texts]
    assert "15.8" in texts
    assert "at best 6.4 points apart" in texts
    assert [row[0] for row in chart.rows][:3] == [
        "demographic parity (DP)",
        "equalized odds (EO)",
        "predictive parity (PP)",
    ]
    assert "smallest joint gap" in chart.alt


def test_the_joint_gap_is_drawn_only_where_some_rule_reaches_it() -> None:
    part = prices_report().parts[0]
    [chart] = pictures()["joint_gap"].charts(part, part.tables[0])
    assert isinstance(chart, JointGapChart)
    assert [row[1] for row in chart.rows] == ["0.017", "0.064", "no rule"]
    [line] = [
        line for line in chart.figure().axes[0].lines if line.get_label() == "a rule does"
    ]
    assert list(line.get_xdata()) == [10.0, 49.3]


def test_the_roc_plane_has_todays_points_and_lines_of_one_precision() -> None:
    report = audit(
        load("compas"),
        label="two_year_recid",
        score="decile_score",
        threshold=5,
        count="count",
        groups=["race"],
        favourable="not-selected",
    )
    part = report.parts[0]
    [chart] = pictures()["roc_plane"].charts(part, part.tables[0])
    assert isinstance(chart, RocPlaneChart)
    # ProPublica's error rates of the two groups.
    assert chart.rows[0][1:3] == ("44.8 %", "72.0 %")
    assert chart.rows[1][1:3] == ("23.5 %", "52.3 %")
    for one in chart.groups:
        assert one.base_rate is not None
        assert chart.precision is not None
        slope = (
            chart.precision / (1 - chart.precision) * (1 - one.base_rate) / one.base_rate
        )
        tpr, fpr = 0.5 * slope, 0.5
        right = one.base_rate * tpr
        assert right / (right + (1 - one.base_rate) * fpr) == pytest.approx(chart.precision)
    assert chart.figure().axes[0].get_legend() is not None


def test_the_hull_is_the_one_scipy_finds() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        points = np.sort(rng.uniform(size=(12, 2)), axis=0)
        drawn = upper_hull(map(tuple, points.tolist()))
        # With the corner below every point, the others are exactly the upper side.
        every = np.vstack([[(0, 0), (1, 1), (1, 0)], points])
        corners = every[ConvexHull(every).vertices]
        below = corners[:, 1] < corners[:, 0]
        assert set(drawn) == set(map(tuple, corners[~below].tolist()))


def test_the_hull_passes_over_a_threshold_that_mixing_two_others_betters() -> None:
    assert upper_hull([(0.2, 0.6), (0.4, 0.65), (0.6, 0.9)]) == (
        (0.0, 0.0),
        (0.2, 0.6),
        (0.6, 0.9),
        (1.0, 1.0),
    )


def test_pictures_of_scores_say_what_they_need_where_there_are_none() -> None:
    with pytest.raises(InputError, match="'prices': it needs a score and labels"):
        no_gate().plot("prices")


def test_a_picture_shows_itself_in_a_notebook_that_has_not_set_up_pyplot() -> None:
    drawn = compas().plot("rates")
    assert drawn._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]
