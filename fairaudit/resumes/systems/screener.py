"""A screener that ranks résumés by how near their vectors lie to that of the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError, SystemUnusableError
from fairaudit.resumes.drafting import OWN
from fairaudit.resumes.effects.answers import PLAIN
from fairaudit.resumes.pair import Outcome
from fairaudit.resumes.systems.system import Reply, Request
from fairaudit.resumes.templates import advertisement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]
    Embed = Callable[[list[str]], Any]


class EmbeddingScreener:
    """A model of sentence vectors, used as many screeners use it.

    The score of a résumé is the cosine between its vector and that of the job it is for.

    Parameters
    ----------
    embed : callable
        Takes a list of texts and gives a matrix, a row for each, such as the method
        ``encode`` of a sentence transformer.
    jobs : mapping of str to str, optional
        The text of each job family; without it, and for families that are not in it, an
        advertisement made of the family's title, duties and skills. Résumés of one's own
        are for the job "own".
    input_limit : int, optional
        How many tokens the model reads: the rest of a résumé is not seen. Give it to
        `fairaudit.resumes.generate` too, which then checks that cues come before.
    name : str, optional
        What to call it.
    batch : int
        Texts embedded at once.

    Examples
    --------
    >>> from fairaudit.resumes import EmbeddingScreener
    >>> letters = lambda texts: [[t.count(c) for c in "aeiou"] for t in texts]
    >>> screener = EmbeddingScreener(letters, name="letters")
    >>> asked = screener.request("Registered nurse", "nurse", "plain")
    >>> round(screener.ask([asked])[0].outcome.value, 2)
    0.75
    """

    framings = (PLAIN,)
    parser = "cosine 1"

    def __init__(
        self,
        embed: Embed,
        *,
        jobs: Mapping[str, str] | None = None,
        input_limit: int | None = None,
        name: str | None = None,
        batch: int = 64,
    ) -> None:
        self.embed = embed
        self.jobs = dict(jobs or {})
        self.input_limit = input_limit
        self.name = name or str(getattr(embed, "__name__", type(embed).__name__))
        self.batch = batch
        self._known: dict[str, Array] = {}

    def job_text(self, job: str) -> str:
        """With which text are résumés for a job compared?

        Parameters
        ----------
        job : str
            A job family, or "own".

        Returns
        -------
        str
            Of the mapping, or an advertisement.

        Raises
        ------
        InputError
            For résumés of one's own without a text of their job, and unknown jobs.
        """
        if job in self.jobs:
            return self.jobs[job]
        if job == OWN:
            raise InputError(
                "jobs: résumés of one's own are for a job that is not known here. Give its "
                "text, jobs={'own': \"...\"}."
            )
        return advertisement(job)

    def request(self, text: str, job: str, framing: str) -> Request:  # noqa: ARG002
        """Put a résumé beside the text of its job; there is no framing of a cosine."""
        return Request(content={"text": text, "job": self.job_text(job)})

    def ask(self, requests: Sequence[Request]) -> list[Reply]:
        """Score résumés, each against its own job.

        Parameters
        ----------
        requests : sequence of Request
            From `request`.

        Returns
        -------
        list of Reply
            Cosines; unparsable where a vector has no direction.

        Raises
        ------
        SystemUnusableError
            When the model raises.
        InputError
            When it gives no row of numbers for each text.
        """
        wanted = [str(request.content["job"]) for request in requests]
        missing = [job for job in dict.fromkeys(wanted) if job not in self._known]
        if missing:
            self._known.update(zip(missing, self._vectors(missing), strict=True))
        vectors = self._vectors([str(request.content["text"]) for request in requests])
        cosines = [
            float(vector @ self._known[job])
            for vector, job in zip(vectors, wanted, strict=True)
        ]
        return [Reply(outcome=_outcome(cosine)) for cosine in cosines]

    def _vectors(self, texts: list[str]) -> Array:
        """Embed texts, each as a direction; NaN where there is none."""
        import numpy as np

        try:
            given = np.asarray(self.embed(texts), dtype=float)
        except Exception as error:
            raise SystemUnusableError(
                f"{self.name} raised {type(error).__name__}: {error}."
            ) from error
        if given.ndim != 2 or len(given) != len(texts):
            raise InputError(
                f"embed: it was given {len(texts)} texts and gave an array of shape "
                f"{given.shape}; it must give a matrix with a row for each text."
            )
        lengths = np.linalg.norm(given, axis=1, keepdims=True)
        lengths[~(np.isfinite(lengths) & (lengths > 0))] = np.nan
        directions: Array = given / lengths
        return directions


def _outcome(cosine: float) -> Outcome:
    """Read one cosine."""
    if cosine != cosine:  # noqa: PLR0124 - NaN
        return Outcome(state="unparsable", kind="score", value=None, raw="nan")
    return Outcome(state="ok", kind="score", value=cosine, raw=repr(cosine))
