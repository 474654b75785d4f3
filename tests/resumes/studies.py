"""Whole studies with stub systems: pairs of every arm and what a system would answer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fairaudit.resumes.pair import Half, Kind, Outcome, Pair, State

Key = tuple[str, int, str, int]
Reply = Callable[[np.random.Generator, Pair, Half, float], Outcome]

GROUPS = ("women", "men")


def pair(
    number: int, arm: str, groups: tuple[str, ...], names: tuple[str, ...], resume: str
) -> Pair:
    return Pair(
        id=f"{arm}-{number}",
        arm=arm,
        job="nurse",
        resume=resume,
        tier="middle",
        attribute="gender",
        halves=tuple(
            Half(group=group, first_name=name, surname="Smith", text="", cues={})
            for group, name in zip(groups, names, strict=True)
        ),
    )


def study(
    count: int = 100,
    *,
    names: int | None = None,
    rng: np.random.Generator,
    groups: tuple[str, ...] = GROUPS,
) -> list[Pair]:
    """Arms name, placebo (one for each group) and quality; `names` a group, or fresh."""

    def named(group: str, number: int) -> str:
        return f"{group}{number if names is None else rng.integers(names)}"

    arms = [("name", groups)]
    arms += [("placebo", (f"{group} (a)", f"{group} (b)")) for group in groups]
    pairs = []
    for arm, own in arms:
        for place in range(count):
            number = len(pairs)
            bodies = tuple(named(group, number) for group in own)
            pairs.append(pair(number, arm, own, bodies, f"{arm}{number}-{place}"))
    for place in range(count):
        name = (f"q{place}",) * 2
        pairs.append(pair(place, "quality", ("strong", "weak"), name, f"quality{place}"))
    return pairs


def answered(
    pairs: list[Pair],
    reply: Reply,
    *,
    rng: np.random.Generator,
    framings: tuple[str, ...] = ("plain",),
    name_sd: float = 0.0,
) -> dict[Key, Outcome]:
    """Ask a stub: body and name effects are drawn once, and the same in every framing."""
    bodies: dict[str, float] = {}
    names: dict[str, float] = {}
    found: dict[Key, Outcome] = {}
    for framing in framings:
        for one in pairs:
            body = bodies.setdefault(one.resume, float(rng.normal()))
            for place, half in enumerate(one.halves):
                name = names.setdefault(half.first_name, float(rng.normal(0, name_sd)))
                quality = {"strong": 0.5, "weak": -0.5}.get(half.group, 0.0)
                level = body + name + quality
                found[one.id, place, framing, 0] = reply(rng, one, half, level)
    return found


def outcome(
    value: float | None, *, kind: Kind = "rating", state: State = "ok", text: str = ""
) -> Outcome:
    return Outcome(state=state, kind=kind, value=value, text=text or None, raw=text)


def fair(rng: np.random.Generator, pair: Pair, half: Half, level: float) -> Outcome:
    return outcome(level + rng.normal(0, 0.6))


def biased(gap: float) -> Reply:
    def reply(rng: np.random.Generator, pair: Pair, half: Half, level: float) -> Outcome:
        return outcome(level - gap * (half.group == "women") + rng.normal(0, 0.6))

    return reply
