"""Run the command with ``python -m fairaudit``."""

from __future__ import annotations

from fairaudit.cli.main import main

if __name__ == "__main__":
    main()
