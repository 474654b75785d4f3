"""The options of every verb that ends in a report: where it goes, and in which format."""

from __future__ import annotations

from functools import partial
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from fairaudit.cli.help import Headed
from fairaudit.report import renderers

if TYPE_CHECKING:
    from collections.abc import Callable

RESULT: Callable[..., Headed] = partial(Headed, heading="Result")

RESULT_OPTIONS: tuple[Headed, ...] = (
    RESULT(
        ["--output"],
        multiple=True,
        metavar="PATH",
        help="Also write a file, its format by its suffix, such as .json; repeat.",
    ),
    RESULT(
        ["--format"],
        default="console",
        metavar="|".join(module.name for module in iter_modules(renderers.__path__)),
        help="How the result on standard output is written (console).",
    ),
)
