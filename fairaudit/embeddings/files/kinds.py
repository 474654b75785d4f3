"""What a file of vectors is, told from its bytes; its name may lie."""

from __future__ import annotations

import gzip
import re
from codecs import BOM_UTF8
from typing import IO, TYPE_CHECKING, Literal, cast

from fairaudit.core.errors import UnreadableVectorsError

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["text", "word2vec-binary", "fasttext-binary", "safetensors", "npy", "npz"]

FASTTEXT_MAGIC = (793_712_314).to_bytes(4, "little")
_GZIP, _ZIP, _NPY = b"\x1f\x8b", b"PK\x03\x04", b"\x93NUMPY"
_HEAD = 4_096
_PICKLE_PROTOCOLS = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))
_PICKLE_SUFFIXES = {".kv", ".model", ".pkl", ".pickle", ".pt", ".pth", ".joblib"}
_OLD_PICKLE = re.compile(rb"\(?[dl]p\d+\n|\(?c[\w.]+\n[\w.]+\n|[\]}]q\x00")
"""How pickles of protocols 0 and 1 begin: a dict, a list, or a callable on lines of its
own, where vectors have numbers."""
PLAINEST = 9
"""Bytes below a tab are never in text."""


def kind_of(path: Path) -> Kind:
    """Tell a file's format from its first bytes.

    Parameters
    ----------
    path : pathlib.Path
        An existing file, gzipped or not.

    Returns
    -------
    str
        The format.

    Raises
    ------
    UnreadableVectorsError
        When it is empty, a pickle, or no file of vectors.
    """
    with opened(path) as file:
        head = file.read(_HEAD)
    if not head:
        raise UnreadableVectorsError(f"{path.name}: the file is empty.")
    if head.startswith(_PICKLE_PROTOCOLS) or _OLD_PICKLE.match(head):
        raise _is_pickle(path)
    kind = _by_signature(head)
    if kind is None:
        return _lines_or_records(path, head)
    if is_gzip(path):
        raise is_compressed(path)
    return _zip_kind(path) if kind == "npz" else kind


def _by_signature(head: bytes) -> Kind | None:
    """Tell a format that has bytes of its own to begin with; a zip archive is an npz."""
    if head.startswith(FASTTEXT_MAGIC):
        return "fasttext-binary"
    if head.startswith(_NPY):
        return "npy"
    if head.startswith(_ZIP):
        return "npz"
    if 2 <= int.from_bytes(head[:8], "little") < 2**40 and head[8:9] == b"{":
        return "safetensors"
    return None


def is_compressed(path: Path) -> UnreadableVectorsError:
    """Refuse a compressed file of a format in which places are looked up."""
    return UnreadableVectorsError(f"{path.name}: the file is compressed. Unpack it first.")


def is_gzip(path: Path) -> bool:
    """Tell whether a file is compressed by gzip."""
    with path.open("rb") as file:
        return file.read(2) == _GZIP


def opened(path: Path) -> IO[bytes]:
    """Open a file for reading bytes, decompressed."""
    return cast("IO[bytes]", gzip.open(path)) if is_gzip(path) else path.open("rb")


def after_mark(file: IO[bytes]) -> int:
    """Step over the mark that some systems put before UTF-8, and give where text begins."""
    begins = len(BOM_UTF8) if file.read(len(BOM_UTF8)) == BOM_UTF8 else 0
    return file.seek(begins)


def _zip_kind(path: Path) -> Kind:
    """Tell an archive of arrays from one of a pickle, as torch writes."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (BadZipFile, NotImplementedError) as error:
        raise UnreadableVectorsError(
            f"{path.name}: a broken zip archive: {error}."
        ) from None
    if any(name.endswith(".pkl") for name in names):
        raise _is_pickle(path)
    return "npz"


def _lines_or_records(path: Path, head: bytes) -> Kind:
    """Tell text from binary records, both of which may begin with a line of two counts."""
    first, _, rest = head.partition(b"\n")
    if _is_text(head):
        if path.suffix in _PICKLE_SUFFIXES and not rest:
            raise _is_pickle(path)
        return "text"
    counts = first.split()
    if len(counts) == 2 and all(count.isdigit() for count in counts):
        return "word2vec-binary"
    if path.suffix in _PICKLE_SUFFIXES:
        raise _is_pickle(path)
    raise UnreadableVectorsError(
        f"{path.name}: this is no file of word vectors that fairaudit knows. It reads "
        f"word2vec text and binary, GloVe text and fastText .vec, plain or gzipped, and "
        f"fastText .bin, safetensors, npy and npz, plain."
    )


def _is_text(head: bytes) -> bool:
    """Tell whether bytes are UTF-8 without control signs; the last one may be cut off."""
    if min(head) < PLAINEST:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and len(head) == _HEAD
    return True


def _is_pickle(path: Path) -> UnreadableVectorsError:
    """Refuse what would have to be unpickled."""
    return UnreadableVectorsError(
        f"{path.name}: this is a pickle (.kv, .model, .pkl, .pt), and is not loaded: "
        f"reading a pickle runs any code that is in it. Where you trust it, write it anew "
        f'with gensim: KeyedVectors.load(...).save_word2vec_format("vectors.bin", '
        f"binary=True)."
    )
