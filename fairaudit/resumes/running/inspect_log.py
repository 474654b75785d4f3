"""Logs of Inspect: the replies to its task ``fairaudit/resumes``, taken over as records."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError, MissingExtraError, UnreadableTableError
from fairaudit.core.value import replace, value
from fairaudit.resumes.folder import read
from fairaudit.resumes.pair import Outcome
from fairaudit.resumes.running.calls import calls_of
from fairaudit.resumes.running.records import RUNS, Record, RunStore, record_of
from fairaudit.resumes.running.runner import check_same_calls
from fairaudit.resumes.systems.completions import has_log_probabilities, reply_of
from fairaudit.resumes.systems.inspect_model import InspectModel, completion_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from fairaudit.resumes.pair import Kind
    from fairaudit.resumes.plan import ResumeStudy
    from fairaudit.resumes.running.calls import Call

# Options that say how a model is reached, not what it is asked; headers may hold a key.
_HOW = {
    "adaptive_connections",
    "attempt_timeout",
    "batch",
    "cache",
    "cache_prompt",
    "extra_headers",
    "fail_on_refusal",
    "max_connections",
    "max_retries",
    "stream_idle_timeout",
    "timeout",
}


@value
class Imported:
    """What was taken over from a log.

    Attributes
    ----------
    system : str
        Name of the model that replied, as in the records.
    replies, new : int
        How many the log holds, and how many of them were not kept yet.
    states : dict of str to int
        How those of the log ended.
    failed_before : int
        Of how many an error was kept before, which is not replaced.
    """

    system: str
    replies: int
    new: int
    states: dict[str, int]
    failed_before: int = 0


def import_log(log: str | PathLike[str], folder: str | PathLike[str]) -> Imported:
    """Take over the replies that an Inspect log holds to the calls of a study.

    Parameters
    ----------
    log : str or path
        Written by ``inspect eval fairaudit/resumes``, as ``.eval`` or ``.json``.
    folder : str or path
        Of the study.

    Returns
    -------
    Imported
        A reply that is kept already is not kept again.

    Raises
    ------
    MissingExtraError
        Where the package inspect-ai is not installed.
    UnreadableTableError
        When the log cannot be read.
    InputError
        When it is of another study or task, holds no reply, or its calls were asked
        otherwise than those that are kept.
    OutputError
        When the replies cannot be kept.

    Notes
    -----
    Replies are read anew, by the readers of a run; the scores in the log are not used. A
    sample without any reply is an error.
    """
    study = read(folder)
    found = _log(Path(log))
    told = _told(found, log, study)
    system = InspectModel(
        found.eval.model, question=told["question"], options=_options(found)
    )
    asked = sorted(
        _asked(found, log, study, system, told), key=lambda each: each[0].position
    )
    kind = _kind(system, [sample for _, sample in asked])
    records = [_record(call, sample, system, kind, found) for call, sample in asked]
    with RunStore(Path(folder) / RUNS, study.hash) as store:
        check_same_calls([call for call, _ in asked], system, store)
        new = [one for one in records if one.key not in store.records]
        for record in new:
            store.append(record)
        before = [store.records.get(one.key) for one in records if one.state != "error"]
    return Imported(
        system=system.name,
        replies=len(records),
        new=len(new),
        states=dict(Counter(one.state for one in records)),
        failed_before=sum(one is not None and one.state == "error" for one in before),
    )


def _log(path: Path) -> Any:  # noqa: ANN401 - of a package that may be missing
    """Read a log, without the record of every event."""
    try:
        from inspect_ai.log import read_eval_log
    except ImportError as missing:
        raise MissingExtraError(
            "import: the package inspect-ai is not installed; "
            "pip install 'fairaudit-toolkit[inspect]'."
        ) from missing
    if not path.is_file():
        raise UnreadableTableError(f"{path} cannot be read: there is no such file.")
    try:
        return read_eval_log(str(path.resolve()), exclude_fields={"events", "store"})
    except Exception as error:  # a zip file, JSON or its fields may be at fault
        raise UnreadableTableError(
            f"{path} is no log of Inspect that can be read ({type(error).__name__}). "
            "Name a file that inspect eval wrote."
        ) from error


def _told(log: Any, path: str | PathLike[str], study: ResumeStudy) -> dict[str, Any]:  # noqa: ANN401
    """Give what the task wrote down of itself."""
    told = (log.eval.metadata or {}).get("fairaudit")
    if not isinstance(told, dict) or not {
        "study",
        "question",
        "framings",
        "repeats",
    } <= set(told):
        raise InputError(
            f"{path} is a log of the task {log.eval.task}. Only those of "
            "fairaudit/resumes hold replies to a study."
        )
    if told["study"] != study.hash:
        raise InputError(
            f"{path} holds replies to another study. Name the folder that was given to "
            "Inspect as -T study=…"
        )
    if told["repeats"] > 1 and log.plan.config.cache:
        raise InputError(
            f"{path}: Inspect took repeats from its cache, so that they say the same. Run "
            "it again without --cache."
        )
    if not log.samples:
        raise InputError(f"{path} holds no reply: the log is of status {log.status}.")
    return told


def _options(log: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give what decides the replies besides the messages."""
    config = log.eval.model_generate_config.model_dump(exclude_none=True)
    config |= log.plan.config.model_dump(exclude_none=True)
    options = {name: config[name] for name in sorted(config.keys() - _HOW)}
    return options | {"base_url": log.eval.model_base_url, "args": log.eval.model_args}


