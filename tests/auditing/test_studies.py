from __future__ import annotations

import time
from datetime import date

from fairaudit.auditing.studies import report_of
from fairaudit.report.model import Study

STUDY = Study(
    subject="word embeddings",
    question="Are there any?",
    sources=(),
    findings=(),
    notes=(),
    seed=7,
)


def test_a_study_is_the_only_part_and_the_run_says_when_and_with_what() -> None:
    report = report_of(
        STUDY,
        engine="numpy",
        started=time.perf_counter(),
        command="fairaudit embeddings audit x",
        today=date(2024, 2, 29),
    )
    assert report.parts == (STUDY,)
    (run,) = report.run
    assert run.engine == "numpy"
    assert run.command == "fairaudit embeddings audit x"
    assert run.today == "2024-02-29"
    assert run.versions["fairaudit"]
    assert run.seconds >= 0


def test_two_studies_keep_their_own_runs() -> None:
    one, two = (
        report_of(STUDY, engine=engine, started=time.perf_counter())
        for engine in ("numpy", "other")
    )
    assert [run.engine for run in (one + two).run] == ["numpy", "other"]
