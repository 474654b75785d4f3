"""A study as a folder: ``study.json``, the frozen plan, and ``pairs.jsonl``."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError, OutputError, UnreadableTableError
from fairaudit.resumes.pair import Half, Pair
from fairaudit.resumes.plan import FORMAT, CheckRow, Plan, ResumeStudy

if TYPE_CHECKING:
    from os import PathLike

STUDY = "study.json"
PAIRS = "pairs.jsonl"


def write(study: ResumeStudy, folder: str | PathLike[str]) -> Path:
    """Keep a study in a folder.

    Parameters
    ----------
    study : ResumeStudy
        From `generate`.
    folder : str or path
        Made if it is not there.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    OutputError
        When it cannot be written, or holds a study of another plan.
    """
    place = Path(folder)
    known = place / STUDY
    if known.exists() and _json(known).get("hash") != study.hash:
        raise OutputError(
            f"{place} holds a study of another plan. Choose another folder or take it away."
        )
    lines = _lines(study)
    head = {
        "format": FORMAT,
        "hash": study.hash,
        "pairs_sha256": sha256(lines).hexdigest(),
        "plan": asdict(study.plan),
        "checks": [asdict(row) for row in study.checks],
    }
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / PAIRS).write_bytes(lines)
        known.write_text(
            json.dumps(head, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    except OSError as error:
        raise OutputError(f"{place} cannot be written: {error}.") from error
    return place


def read(folder: str | PathLike[str]) -> ResumeStudy:
    """Which study does a folder hold?

    Parameters
    ----------
    folder : str or path
        Written by `write`.

    Returns
    -------
    ResumeStudy
        As it was written.

    Raises
    ------
    InputError
        When there is none, it is of another version, or plan or pairs were changed since.
    """
    place = Path(folder)
    head = _json(place / STUDY)
    if head.get("format") != FORMAT:
        raise InputError(
            f"{place / STUDY} has format {head.get('format')!r} and this version reads "
            f"{FORMAT}. Generate the study again."
        )
    try:
        plan = _plan(head["plan"])
        checks = tuple(CheckRow(**row) for row in head["checks"])
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{place / STUDY} is no study: {error!r} is amiss.") from error
    if plan.hash != head.get("hash"):
        raise InputError(
            f"{place / STUDY}: the plan was changed after the study was made. Generate a "
            "new study in another folder."
        )
    return ResumeStudy(plan=plan, pairs=_pairs(place, head), checks=checks)


def export(study: ResumeStudy, path: str | PathLike[str]) -> Path:
    """Write a study as a table, one application a row, for use elsewhere.

    Parameters
    ----------
    study : ResumeStudy
        From `generate` or `read`.
    path : str or path
        Ending in ``.csv`` or ``.jsonl``.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    OutputError
        For another ending, or when it cannot be written.
    """
    place = Path(path)
    if place.suffix not in {".csv", ".jsonl"}:
        raise OutputError(f"{place}: pairs are exported as .csv or .jsonl. Name it so.")
    rows = [_flat(pair, at) for pair in study.pairs for at in range(len(pair.halves))]
    try:
        with place.open("w", encoding="utf-8", newline="") as file:
            if place.suffix == ".csv":
                from csv import DictWriter

                table = DictWriter(file, rows[0])
                table.writeheader()
                table.writerows(rows)
            else:
                file.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    except OSError as error:
        raise OutputError(f"{place} cannot be written: {error}.") from error
    return place


def _lines(study: ResumeStudy) -> bytes:
    """Write pairs, one a line."""
    lines = (json.dumps(asdict(p), ensure_ascii=False) + "\n" for p in study.pairs)
    return "".join(lines).encode()


def _flat(pair: Pair, place: int) -> dict[str, Any]:
    """Give one application as a row."""
    half = pair.halves[place]
    return {
        "pair": pair.id,
        "arm": pair.arm,
        "job": pair.job,
        "resume": pair.resume,
        "tier": pair.tier,
        "attribute": pair.attribute,
        "group": half.group,
        "first_name": half.first_name,
        "surname": half.surname,
        "shown_first": place == pair.first,
        "text": half.text,
    }


def _plan(content: dict[str, Any]) -> Plan:
    """Read a plan; JSON has no tuples."""
    fields: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in content.items()
    }
    return Plan(**fields)


def _pairs(place: Path, head: dict[str, Any]) -> tuple[Pair, ...]:
    """Read the pairs, if they are those that were written."""
    try:
        lines = (place / PAIRS).read_bytes()
    except OSError as error:
        raise UnreadableTableError(f"{place / PAIRS} cannot be read: {error}.") from error
    if sha256(lines).hexdigest() != head.get("pairs_sha256"):
        raise InputError(
            f"{place / PAIRS}: the pairs were changed after the study was made. Generate "
            "the study again."
        )
    return tuple(_pair(json.loads(line)) for line in lines.splitlines())


def _pair(content: dict[str, Any]) -> Pair:
    """Read one pair."""
    halves = tuple(Half(**half) for half in content.pop("halves"))
    return Pair(**content, halves=halves)


def _json(path: Path) -> dict[str, Any]:
    """Read a JSON file that holds an object."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableTableError(f"{path} cannot be read: {error}.") from error
    except ValueError as error:
        raise InputError(f"{path} is no JSON: {error}.") from error
    if not isinstance(content, dict):
        raise InputError(f"{path} holds no study.")
    return content
