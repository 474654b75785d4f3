"""The picture of a measurement: a dot with its interval for each thing measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.measurement import Measurement
from fairaudit.core.value import value
from fairaudit.report.drawing.look import (
    BLUE,
    INK,
    OPEN,
    RED,
    SAME,
    SOFT,
    drawn_names,
    new_figure,
    our_settings,
    quiet_grid,
)
from fairaudit.report.sections.studies import held_against, limits, measured_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from fairaudit.core.measurement import Measured

MOST_NAMES = 40
"""Names drawn; the table beside the picture has the others too."""

_LOOKS = ((BLUE, "o"), (RED, "D"), (INK, "s"), (SOFT, "^"))
"""Groups by colour and by shape, so that neither is needed."""

_APART = 0.22


@value
class MeasuredChart:
    """One measurement, drawn."""

    measurement: Measurement

    @property
    def title(self) -> str:
        """Say what is shown."""
        return f"{self.measurement.title}: {self.measurement.quantity}"

    @property
    def alt(self) -> str:
        """Say what every dot shows."""
        told = [_told(one, self.measurement.places) for one in self._drawn]
        held = held_against(self.measurement)
        return " ".join([f"{self.title}.", *told, held or ""])

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns of the table beside it."""
        return measured_table(self.measurement).headings

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Give the numbers that are drawn, and those that are not."""
        return measured_table(self.measurement).rows

    @property
    def _drawn(self) -> tuple[Measured, ...]:
        """Give the rows of the names that are drawn and have a number."""
        names = set(self._names)
        return tuple(
            one
            for one in self.measurement.rows
            if one.name in names and one.estimate.value is not None
        )

    @property
    def _names(self) -> list[str]:
        """Give the names that are drawn, in order."""
        named = [
            one.name for one in self.measurement.rows if one.estimate.value is not None
        ]
        return list(dict.fromkeys(named))[:MOST_NAMES]

    def figure(self) -> Figure:
        """Draw each number as a dot on its interval, and what they are held against."""
        names = self._names
        groups = list(dict.fromkeys(one.group for one in self._drawn))
        with our_settings():
            figure = new_figure(1.3 + 0.34 * max(len(names), 2))
            axes = figure.subplots()
            quiet_grid(axes)
            self._draw_held_against(axes)
            for one in self._drawn:
                _draw(axes, names.index(one.name), one, groups)
            axes.set_yticks(range(len(names)), drawn_names(names, longest=44))
            axes.set_ylim(len(names) - 0.4, -0.6)
            axes.set_xlabel(drawn_names([self.measurement.quantity], longest=90)[0])
            if axes.get_legend_handles_labels()[1]:
                figure.legend(
                    *axes.get_legend_handles_labels(), loc="outside upper left", ncols=3
                )
            return figure

    def _draw_held_against(self, axes: Axes) -> None:
        """Shade the bands and draw the value that means no difference."""
        shades = (SAME, OPEN)
        widths = [band.high - band.low for band in self.measurement.bands]
        for place, band in enumerate(self.measurement.bands):
            axes.axvspan(
                band.low,
                band.high,
                color=shades[place % len(shades)],
                linewidth=0,
                # A narrow band lies on a wide one, which would hide it.
                zorder=0.5 + 0.01 * sum(width > widths[place] for width in widths),
                label=drawn_names([band.title], longest=48)[0],
            )
        if self.measurement.neutral is not None:
            axes.axvline(
                self.measurement.neutral, color=INK, linewidth=1.2, dashes=(2.5, 1.5)
            )


def measured_charts(measurement: Measurement | None) -> tuple[MeasuredChart, ...]:
    """Give the picture of a measurement; none where it has no number at all."""
    if measurement is None:
        return ()
    numbers = any(one.estimate.value is not None for one in measurement.rows)
    return (MeasuredChart(measurement=measurement),) if numbers else ()


def _draw(axes: Axes, place: int, one: Measured, groups: list[str | None]) -> None:
    """Draw one number; what a colour means is said once."""
    number = groups.index(one.group)
    color, marker = _LOOKS[number % len(_LOOKS)]
    y = place + _APART * (number - (len(groups) - 1) / 2) * (len(groups) > 1)
    known = axes.get_legend_handles_labels()[1]
    label = drawn_names([one.group])[0] if one.group is not None else ""
    interval = one.estimate.interval
    if interval is not None and interval.low is not None and interval.high is not None:
        axes.plot([interval.low, interval.high], [y, y], color=color, linewidth=1.8)
    axes.plot(
        one.estimate.value or 0.0,
        y,
        color=color,
        marker=marker,
        linestyle="none",
        markersize=6.5,
        zorder=4,
        label=label if label and label not in known else f"_{label}",
    )


def _told(one: Measured, places: int) -> str:
    """Say in a sentence what one dot shows."""
    of = f" ({one.group})" if one.group else ""
    between = limits(one.estimate.interval, places)
    return (
        f"{one.name}{of}: {one.estimate.value:.{places}f}{f' {between}' * bool(between)}."
    )
