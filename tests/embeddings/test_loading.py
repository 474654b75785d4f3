from __future__ import annotations

import gzip
import json
import pickle
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gensim.models import FastText, KeyedVectors
from gensim.models.fasttext import save_facebook_model

from fairaudit.core.errors import UnreadableVectorsError
from fairaudit.embeddings import Embedding, load, save

WORDS = ["the", "nurse", "naïve", "New_York", "she"]
BADINPUT = Path(__file__).parents[1] / "badinput"


@pytest.fixture
def keyed() -> KeyedVectors:
    made = KeyedVectors(3)
    rows = np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32)
    made.add_vectors(WORDS, rows)
    return made


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def record(word: str, *numbers: float) -> bytes:
    return word.encode() + b" " + np.array(numbers, dtype="<f4").tobytes()


def safetensors(path: Path, header: dict[str, Any], body: bytes) -> Path:
    text = json.dumps(header).encode()
    return written(path, struct.pack("<Q", len(text)) + text + body)


@pytest.mark.parametrize("binary", [True, False])
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_what_gensim_writes_is_read_as_it_was(
    keyed: KeyedVectors, tmp_path: Path, binary: bool, suffix: str
) -> None:
    file = tmp_path / f"vectors{suffix}"
    keyed.save_word2vec_format(str(file), binary=binary)
    found = load(file)
    assert list(found.words) == WORDS
    assert (found.matrix == keyed.vectors).all()
    assert not found.lower_case
    theirs = found.keyed_vectors()
    assert theirs.most_similar("nurse")[0] == keyed.most_similar("nurse")[0]
    assert np.shares_memory(theirs.vectors, found.matrix)


def test_word2vec_ends_records_with_a_line_end_and_that_is_read_too(tmp_path: Path) -> None:
    body = b"2 2\n" + record("a", 1, 2) + b"\n" + record("b", 3, 4) + b"\n"
    found = load(written(tmp_path / "vectors.bin", body))
    assert found.matrix.tolist() == [[1, 2], [3, 4]]


def test_glove_text_has_no_header_and_words_with_blanks(tmp_path: Path) -> None:
    text = b"the 0.25 -1e-3 2\n. . . 1 2 3\n1984 4 5 6\n"
    found = load(written(tmp_path / "glove.txt", text))
    assert list(found.words) == ["the", ". . .", "1984"]
    assert found.matrix[0].tolist() == pytest.approx([0.25, -0.001, 2])


@pytest.mark.parametrize("between", [b" ", b"\t", b"  ", b" \t "])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("header", [[], [[b"2", b"2"]]])
def test_text_parts_at_any_blanks_and_may_begin_with_a_mark(
    tmp_path: Path, between: bytes, mark: bytes, header: list[list[bytes]]
) -> None:
    lines = [*header, [b"New", b"York", b"1", b"2"], [b"", b"she", b"3", b"4", b""]]
    text = mark + b"\r\n".join(between.join(line) for line in lines)
    found = load(written(tmp_path / "vectors.txt", text))
    assert list(found.words) == [(b"New" + between + b"York").decode(), "she"]
    assert found.matrix.tolist() == [[1, 2], [3, 4]]


def test_fasttext_models_are_put_together_by_gensim(tmp_path: Path) -> None:
    texts = [["the", "nurse", "said", "she", "came"]] * 5
    model = FastText(texts, vector_size=4, min_count=1, bucket=20, epochs=1)
    save_facebook_model(model, str(tmp_path / "model.bin"))
    found = load(tmp_path / "model.bin")
    assert set(found.words) == set(texts[0])
    theirs = [model.wv.get_vector(word) for word in found.words]
    assert found.matrix == pytest.approx(np.array(theirs))
    whole = (tmp_path / "model.bin").read_bytes()
    for damaged, says in (
        (whole.replace(b"came\0", b"said\0"), "gensim cannot put its vectors together"),
        (whole[:60] + struct.pack("<3i", 5, 3, 2) + whole[72:], "unpruned model of words"),
    ):
        with pytest.raises(UnreadableVectorsError, match=says):
            load(written(tmp_path / "damaged.bin", damaged))
    for cut in (20, 100, 200, 400):
        with pytest.raises(UnreadableVectorsError, match=r"cut off"):
            load(written(tmp_path / "cut.bin", whole[:cut]))


