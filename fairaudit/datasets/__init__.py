"""Small real data that come with fairaudit, each with a card on what it is and is not."""

from __future__ import annotations

from fairaudit.datasets.loaders import card, load, path
from fairaudit.datasets.registry import available

__all__ = ["available", "card", "load", "path"]
