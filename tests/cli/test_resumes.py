"""`fairaudit resumes` from the first command to the report, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairaudit.cli.main import run
from tests.resumes.servers import Call, completion, failing, saying, serving

TOP = {"Yes": -0.2, "No": -1.8}

SCREENING = """
import re

def score(texts):
    titles = ("Registered Nurse,", "Charge Nurse,", "Nurse Manager,")
    return [
        sum(title in text for title in titles) - 3 * ("women's" in text) for text in texts
    ]

def length(texts):
    return [len(re.findall("[a-z]+", text)) for text in texts]

def broken(texts):
    raise ValueError("no model loaded")

number = 7
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with a function of one's own and a study."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(__import__("sys").modules, "screening", raising=False)
    (tmp_path / "screening.py").write_text(SCREENING)
    assert generated("study") == 0
    return tmp_path


def generated(place: str, *more: str) -> int:
    return run(
        [
            *("resumes", "generate", "--jobs", "nurse", "--pairs", "20", "--seed", "7"),
            *("--arms", "club,placebo,quality", "-o", place),
            *more,
        ]
    )


def asked(system: str, *more: str) -> int:
    return run(["resumes", "run", "study", "--system", system, *more])


def test_from_study_to_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generated("study") == 0  # the same again
    told = capsys.readouterr().out
    assert "study: 60 pairs (20 club, 20 placebo, 20 quality)" in told
    assert told.count("\nok   ") == 9
    assert asked("screening:score") == 0
    assert "120 of 120 calls, 120 of them now" in capsys.readouterr().out
    assert asked("screening:score") == 0
    assert "120 of 120 calls, 0 of them now" in capsys.readouterr().out
    report = ["resumes", "report", "study", "--margin", "0.5", "--unit", "points"]
    assert run([*report, "--output", "report.html", "--output", "report.json"]) == 1
    told = capsys.readouterr().out
    assert "FAIL  difference of women and men (arm club) within 0.5 points" in told
    assert "120 of 120 calls" in told
    assert all(len(line) <= 80 for line in told.splitlines())
    page = (folder / "report.html").read_text()
    assert "women's" in page or "women&#39;s" in page
    part = json.loads((folder / "report.json").read_text())["parts"][0]
    assert part["sources"][0]["name"] == "screening:score"
    assert dict(part["design"])["Replies"] == "120 ok"


