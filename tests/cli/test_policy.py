from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fairaudit.policy.document import EXAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def test_a_policy_that_can_be_followed_is_summed_up(
    command: Command, tmp_path: Path
) -> None:
    expired = EXAMPLE.replace("expires = 2027-01-31", "expires = 2021-01-31")
    (tmp_path / "fairaudit.toml").write_text(expired, "utf-8")
    ended = command("policy", "check", "fairaudit.toml")
    assert ended.returncode == 0
    assert ended.stderr == b""
    lines = ended.stdout.decode().splitlines()
    assert lines[0] == "fairaudit.toml: a policy that can be followed."
    assert "  requires predictive_parity within 0.1" in lines
    assert "  requires race:impact_ratio>=0.8" in lines
    assert "  because a high score must mean the same risk for everyone" in lines
    assert "  groups: race, race×sex" in lines
    assert "  a pass is claimed for groups of at least 30" in lines
    assert (
        "  waives predictive_parity on race EXPIRED on 2021-01-31, by Ada Lovelace: "
        "the new score is being validated" in lines
    )
    assert lines[-1] == (
        "  disclosure not filled in: failure_modes, evaluations, known_biases, oversight"
    )


def test_a_waiver_in_force_and_one_without_its_gate_are_told_apart(
    command: Command, tmp_path: Path
) -> None:
    signed = "owner = 'Ada'\nreason = 'r'\nexpires = 9999-12-31\n"
    (tmp_path / "p.toml").write_text(
        "undecided = 'pass'\n[[gates]]\nnumber = 'race:impact_ratio>=0.8'\n"
        f"[[waivers]]\ngate = 'impact_ratio>=0.8'\n{signed}"
        f"[[waivers]]\ngate = 'impact_ratio'\nattribute = 'race'\n{signed}"
        f"[[waivers]]\ngate = 'equalized_odds'\n{signed}"
    )
    told = command("policy", "check", "p.toml").stdout.decode()
    assert "waives impact_ratio>=0.8 until 9999-12-31, by Ada: r\n" in told
    assert "waives impact_ratio on race until 9999-12-31, by Ada: r\n" in told
    assert (
        "waives equalized_odds until 9999-12-31, by Ada: r; nothing here requires" in told
    )
    assert "gives no reason (why): every report will say so" in told
    assert "lets undecided gates pass; every report will say so" in told


def test_a_policy_without_gates_says_that_it_has_none(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "p.toml").write_text("")
    assert b"requires nothing" in command("policy", "check", "p.toml").stdout


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "p.toml",
            b"[criterion]\nname = 'x'\n",
            "p.toml: [criterion]: criterion 'x' is not",
        ),
        ("p.yaml", b"a: 1", "p.yaml: policies are TOML, and this is YAML"),
        ("p.toml", b"a: 1", "p.toml: policies are TOML, and this is YAML"),
        ("p.toml", b"\xff\xfea\x00", "p.toml: line 1: not UTF-8"),
        ("other.toml", b"", "p.toml: no such file"),
    ],
)
def test_one_that_cannot_be_followed_is_refused_in_one_sentence(
    command: Command, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    asked = "p.toml" if name == "other.toml" else name
    ended = command("policy", "check", asked)
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert message in ended.stderr.decode()
    assert ended.stderr.count(b"\n") == 1


def test_nothing_in_a_policy_acts_on_the_terminal(command: Command, tmp_path: Path) -> None:
    acting = "\\u001b[2J\\u202egone\\r\\n"
    (tmp_path / "p.toml").write_text(
        f'[criterion]\nname = "equalized_odds"\ntolerance = 0.1\nwhy = "{acting}"\n'
        f'[groups]\nattributes = ["{acting}"]\n'
        f'[[waivers]]\ngate = "equalized_odds"\nowner = "{acting}"\nreason = "{acting}"\n'
        f'attribute = "{acting}"\nexpires = 2030-01-01\n'
    )
    ended = command("policy", "check", "p.toml")
    assert ended.returncode == 0
    told = ended.stdout.decode()
    assert "gone" in told
    assert not set(told) & {"\x1b", "\u202e", "\r"}
    (tmp_path / "q.toml").write_text(f'"{acting}" = 1')
    refused = command("policy", "check", "q.toml")
    assert refused.returncode == 2
    assert not set(refused.stderr.decode()) & {"\x1b", "\u202e", "\r"}


def test_a_policy_that_may_not_be_read_is_refused(
    command: Command, tmp_path: Path, bound_by_permissions: tuple[str, ...]
) -> None:
    (tmp_path / "p.toml").write_text("")
    (tmp_path / "p.toml").chmod(0o000)
    ended = command("policy", "check", "p.toml", before=bound_by_permissions)
    assert ended.returncode == 2
    assert b"p.toml: it cannot be read: Permission denied." in ended.stderr


def test_several_policies_are_checked_together(command: Command, tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(EXAMPLE, "utf-8")
    both = command("policy", "check", "a.toml", "b.toml")
    assert both.returncode == 0
    told = both.stdout.decode().splitlines()
    assert [line for line in told if line.endswith("a policy that can be followed.")] == [
        "a.toml: a policy that can be followed.",
        "b.toml: a policy that can be followed.",
    ]
    (tmp_path / "b.toml").write_text("what = 1", "utf-8")
    one = command("policy", "check", "a.toml", "b.toml")
    assert one.returncode == 2
    assert one.stdout == b""
    assert b"b.toml" in one.stderr
