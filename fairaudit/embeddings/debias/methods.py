"""The debiasing methods by name, as the command and the audit take them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from fairaudit.embeddings.embedding import Embedding

METHODS = {
    "hard": ("hard", "HardDebias"),
    "double-hard": ("double_hard", "DoubleHardDebias"),
    "inlp": ("inlp", "InlpDebias"),
    "leace": ("leace", "LeaceDebias"),
}
"""Each method's file in this folder and its class, imported only when asked for."""

REFERENCES = {
    "hard": "bolukbasi2016",
    "double-hard": "wang2020",
    "inlp": "ravfogel2020",
    "leace": "belrose2023",
}


def debiased(embedding: Embedding, method: str) -> Embedding:
    """How do vectors read after debiasing by a method of this name?

    Parameters
    ----------
    embedding : Embedding
        The vectors, which stay as they are.
    method : {"hard", "double-hard", "inlp", "leace"}
        Fitted with its published settings.

    Returns
    -------
    Embedding
        The same words; vectors change whenever they are read.

    Raises
    ------
    InputError
        When there is no such method, or too few words for it.

    Examples
    --------
    >>> from fairaudit import embeddings
    >>> vectors = embeddings.load("glove_50d_subset")
    >>> embeddings.debiased(vectors, "hard").name
    'glove_50d_subset.npz, hard-debiased'
    """
    check_method(method)
    file, name = METHODS[method]
    fitter = getattr(import_module(f"fairaudit.embeddings.debias.{file}"), name)
    after: Embedding = fitter.fit(embedding).transform(embedding)
    return after


def check_method(method: str) -> None:
    """Refuse a name that no debiasing method has."""
    if method not in METHODS:
        raise InputError(
            f"debias: there is no method {method!r}. Methods: {', '.join(METHODS)}."
            f"{did_you_mean(method, METHODS)}"
        )
