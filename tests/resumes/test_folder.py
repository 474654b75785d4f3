from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from fairaudit.core.errors import InputError, OutputError, UnreadableTableError
from fairaudit.resumes.folder import export, read, write
from fairaudit.resumes.generator import generate

STUDY = generate(jobs=["nurse"], pairs=3, seed=5)


def _change(folder: Path, **fields: object) -> None:
    path = folder / "study.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


def test_a_study_comes_back_as_it_was(tmp_path: Path) -> None:
    assert read(write(STUDY, tmp_path / "study")) == STUDY


def test_the_same_study_is_the_same_bytes(tmp_path: Path) -> None:
    one, other = (
        write(generate(jobs=["nurse"], pairs=3, seed=5), tmp_path / n) for n in "ab"
    )

    for name in ("study.json", "pairs.jsonl"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_another_version_is_refused(tmp_path: Path) -> None:
    _change(write(STUDY, tmp_path), format=99)

    with pytest.raises(InputError, match="has format 99"):
        read(tmp_path)


def test_a_changed_plan_is_refused(tmp_path: Path) -> None:
    write(STUDY, tmp_path)
    plan = json.loads((tmp_path / "study.json").read_text())["plan"]
    _change(tmp_path, plan={**plan, "seed": 6})

    with pytest.raises(InputError, match="the plan was changed"):
        read(tmp_path)


def test_changed_pairs_are_refused(tmp_path: Path) -> None:
    path = write(STUDY, tmp_path) / "pairs.jsonl"
    path.write_text(path.read_text().replace("nurse", "surgeon"))

    with pytest.raises(InputError, match="the pairs were changed"):
        read(tmp_path)


def test_a_plan_with_a_field_too_many_is_no_study(tmp_path: Path) -> None:
    _change(write(STUDY, tmp_path), plan={"colour": "red"})

    with pytest.raises(InputError, match="is no study"):
        read(tmp_path)


def test_a_folder_of_another_plan_is_kept(tmp_path: Path) -> None:
    write(STUDY, tmp_path)

    write(STUDY, tmp_path)
    with pytest.raises(OutputError, match="holds a study of another plan"):
        write(generate(jobs=["nurse"], pairs=3, seed=6), tmp_path)


@pytest.mark.parametrize(
    ("content", "words"), [("{", "is no JSON"), ("[]", "holds no study")]
)
def test_a_file_that_is_no_study_is_refused(
    tmp_path: Path, content: str, words: str
) -> None:
    (tmp_path / "study.json").write_text(content)

    with pytest.raises(InputError, match=words):
        read(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTableError, match="cannot be read"):
        read(tmp_path)


def test_tables_hold_one_application_a_row(tmp_path: Path) -> None:
    with export(STUDY, tmp_path / "pairs.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    lines = export(STUDY, tmp_path / "pairs.jsonl").read_text(encoding="utf-8").splitlines()

    assert len(table) == len(lines) == 18
    assert table[1]["text"] == STUDY.pairs[0].halves[1].text
    assert json.loads(lines[1])["group"] == "men"


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.csv or \.jsonl"):
        export(STUDY, tmp_path / "pairs.xlsx")
