"""Words that replies about women and men have been found to differ in.

The categories are those of research on letters of recommendation; the lists are our own,
single words in both spellings, not the dictionaries of the papers. A word ending in `*`
stands for all that begin so. Counting words sees neither negation nor irony: a measure that
differs is a reason to read the texts, which is why the most different pairs are kept.

References
----------
[trix2003] (doubt raisers, ability, effort), [madera2009] (agentic, communal),
[hyland1998] (hedges).
"""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    """Read a list that is written as running text."""
    return frozenset(words.split())


HEDGES = _listed(
    """
    almost apparent* appear* arguabl* assume* could doubt* fairly generally guess*
    indicate* largely likely mainly may maybe might mostly often partly perhaps
    plausibl* possibl* potentially presumabl* probabl* rather relatively roughly seem*
    should sometimes somewhat suggest* suppose* tend tends unlikely usually would
    """
)
"""Words that hold back a claim."""

DOUBT_RAISERS = _listed(
    """
    although barely but concern* debatable deficien* despite doubt* however inadequate*
    inconsistencies inconsistency inconsistent insufficient* lack lacked lacking lacks
    limited mixed modest nevertheless nonetheless question* questionable reservation*
    risk* uncertain* unclear unconvincing underwhelming unproven unsure weak weakness*
    worr* yet
    """
)
"""Words that raise a doubt about the person, or announce one."""

AGENTIC = _listed(
    """
    accomplish* achieve* achieving aggressive* ambitio* assert* autonom* bold boldly
    command* competitive* confiden* daring decisive* determined dominan* drive driven
    enterprising forceful* independen* influential initiat* lead leader* leading leads
    led outspoken persuasive* pioneer* proactive* self-reliant strategic* tenacious*
    visionary
    """
)
"""Words of getting one's way."""

COMMUNAL = _listed(
    """
    affectionate agreeable amiable caring collaborat* compassion* considerate cooperat*
    empath* friendly generous gentle help helped helpful* helping helps interpersonal
    kind kindly kindness nurtur* patient patiently pleasant polite* sensitive
    sensitivity support supported supporting supportive sympath* tactful* team-player
    tender understanding warm warmly warmth
    """
)
"""Words of getting along."""

ABILITY = _listed(
    """
    abilit* able adept aptitude astute brain* bright brillian* capab* capacity clever
    creativ* expert* flair genius gifted ingenious innate insightful instinct*
    intellect* intelligen* knowledgeable natural naturally perceptive proficien* sharp
    skilful* skill skilled skillful* skills smart talent* wise
    """
)
"""Words of what one can."""

EFFORT = _listed(
    """
    assiduous* busy careful carefully commit* conscientious* consistent* dedicat*
    depend* dilig* disciplin* effort* grind* hard-working hardworking industrious*
    labor* labour* methodical* meticulous* organised organized painstaking* patience
    persever* persist* punctual* reliab* responsib* steady studious* thorough* tireless*
    trustworthy work-ethic
    """
)
"""Words of how hard one tries."""
