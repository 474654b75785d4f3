"""A small language model on this machine, where there is one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

SERVER = Path(__file__).with_name("local_model.py")


@pytest.fixture(scope="session")
def local_model() -> Iterator[str]:
    """Serve the model that FAIRAUDIT_LOCAL_MODEL names and give the root of its API."""
    model = os.environ.get("FAIRAUDIT_LOCAL_MODEL", "")
    if not model:
        pytest.skip("FAIRAUDIT_LOCAL_MODEL names no model (a GGUF file)")
    if not Path(model).is_file():
        pytest.skip(f"FAIRAUDIT_LOCAL_MODEL: there is no file {model}")
    if find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp, which serves the model, is not installed")
    with subprocess.Popen(
        [sys.executable, str(SERVER), model],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        # Empty where it ended instead of listening.
        address = server.stdout.readline().strip()
        if not address:
            pytest.fail(f"{SERVER.name} could not serve {model}")
        yield address
        server.stdin.close()
