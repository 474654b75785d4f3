"""Each peer in a process of its own: a line in, the rates and their CPU time out."""

from __future__ import annotations
