from __future__ import annotations

import errno
import gzip
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from fairaudit.core.errors import OutputError, UnreadableVectorsError
from fairaudit.embeddings import (
    Embedding,
    HardDebias,
    gender_lists,
    load,
    pick,
    rewrite,
    save,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@pytest.mark.parametrize("suffix", [".bin", ".txt", ".vec", ".npy"])
def test_what_is_saved_is_read_back(glove: Embedding, tmp_path: Path, suffix: str) -> None:
    small = Embedding.make("small", glove.words[:1_500], glove.matrix[:1_500])
    target = tmp_path / f"small{suffix}"
    save(small, target)
    found = load(target)
    assert list(found.words) == list(small.words)
    assert (found.matrix == small.matrix.astype(np.float32)).all()


@pytest.mark.parametrize("suffix", [".bin", ".txt", ".npy"])
@pytest.mark.parametrize(
    ("word", "unfit", "why"),
    [
        ("a\nb", {".bin", ".txt", ".npy"}, "holds a line end"),
        ("x\r", {".bin", ".txt", ".npy"}, "holds a line end"),
        ("", {".bin", ".txt", ".npy"}, "is empty"),
        ("\udc80", {".bin", ".txt", ".npy"}, "is no text that UTF-8 can hold"),
        ("é" * 501, {".bin", ".txt", ".npy"}, "is longer than 1,000 bytes"),
        ("New York", {".bin"}, "holds a blank.* Write an .npy"),
        (". . .", {".bin"}, "holds a blank.* Write an .npy"),
        ("a 1", {".bin", ".txt"}, "a blank.* Write an .npy"),
        ("a\t1", {".txt"}, "ends in a number after a blank. Write an .npy"),
        ("a ", {".bin", ".txt"}, "a blank.* Write an .npy"),
        (" a", {".bin", ".txt"}, "a blank.* Write an .npy"),
        ("a\x01", {".txt"}, "holds a control sign. Write an .npy"),
        ("é" * 500, set(), ""),
        ("a\rb", set(), ""),
        ("\u3000", set(), ""),
        ("1984", set(), ""),
    ],
)
def test_a_word_is_read_back_or_refused_by_name_and_the_old_file_stands(
    tmp_path: Path, suffix: str, word: str, unfit: set[str], why: str
) -> None:
    words = [*(f"w{number}" for number in range(1_500)), word, "z"]
    rows = np.random.default_rng(0).normal(size=(len(words), 3)).astype(np.float32)
    target = tmp_path / f"v{suffix}"
    if suffix not in unfit:
        save(Embedding.make("v", words, rows), target)
        assert list(load(target).words) == words
        return
    target.write_bytes(b"old")
    with pytest.raises(OutputError, match=why) as refused:
        save(Embedding.make("v", words, rows), target)
    assert repr(word[:40]) in str(refused.value)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        (target.name, b"old")
    ]


@pytest.mark.parametrize("suffix", [".bin", ".txt", ".npy"])
@pytest.mark.parametrize(
    ("number", "says"),
    [
        (1e300, "has numbers so large or so small"),
        (1e20, "has numbers so large or so small"),
        (1e-50, "has numbers so large or so small"),
        (0.0, "is all zeros"),
        (np.nan, "holds NaN or an infinity"),
    ],
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numbers_that_would_not_be_read_back_are_refused_with_their_word(
    toy: Embedding,
    tmp_path: Path,
    suffix: str,
    number: float,
    says: str,
    dtype: type[np.floating],
) -> None:
    class Spoilt:
        def apply(
            self, words: Sequence[str], rows: NDArray[np.floating]
        ) -> NDArray[np.floating]:
            spoilt = rows.astype(np.float64)
            spoilt[words.index("b")] = number
            with np.errstate(over="ignore", under="ignore"):
                return spoilt.astype(dtype)

    save(toy, tmp_path / "a.npy")
    target = tmp_path / f"v{suffix}"
    target.write_bytes(b"old")
    for write in (
        lambda: save(toy.changed_by(Spoilt()), target),
        lambda: rewrite(tmp_path / "a.npy", target, [Spoilt()]),
    ):
        with pytest.raises(OutputError, match="the vector of 'b' "):
            write()
        assert target.read_bytes() == b"old"
    if dtype is np.float64:
        with pytest.raises(OutputError, match=says):
            write()


def test_debiasing_a_stream_is_debiasing_the_whole(
    glove: Embedding, tmp_path: Path
) -> None:
    words = gender_lists().about_gender
    some = [*glove.find(words).used, *glove.words[:1_200]]
    some = list(dict.fromkeys(some))
    glove = Embedding.make("some", some, glove.matrix[[glove.index[w] for w in some]])
    whole = HardDebias.fit(glove).transform(glove)
    for source, target in (("a.npy", "b.npy"), ("a.bin", "b.bin"), ("a.bin", "c.npy")):
        save(glove, tmp_path / source)
        few = pick(tmp_path / source, words)
        assert set(few.words) == set(glove.find(words).used) | (words & set(glove.words))
        rewrite(tmp_path / source, tmp_path / target, [HardDebias.fit(few)])
        found = load(tmp_path / target)
        assert list(found.words) == list(glove.words)
        assert found.matrix == pytest.approx(whole.rows(glove.words), abs=1e-6)


def test_a_stream_that_is_cut_off_leaves_the_old_file(
    glove: Embedding, tmp_path: Path
) -> None:
    save(glove, tmp_path / "a.npy")
    (tmp_path / "b.npy").write_bytes(b"old")
    lines = tmp_path / "a.words.txt"
    lines.write_bytes(lines.read_bytes()[:-50])
    with pytest.raises(UnreadableVectorsError, match="vectors but"):
        rewrite(tmp_path / "a.npy", tmp_path / "b.npy", [])
    assert (tmp_path / "b.npy").read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "a.npy", "a.words.txt", "b.npy",
    ]  # fmt: skip


