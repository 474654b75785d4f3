"""`fairaudit resumes augment`: training texts told again with the genders exchanged."""

from __future__ import annotations

import click

from fairaudit.cli.help import ExamplesFirst, Headed


def augment(file: str, text: str, name_pair: tuple[str, ...], output: str) -> int:
    """Write training data with texts that name a gender copied, exchanged.

    Labels and all other columns are kept as they are written. A model trained on both
    cannot learn the difference from them.
    """
    import warnings
    from pathlib import Path

    from fairaudit.cli.outputs import check_writable
    from fairaudit.cli.streams import say, write_result
    from fairaudit.report.sanitise import terminal_text
    from fairaudit.report.writing import write_whole
    from fairaudit.resumes.augmentation import augment as augmented
    from fairaudit.resumes.augmentation import cells_of

    check_writable("--out", Path(output), (file,))
    names = [_pair(one) for one in name_pair]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        made = augmented(cells_of(file), text, names=names or None)
    copies = int(made["counterpart_of"].notna().sum())
    write_whole(output, made.to_csv(index=False))
    write_result(
        terminal_text(
            f"{output}: {len(made) - copies:,} rows and {copies:,} copies with the "
            "genders exchanged"
        )
    )
    for one in told:
        say(f"note: {one.message}")
    return 0


def _pair(written: str) -> tuple[str, str]:
    """Read ``James=Mary``."""
    from fairaudit.core.errors import InputError

    first, _, second = (part.strip() for part in written.partition("="))
    if not first or not second:
        raise InputError(
            f"--name-pair {written}: write two first names, such as James=Mary."
        )
    return first, second


COMMAND = ExamplesFirst(
    name="augment",
    callback=augment,
    help=augment.__doc__,
    examples=(
        (
            "fairaudit resumes augment train.csv --text cv --out augmented.csv",
            "as many women as men did everything",
        ),
    ),
    params=[
        click.Argument(["file"]),
        Headed(
            ["--text"],
            heading="What is read",
            required=True,
            metavar="COL",
            help="The column of texts.",
        ),
        Headed(
            ["--name-pair"],
            heading="What is read",
            multiple=True,
            metavar="A=B",
            help="First names to exchange, and no others; repeat (some eighty pairs).",
        ),
        Headed(
            ["-o", "--out", "output"],
            heading="Result",
            required=True,
            metavar="PATH",
            help="The CSV file to write; whole or not at all.",
        ),
    ],
)
