"""Values compare, hash and print as the standard library's frozen dataclasses do."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, make_dataclass

import pytest

from fairaudit.core.value import replace, value

FIELDS = [(), ("only",), ("one", "other", "third")]


@value
class Point:
    x: object
    y: object = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    x: object
    y: object = ()


@pytest.mark.parametrize("names", FIELDS)
def test_a_value_prints_and_hashes_as_a_dataclass_does(names: tuple[str, ...]) -> None:
    plain = make_dataclass("Made", names, frozen=True, slots=True, kw_only=True)
    ours = value(type("Made", (), {"__annotations__": dict.fromkeys(names, int)}))
    held = {name: place for place, name in enumerate(names)}
    assert repr(ours(**held)) == repr(plain(**held))
    assert hash(ours(**held)) == hash(plain(**held))
    assert ours(**held) == ours(**held)


def test_values_of_other_content_or_another_class_differ() -> None:
    assert Point(x=1) == Point(x=1.0)
    assert Point(x=1) != Point(x=2)
    assert Point(x=1) != Plain(x=1)
    assert Point(x=1) != (1, ())


def test_a_value_within_itself_prints_as_a_dataclass_does() -> None:
    ours: list[object] = []
    ours.append(Point(x=ours))
    plain: list[object] = []
    plain.append(Plain(x=plain))
    assert repr(ours[0]).replace("Point", "Plain") == repr(plain[0])


def test_a_value_that_holds_a_list_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Point(x=[]))


def test_values_that_hold_mappings_hash_by_their_items() -> None:
    one = Point(x={"a": 1, "b": ({"c": 2.0},)})
    other = Point(x={"b": ({"c": 2},), "a": 1})
    assert one == other
    assert hash(one) == hash(other)
    assert hash(one) != hash(Point(x={"a": 1}))
    assert {one: "kept"}[other] == "kept"


def test_a_class_keeps_the_methods_it_writes_itself() -> None:
    @value
    class Odd:
        x: int

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

        def __repr__(self) -> str:
            return "odd"

    assert Odd(x=1) == Odd(x=2)
    assert repr(Odd(x=1)) == "odd"
    with pytest.raises(TypeError, match="unhashable"):
        hash(Odd(x=1))


def test_a_value_is_frozen_and_survives_pickling() -> None:
    point = Point(x=1, y=(2, 3))
    with pytest.raises(FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(point)) == point  # noqa: S301
    assert replace(point, x=5) == Point(x=5, y=(2, 3))
