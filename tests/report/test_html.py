from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from fairaudit import audit
from fairaudit.core.cells import Cells
from fairaudit.core.requirements import Requirements
from fairaudit.core.value import replace
from fairaudit.report.renderers import html
from fairaudit.report.rewriting import rewritten
from fairaudit.report.storage import from_json
from tests.report.by_hand import table_of
from tests.report.golden import GOLDEN, combinations, compas, no_gate
from tests.report.report_by_hand import report_of

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from fairaudit.report.model import AuditReport

PICTURE = re.compile(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+")
STYLES = re.compile(r"<style>.*?</style>", re.DOTALL)
CREATED_TWICE = ("compas", "hostile")
VOID = {"meta", "link", "img", "br"}


class Elements(HTMLParser):
    """Reads a page and keeps its elements; an element left open is an error."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in tags]


@cache
def page_of(name: str) -> str:
    """Write one of the golden reports, once."""
    return html.render(GOLDEN[name]())


def without_pictures(page: str) -> str:
    """Leave out what depends on matplotlib's version, and the styles."""
    return STYLES.sub("<style></style>", PICTURE.sub("data:picture", page))


def without_policy(page: str) -> str:
    return re.sub(r"sha256-[^']+", "sha256-of-the-styles", page)


def test_the_layout_is_as_it_was_looked_at(snapshot: SnapshotAssertion) -> None:
    assert without_policy(without_pictures(page_of("everything"))) == snapshot


@pytest.mark.parametrize("name", GOLDEN)
def test_every_report_is_well_formed_and_runs_and_loads_nothing(name: str) -> None:
    page = Elements(page_of(name))
    tags = {tag for tag, _ in page.found}
    assert not tags & {"script", "iframe", "object", "embed", "form", "base", "svg"}
    for tag, attributes in page.found:
        assert not [key for key in attributes if key.startswith("on") or key == "style"]
        for key in ("src", "href"):
            assert (attributes.get(key) or "#").startswith(("#", "data:")), (tag, key)


def test_the_policy_allows_our_styles_and_pictures_alone() -> None:
    page = page_of("compas")
    styles = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert styles is not None
    digest = base64.b64encode(hashlib.sha256(styles[1].encode()).digest()).decode()
    policy = Elements(page).named("meta")[1]["content"]
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("name", GOLDEN)
def test_ids_are_unique_and_links_lead_somewhere(name: str) -> None:
    page = Elements(page_of(name))
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in page.named("a"):
        assert (link["href"] or "").removeprefix("#") in ids


@pytest.mark.parametrize("name", GOLDEN)
def test_headings_never_skip_a_level_and_tables_have_captions_and_scopes(
    name: str,
) -> None:
    page = Elements(page_of(name))
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(low - high <= 1 for high, low in pairwise(levels))
    assert all(heading["scope"] in {"row", "col"} for heading in page.named("th"))
    assert len(page.named("table")) == len(page.named("caption")) > 0
    assert all(picture["alt"] for picture in page.named("img"))


@pytest.mark.parametrize("name", CREATED_TWICE)
def test_it_is_the_same_text_twice(name: str) -> None:
    assert html.render(GOLDEN[name]()) == page_of(name)


def test_only_the_provenance_depends_on_the_run() -> None:
    report = compas()
    later = replace(
        report, run=(replace(report.run[0], created="2027-01-01", seconds=9.5),)
    )
    first, second = (html.render(one).splitlines() for one in (report, later))
    [number] = [
        place
        for place, (one, other) in enumerate(zip(first, second, strict=True))
        if one != other
    ]
    assert "<dt>Made</dt>" in first[number]


def test_a_page_of_ten_groups_is_below_a_megabyte() -> None:
    cells = {f"group {n}": Cells(tp=90 + n, fp=40, fn=30, tn=50 + n) for n in range(10)}
    report = report_of(
        tables=(table_of("region", cells),), requirements=Requirements(), verdicts=()
    )
    assert len(html.render(report).encode()) < 1_000_000


def test_names_are_text_and_never_markup() -> None:
    page = page_of("hostile")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    assert "N" * 200 not in page


@pytest.mark.parametrize(
    "name",
    [
        "</style><img src=x onerror=alert(1)>",
        '"><a href="javascript:alert(1)">',
        "{{ 7 * 7 }}{% for x in y %}",
        "$$",
        r"$\frac{1}{$ and \\ $x^2$",
        "-->",
        "\u202ereversed\x1b[31m",
        "\ud83d",
        "שלום עולם 12",
        "中文名字",
        "",
        " ",
        "N" * 10_000,
    ],
)
def test_every_name_can_be_a_group_a_column_a_file_and_a_reason(name: str) -> None:
    page = Elements(renamed(compas(), name)._repr_html_())
    plain = Elements(compas()._repr_html_())
    assert [tag for tag, _ in page.found] == [tag for tag, _ in plain.found]
    assert name.startswith("{{") <= any("{{ 7 * 7 }}" in text for text in page.texts)


def renamed(report: AuditReport, name: str) -> AuditReport:
    """Put a name wherever data or people have a say."""
    part = rewritten(
        report.parts[0],
        lambda text: text.replace("Hispanic", name).replace("race", f"race{name}"),
    )
    part = replace(
        part,
        source=replace(part.source, name=name),
        requirements=replace(part.requirements, why=f"because of {name}"),
    )
    return replace(report, parts=(part,))


def test_a_missing_reason_is_said_in_red() -> None:
    assert '<p class="missing">Why this was required' in page_of("everything")
    assert '<p class="missing">No criterion was chosen' in page_of("no_gate")
    assert "Why this was required" not in page_of("compas")


def test_the_first_page_says_what_a_manager_asks() -> None:
    page = " ".join(" ".join(Elements(page_of("compas")).texts).split())
    first = page[: page.index("People and rows")]
    for said in (
        "Predictive parity within 0.1, by race, is not settled by these data.",
        "a high score must mean the same risk for everyone",
        "African-American v Other, the largest sure gap of all comparisons: 59 % v 21 % of",
        "at the rate of Other it would have been about 1,400 fewer",
        "What can hold together",
        "What this audit cannot tell",
        "Whom to contact",
    ):
        assert said in first


def test_sixty_groups_are_all_in_the_page() -> None:
    page = page_of("many_groups")
    assert all(f"<bdi>group {place:02}</bdi>" in page for place in range(60))


def test_one_group_has_nothing_to_be_compared_with() -> None:
    table = table_of("site", {"only": Cells(tp=5, fp=2, fn=1, tn=7)})
    report = no_gate()
    part = replace(report.parts[0], tables=(table,), findings=())
    assert "only" in html.render(replace(report, parts=(part,)))


def test_scores_have_a_chapter_and_a_required_one_stands_on_the_first_page() -> None:
    frame = pd.DataFrame(
        {
            "group": ["a", "b"] * 60,
            "label": [0, 0, 1, 1, 0, 1] * 20,
            "score": [0.1, 0.3, 0.6, 0.95, 0.2, 0.9, 0.3, 0.4, 0.5, 0.8] * 12,
        }
    )
    report = audit(
        frame,
        label="label",
        score="score",
        threshold=0.5,
        groups=["group"],
        criterion="balance_for_the_positive_class",
        tolerance=0.05,
        why="the same score for the same outcome",
    )
    page = html.render(report)
    assert '<h3 id="part-1-scores">Scores</h3>' in page
    first = page[: page.index("<nav")]
    assert "balance for the positive class" in first
    assert "A gap of at most 0.05 is acceptable." in first
    assert 'id="part-1-scores"' not in page_of("compas")


def test_what_was_asked_to_hold_together_is_answered_on_the_page() -> None:
    page = Elements(page_of("combinations"))
    said = " ".join(" ".join(page.texts).split()).replace("\xa0", " ")
    assert "What was asked to hold together: by race can be kept" in said
    assert "Nothing was required" not in said
    assert "No criterion was chosen" not in said
    for finding in combinations().parts[0].findings:
        assert finding.sentence in said
        assert all(caveat in said for caveat in finding.caveats)
    assert "no rule needs less than 0.0091 more" in said
    assert "The rule that keeps it: rates and whom it selects" in said
    assert "The rule that comes nearest: rates and whom it selects" in said


def test_a_single_combination_is_the_headline() -> None:
    report = combinations()
    part = report.parts[0]
    alone = replace(report, parts=(replace(part, findings=part.findings[1:2]),))
    page = html.render(alone)
    assert f'<h2 id="part-1">{part.findings[1].sentence}</h2>' in page


def test_a_stored_report_gives_the_page_that_the_audit_gave() -> None:
    report = audit(
        {"label": [0, 1] * 40, "prediction": [0, 1, 1, 1] * 20, "group": ["a", "b"] * 40},
        groups="group",
    )
    assert from_json(report.to_json()).to_html() == report.to_html()
