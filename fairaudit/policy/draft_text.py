"""The policy that `fairaudit init` writes: a draft with its gaps left visible."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from fairaudit.core.disclosure import Disclosure

if TYPE_CHECKING:
    from fairaudit.policy.drafting import Answers, Proposal

_DRAFT = """\
# Drafted by `fairaudit init` from five answers. It is a draft: read every line, change
# what is not so, and decide. Then: fairaudit policy check FILE

[table]
favourable = {favourable}
# label = "COLUMN"         # what happened
# prediction = "COLUMN"    # what was decided; or: score = "COLUMN" and threshold = 0.5

[groups]
# attributes = ["gender"]  # columns that say who people are
# min_group = 30           # claim a pass for groups of at least this many

[criterion]
name = {name}
why = {why}
# Yours to set before you look at results: the largest gap that is still fair.
tolerance = 0.1

[disclosure]
intended_uses = {decides}
{unfilled}
"""


def draft_text(answers: Answers, proposal: Proposal) -> str:
    """Write the draft of a policy.

    Parameters
    ----------
    answers : Answers
        What was said about the decision.
    proposal : Proposal
        The criterion to draft.

    Returns
    -------
    str
        TOML that `parse_policy` reads back.
    """
    empty = [field.name for field in fields(Disclosure) if field.name != "intended_uses"]
    return _DRAFT.format(
        favourable=toml_string(answers.favourable),
        name=toml_string(proposal.criterion),
        why=toml_string(proposal.why),
        decides=toml_string(answers.decides),
        unfilled="\n".join(f'# {name} = ""' for name in empty),
    )


def toml_string(text: str) -> str:
    r"""Write any text as a TOML basic string on one line.

    Examples
    --------
    >>> print(toml_string('say "hired"'))
    "say \"hired\""
    """
    written = text.encode("utf-8", "replace").decode("utf-8")
    escaped = written.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(map(_escaped, escaped)) + '"'


def _escaped(character: str) -> str:
    """Write a character that TOML allows in no string, or that would end the line."""
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x20 or 0x7F <= code < 0xA0 else character