def test_whoever_counts_words_gets_no_verdict(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder
    assert asked("screening:length") == 0
    assert run(["resumes", "report", "study", "--margin", "0.5"]) == 4
    told = " ".join(capsys.readouterr().out.split())
    assert "does not respond to qualifications: strong minus weak is" in told


def test_a_limit_stops_a_run_with_4_and_a_higher_one_goes_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder
    assert asked("screening:score", "--max-calls", "30") == 4
    told = capsys.readouterr().out
    assert "30 of 120 calls" in told
    assert "stopped by --max-calls" in told
    assert run(["resumes", "report", "study"]) == 0
    assert "30 of 120 calls" in capsys.readouterr().out
    assert asked("screening:score") == 0


def test_a_plan_says_whether_a_study_is_large_enough(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder
    plan = ["resumes", "plan", "study"]
    assert run([*plan, "--effect", "0.28", "--price", "2,8"]) == 0
    told = capsys.readouterr().out
    assert "101 an arm find it with power 0.8; this study has 20: too few" in told
    assert "Holm" not in told
    assert "calls        160" in told
    assert "cost         about 0." in told
    asked("screening:score")
    capsys.readouterr()
    # The planted gap is the same in every pair: there is no spread to plan with.
    assert run([*plan, "--effect", "1", "--pilot", "study/runs.jsonl"]) == 2
    assert "never differ" in capsys.readouterr().err


def test_a_plan_counts_the_arms_that_are_judged_together_and_the_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = ["resumes", "generate", "--jobs", "nurse", "--pairs", "100"]
    arms = ["--arms", "name,club,placebo,quality", "--seed", "7"]
    assert run([*made, *arms, "-o", str(tmp_path / "two")]) == 0
    assert "names   fresh as far as names reach: 90 and 89 names" in capsys.readouterr().out
    assert run(["resumes", "plan", str(tmp_path / "two"), "--effect", "0.28"]) == 0
    told = capsys.readouterr().out
    # (2.2414 + 0.8416)² / 0.28², at half the error rate.
    assert "122 an arm find it with power 0.8; this study has 100: too few" in told
    assert "judged with 1 more by Holm's method" in told
    assert "repeated names, as here, need more" in told


def test_nothing_is_asked_by_a_dry_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(saying("Yes")) as server:
        more = ("--base-url", server.url, "--price", "1,2", "--dry-run")
        assert asked("openai:small", *more) == 0
        assert server.calls == []
    told = capsys.readouterr().out
    assert "160; nothing was asked" in told
    assert "cost    at most" in told
    assert not (folder / "study" / "runs.jsonl").exists()


def test_a_model_is_asked_and_its_key_is_nowhere(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-verysecret123")
    with serving(lambda call: call.send(completion("Yes", top=TOP))) as server:
        url = server.url.replace("127.0.0.1", "me:hush@127.0.0.1") + "?api_key=hidden99"
        more = ("--framings", "persona", "--concurrency", "8")
        assert asked("openai:small", "--endpoint", url, *more) == 0
        assert (
            len(server.calls) == 1 + 240 + 40
        )  # the quality arm is asked the reverse besides
        assert server.calls[1].headers["Authorization"]
    assert run(["resumes", "report", "study", "--output", "r.html"]) == 0
    out = capsys.readouterr()
    told = out.out + out.err + (folder / "r.html").read_text()
    told += (folder / "study" / "runs.jsonl").read_text()
    for secret in ("verysecret", "hush", "hidden99"):
        assert secret not in told
    assert "does not respond to qualifications" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere:score",), "'nowhere' cannot be imported"),
        (("screening:scores",), "Did you mean 'score'?"),
        (("screening:number",), "this is a int, which cannot be called"),
        (("screening:broken",), "raised ValueError: no model loaded"),
        (("screening",), "write module:attribute"),
        (("screening:score", "--base-url", "http://x"), "--base-url: this is for a model"),
        (("screening:score", "--framings", "persona"), "cannot be put under 'persona'"),
        (("screening:score", "--max-cost", "5"), "no price is known"),
        (("screening:score", "--price", "5"), "write the prices of a million tokens"),
        (("screening:score", "--price", "1,2", "--max-cost", "much"), "no amount"),
        (("screening:score", "--concurrency", "0"), "--concurrency 0: at least one"),
        (("screening:score", "--repeats", "0"), "--repeats 0 makes no run"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_sentence(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    assert folder
    capsys.readouterr()
    assert asked(*arguments) == 2
    out = capsys.readouterr()
    assert said in out.err
    assert out.out == ""
    assert len(out.err.splitlines()) == 1


def test_each_try_of_the_first_call_that_may_be_charged_is_charged(folder: Path) -> None:
    def slow_once(call: Call) -> None:
        if len(call.server.calls) == 1:
            call.send("", 504)  # a gateway gave up on a call that may have gone through
        else:
            call.send(completion("Yes", top=TOP))

    with serving(slow_once) as server:
        more = ("--base-url", server.url, "--price", "1,2", "--max-calls", "3")
        assert asked("openai:small", *more) == 4
    lines = (folder / "study" / "runs.jsonl").read_text().splitlines()[1:]
    charges = [json.loads(line)["charge"] for line in lines if '"charge"' in line]
    assert [charge["key"] for charge in charges] == ["first call"] * 2
    assert all(float(charge["cost"]) > 0 for charge in charges)


def test_a_first_call_that_is_refused_costs_nothing(folder: Path) -> None:
    with serving(failing(401, {"error": {"message": "Incorrect API key"}})) as server:
        assert asked("openai:small", "--base-url", server.url) == 2
    assert '"charge"' not in (folder / "study" / "runs.jsonl").read_text()


def test_a_wrong_key_is_told_of_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder
    with serving(failing(401, {"error": {"message": "Incorrect API key"}})) as server:
        assert asked("openai:small", "--base-url", server.url) == 2
        assert len(server.calls) == 1
    assert "401" in capsys.readouterr().err


def test_a_study_that_is_none_or_was_not_asked_is_told_of(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["resumes", "report", "study"]) == 2
    assert "nothing was asked yet" in capsys.readouterr().err
    assert run(["resumes", "run", "nowhere", "--system", "screening:score"]) == 2
    assert "nowhere/study.json" in capsys.readouterr().err
    (folder / "study" / "pairs.jsonl").write_text("{}\n")
    assert asked("screening:score") == 2
    assert "changed after the study was made" in capsys.readouterr().err


def test_one_system_of_several_is_reported_by_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked("screening:score") == 0
    more = "def other(texts):\n    return [1.0 for _ in texts]\n"
    (folder / "second.py").write_text(more)
    assert asked("second:other") == 0
    report = ["resumes", "report", "study", "--format", "json"]
    capsys.readouterr()
    assert run(report) == 0
    assert len(json.loads(capsys.readouterr().out)["parts"]) == 2
    assert run([*report, "--system", "second:other"]) == 0
    (part,) = json.loads(capsys.readouterr().out)["parts"]
    assert part["sources"][0]["name"] == "second:other"
    assert run([*report, "--system", "second:othr"]) == 2
    assert "Did you mean 'second:other'?" in capsys.readouterr().err


def test_a_resume_of_one_s_own_and_an_export(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "cv.txt").write_text("{{name}}\n{{email}}\nNurse since 2015.\n")
    more = ["--own", "cv.txt", "--arms", "name,placebo", "--pairs", "5"]
    made = ["resumes", "generate", *more, "-o", "own", "--export", "own.csv"]
    assert run(made) == 0
    assert (folder / "own.csv").read_text().count("Nurse since 2015.") == 20
    (folder / "cv.txt").write_text("{{name}\nNurse")
    capsys.readouterr()
    assert run(["resumes", "generate", *more, "-o", "other"]) == 2
    assert "not closed" in capsys.readouterr().err
    assert not (folder / "other").exists()


def test_training_texts_are_told_again_with_the_genders_exchanged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "train.csv").write_text(
        "cv,hired\nMember of the women's chess club,1\nBuilt bridges,0\n"
    )
    made = ["resumes", "augment", "train.csv", "--text", "cv"]
    capsys.readouterr()
    assert run([*made, "--out", "more.csv"]) == 0
    said = capsys.readouterr()
    assert said.out == "more.csv: 2 rows and 1 copies with the genders exchanged\n"
    note = "of 2 texts 1 have no counterpart, and in 1 of 1 copies no first name"
    assert said.err.startswith(f"note: augmentation: {note}")
    assert "--name-pair James=Mary" in said.err
    assert said.err.count("\n") == 1
    assert "Member of the men's chess club,1" in (folder / "more.csv").read_text()
    assert run([*made, "--out", "train.csv"]) == 2
    assert "a file that is read" in capsys.readouterr().err
    assert run(["resumes", "augment", "train.csv", "--text", "c", "--out", "m.csv"]) == 2
    assert "column 'c' is not there" in capsys.readouterr().err


def test_training_data_stay_as_they_are_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "train.csv").write_text(
        "id,cv,share,hired\n007,James leads his team,0.10,1\n010,A nurse,NA,\n"
    )
    made = ["resumes", "augment", "train.csv", "--text", "cv", "--out", "more.csv"]
    assert run([*made, "--name-pair", "James=Mary"]) == 0
    assert (folder / "more.csv").read_text().splitlines() == [
        "id,cv,share,hired,counterpart_of",
        "007,James leads his team,0.10,1,",
        "010,A nurse,NA,,",
        "007,Mary leads her team,0.10,1,0",
    ]
    assert run([*made, "--name-pair", "James"]) == 2
    assert "--name-pair James: write two" in capsys.readouterr().err


def test_decisions_in_words_are_read_once_it_is_said_what_means_yes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide = (
        "\n\ndef decide(texts):\n    return [('no', 'go')[s > 0] for s in score(texts)]\n"
    )
    (folder / "screening.py").write_text(SCREENING + decide)
    assert asked("screening:decide") == 0
    report = ["resumes", "report", "study"]
    plan = ["resumes", "plan", "study", "--effect", "0.3", "--pilot", "study/runs.jsonl"]
    for command in (report, plan):
        capsys.readouterr()
        assert run(command) == 2
        assert "--yes ANSWER" in capsys.readouterr().err
        assert run([*command, "--yes", "go"]) == 0
    assert run([*report, "--yes", "go", "--yes", "on"]) == 2
    assert "never answers “on”" in capsys.readouterr().err
    assert run([*report, "--yes", "go"]) == 0
    told = capsys.readouterr().out
    assert "“go”" in told
    assert "What the texts say" not in told
    assert run([*plan[:-2], "--yes", "go"]) == 2
    assert "--pilot" in capsys.readouterr().err
