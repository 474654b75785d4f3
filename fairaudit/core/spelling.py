"""How an option is spelled where the caller is: a flag of the command, or an argument."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLAGS_WANTED = ContextVar("_FLAGS_WANTED", default=False)

FLAGS = {
    "bins": "bin",
    "gates": "gate",
    "groups": "group",
    "id_column": "id",
    "own_resumes": "own",
    "practices": "practice",
    "race": "race-column",
    "sex": "sex-column",
}
"""Flags that are not the parameter's name with hyphens."""


@contextmanager
def as_flags() -> Iterator[None]:
    """Spell options as the command does, for a while."""
    before = _FLAGS_WANTED.set(True)
    try:
        yield
    finally:
        _FLAGS_WANTED.reset(before)


def spelled(name: str) -> str:
    """What is an option called here?

    Parameters
    ----------
    name : str
        The parameter's name.

    Returns
    -------
    str
        That name, or the command's flag.

    Examples
    --------
    >>> spelled("max_groups")
    'max_groups'
    >>> with as_flags():
    ...     spelled("max_groups")
    '--max-groups'
    """
    if not _FLAGS_WANTED.get():
        return name
    return f"--{FLAGS.get(name, name.replace('_', '-'))}"


def option(name: str, value: object = None) -> str:
    """How is an option given here?

    Parameters
    ----------
    name : str
        The parameter's name.
    value : object, optional
        A text, a number, a list of these, or a mapping from texts to any of these.

    Returns
    -------
    str
        To be copied: an argument of a call, or flags quoted as a shell needs it.

    Examples
    --------
    >>> option("label", "COLUMN"), option("threshold"), option("bins", {"age": [25, 40]})
    ("label='COLUMN'", 'threshold=', "bins={'age': [25, 40]}")
    >>> with as_flags():
    ...     option("label", "my column"), option("bins", {"age": [25, 40]})
    ("--label 'my column'", '--bin age=25,40')
    """
    called = spelled(name)
    if not _FLAGS_WANTED.get():
        return f"{called}=" if value is None else f"{called}={value!r}"
    if value is None:
        return called
    from shlex import quote

    return " ".join(f"{called} {quote(one)}" for one in _texts(value))


def _texts(value: object) -> Iterator[str]:
    """Give what stands behind each repetition of a flag."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield f"{key}={','.join(_texts(one))}"
    elif isinstance(value, list | tuple):
        yield from map(str, value)
    else:
        yield str(value)
