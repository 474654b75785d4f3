"""A picture as text for a page: the same bytes every time, dark where the page is dark."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING

from fairaudit.report.drawing.look import COLOURS, our_settings

if TYPE_CHECKING:
    from fairaudit.report.pictures import Chart

_NOTHING_OF_THE_RUN = {"Date": None, "Creator": None, "Format": None, "Type": None}
_COLOUR = re.compile(r"""(?<=[ "])#[0-9a-f]{6}\b""")
_NAMES = {light: name for name, (light, _) in COLOURS.items()}


def data_uri(chart: Chart) -> str:
    """Draw a chart for an `img` element.

    Returns
    -------
    str
        A data URI of base64: an image runs nothing and loads nothing.
    """
    return "data:image/svg+xml;base64," + base64.b64encode(svg(chart).encode()).decode()


def svg(chart: Chart) -> str:
    """Draw a chart as SVG whose colours follow the reader's light or dark."""
    stream = io.StringIO()
    with our_settings():
        figure = chart.figure()
        figure.savefig(stream, format="svg", metadata=_NOTHING_OF_THE_RUN)
    drawn = _COLOUR.sub(_named, stream.getvalue())
    start = drawn.index("<svg")
    return drawn[start:].replace("<defs>", f"<style>{_styles()}</style>\n <defs>", 1)


def _named(colour: re.Match[str]) -> str:
    """Refer to a colour of ours by its name."""
    name = _NAMES.get(colour[0])
    return f"var(--{name})" if name else colour[0]


def _styles() -> str:
    """Say what the names of colours mean in the light and in the dark."""
    light = "".join(f"--{name}:{pair[0]};" for name, pair in COLOURS.items())
    dark = "".join(f"--{name}:{pair[1]};" for name, pair in COLOURS.items())
    return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
