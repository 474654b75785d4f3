from __future__ import annotations

from fairaudit.core.value import replace
from fairaudit.resumes.plan import Plan, digest

PLAN = Plan(
    jobs=("nurse",),
    pairs=3,
    arms=("name",),
    attribute="gender",
    groups=("women", "men"),
    names="fresh",
    seed=1,
)


def test_every_field_of_a_plan_is_in_its_hash() -> None:
    others = [
        replace(PLAN, jobs=("teacher",)),
        replace(PLAN, pairs=4),
        replace(PLAN, arms=("club",)),
        replace(PLAN, attribute="race"),
        replace(PLAN, groups=("men", "women")),
        replace(PLAN, names="reuse 4"),
        replace(PLAN, seed=2),
        replace(PLAN, name_list="0"),
        replace(PLAN, own_resumes="0"),
        replace(PLAN, input_limit=256),
    ]

    assert len({plan.hash for plan in [PLAN, *others]}) == 11
    assert replace(PLAN, seed=1).hash == PLAN.hash


def test_a_digest_is_that_of_sha256() -> None:
    # sha256sum of the two characters {}.
    assert digest({}).startswith("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e83")
