from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.value import replace
from fairaudit.report.formats import renderer_for
from fairaudit.report.renderers.github import command, render
from fairaudit.report.rewriting import rewritten
from tests.report.golden import BY_RACE, GOLDEN, compas, everything, no_gate

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from fairaudit.report.model import AuditReport

NAMES = (
    "::error::forged",
    "x\n::error title=forged::forged",
    "%0A::error::forged",
    "##[error]forged",
    "a,file=forged::b",
    "x" * 100 + "::set-output name=forged::",
)


def decoded(text: str) -> str:
    """Read a value as the runner does."""
    for code, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r")):
        text = text.replace(code, sign)
    return text.replace("%25", "%")


def commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """Which commands does the runner of GitHub find in a log?

    Both spellings, as in ActionCommand.cs of actions/runner: a line that begins with ``::``
    after blanks, and ``##[`` anywhere in a line.
    """
    found = []
    for line in re.split(r"\r\n|\r|\n", log):
        new = re.match(r"::([\w-]+)(?: ([^:]*))?::(.*)", line.lstrip())
        old = re.search(r"##\[([\w-]+)([^\]]*)\](.*)", line)
        for match in (new or old,):
            if match is not None:
                pairs = [
                    pair.partition("=") for pair in (match[2] or "").split(",") if pair
                ]
                properties = {name: decoded(text) for name, _, text in pairs}
                found.append((match[1], properties, decoded(match[3])))
    return found


def named(names: tuple[str, ...] | list[str]) -> AuditReport:
    other = dict(
        zip([*BY_RACE, "race"], [*names, "##[error]race\n::error::x"], strict=True)
    )

    def renamed(text: str) -> str:
        for name, new in other.items():
            text = text.replace(name, new)
        return text

    return replace(compas(), parts=(rewritten(compas().parts[0], renamed),))


def test_annotations_are_as_they_were_looked_at(snapshot: SnapshotAssertion) -> None:
    assert render(everything()) == snapshot


def test_every_verdict_is_an_annotation_as_loud_as_it_is_weighty() -> None:
    found = commands(render(everything()))
    kinds = [(kind, properties["title"].split(":")[0]) for kind, properties, _ in found]
    assert kinds == [
        ("error", "FAIL"),
        ("error", "FAIL"),
        ("warning", "UNDECIDED"),  # this audit was told to let those pass
        ("warning", "UNDECIDED"),
        ("warning", "WAIVED"),
        ("notice", "PASS"),
    ]
    assert commands(render(compas()))[0][0] == "error"


def test_what_is_read_is_what_was_meant() -> None:
    ((_, properties, message),) = commands(render(compas()))
    (verdict,) = compas().verdicts
    assert properties == {"title": "UNDECIDED: predictive parity within 0.1, by race"}
    assert message.startswith(verdict.because)


@given(st.text(), st.text())
def test_any_title_and_message_come_through(title: str, message: str) -> None:
    assert commands(command("error", title, message)) == [
        ("error", {"title": _blank(title)}, _blank(message))
    ]


def _blank(text: str) -> str:
    """No-break spaces, which hold our own words together, are written as blanks."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("form", ["console", "json", "csv", "md", "junit", "github"])
def test_a_name_cannot_forge_a_command_in_any_format(form: str) -> None:
    found = commands(renderer_for(form).render(named(NAMES)))
    assert [kind for kind, _, _ in found] == (["error"] if form == "github" else [])
    for _, properties, _ in found:
        assert set(properties) == {"title"}


@given(
    st.lists(
        st.text(alphabet=":#[]=,% aerror\n\r", min_size=1),
        unique=True,
        min_size=len(BY_RACE),
        max_size=len(BY_RACE),
    )
)
def test_no_name_made_of_the_signs_of_commands_is_one(names: list[str]) -> None:
    for form in ("console", "csv", "md", "junit"):
        assert commands(renderer_for(form).render(named(names))) == []
    assert [kind for kind, _, _ in commands(render(named(names)))] == ["error"]


@pytest.mark.parametrize("name", GOLDEN)
def test_no_kind_comes_oftener_than_github_shows(name: str) -> None:
    report = GOLDEN[name]()
    part = replace(report.parts[0], verdicts=report.parts[0].verdicts * 30)
    found = commands(render(replace(report, parts=(part,))))
    assert max(Counter(kind for kind, _, _ in found).values(), default=0) <= 10


def test_the_tenth_annotation_counts_the_rest() -> None:
    report = everything()
    part = replace(report.parts[0], verdicts=report.parts[0].verdicts * 10)
    found = commands(render(replace(report, parts=(part,))))
    errors = [message for kind, _, message in found if kind == "error"]
    assert len(errors) == 10
    assert errors[-1] == "11 more of this kind: in the report."  # 20 fail, 9 are shown


def test_without_a_gate_a_notice_says_so() -> None:
    ((kind, properties, message),) = commands(render(no_gate()))
    assert (kind, properties["title"]) == ("notice", "NO CRITERION CHOSEN")
    assert "fairaudit init" in message
