"""The audit report: frozen evidence, what was required of it, and what that makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.core.columns import Roles
from fairaudit.core.disclosure import Disclosure, Signature
from fairaudit.core.estimate import Amount
from fairaudit.core.evidence import Disparity, GroupTable
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Measurement, Passages
from fairaudit.core.provenance import Source
from fairaudit.core.requirements import Requirements
from fairaudit.core.score_evidence import ScoreDisparity
from fairaudit.core.value import replace, value
from fairaudit.core.verdict import Status, Verdict

if TYPE_CHECKING:
    import os

    import pandas as pd
    from matplotlib.figure import Figure


@value
class LedgerLine:
    """How many rows, and people they stand for, ended in one place of the row ledger."""

    name: str
    rows: int | None
    people: Amount


@value
class Population:
    """Who was audited: rows and people, and where every one of them went.

    The ledger's lines sum to the totals. `weighted` says that people are sums of survey
    weights; `withheld` names the groups that small-cell suppression took out.
    """

    rows: int | None
    people: Amount
    ledger: tuple[LedgerLine, ...]
    weighted: bool = False
    suppress_below: int | None = None
    withheld: dict[str, str]


@value
class Note:
    """A doubt or a fact the reader must know, in one plain sentence.

    `kind` "limit" marks what the audit cannot tell, "assumption" what it took for granted
    and "doubt" what weakens a number.
    """

    id: str
    kind: Literal["fact", "assumption", "doubt", "limit"]
    text: str


@value
class Term:
    """What a rate or a criterion is called, and in plain words, for this audit's direction.

    `among` names the people of a rate's denominator, such as "flags".
    """

    symbol: str
    title: str
    plain: str
    among: str | None = None


@value
class DecisionAudit:
    """One table of decisions, audited.

    `glossary` names every rate and criterion of the audit by its id.
    """

    kind: Literal["decisions"] = "decisions"
    source: Source
    roles: Roles
    population: Population
    tables: tuple[GroupTable, ...]
    findings: tuple[Finding, ...]
    requirements: Requirements
    verdicts: tuple[Verdict, ...]
    notes: tuple[Note, ...]
    glossary: dict[str, Term]
    seed: int
    cells_sha256: str
    disclosure: Disclosure = Disclosure()
    signature: Signature = Signature()

    @property
    def title(self) -> str:
        """Say what was looked at."""
        return self.source.name


@value
class Study:
    """Evidence that is no table of decisions: word embeddings, résumés, two models.

    Attributes
    ----------
    subject : str
        What kind of evidence this is, such as "word embeddings".
    question : str
        What was asked, in one plain sentence.
    sources : tuple of Source
        Every file or object that was looked at.
    design : tuple of (str, str)
        How it was looked at: short labels and what they stand for.
    findings : tuple of Finding
        The weightiest first; their evidence is a `Measurement`.
    passages : tuple of Passages
        Texts side by side that bear the findings out.
    requirements, verdicts, notes, seed
        As of a `DecisionAudit`.
    """

    kind: Literal["study"] = "study"
    subject: str
    question: str
    sources: tuple[Source, ...]
    design: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...]
    passages: tuple[Passages, ...] = ()
    requirements: Requirements = Requirements()
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[Note, ...]
    seed: int

    @property
    def title(self) -> str:
        """Say what was looked at."""
        names = ", ".join(source.name for source in self.sources)
        return f"{self.subject}: {names}" if names else self.subject


Part = DecisionAudit | Study
"""What one audit puts into a report."""


@value
class RunFacts:
    """What depends on the run and not on the data: set apart, so that the rest repeats."""

    created: str
    command: str | None
    engine: str
    seconds: float
    versions: dict[str, str]
    today: str


@value
class CriterionResult:
    """Everything a report says about one criterion."""

    criterion: str
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def verdict(self) -> Verdict | None:
        """Give the weightiest verdict, `None` where the criterion was not required."""
        return min(self.verdicts, key=lambda verdict: _WEIGHT[verdict.status], default=None)


@value
class AuditReport:
    """The shared report of every audit.

    Reports add with ``+``; ``report["predictive_parity"]`` gives one criterion, and
    ``report["bill@race"]`` one finding.
    """

    schema_version: Literal[1] = 1
    parts: tuple[Part, ...]
    run: tuple[RunFacts, ...]

    def __add__(self, other: AuditReport) -> AuditReport:
        """Put the evidence of two audits into one report."""
        if not isinstance(other, AuditReport):
            return NotImplemented
        return replace(self, parts=self.parts + other.parts, run=self.run + other.run)

    def __getitem__(self, criterion: str) -> CriterionResult:
        """Look up what the report says about a criterion, or one finding by its id."""
        findings = tuple(one for one in self.findings if criterion in {one.id, _about(one)})
        if not findings:
            known = sorted({_about(one) for one in self.findings})
            raise KeyError(f"{criterion!r} is not in the report; it has {known}")
        studied = isinstance(findings[0].evidence, Measurement)
        verdicts = tuple(
            verdict
            for verdict in self.verdicts
            if (
                verdict.attribute == criterion
                if studied
                else criterion in {verdict.id, getattr(verdict.gate, "criterion", None)}
            )
        )
        return CriterionResult(criterion=criterion, findings=findings, verdicts=verdicts)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give the findings of all parts."""
        return tuple(finding for part in self.parts for finding in part.findings)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Give the verdicts of all parts."""
        return tuple(verdict for part in self.parts for verdict in part.verdicts)

    @property
    def status(self) -> Status | None:
        """Give the weightiest of fail, undecided, waived and pass; `None` without gates."""
        return min(
            (verdict.status for verdict in self.verdicts),
            key=_WEIGHT.__getitem__,
            default=None,
        )

    def __str__(self) -> str:
        """Give the first page, 80 columns wide."""
        from fairaudit.report.formats import renderer_for

        return renderer_for("console").render(self)

    def to_json(self) -> str:
        """Write the whole report as JSON; `from_json` reads it back."""
        from fairaudit.report.formats import renderer_for

        return renderer_for("json").render(self)

    def to_markdown(self) -> str:
        """Write the first page as Markdown, at most 1 MiB of it."""
        from fairaudit.report.formats import renderer_for

        return renderer_for("md").render(self)

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """Write the whole page; to a file, whole or not at all, where a path is given.

        Returns
        -------
        str or None
            The page, unless it went to a file.
        """
        from fairaudit.report.formats import renderer_for
        from fairaudit.report.writing import write_whole

        page = renderer_for("html").render(self)
        if path is None:
            return page
        write_whole(path, page)
        return None

    def _repr_html_(self) -> str:
        """Show the first page in a notebook."""
        from fairaudit.report.pages import first_page_fragment

        return first_page_fragment(self)

    def plot(self, name: str, *, part: int = 0, attribute: str | None = None) -> Figure:
        """Draw one picture of one part.

        Parameters
        ----------
        name : str
            "rates", "gaps", "pairs", "bill", and where there are scores "prices",
            "joint_gap" or "roc_plane"; of a study the id of a finding.
        part : int
            Which part of the report, counted from 0.
        attribute : str, optional
            Which of its tables; by default the first that has such a picture.

        Returns
        -------
        matplotlib.figure.Figure
            Not known to pyplot, so that nothing has to be closed.
        """
        from fairaudit.report.pictures import plot

        return plot(self, name, part=part, attribute=attribute)

    @classmethod
    def from_json(cls, text: str) -> AuditReport:
        """Read a report that `to_json` wrote; `ReportError` says where it is not one."""
        from fairaudit.report.storage import from_json

        return from_json(text)

    def to_frame(
        self,
        what: Literal["rates", "gaps", "comparisons", "verdicts", "measured"] = "rates",
    ) -> pd.DataFrame:
        """Give rates, gaps, comparisons, verdicts or what studies measured as a frame."""
        from fairaudit.report.frame import to_frame

        return to_frame(self, what)


def _about(finding: Finding) -> str:
    """Name the criterion a finding is about, or the finding itself."""
    if isinstance(finding.evidence, Disparity | ScoreDisparity):
        return finding.evidence.criterion
    return finding.id


_WEIGHT: dict[Status, int] = {"fail": 0, "undecided": 1, "waived": 2, "pass": 3}