def test_arrays_are_mapped_or_read_with_their_words(
    tmp_path: Path, keyed: KeyedVectors
) -> None:
    np.save(tmp_path / "a.npy", keyed.vectors)
    (tmp_path / "a.words.txt").write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    mapped = load(tmp_path / "a.npy")
    assert isinstance(mapped.matrix, np.memmap)
    (tmp_path / "other").write_text("\n".join(WORDS), encoding="utf-8")
    named = load(tmp_path / "a.npy", words=tmp_path / "other")
    np.savez(tmp_path / "text.npz", words=np.array(WORDS), vectors=keyed.vectors)
    joined = np.frombuffer("\n".join(WORDS).encode(), dtype=np.uint8)
    np.savez_compressed(tmp_path / "bytes.npz", words=joined, vectors=keyed.vectors)
    for found in (mapped, named, load(tmp_path / "text.npz"), load(tmp_path / "bytes.npz")):
        assert list(found.words) == WORDS
        assert (found.matrix == keyed.vectors).all()


@pytest.mark.parametrize(
    ("kind", "dtype"), [("F16", "<f2"), ("F32", "<f4"), ("F64", "<f8")]
)
def test_safetensors_are_mapped_with_words_inside_or_beside(
    tmp_path: Path, kind: str, dtype: str
) -> None:
    rows = np.arange(1, 7, dtype=dtype).reshape(2, 3)
    words = b"a\nb"
    header = {
        "__metadata__": {"format": "pt"},
        "words": {"dtype": "U8", "shape": [3], "data_offsets": [0, 3]},
        "v": {"dtype": kind, "shape": [2, 3], "data_offsets": [3, 3 + rows.nbytes]},
    }
    found = load(safetensors(tmp_path / "in.safetensors", header, words + rows.tobytes()))
    assert isinstance(found.matrix, np.memmap)
    assert found.matrix.tolist() == rows.tolist()
    del header["words"]
    beside = safetensors(tmp_path / "out.safetensors", header, words + rows.tobytes())
    (tmp_path / "out.txt").write_bytes(b"x\r\ny\r\n")
    assert list(load(beside, tensor="v").words) == ["x", "y"]
    with pytest.raises(UnreadableVectorsError, match="there is no tensor 'w'"):
        load(beside, tensor="w")


