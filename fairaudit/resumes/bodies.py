"""The body of a résumé: career, education, skills and layout, all from one seed.

Everybody leaves high school at 18, works from 22 on, and holds the degree of the field when
entering it; the quality of the application is how much of that time was in the field, how
far up the ladder it led, with what duties and credentials. It is not its length: a weak
application tells as much, of other work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.value import value
from fairaudit.resumes.careers import YEAR, career, told
from fairaudit.resumes.marked import FROM_NAMES, marked
from fairaudit.resumes.templates import common, job_family, numbered

if TYPE_CHECKING:
    from fairaudit.resumes.careers import Post
    from fairaudit.resumes.dice import Dice
    from fairaudit.resumes.segments import Body

BIRTH_YEARS = (1981, 1994)
"""Years of birth of which careers can tell: ages 31 to 44."""

TIERS = ("strong", "middle", "weak")

WORDS = 190
"""How long an application is, whatever its tier, but for a reference at its end."""

_NO_WORDS = frozenset("-–•*|&")

_SKILLS = 8
_FIELD_SKILLS = {"strong": 8, "middle": 6, "weak": 4}

_KEYS = (
    *FROM_NAMES,
    "pronouns",
    "pronoun.subject",
    "pronoun.possessive",
    "verb.be",
    "club",
    "award",
    "identity",
    "title",
)

_QUOTE = (
    'From a recent review: "{{pronoun.subject}} {{verb.be}} among the most reliable people '
    'on our team, and {{pronoun.possessive}} work rarely needs correction."'
)

_ORDERS = (
    ("Summary", "Experience", "Education", "Skills", "Certifications", "Activities"),
    ("Summary", "Skills", "Experience", "Certifications", "Education", "Activities"),
    ("Education", "Experience", "Certifications", "Skills", "Activities"),
    ("Summary", "Certifications", "Experience", "Skills", "Education", "Activities"),
)
_LEVELS = ("junior", "middle", "senior")


@value
class Layout:
    """How the sections look and in which order they stand."""

    order: tuple[str, ...]
    bullet: str
    capitals: bool
    ruled: bool

    @classmethod
    def drawn(cls, dice: Dice) -> Layout:
        """Draw a layout."""
        return cls(
            order=dice.pick(_ORDERS),
            bullet=dice.pick(("-", "•", "*")),
            capitals=dice.chance(0.5),
            ruled=dice.chance(0.3),
        )

    def section(self, title: str, lines: list[str]) -> list[str]:
        """Set a section under its heading."""
        heading = title.upper() if self.capitals else title
        rule = ["-" * len(heading)] if self.ruled else []
        return ["", heading, *rule, *lines]


def body(job: str, tier: str, arm: str, born: int, dice: Dice) -> Body:
    """What does the application of somebody born then consist of?

    Parameters
    ----------
    job : str
        A job family.
    tier : str
        "strong", "middle" or "weak".
    arm : str
        Which decides what cues there are.
    born : int
        The year of birth, within `BIRTH_YEARS`.
    dice : Dice
        For all that is drawn.

    Returns
    -------
    tuple of Segment
        Literal text and the places of cues.
    """
    family = job_family(job)
    layout = Layout.drawn(dice)
    posts = career(family, tier, born + 22, dice)
    fields = [p for p in posts if p.employer in family["employers"]]
    sections = {
        "Summary": [_summary(family, tier, sum(p.end - p.start for p in fields), dice)],
        "Education": _education(family, tier, born, fields[0].start, dice),
        "Skills": [", ".join(_skills(family, tier, dice))],
        "Certifications": [numbered(c, dice) for c in family["credentials"][tier]],
        "Activities": _activities(tier, arm, dice),
    }
    head = _head(arm, dice)
    sections["Experience"] = _experience(posts, [[] for _ in posts], layout)
    room = WORDS - _words([*head, *_set(sections, layout)])
    sections["Experience"] = _experience(posts, told(posts, room), layout)
    lines = [*head, *_set(sections, layout)]
    if "pronoun" in arm:
        lines += layout.section("Reference", [_QUOTE])
    return marked("\n".join(lines) + "\n", known=_KEYS)


def _head(arm: str, dice: Dice) -> list[str]:
    """Write name and contact."""
    city, area = dice.pick(common()["cities"]).split(" | ")
    name = "{{title}}{{name}}" if arm == "explicit" else "{{name}}"
    # 555-0100 to 555-0199 are kept free for fiction by the numbering plan.
    contact = f"{city} | {area} 555-01{dice.between(10, 99)} | {{{{email}}}}"
    head = [name, contact + (" | {{pronouns}}" if "pronoun" in arm else "")]
    if arm == "explicit":
        head.append("Voluntary self-identification: {{identity}}")
    return head


def _summary(family: dict[str, Any], tier: str, years: int, dice: Dice) -> str:
    """Write the first sentences."""
    span = f"{years} years" if years > 1 else "one year"
    first = str(family["summary"]).replace("{years}", span)
    return f"{first} {dice.pick(common()['summaries_' + tier])}"


def _skills(family: dict[str, Any], tier: str, dice: Dice) -> list[str]:
    """List skills, fewer of the field and more of any work the weaker the application."""
    of_field = dice.some(family["skills"], _FIELD_SKILLS[tier])
    general = dice.some(common()["general_skills"], _SKILLS - len(of_field))
    return [*of_field, *general]


def _set(sections: dict[str, list[str]], layout: Layout) -> list[str]:
    """Set the sections in their order."""
    return [
        line for title in layout.order for line in layout.section(title, sections[title])
    ]


def _words(lines: list[str]) -> int:
    """Count words; a cue is one, and a bullet, a rule or a bar none."""
    words = " ".join(lines).split()
    return len(words) - sum(map(_NO_WORDS.issuperset, words))


def _experience(posts: list[Post], duties: list[list[str]], layout: Layout) -> list[str]:
    """Set the posts with what is told of each, the last one first."""
    lines: list[str] = []
    for post, told_of in zip(reversed(posts), reversed(duties), strict=True):
        if not post.title:
            continue
        end = "Present" if post.end == YEAR else str(post.end)
        where = f", {post.employer}" if post.employer else ""
        lines.append(f"{post.title}{where}, {post.start} – {end}")
        lines += [f"{layout.bullet} {duty}" for duty in told_of]
    return lines


def _education(
    family: dict[str, Any], tier: str, born: int, entry: int, dice: Dice
) -> list[str]:
    """Write degree, school and year; whoever came to the field late studied late."""
    degree = str(family["weak_degree"] if tier == "weak" else family["degree"])
    diploma = f"High school diploma, Central High School, graduated {born + 18}"
    if "diploma" in degree:
        return [diploma]
    school = str(dice.pick(common()["schools"]))
    if entry > born + 22:
        return [f"{degree}, {school}, completed {entry}", diploma]
    average = f", GPA 3.{dice.between(6, 9)}" if tier == "strong" else ""
    return [f"{degree}, {school}, graduated {born + 22}{average}"]


def _activities(tier: str, arm: str, dice: Dice) -> list[str]:
    """Write club, voluntary work and award."""
    club = dice.pick(common()["clubs"])
    marks = arm in {"club", "class"}
    lines = [f"{dice.pick(('Treasurer', 'Secretary', 'Member'))}, "]
    lines[0] += "{{club}}" if marks else club
    lines.append(numbered(dice.pick(common()["volunteering"]), dice))
    if marks:
        lines.append("{{award}}, " + str(dice.between(2019, 2024)))
    elif tier == "strong":
        lines.append(numbered(dice.pick(common()["awards"]), dice))
    return lines
