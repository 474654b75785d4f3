from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from fairaudit import datasets, embeddings
from fairaudit.embeddings import Embedding
from fairaudit.embeddings.study.provenance import sources_of


def test_a_file_is_known_by_the_digest_of_its_bytes(glove: Embedding) -> None:
    (source,) = sources_of(glove)
    content = datasets.path("glove_50d_subset").read_bytes()
    assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert source.read_as == "5,990 × 50, float16"


def test_a_list_of_words_is_a_source_of_its_own(tmp_path: Path) -> None:
    matrix, words = tmp_path / "v.npy", tmp_path / "w.txt"
    np.save(matrix, np.eye(3, dtype=np.float32))
    words.write_text("a\nb\nc\n")
    found = sources_of(embeddings.load(matrix, words=words))
    assert [one.name for one in found] == ["v.npy", "w.txt"]


def test_vectors_made_of_arrays_have_no_file(toy: Embedding) -> None:
    (source,) = sources_of(toy)
    assert (source.kind, source.name, source.sha256) == ("arrays", "toy", None)
