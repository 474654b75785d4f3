"""What pytest leaves out: modules whose imports are an extra that is not installed."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [] if find_spec("inspect_ai") else ["fairaudit/resumes/inspect_task.py"]
