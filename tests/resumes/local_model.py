"""Serve a small language model on this machine: ``python local_model.py MODEL.gguf``.

Prints the root of its API once it listens, and ends when its standard input does, so that
it never outlives the tests that started it. It is no part of the package; it needs
`xllamacpp` (llama.cpp with its server, as a wheel).
"""

from __future__ import annotations

import os
import sys


def main(model: str) -> None:
    """Serve until standard input ends."""
    # What llama.cpp prints goes to standard error; the address alone to standard output.
    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 8192
    params.n_parallel = 2
    # Two threads on a machine that is busy are many times slower than one.
    params.cpuparams.n_threads = 1
    params.warmup = False
    # A beginning that is remembered is rounded otherwise: the same request, asked twice,
    # moved by 0.08 in log-odds.
    params.cache_prompt = False
    params.cache_ram_mib = 0
    server = xllamacpp.Server(params)
    told.write(f"{server.listening_address}/v1\n")
    told.flush()
    sys.stdin.read()
    # The server's threads need not be waited for.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
