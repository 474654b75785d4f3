"""``runs.jsonl``: every reply, one a line, appended as it comes and never changed."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from fairaudit.core.errors import InputError, OutputError, UnreadableTableError
from fairaudit.core.value import value
from fairaudit.resumes.pair import Kind, Outcome, State

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from fairaudit.resumes.running.calls import Call
    from fairaudit.resumes.systems.system import Reply, System

RUNS = "runs.jsonl"
FORMAT = 1
"""Version of the file; its first line names it, and the study it belongs to."""


@value
class Record:
    """A call that was made, and what came of it.

    `system` is the name of what replied and `model` what it said it is; `cost` is in the
    currency of the prices, as a decimal; `seconds` is how long the reply took, `tries` how
    often it was asked for, and `at` when it came (UTC).
    """

    key: str
    system: str
    pair: str
    half: int
    framing: str
    repeat: int
    position: int
    state: State
    kind: Kind
    value: float | None
    text: str | None
    raw: str
    parser: str
    model: str | None
    tokens_in: int | None
    tokens_out: int | None
    cost: str | None
    seconds: float
    tries: int
    at: str

    @property
    def outcome(self) -> Outcome:
        """What was answered."""
        return Outcome(
            state=self.state, kind=self.kind, value=self.value, text=self.text, raw=self.raw
        )


def record_of(
    call: Call,
    system: System,
    reply: Reply,
    *,
    cost: str | None,
    seconds: float,
    tries: int,
    at: str,
) -> Record:
    """Put what came of a call into a line."""
    outcome = reply.outcome
    return Record(
        key=call.key,
        system=system.name,
        pair=call.pair,
        half=call.half,
        framing=call.framing,
        repeat=call.repeat,
        position=call.position,
        state=outcome.state,
        kind=outcome.kind,
        value=outcome.value,
        text=outcome.text,
        raw=outcome.raw,
        parser=system.parser,
        model=reply.model,
        tokens_in=reply.tokens_in,
        tokens_out=reply.tokens_out,
        cost=cost,
        seconds=round(seconds, 6),
        tries=tries,
        at=at,
    )


@value
class Charge:
    """A call that failed and may have been charged all the same: its worst.

    `cost` is `None` where no price was known.
    """

    key: str
    tokens: int
    cost: str | None
    because: str
    at: str


class RunStore:
    """The file of a study's runs, open for one run alone.

    Parameters
    ----------
    path : Path
        Made if it is not there. A last line that was cut off is taken away: its call
        was not finished.
    study : str
        Hash of the study.

    Raises
    ------
    OutputError
        When it cannot be written, or another run holds it.
    InputError
        When it belongs to another study or version.
    """

    def __init__(self, path: Path, study: str) -> None:
        self.path = path
        try:
            self._file = path.open("ab+", buffering=0)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error}.") from error
        try:
            _hold(self._file.fileno(), path)
            self._end = self._mend()
            if self._end == 0:
                self._write({"format": FORMAT, "study": study})
            self.records, self.charges = read_records(path, study)
        except BaseException:
            self._file.close()
            raise

    def append(self, record: Record) -> None:
        """Keep a reply; what could not be written whole is taken away again."""
        self._write(asdict(record))

    def charge(self, charge: Charge) -> None:
        """Keep what a call may have cost that brought no reply."""
        self._write({"charge": asdict(charge)})
        self.charges.append(charge)

    def __enter__(self) -> Self:
        """Give the store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let others have the file."""
        self._file.close()

    def _write(self, content: dict[str, Any]) -> None:
        """Append a line in one piece."""
        line = (json.dumps(content, ensure_ascii=False) + "\n").encode(
            errors="surrogatepass"
        )
        handle = self._file.fileno()
        try:
            written = os.write(handle, line)
            while written < len(line):  # of a disk that is nearly full
                written += os.write(handle, line[written:])
        except OSError as error:
            os.ftruncate(handle, self._end)
            raise OutputError(
                f"{self.path} cannot be written: {error.strerror}. What it holds is kept; "
                "make room and run the same command again."
            ) from error
        self._end += len(line)

    def _mend(self) -> int:
        """Take away a last line that a killed run left unfinished."""
        whole = self._file.seek(0, os.SEEK_END)
        self._file.seek(0)
        kept = 0
        for line in self._file:
            kept += len(line) if line.endswith(b"\n") else 0
        if kept < whole:
            os.ftruncate(self._file.fileno(), kept)
        return kept


def now() -> str:
    """Give the time of day, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def read_records(path: Path, study: str) -> tuple[dict[str, Record], list[Charge]]:
    """Which calls does a file of runs hold?

    Parameters
    ----------
    path : Path
        Of the file.
    study : str
        Hash of the study it must belong to.

    Returns
    -------
    dict of str to Record
        By key; a last line that was cut off is left out.
    list of Charge
        Of calls that failed.

    Raises
    ------
    UnreadableTableError
        When it cannot be read.
    InputError
        When it belongs to another study or version, or a line is no record.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableTableError(f"{path} cannot be read: {error.strerror}.") from error
    lines = content[: content.rfind(b"\n") + 1].splitlines()
    if not lines:
        raise InputError(f"{path} holds no run.")
    _check_head(_object(path, 1, lines[0]), path, study)
    found: dict[str, Record] = {}
    charges: list[Charge] = []
    for number, line in enumerate(lines[1:], start=2):
        fields = _object(path, number, line)
        try:
            if "charge" in fields:
                charges.append(Charge(**fields["charge"]))
            else:
                record = Record(**fields)
                found.setdefault(record.key, record)
        except TypeError as error:
            raise InputError(f"{path}, line {number}: no record of a call.") from error
    return found, charges


def _check_head(head: dict[str, Any], path: Path, study: str) -> None:
    """Refuse the runs of another version or study."""
    if head.get("format") != FORMAT:
        raise InputError(
            f"{path} has format {head.get('format')!r} and this version reads {FORMAT}. "
            "Move it away and run again."
        )
    if head.get("study") != study:
        raise InputError(
            f"{path} holds runs of another study: the plan was changed. Move it away, or "
            "go back to the study it belongs to."
        )


def _object(path: Path, number: int, line: bytes) -> dict[str, Any]:
    """Read a line that holds an object."""
    try:
        content = json.loads(line.decode(errors="surrogatepass"))
    except ValueError as error:
        raise InputError(f"{path}, line {number}: no JSON. Mend or remove it.") from error
    if not isinstance(content, dict):
        raise InputError(f"{path}, line {number}: no record of a call.")
    return content


def _hold(handle: int, path: Path) -> None:
    """Let no second run append to the same file."""
    try:
        import fcntl
    except ImportError:  # where the system has no such locks
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise OutputError(
            f"{path}: another run is writing to it. Wait until it ends."
        ) from error