def _asked(
    log: Any,  # noqa: ANN401
    path: str | PathLike[str],
    study: ResumeStudy,
    system: InspectModel,
    told: dict[str, Any],
) -> Iterator[tuple[Call, Any]]:
    """Give each sample with the call that it answers; an epoch is a round of repeats."""
    framings, repeats = told["framings"], told["repeats"]
    whole = InspectModel(question=told["question"])
    planned = {
        call.key: call
        for call in calls_of(study, whole, framings=framings, repeats=repeats)
    }
    rounds = max(sample.epoch for sample in log.samples)
    calls = {
        (call.pair, call.half, call.framing, call.repeat): call
        for call in calls_of(study, system, framings=framings, repeats=repeats * rounds)
    }
    for sample in log.samples:
        plan = planned.get(str(sample.id))
        if plan is None or not _as_planned(plan, sample):
            raise InputError(
                f"{path}: sample {sample.id} was asked otherwise than this version asks. "
                "Leave solvers and messages of the task as they are, or run it again."
            )
        earlier = sample.epoch - 1
        call = calls[plan.pair, plan.half, plan.framing, plan.repeat + repeats * earlier]
        yield replace(call, position=plan.position + len(planned) * earlier), sample


def _as_planned(call: Call, sample: Any) -> bool:  # noqa: ANN401
    """Was what the model read what was planned, and nothing more?"""
    said = [(one.role, one.text) for one in sample.messages or sample.input]
    wanted = [(one["role"], one["content"]) for one in call.request.content["messages"]]
    rest = [role for role, _ in said[len(wanted) :]]
    return said[: len(wanted)] == wanted and rest in ([], ["assistant"])


def _kind(system: InspectModel, samples: list[Any]) -> Kind:
    """Take log-odds where any reply bears them, so that all are of one kind."""
    if system.question.name == "rating":
        return "rating"
    if system.question.name == "feedback":
        return "text"
    given = any(has_log_probabilities(completion_of(one.output)) for one in samples)
    return "logit" if given else "label"


def _record(call: Call, sample: Any, system: InspectModel, kind: Kind, log: Any) -> Record:  # noqa: ANN401
    """Put a sample into a line of the store."""
    reply = reply_of(completion_of(sample.output), system.question.name, kind)
    if not sample.output.choices:
        failed = Outcome(state="error", kind=kind, value=None, raw=_trouble(sample))
        reply = replace(reply, outcome=failed)
    usage = sample.output.usage
    cost = None if usage is None else usage.total_cost
    return record_of(
        call,
        system,
        reply,
        cost=None if cost is None else f"{Decimal(repr(cost)):f}",
        seconds=sample.output.time or sample.working_time or 0.0,
        tries=1 + len(sample.error_retries or ()),
        at=_moment(sample.completed_at or log.stats.completed_at or log.eval.created),
    )


def _trouble(sample: Any) -> str:  # noqa: ANN401
    """Say why there is no reply."""
    if sample.error is not None:
        return str(sample.error.message)
    if sample.limit is not None:
        return f"stopped by a limit of Inspect: {sample.limit.type}"
    return str(sample.output.error or "")


def _moment(written: str) -> str:
    """Write a moment as a run does."""
    return (
        datetime.fromisoformat(written).astimezone(UTC).isoformat(timespec="milliseconds")
    )
