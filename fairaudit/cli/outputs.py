"""The files a report is written to: found out before anything is read, written last."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, OutputError
from fairaudit.core.value import value
from fairaudit.report.formats import renderer_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fairaudit.report.model import AuditReport


@value
class Output:
    """A file to be written, and its format."""

    path: Path
    format: str


def find_outputs(
    paths: Iterable[str],
    *,
    sources: Collection[str | Path],
    written: Collection[Path] = (),
) -> tuple[Output, ...]:
    """Where should reports go?

    Parameters
    ----------
    paths : iterable of str
        As given on the command line; the suffix decides the format. ``-`` is standard
        output, which has the result in any case.
    sources : collection of str or pathlib.Path
        The files that are read, which are never overwritten.
    written : collection of pathlib.Path
        What else the command writes.

    Returns
    -------
    tuple of Output
        In the order given.

    Raises
    ------
    OutputError
        When a suffix has no format or a path cannot be written to.
    """
    outputs: list[Output] = []
    for text in paths:
        if text == "-":
            continue
        path = Path(text)
        if any(_same(path, output.path) for output in outputs):
            raise OutputError(f"--output {text}: named twice; name it once.")
        if any(_same(path, other) for other in written):
            raise OutputError(
                f"--output {text}: the command writes something else there. Name another "
                f"file."
            )
        check_writable("--output", path, sources)
        outputs.append(Output(path=path, format=_format_of(path)))
    return tuple(outputs)


def write_outputs(report: AuditReport, outputs: Iterable[Output]) -> None:
    """Write every file; all are rendered before the first is touched."""
    from fairaudit.report.writing import write_all

    write_all(
        [(output.path, renderer_for(output.format).render(report)) for output in outputs]
    )


def _format_of(path: Path) -> str:
    """Tell the format from a suffix."""
    try:
        return renderer_for(path.suffix or path.name).FORMAT
    except InputError as error:
        raise OutputError(f"--output {path}: {error}") from None


def check_writable(option: str, path: Path, sources: Collection[str | Path]) -> None:
    """Refuse a path where nothing could be moved into place.

    Raises
    ------
    OutputError
        Naming the option that it was given by.
    """
    folder = path.parent
    if path.is_dir():
        raise OutputError(f"{option} {path}: this is a directory. Name a file in it.")
    if not folder.is_dir():
        raise OutputError(
            f"{option} {path}: there is no directory {str(folder)!r}. Make it."
        )
    existing = path.exists()
    if any(_same(path, Path(source)) for source in sources):
        raise OutputError(
            f"{option} {path}: this is a file that is read. Name another one."
        )
    if not os.access(folder, os.W_OK | os.X_OK) or (
        existing and not os.access(path, os.W_OK)
    ):
        raise OutputError(
            f"{option} {path}: permission to write there is denied. Name another place."
        )


def _same(path: Path, other: Path) -> bool:
    """Tell whether two paths are one file, or would be."""
    if path.exists() and other.exists():
        return path.samefile(other)
    return os.path.realpath(path) == os.path.realpath(other)
