"""A pair of applications that differ only in an implied group, and a system's answer."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.value import value

State = Literal["ok", "refused", "unparsable", "truncated", "error"]
Kind = Literal["score", "label", "logit", "rating", "rank", "text"]


@value
class Half:
    """One of the applications of a pair.

    `cues` holds, by the key of the cue, the words that imply the group.
    """

    group: str
    first_name: str
    surname: str
    text: str
    cues: dict[str, str]


@value
class Pair:
    """Applications that are the same but for the cues of a group.

    Two pairs with one `resume` share their body. The halves of the placebo arm are two sets
    of names of one group, "women (a)" and "women (b)"; those of the quality arm bear one
    name and the groups "strong" and "weak". `first` is the place, in `halves`, of the one
    to be shown first.
    """

    id: str
    arm: str
    job: str
    resume: str
    tier: str
    attribute: str
    halves: tuple[Half, ...]
    first: int = 0


@value
class Outcome:
    """What a system answered to one application, the answer itself kept as `raw`."""

    state: State
    kind: Kind
    value: float | None
    text: str | None = None
    raw: str
