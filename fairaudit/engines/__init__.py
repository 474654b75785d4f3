"""Tables of any kind in, a small table of counted cells out."""

from __future__ import annotations

from fairaudit.engines.opening import open_table

__all__ = ["open_table"]
