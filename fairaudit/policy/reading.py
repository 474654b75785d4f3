"""Read a policy file: TOML and nothing else; nothing in it is ever executed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairaudit.core.columns import Bin
from fairaudit.core.disclosure import Disclosure, Signature
from fairaudit.core.errors import InputError, PolicyError
from fairaudit.core.words import Favourable
from fairaudit.policy.document import Policy
from fairaudit.policy.requirement_tables import requirements, study_requirements
from fairaudit.policy.section import Section

if TYPE_CHECKING:
    from os import PathLike

_LARGEST = 1024 * 1024
_YAML = re.compile(r"(?:\s*(?:#[^\n]*)?\n)*\s*(?:---|%YAML|- |[\w\"'-]+[ \t]*:(?:\s|$))")
_NOT_TOML = (
    "policies are TOML, and this is {kind}. Run `fairaudit init` for one to start from."
)

_TOP = (
    "criterion",
    "criteria",
    "gates",
    "waivers",
    "table",
    "groups",
    "disclosure",
    "signature",
    "undecided",
    "suppress_below",
)
_TABLE = (
    "label",
    "prediction",
    "score",
    "threshold",
    "positive",
    "favourable",
    "count",
    "weight",
)
_GROUPS = (
    "attributes",
    "compare",
    "min_group",
    "max_groups",
    "expect",
    "strata",
    "bins",
)


def read_policy(path: str | PathLike[str]) -> Policy:
    """What does a policy file ask for?

    Parameters
    ----------
    path : str or path-like
        A TOML file in UTF-8; of ``pyproject.toml`` the table ``[tool.fairaudit]``.

    Returns
    -------
    Policy
        Requirements, table settings and disclosure, validated.

    Raises
    ------
    PolicyError
        When it cannot be read or followed, in one sentence with file, place and remedy.
    """
    file = Path(path)
    if file.suffix.casefold() in {".yaml", ".yml"}:
        raise PolicyError(f"{path}: {_NOT_TOML.format(kind='YAML by its name')}")
    return parse_policy(_text(file), name=str(path))


def parse_policy(text: str, *, name: str) -> Policy:
    r"""What does a policy's text ask for?

    Parameters
    ----------
    text : str
        TOML, whose own tables or ``[tool.fairaudit]`` are the policy.
    name : str
        What to call it in messages.

    Returns
    -------
    Policy
        Requirements, table settings and disclosure, validated.

    Raises
    ------
    PolicyError
        When it cannot be followed, in one sentence with place and remedy.

    Examples
    --------
    >>> policy = parse_policy("[groups]\nattributes = ['race']", name="example")
    >>> policy.groups
    ('race',)
    """
    document = _toml(text, name)
    if "tool" not in document:
        return _policy(Section(document, _TOP, file=name))
    tools = Section(document, file=name).section("tool")
    if "fairaudit" not in tools:
        raise PolicyError(
            f"{name}: there is no [tool.fairaudit] in it. "
            f"Add that table, or name a fairaudit.toml."
        )
    return _policy(tools.section("fairaudit", _TOP))


def _policy(top: Section) -> Policy:
    """Read the whole policy."""
    table = top.section("table", _TABLE)
    groups = top.section("groups", _GROUPS)
    if "count" in table and "weight" in table:
        raise table.error(
            "count and weight are both there; counts are exact, weights are not. "
            "Leave one of them out."
        )
    return Policy(
        requirements=requirements(top, groups.whole("min_group", least=1)),
        study=study_requirements(top),
        label=table.text("label"),
        prediction=table.text("prediction"),
        score=table.text("score"),
        threshold=table.number("threshold"),
        positive=_positive(table),
        favourable=table.choice("favourable", Favourable),
        count=table.text("count"),
        weight=table.text("weight"),
        groups=groups.texts("attributes"),
        compare=_compare(groups),
        max_groups=groups.whole("max_groups", least=1),
        expect_groups=_expected(groups),
        strata=groups.texts("strata"),
        bins=_bins(groups.section("bins")),
        suppress_below=top.whole("suppress_below", least=2),
        disclosure=_disclosure(top),
        signature=_signature(top),
    )


def _positive(table: Section) -> str | dict[str, str] | None:
    """Read the positive value: one for all columns, or one for each."""
    if not table.is_table("positive"):
        return table.text("positive")
    by_column = table.section("positive")
    return {
        column: by_column.needed_text(column, "Say which value is positive.")
        for column in by_column
    }


def _compare(groups: Section) -> str | None:
    """Read which groups are held against which."""
    from fairaudit.criteria.comparisons import check_compare

    compare = groups.text("compare")
    try:
        if compare is not None:
            check_compare(compare)
    except InputError as error:
        raise groups.error(str(error)) from None
    return compare


def _expected(groups: Section) -> tuple[str, ...] | dict[str, tuple[str, ...]]:
    """Read the groups that must be there: of the one attribute, or of each."""
    if not groups.is_table("expect"):
        return groups.texts("expect")
    by_column = groups.section("expect")
    return {column: by_column.texts(column) for column in by_column}


def _bins(bins: Section) -> tuple[Bin, ...]:
    """Read where numeric columns are cut."""
    cuts = tuple(Bin(column=column, edges=bins.numbers(column)) for column in bins)
    for cut in cuts:
        if not cut.edges or sorted(set(cut.edges)) != list(cut.edges):
            raise bins.error(
                f"{cut.column} must be numbers that rise; got {list(cut.edges)}. "
                f"Write them such as [25, 40, 60]."
            )
    return cuts


def _disclosure(top: Section) -> Disclosure:
    """Read what the readers of a report must know."""
    known = tuple(Disclosure.__dataclass_fields__)
    section = top.section("disclosure", known)
    return Disclosure(**{name: section.texts(name) for name in known})


def _signature(top: Section) -> Signature:
    """Read who answers for a report."""
    section = top.section("signature", ("name", "role", "date"))
    return Signature(
        name=section.text("name"), role=section.text("role"), date=section.day("date")
    )


def _toml(text: str, name: str) -> dict[str, Any]:
    """Parse TOML, or say what it is instead."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise PolicyError(
            f"{name}: its lists are nested too deeply for a policy."
        ) from None
    except ValueError as error:
        if _YAML.match(text):
            raise PolicyError(f"{name}: {_NOT_TOML.format(kind='YAML')}") from None
        if text.lstrip().startswith("{"):
            raise PolicyError(f"{name}: {_NOT_TOML.format(kind='JSON')}") from None
        raise PolicyError(f"{name}: {_syntax(error, text)}") from None


