"""How biased are word vectors, shown how, and what does debiasing leave behind?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairaudit.embeddings.embedding import Embedding
    from fairaudit.embeddings.association import weat
    from fairaudit.embeddings.loading import load

__all__ = ["Embedding", "load"]

_WHERE = {"Embedding": "embedding", "load": "loading"}
"""Loaded on first use, so that importing the room costs next to nothing."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load a public name on first use."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
