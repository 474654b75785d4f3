"""A whole study of a real model on this machine; what it finds is never pinned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairaudit.cli.main import run

pytest.importorskip("httpx")
pytestmark = pytest.mark.local_model


def test_twenty_pairs_under_two_framings_from_the_command_line(
    tmp_path: Path,
    local_model: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    folder = str(tmp_path / "study")
    made = ["resumes", "generate", "--jobs", "nurse", "--pairs", "10", "--seed", "3"]
    assert run([*made, "--arms", "name,quality", "-o", folder]) == 0
    asked = ["resumes", "run", folder, "--system", "openai:small"]
    asked += ["--base-url", local_model, "--framings", "plain,persona"]
    asked += ["--timeout", "300", "--concurrency", "2"]
    # Stopped by a limit, and the same command with a higher one goes on.
    assert run([*asked, "--max-calls", "30"]) == 4
    assert run(asked) == 0
    told = capsys.readouterr().out
    # Strong and weak applications are asked the reverse of the question besides.
    assert "100 of 100 calls, 70 of them now" in told
    assert run(["resumes", "report", folder, "--margin", "0.5", "--format", "json"]) == 4
    (part,) = json.loads(capsys.readouterr().out)["parts"]
    findings = {one["id"]: one for one in part["findings"]}
    assert {"effects", "controls", "pressure"} <= set(findings)
    (arm,) = findings["effects"]["evidence"]["rows"]
    assert arm["estimate"]["denominator"] == 10
    # A model of this size cannot judge résumés: it says yes sooner to a strong one, and so
    # it does when it is asked whether to turn it down.
    assert "does not respond to qualifications" in findings["controls"]["sentence"]
    plain = next(one for one in part["verdicts"] if one["id"].startswith("name:women"))
    assert plain["because"].startswith("no verdict")
    design = dict(part["design"])
    assert design["Replies"].startswith("100 ok") or "ok" in design["Replies"]
    assert design["Tokens"]
