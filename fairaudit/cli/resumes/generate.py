"""`fairaudit resumes generate`: a study as a folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairaudit.cli.help import ExamplesFirst, Headed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fairaudit.resumes import ResumeStudy

_SHOWN: Callable[..., Headed] = partial(Headed, heading="What is shown")
_CUED: Callable[..., Headed] = partial(Headed, heading="What it implies")


def generate(output: str, **options: Any) -> int:  # noqa: ANN401 - as click parsed them
    """Write pairs of résumés that differ only in what they imply of a group.

    Every study has its controls: placebo, two sets of names of one group, and quality, a
    strong and a weak application of one person.
    """
    from fairaudit.cli.streams import write_result
    from fairaudit.core.errors import OutputError
    from fairaudit.resumes import export, names_from_csv, write
    from fairaudit.resumes import generate as generated

    named, own = options["name_list"], options["own"]
    made = generated(
        jobs=listed(options["jobs"]),
        pairs=options["pairs"],
        arms=listed(options["arms"]) or (),
        attribute=options["attribute"],
        groups=listed(options["groups"]),
        names=options["names"],
        name_list=names_from_csv(named) if named else None,
        own_resumes=[_text(file) for file in own] or None,
        seed=options["seed"],
        input_limit=options["input_limit"],
    )
    place = Path(output)
    if place.is_file():
        raise OutputError(f"-o {output}: this is a file. Name a folder.")
    write(made, place)
    for path in options["export"]:
        export(made, path)
    write_result("\n".join(_told(made, place)) + "\n")
    return 0


def listed(text: str | None) -> list[str] | None:
    """Read ``a,b,c``; nothing stays nothing."""
    if text is None:
        return None
    return [word.strip() for word in text.split(",") if word.strip()]


def _text(file: str) -> str:
    """Read a résumé of one's own."""
    from fairaudit.core.errors import UnreadableTableError

    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableTableError(
            f"--own {file}: cannot be read: {error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableTableError(
            f"--own {file}: this is not UTF-8 at byte {error.start}. Save it as UTF-8 text."
        ) from error


def _told(made: ResumeStudy, place: Path) -> Iterator[str]:
    """Say what was written, and what was checked."""
    from fairaudit.report.sanitise import terminal_text
    from fairaudit.resumes.names_reach import names_told

    counts = ", ".join(f"{len(made.arm(arm)):,} {arm}" for arm in made.plan.arms)
    yield terminal_text(f"{place}: {len(made.pairs):,} pairs ({counts})")
    yield f"jobs    {', '.join(made.plan.jobs)}"
    yield f"groups  {' and '.join(made.plan.groups)}"
    yield terminal_text(f"names   {names_told(made)}")
    yield f"seed    {made.plan.seed}"
    yield ""
    for row in made.checks:
        yield from _wrapped(f"{'ok' if row.passed else 'NOT':<4} {row.name}: {row.detail}")
    yield ""
    yield terminal_text(f"next: fairaudit resumes run {place} --system module:attribute")


def _wrapped(line: str) -> Sequence[str]:
    """Break a line at 80 columns."""
    from textwrap import wrap

    from fairaudit.report.sanitise import terminal_text

    return wrap(terminal_text(line), 80, subsequent_indent="     ")


COMMAND = ExamplesFirst(
    name="generate",
    callback=generate,
    help=generate.__doc__,
    examples=(
        (
            "fairaudit resumes generate --jobs nurse,developer --seed 7 -o study",
            "with both controls, a fresh name for every application",
        ),
        (
            """\
fairaudit resumes generate --own cv.txt --arms name,placebo \\
    --attribute race --groups Black,white -o study""",
            "a résumé of your own, {{name}} where the name stands",
        ),
    ),
    params=[
        _SHOWN(["--jobs"], metavar="A,B", help="Job families (all)."),
        _SHOWN(["--pairs"], type=int, default=100, metavar="N", help="Pairs an arm (100)."),
        _SHOWN(
            ["--own"],
            multiple=True,
            metavar="FILE",
            help="A résumé of your own instead, cues marked as {{name}}; repeat.",
        ),
        _SHOWN(
            ["--input-limit"],
            type=int,
            metavar="N",
            help="Tokens that the system reads, so that no cue lies behind them.",
        ),
        _CUED(
            ["--arms"],
            default="name,placebo,quality",
            metavar="A,B",
            help="name, pronoun, club, name+pronoun, explicit, class; placebo and "
            "quality are the controls (name,placebo,quality).",
        ),
        _CUED(
            ["--attribute"],
            default="gender",
            metavar="NAME",
            help="gender, race, or that of --name-list (gender).",
        ),
        _CUED(["--groups"], metavar="A,B", help="Two or more of its groups."),
        _CUED(
            ["--names"],
            default="fresh",
            metavar="DESIGN",
            help="fresh, 'reuse K' or 'crossed K' names a group (fresh).",
        ),
        _CUED(["--name-list"], metavar="CSV", help="Names of your own, with groups."),
        Headed(
            ["--seed"],
            heading="Run",
            type=int,
            default=0,
            metavar="N",
            help="Same seed, same study (0).",
        ),
        Headed(
            ["-o", "--out", "output"],
            heading="Result",
            required=True,
            metavar="FOLDER",
            help="Where the study goes.",
        ),
        Headed(
            ["--export"],
            heading="Result",
            multiple=True,
            metavar="PATH",
            help="Also write the applications as .csv or .jsonl; repeat.",
        ),
    ],
)
