from __future__ import annotations

import pytest

from fairaudit import audit
from fairaudit.policy.document import EXAMPLE
from fairaudit.policy.reading import parse_policy
from fairaudit.report.model import AuditReport

PEOPLE = {"sex": ["f", "m"] * 20, "prediction": [1, 0, 0, 1] * 10}

POLICY = """
[groups]
attributes = ["sex"]
[disclosure]
intended_uses = "choosing whom to call"
failure_modes = ["new <b>branches</b>", "holidays"]
contact = "audit@example.org"
[signature]
name = "Ada Lovelace"
date = 2027-01-15
"""


def disclosed() -> AuditReport:
    return audit(PEOPLE, policy=parse_policy(POLICY, name="policy"))


def test_what_the_policy_discloses_is_in_the_report_and_read_back() -> None:
    report = disclosed()
    part = report.parts[0]
    assert part.kind == "decisions"
    assert part.disclosure.contact == ("audit@example.org",)
    assert part.signature.date == "2027-01-15"
    assert AuditReport.from_json(report.to_json()) == report


def test_the_page_names_the_contact_first_and_shows_what_is_open() -> None:
    page = disclosed().to_html() or ""
    first, _, chapters = page.partition('class="chapters"')
    assert "audit@example.org" in first
    assert "Nobody is named" not in page
    assert "choosing whom to call" in chapters
    assert "new &lt;b&gt;branches&lt;/b&gt;; holidays" in chapters
    assert chapters.count("not filled in") == 5  # four fields and the role


def test_a_page_without_a_contact_says_so() -> None:
    page = audit(PEOPLE, groups="sex").to_html() or ""
    assert "Nobody is named in this report." in page
    assert page.count("not filled in") == 10


@pytest.mark.parametrize("text", ["Contact:", "audit@example.org"])
def test_the_console_names_the_contact(text: str) -> None:
    assert text in str(disclosed())


def test_markdown_has_the_disclosure_only_where_there_is_one() -> None:
    heading = "## Safety disclosure and signature"
    assert heading in disclosed().to_markdown()
    assert "- **Role:** not filled in" in disclosed().to_markdown()
    assert heading not in audit(PEOPLE, groups="sex").to_markdown()


def test_the_documented_policy_is_signed() -> None:
    signed = parse_policy(EXAMPLE, name="example").signature
    assert (signed.name, signed.role) == ("Ada Lovelace", "head of model risk")
