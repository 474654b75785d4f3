"""`fairaudit embeddings`: which associations do word vectors hold, and what helps?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fairaudit.cli.help import ExamplesFirst, Headed
from fairaudit.cli.result_options import RESULT_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fairaudit.embeddings import AssociationTest
    from fairaudit.policy.document import Policy

_WHAT = "What is measured"
_READING = "How the file is read"
_WANTED = "What is required"
_RUN = "Run"

_TEST = Headed(
    ["--test"],
    heading=_WHAT,
    multiple=True,
    metavar="NAME",
    help="A test, such as weat-6, religion-christian-muslim or rnsb; repeat (all).",
)
_MINIMUM = Headed(
    ["--minimum-words"],
    heading=_WHAT,
    type=int,
    metavar="N",
    help="Refuse an association test with fewer words left of a list (3).",
)
_READ = (
    Headed(
        ["--words"],
        heading=_READING,
        metavar="FILE",
        help="The words, one a line, of a matrix that has none.",
    ),
    Headed(
        ["--tensor"],
        heading=_READING,
        metavar="NAME",
        help="Which tensor of a safetensors file.",
    ),
)
_GATES = (
    Headed(
        ["--gate"],
        heading=_WANTED,
        multiple=True,
        metavar="NUMBER<=LIMIT",
        help="A number and its limit, such as 'weat-6.effect_size<=0.5'; repeat.",
    ),
    Headed(["--why"], heading=_WANTED, metavar="TEXT", help="Why these gates."),
    Headed(
        ["--policy"],
        heading=_WANTED,
        metavar="FILE",
        help="A fairaudit.toml with gates on numbers of a study, and waivers.",
    ),
)
_SEED = Headed(
    ["--seed"],
    heading=_RUN,
    type=int,
    default=0,
    metavar="N",
    help="For everything that is drawn (0).",
)
_SETS = (
    Headed(
        ["--targets"],
        heading=_WHAT,
        multiple=True,
        metavar="NAME=A,B,C",
        help="A list of targets of your own; give two.",
    ),
    Headed(
        ["--attributes"],
        heading=_WHAT,
        multiple=True,
        metavar="NAME=A,B,C",
        help="A list of attributes of your own; give two.",
    ),
)
_FILE = click.Argument(["file"], metavar="FILE")


class _Group(ExamplesFirst, click.Group):
    """Commands about word vectors."""


def embeddings() -> None:
    """Audit, compare and debias word vectors."""


def audit(file: str, **options: Any) -> int:  # noqa: ANN401 - as click parsed them
    """Which associations with groups of people do word vectors hold?

    FILE is word2vec, GloVe, fastText, .npy, .npz or safetensors, or glove_50d_subset.
    """
    return _run(file, options, tests=options["test"] or None, debias=options["debias"])


def weat(file: str, **options: Any) -> int:  # noqa: ANN401
    """Is one list of words nearer to one of two others than another list is?

    All published tests, some of them, or lists of your own.
    """
    from fairaudit.cli.word_lists import check_association, own_test

    own = own_test(options["targets"], options["attributes"])
    named = list(options["test"])
    check_association(named)
    return _run(file, options, tests=[*named, *own] or ["weat"])


def analogy(file: str, a: str, b: str, c: str, **options: Any) -> int:  # noqa: ANN401
    """A is to B as C is to what? With the words of the question barred, and not."""
    from fairaudit.core.errors import InputError

    if options["answers"] < 1:
        raise InputError(f"--answers must be 1 or more; got {options['answers']}.")
    return _run(
        file,
        options,
        tests=["analogies"],
        questions=((a, b, c),),
        answers=options["answers"],
    )


def debias(file: str, **options: Any) -> int:  # noqa: ANN401
    """Write debiased vectors, with what is left and what it costs.

    A report of before and after always comes with them: removing the direction is not
    removing the bias.
    """
    from pathlib import Path

    from fairaudit.embeddings.debias.methods import check_method
    from fairaudit.embeddings.files.writing import check_target

    check_method(options["method"])
    target = Path(options["out"])
    check_target(target)
    return _run(
        file, options, tests=options["test"] or None, debias=options["method"], out=target
    )


def compare(file: str, other: str, **options: Any) -> int:  # noqa: ANN401
    """Measure two files of word vectors side by side.

    Gates read the second.
    """
    return _run(file, options, tests=options["test"] or None, against=other)


def _run(
    file: str,
    options: dict[str, Any],
    *,
    tests: Sequence[str | AssociationTest] | None,
    debias: str | None = None,
    against: str | None = None,
    out: Path | None = None,
    **asked: Any,  # noqa: ANN401 - as the front door takes them
) -> int:
    """Load, measure, write, and say how it ended."""
    from fairaudit.auditing.vectors import audit_vectors
    from fairaudit.cli.check import command_line
    from fairaudit.cli.delivery import deliver
    from fairaudit.cli.outputs import check_writable, find_outputs
    from fairaudit.cli.progress import progress
    from fairaudit.embeddings import debiased, load, save
    from fairaudit.embeddings.files.writing import files_written
    from fairaudit.embeddings.loading import files_read
    from fairaudit.report.formats import renderer_for

    renderer = renderer_for(options["format"])
    sources = files_read(file, words=options.get("words"))
    sources += () if against is None else files_read(against)
    written = () if out is None else files_written(out)
    for path in written:
        check_writable("--out", path, sources)
    outputs = find_outputs(options["output"], sources=sources, written=written)
    policy = _policy(options.get("policy"), options.get("gate", ()))
    with progress() as show:
        show("reading")
        vectors = load(file, words=options.get("words"), tensor=options.get("tensor"))
        if debias:
            show("debiasing")
        after = debiased(vectors, debias) if debias else None
        report = audit_vectors(
            vectors,
            tests,
            debias=after,
            against=None if against is None else load(against),
            gates=options.get("gate", ()),
            why=options.get("why"),
            policy=policy,
            minimum=options.get("minimum_words"),
            seed=options.get("seed", 0),
            command=command_line(),
            progress=show,
            **asked,
        )
        if out is not None and after is not None:
            show("writing the vectors")
            save(after, out)
    return deliver(report, renderer, outputs)


def _policy(file: str | None, gates: Sequence[str]) -> Policy | None:
    """Read a policy, and say where it requires nothing, or something else is given."""
    from fairaudit.cli.streams import say
    from fairaudit.policy.reading import read_policy

    if file is None:
        return None
    policy = read_policy(file)
    required = ", ".join(gate.text for gate in policy.study.numbers)
    if not required:
        say(f"note: {file} has no gate on a number of a study, and requires nothing here")
    elif gates:
        say(f"note: --gate goes before {file}, which says {required}")
    return policy


_METHODS = "hard|double-hard|inlp|leace"

_AUDIT = ExamplesFirst(
    name="audit",
    callback=audit,
    help=audit.__doc__,
    examples=(
        ("fairaudit embeddings audit glove_50d_subset", "every test, on bundled vectors"),
        (
            """\