def test_a_stream_stops_at_vectors_that_mean_nothing(tmp_path: Path) -> None:
    rows = np.ones((3, 2), np.float32)
    rows[1] = np.nan
    np.save(tmp_path / "a.npy", rows)
    (tmp_path / "a.txt").write_text("a\nb\nc\n", encoding="utf-8")
    for read in (
        lambda: pick(tmp_path / "a.npy", ["a", "b"]),
        lambda: rewrite(tmp_path / "a.npy", tmp_path / "b.npy", []),
    ):
        with pytest.raises(
            UnreadableVectorsError, match="the vector of 'b' is all zeros, or"
        ):
            read()
    assert list(pick(tmp_path / "a.npy", ["a"]).words) == ["a"]
    assert not (tmp_path / "b.npy").exists()
    np.save(tmp_path / "a.npy", np.ones((3, 2)))
    with pytest.raises(
        UnreadableVectorsError, match="only float32 in rows can be streamed"
    ):
        pick(tmp_path / "a.npy", ["a"])
    (tmp_path / "v.txt").write_text("a 1 2\n", encoding="utf-8")
    with pytest.raises(UnreadableVectorsError, match="format text is not streamed"):
        pick(tmp_path / "v.txt", ["a"])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nothing.bin", "nothing.bin: the file cannot be read: No such file"),
        (".", "the file cannot be read: "),
        ("a.bin.gz", "a.bin.gz: the file is compressed. Unpack it first"),
        ("columns.npy", "float32 in rows can be streamed; this is float32 in columns"),
        ("swapped.npy", "float32 in rows can be streamed; this is >f4 in rows"),
    ],
)
def test_what_cannot_be_streamed_is_refused_with_the_reason(
    toy: Embedding, tmp_path: Path, name: str, says: str
) -> None:
    save(toy, tmp_path / "a.bin")
    (tmp_path / "a.bin.gz").write_bytes(gzip.compress((tmp_path / "a.bin").read_bytes()))
    rows = np.arange(1, 7, dtype=np.float32).reshape(3, 2)
    np.save(tmp_path / "columns.npy", np.asfortranarray(rows))
    np.save(tmp_path / "swapped.npy", rows.astype(">f4"))
    with pytest.raises(UnreadableVectorsError, match=says):
        pick(tmp_path / name, ["a"])
    with pytest.raises(UnreadableVectorsError, match=says):
        rewrite(tmp_path / name, tmp_path / "b.npy", [])
    assert not (tmp_path / "b.npy").exists()


def test_a_suffix_without_a_format_is_refused(toy: Embedding, tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"written as \.bin, \.txt, \.vec, \.npy; got \.kv"
    ):
        save(toy, tmp_path / "vectors.kv")
    with pytest.raises(OutputError, match="cannot be written"):
        save(toy, tmp_path / "nowhere" / "vectors.bin")


