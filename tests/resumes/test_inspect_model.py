"""What Inspect asks and how its replies read, without Inspect."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fairaudit.cli.main import run as fairaudit
from fairaudit.core.errors import InputError, MissingExtraError, SystemUnusableError
from fairaudit.resumes import write
from fairaudit.resumes.framings import framed_messages, framings
from fairaudit.resumes.running.calls import calls_of
from fairaudit.resumes.running.inspect_log import import_log
from fairaudit.resumes.systems.completions import reply_of
from fairaudit.resumes.systems.inspect_model import InspectModel, completion_of
from fairaudit.resumes.systems.questions import question_of
from fairaudit.resumes.systems.system import System
from tests.resumes.asked import small_study


class Stand(SimpleNamespace):
    """Has what it is given, and None of everything else."""

    def __getattr__(self, name: str) -> None:
        return None


def output(text: str, content: Any = None, **more: Any) -> Stand:  # noqa: ANN401
    message = Stand(text=text, content=text if content is None else content)
    reason = more.pop("stop_reason", "stop")
    return Stand(choices=[Stand(message=message, stop_reason=reason)], **more)


@pytest.mark.parametrize(
    ("reply", "state", "number"),
    [
        (output("Yes"), "ok", 1.0),
        (output("No, thank you.", stop_reason="max_tokens"), "ok", 0.0),
        (output("Well, let me", stop_reason="max_tokens"), "truncated", None),
        (output("Well, let me", stop_reason="model_length"), "truncated", None),
        (output("Well, let me", stop_reason="unknown"), "unparsable", None),
        (output("", stop_reason="content_filter"), "refused", None),
        (output("Yes", [Stand(refusal=True, text="Yes")]), "refused", None),
        (output("Yes", [Stand(text="Yes"), Stand(reasoning="Hm")]), "ok", 1.0),
        (Stand(choices=[], error="nobody there"), "error", None),
    ],
)
def test_replies_of_inspect_read_like_all_others(
    reply: Stand, state: str, number: float | None
) -> None:
    outcome = reply_of(completion_of(reply), "yes-no", "label").outcome
    assert (outcome.state, outcome.value) == (state, number)


def test_tokens_of_a_cache_are_among_those_sent() -> None:
    usage = Stand(input_tokens=5, output_tokens=2, input_tokens_cache_read=90)
    read = reply_of(completion_of(output("Yes", usage=usage)), "yes-no", "label")
    assert (read.tokens_in, read.tokens_out) == (95, 2)


@pytest.mark.parametrize("framing", framings())
@pytest.mark.parametrize("question", ["yes-no", "rating", "feedback"])
def test_a_model_of_inspect_hears_what_every_other_hears(
    framing: str, question: str
) -> None:
    made = InspectModel(question=question).request("Kim\ud800 Lee", "data_analyst", framing)
    assert made.content["messages"] == framed_messages(
        framing, question=question_of(question), resume="Kim? Lee", job="data analyst"
    )


def test_it_is_a_system_that_is_not_asked_from_here() -> None:
    system = InspectModel("openai/gpt-4o")
    assert isinstance(system, System)
    assert repr(system) == "<InspectModel inspect:openai/gpt-4o>"
    with pytest.raises(SystemUnusableError, match="to be made by Inspect"):
        system.ask([system.request("Kim Lee", "nurse", "plain")])


def test_calls_are_known_again_by_model_question_and_options() -> None:
    study = small_study(2, ("name", "placebo"))
    systems = [
        InspectModel(),
        InspectModel("a/b"),
        InspectModel("a/b", question="rating"),
        InspectModel("a/b", options={"temperature": 0.5}),
    ]
    keys = [call.key for system in systems for call in calls_of(study, system)]
    assert len(set(keys)) == len(keys) == 4 * 8


def test_without_the_extra_the_import_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("inspect_ai", "inspect_ai.log"):
        monkeypatch.setitem(sys.modules, name, None)
    folder = write(small_study(2), tmp_path / "study")
    with pytest.raises(MissingExtraError, match=r"fairaudit-toolkit\[inspect\]"):
        import_log(tmp_path / "log.eval", folder)
    assert fairaudit(["resumes", "import", str(tmp_path / "log.eval"), str(folder)]) == 2
    assert capsys.readouterr().err == (
        "fairaudit: import: the package inspect-ai is not installed; "
        "pip install 'fairaudit-toolkit[inspect]'.\n"
    )


def test_a_folder_without_a_study_is_refused_first(tmp_path: Path) -> None:
    (tmp_path / "study.json").write_text(json.dumps({"format": 0}))
    with pytest.raises(InputError, match="has format 0"):
        import_log(tmp_path / "log.eval", tmp_path)
