from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from fairaudit.core.errors import InputError, SystemUnusableError
from fairaudit.resumes.systems.function import Function, system_at
from fairaudit.resumes.systems.system import System


def outcomes(answers: Any) -> list[tuple[str, str, float | None]]:  # noqa: ANN401
    function = Function(lambda _: answers, name="answers")
    requests = [function.request(text, "nurse", "plain") for text in "abcd"]
    found = [reply.outcome for reply in function.ask(requests)]
    return [(one.state, one.kind, one.value) for one in found]


def test_numbers_refusals_and_what_is_no_number() -> None:
    assert outcomes([1, True, None, float("nan")]) == [
        ("ok", "score", 1.0),
        ("ok", "score", 1.0),
        ("refused", "score", None),
        ("unparsable", "score", None),
    ]


def test_the_last_column_of_a_table_is_taken() -> None:
    table = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4]])
    assert [value for _, _, value in outcomes(table)] == [0.1, 0.2, 0.3, 0.4]


def test_texts_are_texts() -> None:
    assert outcomes(["Yes."] * 4) == [("ok", "text", None)] * 4


def test_one_column_is_a_score_and_a_frame_is_a_table() -> None:
    alone = pd.DataFrame({"score": [0.1, 0.2, 0.3, 0.4]})
    assert [value for _, _, value in outcomes(alone)] == [0.1, 0.2, 0.3, 0.4]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([1, 2], "given 4 texts and answered 2 times"),
        ([1, 2, 3, object()], "is no answer"),
        ([1, 2, 3, float("inf")], "infinity"),
        (np.full((4, 3), 1 / 3), "in 3 columns, so it is not known which is the score"),
    ],
)
def test_what_is_no_answer_is_refused(answers: Sequence[object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        outcomes(answers)


def test_what_a_function_raises_is_told_with_its_cause() -> None:
    def broken(_: list[str]) -> list[float]:
        raise KeyError("weights")

    with pytest.raises(SystemUnusableError, match="broken raised KeyError") as told:
        Function(broken).ask([Function(broken).request("a", "nurse", "plain")])
    assert isinstance(told.value.__cause__, KeyError)


def test_a_function_is_a_system() -> None:
    assert isinstance(Function(lambda texts: [1.0 for _ in texts]), System)


class Pipeline:
    """What a fitted pipeline looks like from outside."""

    def predict(self, texts: list[str]) -> list[int]:
        return [1 for _ in texts]

    def predict_proba(self, texts: list[str]) -> np.ndarray[Any, Any]:
        return np.array([[0.4, 0.6] for _ in texts])


PIPELINE = Pipeline()
SYSTEM = Function(lambda texts: [2.0 for _ in texts], name="mine")


def test_the_probability_of_a_pipeline_is_asked_before_its_decision() -> None:
    system = system_at(f"{__name__}:PIPELINE")
    (reply,) = system.ask([system.request("a", "nurse", "plain")])
    assert reply.outcome.value == 0.6


def test_a_system_and_the_method_of_an_object_can_be_named() -> None:
    assert system_at(f"{__name__}:SYSTEM") is SYSTEM
    system = system_at(f"{__name__}:PIPELINE.predict")
    assert system.name == f"{__name__}:PIPELINE.predict"
