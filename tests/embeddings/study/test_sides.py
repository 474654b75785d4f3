from __future__ import annotations

from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate, Interval
from fairaudit.embeddings import Embedding
from fairaudit.embeddings.study.sides import (
    Side,
    attempted,
    before_and_after,
    each_side,
    single,
    written,
)


def test_no_number_is_written_as_negative_zero() -> None:
    interval = Interval(low=-0.001, high=0.2, level=0.95, method="some")
    assert written(Estimate(value=-0.001, interval=interval)) == "0.00 [0.00, 0.20]"


def test_a_number_no_larger_than_rounding_is_zero(toy: Embedding) -> None:
    assert attempted(lambda _: Estimate(value=1e-17), toy) == Estimate(value=0.0)
    assert attempted(lambda _: Estimate(value=0.1), toy) == Estimate(value=0.1)


def test_words_that_are_not_there_are_a_reason_and_no_number(toy: Embedding) -> None:
    def refuse(_: Embedding) -> Estimate:
        raise InputError("toy: too few words.")

    assert attempted(refuse, toy) == Estimate.undefined("toy: too few words")


def test_sides_are_named_only_where_there_are_two(toy: Embedding) -> None:
    assert each_side(single(toy), ["1"]) == "1"
    assert each_side(before_and_after(toy, toy), ["1", "2"]) == "1 before, 2 after"
    files = (Side(label="a.bin", embedding=toy), Side(label="b.bin", embedding=toy))
    assert each_side(files, ["1", "2"]) == "1 in a.bin, 2 in b.bin"
