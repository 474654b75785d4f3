"""The look of every picture: colours, sizes, and names that are drawn as they are."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from fairaudit.report.sanitise import terminal_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# On white, and on near-black. Told apart without colour vision (Okabe and Ito's blue and
# vermilion, darkened to 4.5 : 1), and never by colour alone.
COLOURS = {
    "ink": ("#1b2430", "#e8ebf0"),
    "soft": ("#5b6675", "#a9b3c1"),
    "rule": ("#d5dae1", "#3a434f"),
    "blue": ("#0a5ea8", "#7cb8f2"),
    "red": ("#b3400a", "#f5996b"),
    "same": ("#cfe3f5", "#1d3d5c"),
    "apart": ("#f6d3c0", "#5f2a12"),
    "open": ("#eef0f3", "#2b323c"),
}
"""Each colour by what it is for: in the light and in the dark."""

INK, SOFT, RULE, BLUE, RED, SAME, APART, OPEN = (light for light, _ in COLOURS.values())

WIDTH = 8.0
"""Inches of a picture's width; text of 10 points stays legible at half of it."""

MOST_GROUPS = 24
"""Groups drawn at most; the table beside the picture says the same."""

_LONGEST = 30
_BOX = "\u25a1"

_SETTINGS = {
    "axes.edgecolor": RULE,
    "axes.facecolor": "none",
    "axes.labelcolor": SOFT,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "figure.facecolor": "none",
    "font.size": 10.5,
    "hatch.linewidth": 0.8,
    "legend.frameon": False,
    "legend.fontsize": 9.5,
    "legend.labelcolor": INK,
    "savefig.facecolor": "none",
    "svg.fonttype": "path",
    "svg.hashsalt": "fairaudit",
    "text.color": INK,
    "text.parse_math": False,  # "$$" is a name like any other
    "xtick.color": SOFT,
    "xtick.labelsize": 9.5,
    "ytick.color": INK,
    "ytick.labelsize": 10.5,
    "ytick.left": False,
}


@contextmanager
def our_settings() -> Iterator[None]:
    """Draw with matplotlib's defaults and our look, whatever the caller has set.

    The settings are the caller's again afterwards.
    """
    import matplotlib as mpl

    kept = {"backend", "backend_fallback", "interactive", "toolbar"}
    settings: dict[Any, Any] = {
        key: setting for key, setting in mpl.rcParamsDefault.items() if key not in kept
    }
    settings.update(_SETTINGS)
    with mpl.rc_context(settings):
        yield


def new_figure(height: float, *, width: float = WIDTH) -> Figure:
    """Begin a picture; its layout is found when it is drawn, so that nothing is cut."""
    from fairaudit.report.drawing.figure import ShownFigure

    return ShownFigure(figsize=(width, height), layout="constrained")


def quiet_grid(axes: Axes) -> None:
    """Draw faint lines to read values by, behind everything."""
    axes.set_axisbelow(True)
    axes.grid(visible=True, axis="x", color=RULE, linewidth=0.8)
    axes.tick_params(axis="both", length=0)


def drawn_names(names: Iterable[str], longest: int = _LONGEST) -> list[str]:
    """Shorten names for a picture; different ones stay different.

    Returns
    -------
    list of str
        In the given order. A letter that the picture's font lacks is a box; those that
        become alike are numbered.
    """
    shown: list[str] = []
    times: dict[str, int] = {}
    for name in names:
        text = "".join(
            letter if ord(letter) in _letters() else _BOX
            for letter in terminal_name(_plain(name), longest)
        )
        times[text] = times.get(text, 0) + 1
        shown.append(text if times[text] == 1 else f"{text} ({times[text]})")
    return shown


def _plain(name: str) -> str:
    """Take out what a page needs in a name and a picture does not."""
    return name.replace("\xa0", " ").replace("\u200e", "")


@cache
def _letters() -> frozenset[int]:
    """Find the letters of the font that comes with matplotlib."""
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    return frozenset(font.get_charmap())
