"""A study goes through every format, beside a table of decisions or alone."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

import fairaudit
from fairaudit.core.errors import GateFailedError, InputError
from fairaudit.core.estimate import Estimate
from fairaudit.core.measurement import Band, Measured, Measurement
from fairaudit.report.drawing.measured import MeasuredChart
from fairaudit.report.formats import formats, renderer_for
from fairaudit.report.model import AuditReport
from fairaudit.report.sections.studies import measured_table
from tests.report.golden import compas as decisions
from tests.report.study_by_hand import effects, study_report

HOSTILE = "<b>=cmd|' /C'!A0\x1b[31m::error::forged $$ \u202egnp"


def test_a_stored_study_is_read_back_as_it_was() -> None:
    report = study_report()
    assert AuditReport.from_json(report.to_json()) == report


def test_a_study_and_a_table_of_decisions_are_one_report() -> None:
    both = decisions() + study_report()
    assert [part.kind for part in both.parts] == ["decisions", "study"]
    assert AuditReport.from_json(both.to_json()) == both
    assert both.status == "fail"
    for name in formats():
        text = renderer_for(name).render(both)
        assert "weat" in text, name


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_tells_the_verdicts_of_a_study(name: str) -> None:
    text = renderer_for(name).render(study_report()).replace("\n", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    assert "the effect is at least 0.10 points away from none" in text.replace("The", "the")
    assert "6 of 8 words are left" in text


@pytest.mark.parametrize("name", ["console", "html", "md"])
def test_a_study_without_a_gate_is_called_neither_a_pass_nor_a_failure(name: str) -> None:
    text = renderer_for(name).render(study_report(gated=False))
    assert "called a pass or a failure" in text


@pytest.mark.parametrize("name", ["console", "html", "md", "csv", "json"])
def test_every_measured_number_is_in_every_format_that_has_tables(name: str) -> None:
    text = renderer_for(name).render(study_report())
    for number in ("-0.31", "1.56", "no answer could be read", "lost: "):
        assert number in text, number


def test_the_console_fits_its_width() -> None:
    text = renderer_for("console").render(study_report(), width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert "Held against: placebo -0.08 to 0.09." in text


@pytest.mark.parametrize("name", sorted(formats()))
def test_a_hostile_name_in_a_study_acts_on_nothing(name: str) -> None:
    text = renderer_for(name).render(study_report(HOSTILE))
    assert "\x1b[31m" not in text
    assert "\u202e" not in text
    assert "<b>=" not in text or name in {"console", "csv", "json", "github"}
    assert not any(line.startswith("::error::forged") for line in text.splitlines())
    if name == "csv":
        names = [row["name"] for row in csv.DictReader(io.StringIO(text)) if row["name"]]
        assert not any(one.startswith("=") for one in names)


def test_undefined_rows_are_told_with_their_reason_and_not_drawn() -> None:
    measurement = effects().evidence
    assert measurement.kind == "measurement"
    table = measured_table(measurement)
    assert table.rows[2][1] == "undefined"
    assert table.rows[2][-1] == "no answer could be read"
    figure = study_report().plot("name-effect")
    names = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert names == ["plain", "persona"]


def test_groups_of_one_name_are_drawn_on_one_line_and_named() -> None:
    figure = study_report().plot("weat")
    names = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert names == ["weat-6", "weat-7"]
    assert figure.axes[0].get_legend_handles_labels()[1] == ["before", "after"]


def test_a_narrow_band_is_drawn_on_a_wide_one() -> None:
    measured = Measurement(
        title="effects",
        quantity="points",
        rows=(Measured(name="name", estimate=Estimate(value=0.1)),),
        bands=(Band(title="floor", low=-1, high=1), Band(title="margin", low=-2, high=2)),
    )
    (axes,) = MeasuredChart(measurement=measured).figure().axes
    floor, margin = axes.patches
    assert floor.get_label() == "floor"
    assert floor.get_zorder() > margin.get_zorder()


def test_a_picture_that_a_study_has_not_is_refused_with_those_it_has() -> None:
    with pytest.raises(InputError, match=r"Pictures: name-effect, weat\. Did you mean"):
        study_report().plot("weta")


def test_a_finding_of_a_study_is_looked_up_by_its_id() -> None:
    found = study_report()["name-effect"]
    assert found.verdict is not None
    assert found.verdict.status == "fail"


def test_a_failed_study_stops_a_pipeline() -> None:
    with pytest.raises(GateFailedError, match="name-effect: the effect is at least"):
        fairaudit.require(study_report())


def test_what_studies_measured_is_a_frame() -> None:
    frame = (decisions() + study_report()).to_frame("measured")
    assert list(frame["part"].unique()) == [1]
    assert len(frame) == 7
    assert frame["p_value"].min() == pytest.approx(0.0004)


def test_junit_counts_the_gates_of_a_study() -> None:
    root = ET.fromstring(renderer_for("junit").render(study_report()))  # noqa: S314
    assert (root.get("failures"), root.get("errors")) == ("1", "1")


def test_json_keeps_run_facts_apart() -> None:
    stored = json.loads(study_report().to_json())
    assert stored["parts"][0]["kind"] == "study"
    assert "command" not in stored["parts"][0]
