"""A real server on this machine that behaves as a test says, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Call"], None]


class Call(BaseHTTPRequestHandler):
    """One call, and what can be done with it."""

    protocol_version = "HTTP/1.1"
    # The headers and the body are two packets; the second does not wait for the first.
    disable_nagle_algorithm = True
    server: Server
    asked: dict[str, Any]

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.asked = json.loads(self.rfile.read(size))
        self.server.calls.append(self)
        self.server.behave(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send(
        self,
        body: object,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        *,
        claimed: int | None = None,
    ) -> None:
        """Send JSON, or text as it is; `claimed` is a length that is not kept to."""
        text = body if isinstance(body, str) else json.dumps(body)
        raw = text.encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw) if claimed is None else claimed))
        if claimed is not None:
            self.close_connection = True
        self.end_headers()
        self.wfile.write(raw)


class Server(ThreadingHTTPServer):
    """Keeps every call it gets."""

    # So that a slow answer holds up no test.
    daemon_threads = True
    block_on_close = False

    def __init__(self, behave: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.behave = behave
        self.calls: list[Call] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        """Let callers hang up."""


@contextmanager
def serving(behave: Behaviour) -> Iterator[Server]:
    """Serve on a free port while the block runs."""
    server = Server(behave)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def completion(
    content: str | None, *, finish: str = "stop", top: object = None, **message: object
) -> dict[str, Any]:
    """Write a chat completion; `top` are tokens and their log-probabilities."""
    choice: dict[str, Any] = {
        "index": 0,
        "message": {"role": "assistant", "content": content, **message},
        "finish_reason": finish,
    }
    if isinstance(top, dict):
        listed = [{"token": token, "logprob": p} for token, p in top.items()]
        first = {**listed[0], "top_logprobs": listed}
        choice["logprobs"] = {"content": [first]}
    return {
        "object": "chat.completion",
        "model": "small-2026-01-01",
        "system_fingerprint": "fp_1",
        "choices": [choice],
        "usage": {"prompt_tokens": 211, "completion_tokens": 2, "total_tokens": 213},
    }


def saying(content: str | None, **options: object) -> Behaviour:
    """Answer every call alike."""
    return lambda call: call.send(completion(content, **options))


def failing(
    status: int, body: object = "", headers: Mapping[str, str] | None = None
) -> Behaviour:
    """Answer every call with a status and a body."""
    return lambda call: call.send(body, status, headers)
