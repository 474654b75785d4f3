"""What can go wrong, as a tree.

::

    FairauditError
    ├── InputError (ValueError)          the data or the options; nothing was audited
    │   ├── ColumnNotFoundError          a column that is not there
    │   ├── UnreadableTableError         a file or stream that cannot be read as it claims
    │   └── UnreadableVectorsError       likewise a file of word vectors
    ├── UndefinedMetricError (ValueError) 0/0 where a bare number was asked for
    ├── PolicyError (ValueError)         fairaudit.toml cannot be followed
    ├── ReportError (ValueError)         a stored report cannot be read back
    ├── OutputError                      the result cannot be written
    ├── SystemUnusableError              a system under audit cannot be asked
    ├── NoFairRuleError                  no decision rule keeps the constraints
    ├── MissingExtraError (ImportError)  an optional package is not installed
    └── GateError                        raised by `fairaudit.require`
        ├── NoGateError                  nothing was required, so nothing can pass
        ├── GateFailedError
        └── GateUndecidedError

A statistical doubt (a small cell, a skipped group) is never an error: it is a note in the
report, so that it reaches every format.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class FairauditError(Exception):
    """Everything fairaudit raises on purpose."""


class InputError(FairauditError, ValueError):
    """The data or the options cannot be audited as given."""


class ColumnNotFoundError(InputError):
    """A column was asked for that the table does not have."""

    @classmethod
    def among(
        cls, column: str, columns: Iterable[str], *, where: str
    ) -> ColumnNotFoundError:
        """Say which columns there are and which one may have been meant."""
        known = list(columns)
        return cls(
            f"{where}: column {column!r} is not there. "
            f"Columns: {shown(known)}.{did_you_mean(column, known)}"
        )


class UnreadableTableError(InputError):
    """A file or stream cannot be read as the table it claims to be."""


class UnreadableVectorsError(InputError):
    """A file cannot be read as the word vectors it claims to be."""


class UndefinedMetricError(FairauditError, ValueError):
    """A metric that is to be a bare number has none for these data."""


class PolicyError(FairauditError, ValueError):
    """A policy cannot be followed as written."""


class ReportError(FairauditError, ValueError):
    """A stored report cannot be read back."""


class OutputError(FairauditError):
    """The result cannot be written where it was asked to go."""


class SystemUnusableError(FairauditError):
    """A system under audit cannot be asked: a wrong key, no such model, nobody there."""


class NoFairRuleError(FairauditError):
    """No decision rule keeps the constraints, or none can be promised to."""


class MissingExtraError(FairauditError, ImportError):
    """An optional package is needed and not installed."""


class GateError(FairauditError):
    """A report does not meet what was required of it."""


class NoGateError(GateError):
    """Nothing was required of the report, so it cannot be said to pass."""


class GateFailedError(GateError):
    """A gate failed."""


class GateUndecidedError(GateError):
    """A gate could not be decided with these data."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give " Did you mean 'x'?" for the closest known word, or nothing."""
    by_folded = {candidate.casefold().strip(): candidate for candidate in known}
    close = get_close_matches(word.casefold().strip(), by_folded, n=1, cutoff=0.6)
    return f" Did you mean {by_folded[close[0]]!r}?" if close else ""


def shown(words: Iterable[str], most: int = 12) -> str:
    """List words for a message, at most `most` of them."""
    known = list(words)
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(known[:most]) + more