fairaudit embeddings audit vectors.bin --test weat-6 \\
    --gate 'weat-6.effect_size<=0.5'""",
            "one test with a limit; the exit code tells",
        ),
        (
            "fairaudit embeddings audit vectors.bin --policy fairaudit.toml",
            "as agreed, with waivers",
        ),
        (
            "fairaudit embeddings audit vectors.bin --debias hard --output report.html",
            "before and after, with what is left",
        ),
    ),
    params=[
        _FILE,
        _TEST,
        _MINIMUM,
        Headed(
            ["--debias"],
            heading=_WHAT,
            metavar=_METHODS,
            help="Measure before and after debiasing.",
        ),
        *_READ,
        *_GATES,
        _SEED,
        *RESULT_OPTIONS,
    ],
)

_WEAT = ExamplesFirst(
    name="weat",
    callback=weat,
    help=weat.__doc__,
    short_help="Is one list of words nearer to one of two others than another is?",
    examples=(
        ("fairaudit embeddings weat glove_50d_subset", "all tests, p-values corrected"),
        (
            """\
fairaudit embeddings weat glove_50d_subset \\
    --targets science=science,physics,chemistry --targets arts=poetry,art,dance \\
    --attributes men=he,man,father --attributes women=she,woman,mother""",
            "lists of your own",
        ),
    ),
    params=[_FILE, _TEST, *_SETS, _MINIMUM, *_READ, *_GATES, _SEED, *RESULT_OPTIONS],
)

_ANALOGY = ExamplesFirst(
    name="analogy",
    callback=analogy,
    help=analogy.__doc__,
    short_help="A is to B as C is to what?",
    examples=(
        (
            "fairaudit embeddings analogy glove_50d_subset man doctor woman",
            "man is to doctor as woman is to what?",
        ),
    ),
    params=[
        _FILE,
        *(click.Argument([name], metavar=name.upper()) for name in "abc"),
        Headed(
            ["--answers"],
            heading=_WHAT,
            type=int,
            default=5,
            metavar="N",
            help="How many, the nearest first (5).",
        ),
        *_READ,
        *RESULT_OPTIONS,
    ],
)

_DEBIAS = ExamplesFirst(
    name="debias",
    callback=debias,
    help=debias.__doc__,
    examples=(
        (
            "fairaudit embeddings debias vectors.bin --method hard --out debiased.bin",
            "write vectors and show what is left",
        ),
    ),
    params=[
        _FILE,
        Headed(
            ["--method"],
            heading=_WHAT,
            default="hard",
            metavar=_METHODS,
            help="How to debias (hard).",
        ),
        _TEST,
        _MINIMUM,
        *_READ,
        *_GATES,
        _SEED,
        Headed(
            ["--out"],
            heading="Result",
            required=True,
            metavar="PATH",
            help="Where the vectors go: .bin, .txt, .vec, or .npy with its words beside "
            "it in .words.txt; whole or not at all.",
        ),
        *RESULT_OPTIONS,
    ],
)

_COMPARE = ExamplesFirst(
    name="compare",
    callback=compare,
    help=compare.__doc__,
    examples=(
        (
            "fairaudit embeddings compare old.bin new.bin --test weat-6 --test rnsb",
            "two tests on both",
        ),
    ),
    params=[
        _FILE,
        click.Argument(["other"], metavar="OTHER"),
        _TEST,
        _MINIMUM,
        *_GATES,
        _SEED,
        *RESULT_OPTIONS,
    ],
)

COMMAND = _Group(
    name="embeddings",
    callback=embeddings,
    help=embeddings.__doc__,
    commands={
        str(command.name): command
        for command in (_AUDIT, _WEAT, _ANALOGY, _DEBIAS, _COMPARE)
    },
    examples=(
        ("fairaudit embeddings audit glove_50d_subset", "every test, on bundled vectors"),
        (
            "fairaudit embeddings analogy glove_50d_subset man doctor woman",
            "man is to doctor as woman is to what?",
        ),
        (
            "fairaudit embeddings debias vectors.bin --out debiased.bin",
            "write debiased vectors and show what is left",
        ),
    ),
)