@pytest.mark.parametrize("suffix", [".bin", ".txt", ".npy"])
def test_a_first_word_that_looks_like_a_mark_is_read_back(
    tmp_path: Path, suffix: str
) -> None:
    words = ["\ufeffthe", "of"]
    save(Embedding.make("v", words, np.eye(2)), tmp_path / f"v{suffix}")
    assert list(load(tmp_path / f"v{suffix}").words) == words


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_words_that_go_with_a_stream_may_end_as_on_any_system(
    tmp_path: Path, end: str, mark: bytes
) -> None:
    words = [f"{'w' * (n % 40)}é{n}" for n in range(2_100)]
    np.save(tmp_path / "a.npy", np.arange(1, 4_201, dtype=np.float32).reshape(-1, 2))
    for last in (end, ""):
        raw = mark + (end.join(words) + last).encode()
        (tmp_path / "a.words.txt").write_bytes(raw)
        rewrite(tmp_path / "a.npy", tmp_path / "b.npy", [])
        assert list(load(tmp_path / "a.npy").words) == words
        found = load(tmp_path / "b.npy")
        assert list(found.words) == words
        assert (found.matrix == np.load(tmp_path / "a.npy")).all()
        (row,) = pick(tmp_path / "a.npy", {words[1_500]}).matrix
        assert list(row) == [3_001, 3_002]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a\nb\nc\nd\n", "3 vectors but 4 words"),
        (b"a\nb", "3 vectors but 2 words"),
        (b"a\n\xff\nc\n", "a word is not UTF-8"),
        (b"x" * 20_000, "the longest allowed is 1,000"),
    ],
)
def test_a_list_that_does_not_go_with_its_vectors_is_refused(
    tmp_path: Path, raw: bytes, message: str
) -> None:
    np.save(tmp_path / "a.npy", np.ones((3, 2), np.float32))
    (tmp_path / "a.words.txt").write_bytes(raw)
    with pytest.raises(UnreadableVectorsError, match=message):
        pick(tmp_path / "a.npy", {"a"})
    with pytest.raises(UnreadableVectorsError, match=message):
        rewrite(tmp_path / "a.npy", tmp_path / "b.npy", [])
    assert not (tmp_path / "b.npy").exists()


def test_both_files_are_on_the_disk_before_either_takes_its_name(
    toy: Embedding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def watched_fsync(number: int) -> None:
        done.append(f"{os.fstat(number).st_size:,} bytes")
        fsync(number)

    def watched_replace(beside: Path, target: Path) -> Path:
        done.append(target.name)
        return replace(beside, target)

    monkeypatch.setattr("os.fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    save(toy, tmp_path / "a.npy")
    numbers, lines = (
        f"{(tmp_path / name).stat().st_size:,} bytes" for name in ("a.npy", "a.words.txt")
    )
    first_move = done.index("a.words.txt")
    assert {numbers, lines} <= set(done[:first_move])
    assert done[first_move + 1 :] == [numbers, "a.npy"]


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="the system takes no advice")
@pytest.mark.parametrize("name", ["b.npy", "b.bin", "b.txt"])
def test_what_is_written_of_a_large_file_is_sent_to_the_disk_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    ends: list[int] = []
    monkeypatch.setattr("fairaudit.embeddings.files.writing._BEHIND", 20_000)
    monkeypatch.setattr("os.posix_fadvise", lambda *asked: ends.append(asked[2]))
    np.save(tmp_path / "a.npy", np.ones((5_000, 4), np.float32))
    words = [f"w_{n}" for n in range(5_000)]
    (tmp_path / "a.words.txt").write_text("\n".join(words), encoding="utf-8")
    rewrite(tmp_path / "a.npy", tmp_path / name, [])
    assert len(ends) >= 2
    assert (np.diff([0, *ends]) >= 20_000).all()
    assert ends[-1] <= (tmp_path / name).stat().st_size
    assert len(load(tmp_path / name)) == 5_000


@pytest.mark.skipif(
    not hasattr(os, "posix_fallocate"), reason="the system sets no room aside"
)
def test_a_disk_too_full_says_so_before_any_work(
    toy: Embedding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def refused(number: int) -> None:
        def refuse(*wanted: int) -> None:
            asked.append(wanted[2])
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr("os.posix_fallocate", refuse)

    refused(errno.EOPNOTSUPP)
    save(toy, tmp_path / "a.npy")
    size = (tmp_path / "a.npy").stat().st_size
    refused(errno.ENOSPC)
    with pytest.raises(OutputError, match="No space left"):
        save(toy, tmp_path / "b.npy")
    assert asked == [size, size]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.npy", "a.words.txt"]
