from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from fairaudit import audit_resumes
from fairaudit.core.errors import InputError, SystemUnusableError
from fairaudit.resumes import EmbeddingScreener, generate
from fairaudit.resumes.systems.system import System
from fairaudit.resumes.templates import jobs
from tests.resumes.test_audit import effects

WORDS = ("patient", "ward", "nurse", "software", "code", "women's")


def counts(texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([[1.0 + text.lower().count(word) for word in WORDS] for text in texts])


def scores(screener: EmbeddingScreener, *asked: tuple[str, str]) -> list[float | None]:
    requests = [screener.request(text, job, "plain") for text, job in asked]
    return [reply.outcome.value for reply in screener.ask(requests)]


def test_it_is_a_system_and_says_how_much_it_reads() -> None:
    screener = EmbeddingScreener(counts, input_limit=256)
    assert isinstance(screener, System)
    assert screener.input_limit == 256
    assert screener.name == "counts"


def test_a_score_is_the_cosine_with_the_text_of_the_own_job() -> None:
    texts = {"nurse": "Nurse on a ward", "developer": "Software in code"}
    screener = EmbeddingScreener(counts, jobs=texts)
    resume = "Nurse for every patient of the ward"
    of_a_nurse, of_a_developer = scores(screener, (resume, "nurse"), (resume, "developer"))
    one, other = counts([resume, texts["nurse"]])
    expected = one @ other / (np.linalg.norm(one) * np.linalg.norm(other))
    assert of_a_nurse == pytest.approx(expected)
    assert of_a_developer is not None
    assert of_a_nurse is not None
    assert of_a_nurse > of_a_developer


def test_a_job_is_embedded_once() -> None:
    seen: list[str] = []

    def embed(texts: list[str]) -> Any:  # noqa: ANN401
        seen.extend(texts)
        return counts(texts)

    screener = EmbeddingScreener(embed, jobs={"nurse": "the job"})
    for _ in range(3):
        scores(screener, ("one", "nurse"), ("two", "nurse"))
    assert seen.count("the job") == 1


@pytest.mark.parametrize("job", jobs())
def test_every_family_has_an_advertisement_without_places_left_open(job: str) -> None:
    text = EmbeddingScreener(counts).job_text(job)
    assert len(text.splitlines()) > 10
    assert "{" not in text


def test_ones_own_resumes_need_the_text_of_their_job() -> None:
    with pytest.raises(InputError, match="Give its text, jobs="):
        EmbeddingScreener(counts).request("text", "own", "plain")
    screener = EmbeddingScreener(counts, jobs={"own": "a nurse"})
    assert screener.job_text("own") == "a nurse"


def test_a_vector_without_direction_is_unparsable() -> None:
    screener = EmbeddingScreener(lambda texts: [[len(t), 0] for t in texts])
    reply = screener.ask([screener.request("", "nurse", "plain")])[0]
    assert (reply.outcome.state, reply.outcome.value) == ("unparsable", None)


def test_what_is_no_matrix_is_refused() -> None:
    screener = EmbeddingScreener(lambda _: [1.0, 2.0])
    with pytest.raises(InputError, match="a matrix with a row for each text"):
        scores(screener, ("text", "nurse"))


def test_a_model_that_raises_is_unusable_and_named() -> None:
    def broken(texts: list[str]) -> Any:  # noqa: ANN401
        raise OSError("no weights")

    with pytest.raises(SystemUnusableError, match="broken raised OSError: no weights"):
        scores(EmbeddingScreener(broken), ("text", "nurse"))


def test_a_study_of_two_jobs_finds_that_a_word_is_off_the_job() -> None:
    study = generate(
        jobs=["nurse", "developer"],
        pairs=40,
        arms=["club", "placebo", "quality"],
        seed=1,
        input_limit=512,
    )
    screener = EmbeddingScreener(counts, input_limit=512)
    row = effects(audit_resumes(study, screener))["club"]
    assert row.estimate.value is not None
    assert row.estimate.value < 0
    assert row.p_value is not None
    assert row.p_value < 1e-3
