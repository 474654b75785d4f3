"""`fairaudit resumes`: the same application, another name."""

from __future__ import annotations

from fairaudit.cli.verb_group import VerbGroup

VERBS = {
    "generate": "Write pairs of résumés that differ only in what they imply of a group.",
    "plan": "How many pairs would find an effect, and what would asking cost?",
    "run": "Put a study to a system; the same command goes on after a stop.",
    "import": "Take over the replies in a log of Inspect.",
    "report": "Tell what the kept replies show, with the controls beside every effect.",
    "augment": "Write training data with texts that name a gender copied, exchanged.",
}
"""Each verb's file in this folder, and its help's first line, so known without import."""


def resumes() -> None:
    """Does a system answer the same application differently under another name?"""


COMMAND = VerbGroup(
    name="resumes",
    callback=resumes,
    help=resumes.__doc__,
    package=__name__,
    verbs=VERBS,
    # No file can be called as a word of Python is.
    files={"import": "importing"},
    examples=(
        (
            "fairaudit resumes generate --jobs nurse --pairs 100 -o study",
            "write a study",
        ),
        (
            "fairaudit resumes run study --system screening:score",
            "put it to a function of your own",
        ),
        ("fairaudit resumes report study --output report.html", "what the replies show"),
    ),
)