def test_a_pickle_is_refused_by_what_it_is_and_never_run(
    keyed: KeyedVectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keyed.save(str(tmp_path / "vectors.kv"))
    files = [tmp_path / "vectors.kv", BADINPUT / "files" / "pickle_model.pkl"]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        made = pickle.dumps({"words": WORDS, "path": Path("x")}, protocol=protocol)
        files.append(written(tmp_path / f"{protocol}.bin", made))
        files.append(written(tmp_path / f"{protocol}.gz", gzip.compress(made)))
    with zipfile.ZipFile(tmp_path / "torch.bin", "w") as archive:
        archive.writestr("archive/data.pkl", b"\x80\x02.")
    files.append(tmp_path / "torch.bin")
    for file in files:
        with pytest.raises(
            UnreadableVectorsError,
            match=r"a pickle .* is not loaded: .*save_word2vec_format",
        ):
            load(file)
    assert not (tmp_path / "PWNED_MARKER").exists()


def test_objects_in_arrays_are_refused_like_a_pickle(tmp_path: Path) -> None:
    objects = np.array([{"a": 1}], dtype=object)
    np.savez(tmp_path / "o.npz", words=objects, vectors=np.ones((1, 2), np.float32))
    np.save(tmp_path / "o.npy", objects)
    (tmp_path / "o.txt").write_text("a\n", encoding="utf-8")
    for name in ("o.npz", "o.npy"):
        with pytest.raises(UnreadableVectorsError, match="holds Python objects"):
            load(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"3 4\nhe .1 .2 .3 .4\nshe .1 .2 .3 .5\n", r"3 vectors, but the file ends aft"),
        (b"1 2\na 1 2\nb 3 4\n", r"line 3: more vectors than the 1 of the header"),
        (b"2 4\nhe .1 .2 .3 .4\nshe .1 .2 .3\n", r"line 3: 'she' has 3 numbers.* 4 dimen"),
        (b"he 1 2\nshe 1 2 3\n", r"line 2: 'she' has 3 numbers"),
        (b"he 1 2\nshe 1 x\n", r"line 2: .*'she' holds 'x', which is no number"),
        (b"he 1 2\nshe 1 nan\n", r"line 2: the vector of 'she' holds NaN"),
        (b"he 1 2\nshe 1 1e99\n", r"line 2: the vector of 'she' holds NaN or an infinity"),
        (b"2 2\nhe 1 2\nshe 0 0\n", r"line 3: the vector of 'she' is all zeros"),
        (b"he 1 2\nshe 1 2\nhe 3 4\n", r"line 3: .*'he' stands twice, first in line 1"),
        (b"he 1 2\n" + b"x" * 1_001 + b" 1 2\n", r"line 2: a word of 1,001 bytes"),
        (b"he 1 2\n" + b"x" * 5_000 + b" 1 2\n", r"line 2: a word of more than 1,000 by"),
        (b"he 1 2\n 1 2\n", r"line 2: there is no word"),
        (b"he 1 2\n\nshe 1 2\n", r"line 2: '' has 0 numbers"),
        (b"he 1 2\nsh\xe9 1 2\n", r"no file of word vectors that fairaudit knows"),
        (b"999999999 300\nhe 1 2\n", r"line 1: .* at least [\d,]+ bytes, but the file has"),
        (b"0 300\n", r"0 vectors of 300 dimensions"),
        (b"9" * 5_000 + b" 2\nhe 1 2\n", r"line 1: .* a count of 5,000 digits"),
        (b"1 " + b"9" * 5_000 + b"\nhe 1 2\n", r"line 1: .* a count of 5,000 digits"),
        (b"1 " + b"9" * 40 + b"\n" + record("a", 1), r"line 1: .* a count of 40 digits"),
        (b"just some text\n", r"line 1: neither two counts nor a word"),
        (b"\x01\x02\x03\x04", r"that fairaudit knows.* npz, plain\."),
        (b"3 2\n" + record("a", 1, 2) + record("b", 1, 2) + b"c \0\0", r"the file has \d+"),
        (b"2 2\n" + record("abcdefghi", 1, 2) + b"c \0\0\0\0", r"ends within record 2"),
        (b"1 2\n" + record("a", 1, 2) + record("b", 1, 2), r"goes on after the 1 vectors"),
        (b"1 2\n" + record("a", 0, 0), r"record 1 \(byte 4\): .* is all zeros"),
        (b"2 1\n" + record("a", 1) + record("a", 1), r"record 2 \(byte 10\): .* twice"),
        (b"1 1\n" + record("é", 1).replace(b"\xc3", b""), r"record 1 .* is not UTF-8"),
        (b"2 1\n" + record("a", 1, -9) + record("b", 1, 2), r"or its dimensions are not"),
        (b"2 400\n" + record("a", *[1] * 400) * 3, r"the word 'a' stands twice|goes on"),
        (b"\x93NUMPY\x01\x00", r"has numbers but no words"),
        (b"PK\x03\x04 and so on", r"a broken zip archive"),
        (struct.pack("<Q", 900) + b'{"a"', r"header should have 900 bytes"),
        (struct.pack("<Q", 4) + b'{"a"', r"is not JSON"),
    ],
)  # fmt: skip
def test_damaged_files_are_refused_with_the_place(
    tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(UnreadableVectorsError, match=says) as refused:
        load(written(tmp_path / "vectors", content))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 99]}, "places a tensor at"),
        ({"dtype": "F32", "shape": [9, 2], "data_offsets": [0, 16]}, "needs 72 bytes"),
        ({"dtype": "F32", "shape": [2, 2], "data_offsets": [9, 8]}, "places a tensor at"),
        ({"dtype": "F32", "shape": [2, 2], "data_offsets": [-1, 16]}, "damaged"),
        ({"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 1 << 70]}, "damaged"),
        ({"dtype": "F32", "shape": [2, 2], "data_offsets": {"0": 16}}, "damaged"),
        ({"dtype": "F32", "shape": [2, 2]}, "should give tensor 'v' a dtype, a shape and"),
        ({"dtype": ["F32"], "shape": [2, 2], "data_offsets": [0, 16]}, "damaged"),
        ({"dtype": "F32", "shape": 4, "data_offsets": [0, 16]}, "damaged"),
        ({"dtype": "F32", "shape": [True, 2.0], "data_offsets": [0, 16]}, "damaged"),
        ("F32", "damaged"),
        ({"dtype": "I32", "shape": [2, 2], "data_offsets": [0, 16]}, "0 tensors are matri"),
        (
            {"dtype": "BF16", "shape": [4, 2], "data_offsets": [0, 16]},
            "must be a matrix of",
        ),
    ],
)
def test_safetensors_must_fit_their_header(
    tmp_path: Path, about: object, says: str
) -> None:
    with pytest.raises(UnreadableVectorsError, match=says):
        load(safetensors(tmp_path / "v.safetensors", {"v": about}, b"\0" * 16))


