"""One table of a TOML document, read key by key; errors say where and what to write."""

from __future__ import annotations

from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from fairaudit.core.errors import PolicyError, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Choice = TypeVar("Choice", bound=str)


class Section:
    """A TOML table and its place in the file.

    Parameters
    ----------
    content : mapping
        What TOML made of it.
    known : sequence of str
        The keys it may have; any other is refused at once. Empty where keys are free.
    file : str
        The file's name, for messages.
    place : str
        The table's header as written in the file; empty for the top.
    """

    def __init__(
        self,
        content: Mapping[str, Any],
        known: Sequence[str] = (),
        *,
        file: str,
        place: str = "",
    ) -> None:
        self._content = content
        self._file = file
        self._place = place
        for key in content:
            if known and key not in known:
                raise self.error(
                    f"{key!r} is not a key of a policy here. "
                    f"Keys: {shown(known, most=20)}.{did_you_mean(key, known)}"
                )

    def __contains__(self, key: str) -> bool:
        """Tell whether a key was written."""
        return key in self._content

    def __iter__(self) -> Iterator[str]:
        """Go through the keys as written."""
        return iter(self._content)

    def is_table(self, key: str) -> bool:
        """Tell whether a key holds a table."""
        return isinstance(self._content.get(key), dict)

    def error(self, problem: str) -> PolicyError:
        """Put a problem into one sentence with its place."""
        return PolicyError(": ".join(filter(None, (self._file, self._place, problem))))

    def text(self, key: str) -> str | None:
        """Read a text that is not blank."""
        came = self._content.get(key)
        if came is None:
            return None
        if not isinstance(came, str):
            raise self._wrong(key, "a text in quotes", came)
        if not came.strip():
            raise self.error(f"{key} is empty; fill it in or leave the key out.")
        return came

    def needed_text(self, key: str, remedy: str) -> str:
        """Read a text that must be there."""
        text = self.text(key)
        if text is None:
            raise self.error(f"{key} is missing. {remedy}")
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of different texts; one text stands for a list of one."""
        came = self._content.get(key, [])
        items = [came] if isinstance(came, str) else came
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self._wrong(key, "a list of texts, each in quotes", came)
        if any(not item.strip() for item in items):
            raise self.error(f"{key} holds an empty text; fill it in or leave it out.")
        for item in items:
            if items.count(item) > 1:
                raise self.error(f"{key} names {item!r} twice; name it once.")
        return tuple(items)

    def number(self, key: str) -> float | None:
        """Read a finite number."""
        came = self._content.get(key)
        if came is None:
            return None
        if not _is_number(came):
            raise self._wrong(key, "a number", came)
        return float(came)

    def numbers(self, key: str) -> tuple[float, ...]:
        """Read a list of finite numbers."""
        came = self._content.get(key)
        if not isinstance(came, list) or not all(_is_number(item) for item in came):
            raise self._wrong(key, "a list of numbers", came)
        return tuple(float(item) for item in came)

    def whole(self, key: str, *, least: int) -> int | None:
        """Read a whole number that is large enough."""
        came = self._content.get(key)
        if came is None:
            return None
        if not isinstance(came, int) or isinstance(came, bool) or came < least:
            raise self._wrong(key, f"a whole number, {least} or more", came)
        return came

    def choice(self, key: str, allowed: Any) -> Any:  # noqa: ANN401 - a Literal comes and goes
        """Read one of the texts of a `Literal`."""
        text = self.text(key)
        if text is not None and text not in get_args(allowed):
            choices = get_args(allowed)
            raise self.error(
                f"{key} must be {' or '.join(map(repr, choices))}; got {text!r}."
                f"{did_you_mean(text, choices)}"
            )
        return text

    def day(self, key: str) -> str | None:
        """Read a day, as TOML's date or as the same in quotes, and give it as ISO text."""
        came = self._content.get(key)
        if came is None:
            return None
        if isinstance(came, date) and not isinstance(came, datetime):
            return came.isoformat()
        try:
            return date.fromisoformat(came).isoformat()
        except (TypeError, ValueError):
            raise self._wrong(key, "a day such as 2027-01-31", came) from None

    def section(self, key: str, known: Sequence[str] = ()) -> Section:
        """Read a table; an empty one where nothing was written."""
        came = self._content.get(key, {})
        place = self._header(key)
        if not isinstance(came, dict):
            raise self._wrong(key, f"a table, {place}", came)
        return Section(came, known, file=self._file, place=place)

    def sections(self, key: str, known: Sequence[str]) -> list[Section]:
        """Read the tables of an array of tables."""
        came = self._content.get(key, [])
        place = f"[{self._header(key)}]"
        if not isinstance(came, list) or not all(isinstance(item, dict) for item in came):
            raise self._wrong(key, f"tables, each headed {place}", came)
        return [
            Section(item, known, file=self._file, place=f"{place} no. {index}")
            for index, item in enumerate(came, start=1)
        ]

    def _header(self, key: str) -> str:
        """Write the header of a table inside this one."""
        return f"[{self._place.strip('[]')}.{key}]" if self._place else f"[{key}]"

    def _wrong(self, key: str, wanted: str, came: object) -> PolicyError:
        """Say what a key must be and what came."""
        return self.error(f"{key} must be {wanted}; got {_described(came)}.")


def _is_number(came: object) -> bool:
    """Tell whether TOML gave a finite number; its booleans are none."""
    return isinstance(came, int | float) and not isinstance(came, bool) and isfinite(came)


def _described(came: object) -> str:
    """Show a TOML value in a message, shortened."""
    kinds = {bool: "the boolean ", dict: "a table ", list: "the list ", str: "the text "}
    written = str(came).lower() if isinstance(came, bool) else repr(came)
    if isinstance(came, date):
        written = came.isoformat()
    short = written if len(written) < 60 else f"{written[:57]}..."
    return f"{kinds.get(type(came), '')}{short}"
