"""The version, written down once for the package, the command and the reports."""

from __future__ import annotations

__version__ = "0.1.0"