def test_a_list_of_words_must_be_a_file(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.ones((3, 2), np.float32))
    with pytest.raises(UnreadableVectorsError, match="this is a directory, no list of"):
        load(tmp_path / "a.npy", words=tmp_path)
    with pytest.raises(UnreadableVectorsError, match="there is no such list of words"):
        load(tmp_path / "a.npy", words=tmp_path / "nothing")


def test_words_and_rows_must_be_as_many(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.ones((3, 2), np.float32))
    (tmp_path / "a.txt").write_text("a\nb\n", encoding="utf-8")
    with pytest.raises(UnreadableVectorsError, match=r"3 vectors but 2 words"):
        load(tmp_path / "a.npy")
    np.save(tmp_path / "a.npy", np.ones((2, 2), int))
    with pytest.raises(UnreadableVectorsError, match=r"got int64 of shape \(2, 2\)"):
        load(tmp_path / "a.npy")
    np.savez(tmp_path / "b.npz", vectors=np.ones((2, 2)))
    with pytest.raises(UnreadableVectorsError, match="has no array 'words'"):
        load(tmp_path / "b.npz")


@pytest.mark.parametrize("scale", [1e300, 1e50, 1e20, 1e-24, 1e-50, 1e-300])
def test_vectors_whose_squares_are_lost_are_refused_as_such(
    tmp_path: Path, scale: float
) -> None:
    rows = np.array([[1.0, 2.0], [-scale, scale / 2]])
    np.savez(tmp_path / "a.npz", words=np.array(["a", "b"]), vectors=rows)
    with pytest.raises(
        UnreadableVectorsError, match="row 2: the vector of 'b' has numbers so large or so"
    ):
        load(tmp_path / "a.npz")


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_numbers_of_every_width_are_read(tmp_path: Path, dtype: type[np.floating]) -> None:
    rows = np.full((2, 300), 60_000, dtype)
    rows[1] = 1e-7
    np.savez(tmp_path / "a.npz", words=np.array(["a", "b"]), vectors=rows)
    assert (load(tmp_path / "a.npz").matrix == rows).all()


