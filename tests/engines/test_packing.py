from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import UnreadableTableError
from fairaudit.engines.packing import ALWAYS_UNPACKED, unpacked_chunks
from fairaudit.engines.zstd_frames import check_zstd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def unpacked(stored: bytes, size: int = 1000) -> bytes:
    chunks = (stored[place : place + size] for place in range(0, len(stored), size))
    return b"".join(unpacked_chunks(chunks, where="a.csv.gz"))


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=4), st.integers(1, 40))
def test_members_one_after_another_are_one_file(members: list[bytes], size: int) -> None:
    assert unpacked(b"".join(map(gzip.compress, members)), size) == b"".join(members)


def test_what_unpacks_to_far_more_than_its_input_is_given_in_full() -> None:
    text = b"0,1\n" * 2_000_000
    assert unpacked(gzip.compress(text)) == text


@pytest.mark.parametrize(
    ("spoil", "wanted"),
    [
        (lambda stored: stored[:-10], "end too early"),
        (lambda stored: stored + b"more", "damaged or have something behind"),
        (lambda stored: stored[:-8] + b"\0\0\0\0" + stored[-4:], "damaged"),
        (lambda stored: stored[:20] + b"\xff" * 9 + stored[29:], "damaged"),
    ],
)
def test_spoilt_gzip_data_are_refused(spoil: object, wanted: str) -> None:
    # Noise, so that the stored bytes are many.
    stored = gzip.compress(np.random.default_rng(1).bytes(2000))
    assert callable(spoil)
    with pytest.raises(
        UnreadableTableError, match=rf"^a\.csv\.gz: the gzip data.*{wanted}"
    ):
        unpacked(spoil(stored))


def test_a_gzip_bomb_is_refused_before_it_is_unpacked() -> None:
    def bomb() -> Iterator[bytes]:
        packer = zlib.compressobj(wbits=31)
        part = b"0,1\n" * (1 << 20)
        for _ in range(ALWAYS_UNPACKED // len(part) + 2):
            yield packer.compress(part)
        yield packer.flush()

    with pytest.raises(
        UnreadableTableError, match=r"decompression bomb.*unpack it and give"
    ):
        for _ in unpacked_chunks(bomb(), where="a.csv.gz"):
            pass


FRAME = b"\x28\xb5\x2f\xfd"


def zstd(*blocks: bytes, checksum: bytes = b"") -> bytes:
    # RFC 8878, 3.1.1.1: a window descriptor, no content size, perhaps a checksum.
    flags = b"\x04" if checksum else b"\x00"
    return FRAME + flags + b"\x58" + b"".join(blocks) + checksum


def block(kind: int, size: int, content: bytes, *, last: bool = False) -> bytes:
    return (size << 3 | kind << 1 | last).to_bytes(3, "little") + content


def checked(path: Path, stored: bytes) -> None:
    path.write_bytes(stored)
    check_zstd(path, where="a.csv.zst")


def test_sound_zstd_data_pass(tmp_path: Path) -> None:
    raw, run = block(0, 3, b"a,b"), block(1, 100, b"x", last=True)
    skippable = b"\x50\x2a\x4d\x18\x02\x00\x00\x00zz"
    checked(tmp_path / "a", zstd(raw, run) + skippable + zstd(run, checksum=b"1234"))


def test_what_duckdb_packs_with_zstd_passes(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "a.csv.zst"
    with duckdb.connect() as session:
        rows = session.sql("SELECT range, 'text' FROM range(200000)")
        rows.write_csv(str(path), compression="zstd")
    check_zstd(path, where="a.csv.zst")


def test_a_zstd_bomb_is_refused_without_unpacking_it(tmp_path: Path) -> None:
    runs = block(1, (1 << 21) - 1, b"x") * 200
    with pytest.raises(UnreadableTableError, match="decompression bomb"):
        checked(tmp_path / "a", zstd(runs, block(0, 0, b"", last=True)))


@pytest.mark.parametrize(
    "stored",
    [
        zstd(block(0, 3, b"a")),
        zstd(block(0, 1, b"a")),
        zstd(block(3, 1, b"a", last=True)),
        zstd(block(0, 1, b"a", last=True)) + b"more",
        FRAME,
    ],
)
def test_spoilt_zstd_data_are_refused(tmp_path: Path, stored: bytes) -> None:
    with pytest.raises(
        UnreadableTableError, match=r"^a\.csv\.zst: the zstd data are damaged"
    ):
        checked(tmp_path / "a", stored)
