"""`fairaudit resumes augment`: training texts told again with the genders exchanged."""

from __future__ import annotations

import click

from fairaudit.cli.help import ExamplesFirst, Headed


def augment(file: str, text: str, output: str) -> int:
    """Write training data with texts that name a gender copied, exchanged.

    Labels and all other columns are kept. A model trained on both cannot learn the
    difference from them.
    """
    import warnings
    from pathlib import Path

    from fairaudit.cli.outputs import check_writable
    from fairaudit.cli.streams import write_result
    from fairaudit.report.sanitise import terminal_text
    from fairaudit.report.writing import write_whole
    from fairaudit.resumes import augment as augmented

    check_writable("--out", Path(output), (file,))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        made = augmented(file, text)
    copies = int(made["counterpart_of"].notna().sum())
    write_whole(output, made.to_csv(index=False))
    write_result(
        terminal_text(
            f"{output}: {len(made) - copies:,} rows and {copies:,} copies with the "
            f"genders exchanged\n" + "".join(f"{one.message}\n" for one in told)
        ),
    )
    return 0


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
            ["-o", "--out", "output"],
            heading="Result",
            required=True,
            metavar="PATH",
            help="The CSV file to write; whole or not at all.",
        ),
    ],
)
