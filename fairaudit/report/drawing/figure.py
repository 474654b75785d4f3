"""A figure that a notebook shows by itself."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

_DOTS_PER_INCH = 110


class ShownFigure(Figure):
    """A matplotlib figure that is a picture in Jupyter too.

    It is not known to pyplot, so that nothing has to be closed; and without pyplot's set-up
    Jupyter would only name it.
    """

    def _repr_png_(self) -> bytes:
        """Draw it, on white: its own background is that of the page it stands on."""
        drawn = io.BytesIO()
        self.savefig(drawn, format="png", dpi=_DOTS_PER_INCH, facecolor="white")
        return drawn.getvalue()
