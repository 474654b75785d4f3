"""Screeners trained on past decisions that carry a bias, or none."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from fairaudit.resumes import past_decisions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sklearn.pipeline import Pipeline

JOBS = ("nurse", "developer")


def fitted(texts: Iterable[str], hired: Iterable[int]) -> Pipeline:
    """Learn from past decisions, with the apostrophe kept, so that "women's" is a word."""
    words: Any = TfidfVectorizer(token_pattern=r"(?u)\b\w[\w']+\b", sublinear_tf=True)  # noqa: S106 - no password
    return make_pipeline(words, LogisticRegression(C=10)).fit(texts, hired)


@cache
def trained(bias: float, *, seed: int) -> Pipeline:
    """Learn from 2,000 decisions that carry so much logit for women."""
    past = past_decisions(2000, bias=bias, jobs=JOBS, seed=seed)
    return fitted(past["cv"], past["hired"])
