"""Word vectors as they were stored, and what is to be changed when they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.value import replace, value
from fairaudit.embeddings.files.guards import without_direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from os import PathLike
    from pathlib import Path

    import numpy as np
    from gensim.models import KeyedVectors
    from numpy.typing import NDArray

    from fairaudit.embeddings.word_sets import AssociationTest
    from fairaudit.report.model import AuditReport

_NOISE = 1e-6
_SHORTEST = 1e-150
"""Squares of shorter vectors begin to lose digits in float64."""

BLOCK = 4_096
"""Rows looked at together, so that a file of any size needs little memory."""


class Change(Protocol):
    """What a debiasing method does to vectors when they are read."""

    def apply(
        self, words: Sequence[str], rows: NDArray[np.floating]
    ) -> NDArray[np.floating]:
        """Give the changed rows of some words; the rows given may be overwritten."""
        ...


@value
class Found:
    """Which words of a list an embedding has, as it spells them, and which it has not."""

    used: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Embedding:
    """Words with a vector each, in the order of their file.

    Attributes
    ----------
    name : str
        What messages and reports call it.
    words : list of str
        All different.
    matrix : ndarray of shape (n_words, n_dimensions)
        The stored numbers, untouched; it may be mapped from a file.
    index : dict of str to int
        The row of every word.
    changes : tuple of Change
        Applied in this order whenever rows are read.
    files : tuple of pathlib.Path
        Where they were loaded from.
    """

    name: str
    words: Sequence[str]
    matrix: NDArray[np.floating]
    index: dict[str, int]
    lower_case: bool
    changes: tuple[Change, ...] = ()
    files: tuple[Path, ...] = ()

    @classmethod
    def make(
        cls,
        name: str,
        words: Sequence[str],
        matrix: NDArray[np.floating],
        files: tuple[Path, ...] = (),
    ) -> Embedding:
        """Put words and rows together; a word that stands twice is refused."""
        index = {word: row for row, word in enumerate(words)}
        if len(index) < len(words):
            first, again = _twice(words)
            raise InputError(
                f"{name}: word {words[again]!r} stands twice, as vectors {first + 1} and "
                f"{again + 1}. Keep one of them."
            )
        return cls(
            name=name,
            words=words,
            matrix=matrix,
            index=index,
            lower_case=all(word == word.lower() for word in words),
            files=files,
        )

    @classmethod
    def of(cls, keyed: KeyedVectors, name: str = "vectors") -> Embedding:
        """Take the vectors of gensim; the numbers are shared, not copied.

        Parameters
        ----------
        keyed : gensim.models.KeyedVectors
            Such as ``model.wv`` after training.
        name : str
            What messages and reports call them.

        Returns
        -------
        Embedding
            The same words and numbers.
        """
        return cls.make(name, list(keyed.index_to_key), keyed.vectors)

    def __len__(self) -> int:
        """Count the words."""
        return len(self.words)

    def __contains__(self, word: str) -> bool:
        """Tell whether there is a vector for a word, spelled just so."""
        return word in self.index

    @property
    def dimensions(self) -> int:
        """Count the numbers of a vector."""
        return int(self.matrix.shape[1])

    @property
    def noise(self) -> float:
        """Say below which size a cosine is rounding and no finding.

        Numbers are stored with so many bits, or as text of about six digits; what debiasing
        took away comes back as large as their rounding.
        """
        import numpy as np

        return max(_NOISE, 2 * float(np.finfo(self.matrix.dtype).eps))

    def find(self, words: Iterable[str]) -> Found:
        """Which of these words have vectors?

        Lower-case embeddings are asked for the lower-case form. A word given twice counts
        once.
        """
        wanted = dict.fromkeys(word.lower() if self.lower_case else word for word in words)
        return Found(
            used=tuple(word for word in wanted if word in self.index),
            lost=tuple(word for word in wanted if word not in self.index),
        )

    def rows(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Read the vectors of some words, in float64, changes applied.

        Parameters
        ----------
        words : sequence of str of shape (n,)
            Words of this embedding.

        Returns
        -------
        ndarray of shape (n, n_dimensions)
            A copy.

        Raises
        ------
        InputError
            When a word has no vector.
        """
        import numpy as np

        missing = [word for word in words if word not in self.index]
        if missing:
            raise InputError(
                f"{self.name}: there is no vector for {missing[0]!r}."
                f"{did_you_mean(missing[0], list(self.words[:50_000]))}"
            )
        places = [self.index[word] for word in words]
        rows = np.array(self.matrix[places], dtype=np.float64)
        return self._changed(words, rows)

    def unit(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Read the vectors of some words scaled to length 1, where angles mean something.

        Parameters
        ----------
        words : sequence of str of shape (n,)
            Words of this embedding.

        Returns
        -------
        ndarray of shape (n, n_dimensions)
            Rows of length 1.

        Raises
        ------
        InputError
            When a word has no vector, or one whose length is 0, not finite or beyond what
            float64 can square; or when vectors have one dimension, between which every
            cosine is 1 or -1.
        """
        import numpy as np

        if self.dimensions < 2:
            raise InputError(
                f"{self.name}: vectors of one dimension have no angles between them; "
                f"association needs at least 2."
            )
        rows = self.rows(words)
        with np.errstate(over="ignore"):  # becomes an infinity, which is told just below
            lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        held = (lengths > _SHORTEST) & np.isfinite(lengths)
        if not held.all():
            place = int(np.argmin(held))
            raise InputError(f"{self.name}: {without_direction(words[place], rows[place])}")
        unit: NDArray[np.float64] = rows / lengths
        return unit

    def blocks(self, size: int = BLOCK) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """Read all vectors in order, changes applied, a block at a time.

        Parameters
        ----------
        size : int
            Rows of a block.

        Yields
        ------
        tuple of int and ndarray
            Where the block begins, and its rows in float64.
        """
        import numpy as np

        for start in range(0, len(self), size):
            rows = np.array(self.matrix[start : start + size], dtype=np.float64)
            yield start, self._changed(self.words[start : start + size], rows)

    def changed_by(self, change: Change, name: str | None = None) -> Embedding:
        """Give the same words with one more change applied whenever they are read."""
        return replace(self, changes=(*self.changes, change), name=name or self.name)

    def keyed_vectors(self) -> KeyedVectors:
        """Give the vectors to gensim, in float32; they share memory where nothing changes.

        Returns
        -------
        gensim.models.KeyedVectors
            With all of gensim's searches and evaluations.
        """
        import numpy as np
        from gensim.models import KeyedVectors

        keyed = KeyedVectors(self.dimensions)
        keyed.index_to_key = list(self.words)
        keyed.key_to_index = dict(self.index)
        if self.changes:
            keyed.vectors = np.empty(self.matrix.shape, dtype=np.float32)
            for start, rows in self.blocks():
                keyed.vectors[start : start + len(rows)] = rows
        else:
            keyed.vectors = np.asarray(self.matrix, dtype=np.float32)
        return keyed

    def audit(
        self,
        tests: Iterable[str | AssociationTest] | str | None = None,
        *,
        debias: str | Embedding | None = None,
        against: Embedding | None = None,
        gates: Iterable[str] | str = (),
        why: str | None = None,
        policy: str | PathLike[str] | None = None,
        minimum: int | None = None,
        draws: int | None = None,
        seed: int = 0,
    ) -> AuditReport:
        """Which associations with groups of people do these vectors hold, and how surely?

        Parameters
        ----------
        tests : str, or iterable of str or AssociationTest, optional
            Such as ``["weat-6", "religion-christian-muslim", "rnsb"]``; all if left out.
        debias : {"hard", "double-hard", "inlp", "leace"} or Embedding, optional
            Measure before and after, with what is left and what it costs; vectors of the
            same words that are already debiased are taken as they are.
        against : Embedding, optional
            Measure other vectors beside these.
        gates : str or iterable of str, optional
            Plain numbers with limits, such as ``"weat-6.effect_size<=0.5"``, read of the
            vectors after debiasing, or of those compared with.
        why : str, optional
            Why these gates.
        policy : str or path-like, optional
            A fairaudit.toml with gates on such numbers, and waivers; gates given here go
            before its gates.
        minimum : int, optional
            The fewest words that must be left of a list of an association test; 3 if left
            out.
        draws : int, optional
            Bootstrap samples of words for every interval; 2,000 if left out, 0 for none.
        seed : int
            For everything that is drawn; recorded in the report.

        Returns
        -------
        AuditReport
            With one part, a study; adds to other reports with ``+``.

        Raises
        ------
        InputError
            When a test asked for by name cannot be made, or an option is not known.

        Examples
        --------
        >>> from fairaudit import embeddings
        >>> report = embeddings.load("glove_50d_subset").audit(tests=["weat-6"])
        >>> round(report.findings[0].estimate.value, 2)
        1.71
        """
        # The front door is above this room; the contract in pyproject.toml names this
        # import as the one exception, so that vectors can be asked for their own audit.
        from pathlib import Path

        from fairaudit.auditing.vectors import audit_vectors

        return audit_vectors(
            self,
            tests,
            debias=debias,
            against=against,
            gates=gates,
            why=why,
            policy=None if policy is None else Path(policy),
            minimum=minimum,
            draws=draws,
            seed=seed,
        )

    def _changed(
        self, words: Sequence[str], rows: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Apply the changes in their order."""
        import numpy as np

        changed: NDArray[np.floating] = rows
        for change in self.changes:
            changed = change.apply(words, changed)
        return changed.astype(np.float64, copy=False)


def _twice(words: Sequence[str]) -> tuple[int, int]:
    """Find the first word that stands twice, and where."""
    seen: dict[str, int] = {}
    for place, word in enumerate(words):
        if word in seen:
            return seen[word], place
        seen[word] = place
    raise AssertionError(words)