@pytest.mark.parametrize(
    ("old", "new"), [(b"<f4'", b"<f40"), (b"'<f4'", b"'<,4'"), (b"(3, 2)", b"(3, 2 ")]
)
def test_a_header_that_is_no_header_is_damage(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    np.save(tmp_path / "a.npy", np.ones((3, 2), np.float32))
    (tmp_path / "a.txt").write_text("a\nb\nc\n", encoding="utf-8")
    whole = (tmp_path / "a.npy").read_bytes()
    assert old in whole
    with pytest.raises(UnreadableVectorsError, match=r"a\.npy: the file is cut off"):
        load(written(tmp_path / "a.npy", whole.replace(old, new)))


def test_an_archive_under_a_password_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", words=np.array(["a"]), vectors=np.ones((1, 2)))
    raw = bytearray((tmp_path / "a.npz").read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := raw.find(sign, start + 1)) >= 0:
            raw[start + flags] |= 1
    with pytest.raises(UnreadableVectorsError, match=r"a\.npz: .*encrypted"):
        load(written(tmp_path / "a.npz", bytes(raw)))


def test_a_compressed_file_that_grows_beyond_belief_is_left(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a " + b" ".join([b"0"] * 50) + b"\n" + b"b" * 30_000_000)
    with pytest.raises(UnreadableVectorsError, match=r"a word of|grows more than|numbers"):
        load(written(tmp_path / "v.txt.gz", bomb))
    rows = np.zeros((2_000_000, 2), np.float32)
    np.savez_compressed(tmp_path / "z.npz", words=np.array(["a"]), vectors=rows)
    with pytest.raises(UnreadableVectorsError, match="grows more than 100-fold"):
        load(tmp_path / "z.npz")


def test_only_text_and_word2vec_are_read_compressed(
    keyed: KeyedVectors, tmp_path: Path
) -> None:
    np.save(tmp_path / "a.npy", keyed.vectors)
    np.savez(tmp_path / "a.npz", words=np.array(WORDS), vectors=keyed.vectors)
    about = {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}
    safetensors(tmp_path / "a.safetensors", {"v": about}, b"\0" * 16)
    written(tmp_path / "a.fasttext", (793_712_314).to_bytes(4, "little") + b"\0" * 90)
    for whole in list(tmp_path.iterdir()):
        packed = written(tmp_path / f"{whole.name}.gz", gzip.compress(whole.read_bytes()))
        with pytest.raises(
            UnreadableVectorsError, match=r"\.gz: the file is compressed\. Unpack it"
        ):
            load(packed)


def test_a_cut_gzip_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(b"the 1 2\n" * 1_000 + bytes(range(32, 120)) * 40)
    with pytest.raises(UnreadableVectorsError, match="cannot be read to its end"):
        load(written(tmp_path / "v.gz", whole[: len(whole) // 2]))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableVectorsError, match="there is no such file"):
        load(tmp_path / "nothing.bin")


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in json.loads((BADINPUT / "manifest.json").read_text("utf-8"))["cases"]
        if case["kind"] in {"model", "embedding"}
    ],
    ids=lambda case: str(case["id"]),
)
def test_bad_files_are_refused_in_the_words_they_need(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for mention in case["expect"]["must_mention"]:
        with pytest.raises(UnreadableVectorsError, match=mention):
            load(BADINPUT / "files" / case["file"])
    assert list(tmp_path.iterdir()) == []


def test_gensims_own_vectors_are_taken_as_they_are(keyed: KeyedVectors) -> None:
    taken = Embedding.of(keyed, "trained")
    assert (taken.name, len(taken), "she" in taken) == ("trained", 5, True)
    assert np.shares_memory(taken.matrix, keyed.vectors)


def test_the_files_read_are_named_with_the_list_beside_a_matrix(
    toy: Embedding, tmp_path: Path
) -> None:
    save(toy, tmp_path / "a.npy")
    lines = tmp_path / "a.words.txt"
    assert load(tmp_path / "a.npy").files == (tmp_path / "a.npy", lines)
    other = lines.rename(tmp_path / "other")
    assert load(tmp_path / "a.npy", words=other).files == (tmp_path / "a.npy", other)
    save(toy, tmp_path / "a.bin")
    assert load(tmp_path / "a.bin").files == (tmp_path / "a.bin",)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"words": "list.txt"}, r"its words are in the file .* Leave out list\.txt"),
        ({"tensor": "t"}, "only safetensors files have tensors, .* Leave out 't'"),
    ],
)
@pytest.mark.parametrize("name", ["a.bin", "a.txt"])
def test_what_a_file_has_no_use_for_is_refused(
    toy: Embedding, tmp_path: Path, name: str, asked: dict[str, str], message: str
) -> None:
    save(toy, tmp_path / name)
    with pytest.raises(UnreadableVectorsError, match=message):
        load(tmp_path / name, **asked)


def test_a_directory_is_told_from_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableVectorsError, match="this is a directory"):
        load(tmp_path)
    with pytest.raises(UnreadableVectorsError, match="there is no such file"):
        load(tmp_path / "no.bin")
