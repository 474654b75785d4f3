from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from fairaudit import datasets, embeddings
from fairaudit.cli.main import run

GLOVE = "glove_50d_subset"


def test_a_gate_that_is_met_and_one_that_is_not_exit_apart(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["embeddings", "audit", GLOVE, "--test", "weat-6"]
    assert run([*asked, "--gate", "weat-6.effect_size<=0.5"]) == 1
    told = capsys.readouterr().out
    assert "FAIL  weat-6.effect_size<=0.5" in told
    assert "exit 1" in told
    assert run([*asked, "--gate", "weat-6.effect_size<=1.8"]) == 0
    assert run(asked) == 0


def test_an_undefined_number_exits_with_4(tmp_path: Path) -> None:
    glove = embeddings.load(GLOVE)
    same = tmp_path / "same.npz"
    np.savez(
        same,
        words=np.array(glove.words),
        vectors=np.ones((len(glove), 3), dtype=np.float32),
    )
    asked = ["embeddings", "audit", str(same), "--test", "weat-6"]
    assert run([*asked, "--gate", "weat-6.effect_size<=0.5"]) == 4


def test_the_report_names_the_command_and_the_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["embeddings", "audit", GLOVE, "--test", "rnsb", "--format", "json"]
    assert run(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["run"][0]["command"] == f"fairaudit {' '.join(asked)}"
    assert told["parts"][0]["sources"][0]["name"] == "glove_50d_subset.npz"


def test_an_analogy_is_answered_with_and_without_the_words_of_the_question(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["embeddings", "analogy", GLOVE, "man", "doctor", "woman"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Man is to doctor as woman is to doctor when any word may be the answer" in told
    assert "nurse when the words of the question are barred" in told


def test_lists_of_ones_own_are_tested(capsys: pytest.CaptureFixture[str]) -> None:
    asked = [
        *("embeddings", "weat", GLOVE),
        *("--targets", "science=science,physics,chemistry"),
        *("--targets", "arts=poetry, art, dance"),
        *("--attributes", "men=he,man,father"),
        *("--attributes", "women=she,woman,mother"),
    ]
    assert run(asked) == 0
    assert "own: science, men" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["audit", GLOVE, "--test", "weat-66"], "Did you mean 'weat-6'?"),
        (["audit", "glove_50d_subse"], "Did you mean 'glove_50d_subset'?"),
        (["audit", GLOVE, "--debias", "harder"], "Did you mean 'hard'?"),
        (["audit", GLOVE, "--test", "weat-6", "--gate", "x<=1"], "this study has not"),
        (["audit", GLOVE, "--test", "weat-6", "--minimum-words", "0"], "1 or more"),
        (["weat", GLOVE, "--test", "rnsb"], "no association test"),
        (["weat", GLOVE, "--targets", "a=b"], "--targets twice"),
        (["analogy", GLOVE, "man", "doctor", "womann"], "Did you mean 'woman'?"),
        (["analogy", GLOVE, "a", "b", "c", "--answers", "0"], "1 or more"),
        (["debias", GLOVE, "--out", "x.pkl"], "vectors are written as"),
        (["debias", GLOVE, "--out", "nowhere/x.bin"], "there is no directory"),
        (["compare", GLOVE], "Missing argument"),
        (["audti"], "Did you mean 'audit'?"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else None,
)
def test_what_cannot_be_done_is_refused_with_a_remedy(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["embeddings", *arguments]) == 2
    ended = capsys.readouterr()
    assert message in ended.err
    assert not ended.out


def test_debiased_vectors_are_written_with_what_is_left_of_the_bias(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "debiased.bin"
    asked = ["embeddings", "debias", GLOVE, "--out", str(out), "--test", "weat-6"]
    assert run(asked) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Removing the direction is not removing the bias" in told
    written = embeddings.load(out)
    direction = embeddings.gender_direction(written)
    assert len(written) == 5_990
    assert embeddings.direct_bias(written, direction).value == pytest.approx(0, abs=1e-6)


def test_nothing_is_written_where_the_audit_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "debiased.bin"
    asked = ["embeddings", "debias", GLOVE, "--out", str(out)]
    assert run([*asked, "--test", "religion-jew-muslim"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_file_that_is_read_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "vectors.bin"
    embeddings.save(embeddings.load(GLOVE), file)
    before = file.read_bytes()
    assert run(["embeddings", "debias", str(file), "--out", str(file)]) == 2
    assert file.read_bytes() == before


@pytest.mark.parametrize("option", ["--out", "--output"])
def test_nor_is_a_list_of_words_that_stands_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.chdir(tmp_path)
    embeddings.save(embeddings.load(GLOVE), "v.npy")
    lines = Path("v.words.txt").rename("v.txt")
    before = lines.read_bytes()
    asked = ["embeddings", "debias", "v.npy", "--test", "weat-6", "--out", "new.bin"]
    assert run([*asked, option, "v.txt"]) == 2
    assert lines.read_bytes() == before
    assert run([*asked, "--output", "v.json"]) == 0
    (part,) = json.loads(Path("v.json").read_bytes())["parts"]
    assert [one["name"] for one in part["sources"]] == ["v.npy", "v.txt"]


@pytest.mark.parametrize(
    ("out", "report"), [("x.txt", "./x.txt"), ("x.npy", "x.words.txt")]
)
def test_a_report_does_not_go_where_the_vectors_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, report: str
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ["embeddings", "debias", GLOVE, "--test", "weat-6", "--out", out]
    assert run([*asked, "--output", report]) == 2
    assert not list(tmp_path.iterdir())


def test_two_files_are_compared_and_the_second_is_gated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "debiased.bin"
    embeddings.save(embeddings.debiased(embeddings.load(GLOVE), "hard"), file)
    asked = ["embeddings", "compare", str(datasets.path(GLOVE)), str(file)]
    gated = ["--test", "direct_bias", "--gate", "direct_bias<=0.01"]
    assert run([*asked, *gated]) == 0
    told = capsys.readouterr().out
    assert "PASS  direct_bias<=0.01" in told
    assert "debiased.bin" in told


def test_a_policy_gates_vectors_and_says_what_goes_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fairaudit.toml"
    gate = "[[gates]]\nnumber = 'weat-6.effect_size<=0.5'\nwhy = 'agreed'\n"
    waiver = "[[waivers]]\ngate = 'weat-6.effect_size'\nowner = 'Ada'\nreason = 'a trial'\n"
    asked = ["embeddings", "weat", GLOVE, "--test", "weat-6", "--policy", str(file)]
    for policy, code, word in (
        (gate, 1, "FAIL"),
        (f"{gate}{waiver}expires = 9999-12-31", 0, "WAIVED"),
        (f"{gate}{waiver}expires = 2021-01-31", 1, "FAIL"),
    ):
        file.write_text(policy, encoding="utf-8")
        assert run(asked) == code
        told = capsys.readouterr()
        assert f"{word}  weat-6.effect_size<=0.5" in told.out
        assert "agreed" in told.out
        assert not told.err
    assert "expired on 2021-01-31" in " ".join(told.out.split())
    assert run([*asked, "--gate", "weat-6.effect_size<=1.8"]) == 0
    told = capsys.readouterr()
    assert "--gate goes before" in told.err
    assert "which says weat-6.effect_size<=0.5" in told.err


def test_a_policy_that_asks_nothing_of_a_study_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fairaudit.toml"
    file.write_text("[[gates]]\nnumber = 'impact_ratio>=0.8'\n", encoding="utf-8")
    asked = ["embeddings", "audit", GLOVE, "--test", "weat-6", "--policy"]
    assert run([*asked, str(file)]) == 0
    assert "has no gate on a number of a study" in capsys.readouterr().err
    file.write_text("[[gates]]\nnumber = 'rnsb.race<=0.1'\n", encoding="utf-8")
    assert run([*asked, str(file)]) == 2
    assert "asks for a number this study has not" in capsys.readouterr().err
    assert run([*asked, str(tmp_path / "none.toml")]) == 2
    assert "no such file" in capsys.readouterr().err