def _syntax(error: ValueError, text: str) -> str:
    """Say where TOML ends to be TOML; its parser names the last line only as the end."""
    if not isinstance(error, tomllib.TOMLDecodeError):
        return "a number in it has too many digits for a policy."
    last = f"line {text.count(chr(10), 0, len(text.rstrip())) + 1}"
    told = str(error).replace("end of document", last)
    told = told.replace("Cannot overwrite a value", "Something is set twice")
    return (
        f"this is not valid TOML: {told}. Texts stand in quotes, tables are headed [table]."
    )


def _text(file: Path) -> str:
    """Read a small UTF-8 file."""
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except IsADirectoryError:
        raise PolicyError(
            f"{file}: this is a directory. Name the TOML file in it."
        ) from None
    except FileNotFoundError:
        raise PolicyError(
            f"{file}: no such file. Run `fairaudit init` for a policy."
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise PolicyError(f"{file}: it cannot be read: {reason}.") from None
    if len(content) > _LARGEST:
        raise PolicyError(f"{file}: larger than 1 MiB, so no policy. Name the TOML file.")
    return _decoded(content, file)


def _decoded(content: bytes, file: Path) -> str:
    """Decode UTF-8, with or without its mark, and say where something else stands."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PolicyError(
            f"{file}: line {line}: not UTF-8 (byte 0x{content[error.start]:02x}). "
            f"Save the file in UTF-8."
        ) from None
