"""`fairaudit resumes run`: a study put to a system, every reply kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fairaudit.cli.help import ExamplesFirst, Headed
from fairaudit.cli.resumes.asking import CAPS, REPEATED, caps, framings
from fairaudit.cli.resumes.systems import SYSTEM, closing_of, named_system, probed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fairaudit.resumes.running.budget import Caps
    from fairaudit.resumes.running.calls import Call
    from fairaudit.resumes.running.runner import Standing
    from fairaudit.resumes.systems.system import System


def run(folder: str, **options: Any) -> int:  # noqa: ANN401 - as click parsed them
    """Put a study to a system; the same command goes on after a stop.

    Every reply is kept in the folder's runs.jsonl before the next is asked for. Exits with
    0 when every call is made, 4 when a limit stopped it, 2 when the system cannot be asked.
    """
    from pathlib import Path

    from fairaudit.cli.exit_codes import DONE, GATE_UNDECIDED
    from fairaudit.cli.progress import progress
    from fairaudit.cli.streams import write_result
    from fairaudit.resumes.folder import read
    from fairaudit.resumes.running.calls import calls_of
    from fairaudit.resumes.running.records import RUNS, RunStore
    from fairaudit.resumes.running.runner import run as asked

    limits, study = caps(options), read(folder)
    system = named_system(options)

    def calls() -> list[Call]:
        return calls_of(
            study,
            system,
            framings=framings(options["framings"]),
            repeats=options["repeats"],
        )

    place = Path(folder) / RUNS
    if options["dry_run"]:
        write_result("\n".join(_foretold(calls(), system, limits)) + "\n")
        return DONE
    with (
        closing_of(system),
        RunStore(place, study.hash) as store,
        progress() as show,
    ):
        if options["log_probabilities"] is None:
            system = probed(system, store, limits)
        ended = asked(
            calls(),
            system,
            store,
            concurrency=options["concurrency"],
            caps=limits,
            show=lambda standing: show(_line(standing)),
        )
    write_result("\n".join(_told(ended, place, limits)) + "\n")
    return DONE if ended.stopped_by is None else GATE_UNDECIDED


def _line(standing: Standing) -> str:
    """Say how far a run is, in one line."""
    parts = [f"{standing.done:,} of {standing.total:,} calls"]
    if standing.seconds_left is not None:
        parts.append(f"{_duration(standing.seconds_left)} left")
    if standing.spent:
        parts.append(f"{float(standing.spent):,.4f} spent")
    if standing.waiting:
        parts.append(f"waiting ({standing.waiting}), then {standing.at_once} at once")
    return " · ".join(parts)


def _duration(seconds: float) -> str:
    """Write a time so that it is read at a glance."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _foretold(calls: list[Call], system: System, limits: Caps) -> Iterator[str]:
    """Say what would be asked, and the most it could come to."""
    sent = sum(call.request.most_tokens_in for call in calls)
    received = sum(call.request.most_tokens_out for call in calls)
    yield f"system  {system.name}"
    yield f"calls   {len(calls):,}; nothing was asked"
    if sent or received:
        yield f"tokens  at most {sent:,} sent, {received:,} received"
    if limits.priced:
        yield f"cost    at most {float(limits.cost_of(sent, received)):,.4f}"


def _told(ended: Standing, place: Path, limits: Caps) -> Iterator[str]:
    """Say how a run ended."""
    from fairaudit.report.sanitise import terminal_text

    new = ended.done - ended.before
    yield terminal_text(
        f"{place}: {ended.done:,} of {ended.total:,} calls, {new:,} of them now"
    )
    yield ", ".join(f"{times:,} {state}" for state, times in ended.states.items())
    if ended.tokens:
        cost = f", cost {float(ended.spent):,.4f}" if limits.priced else ""
        yield f"{ended.tokens:,} tokens{cost}"
    if ended.stopped_by is not None:
        yield (
            f"stopped by {ended.stopped_by}: the next call might go over it. Run the same "
            "command with a higher limit to go on."
        )
    else:
        yield terminal_text(f"next: fairaudit resumes report {place.parent}")


COMMAND = ExamplesFirst(
    name="run",
    callback=run,
    help=run.__doc__,
    examples=(
        (
            "fairaudit resumes run study --system screening:score",
            "a function of your own: texts in, as many numbers out",
        ),
        (
            """\
fairaudit resumes run study --system openai:MODEL --base-url URL \\
    --framings plain,persona --price 0.15,0.6 --max-cost 5""",
            "a language model, and never more than 5",
        ),
    ),
    params=[
        click.Argument(["folder"]),
        *SYSTEM,
        *REPEATED,
        Headed(
            ["--concurrency"],
            heading="How it is asked",
            type=int,
            default=4,
            metavar="N",
            help="Calls at once, at most (4).",
        ),
        *CAPS,
        Headed(
            ["--dry-run"],
            heading="What it may cost",
            is_flag=True,
            help="Ask nothing; say what would be asked.",
        ),
    ],
)
