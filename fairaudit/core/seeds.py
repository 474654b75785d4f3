"""The one door for randomness: a generator per purpose, all from the recorded seed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np


def generator(seed: int, *purpose: str) -> np.random.Generator:
    """Make the generator of one purpose; another purpose never moves its draws."""
    import numpy as np

    return np.random.default_rng([seed, *(crc32(word.encode()) for word in purpose)])
