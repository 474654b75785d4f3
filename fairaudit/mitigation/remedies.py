"""What would make a rule of more use? Each remedy is tried before it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import NoFairRuleError
from fairaudit.core.value import replace
from fairaudit.feasibility.regions import regions
from fairaudit.mitigation.cutting import expected_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairaudit.core.cells import Cells
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.choice import Choice

    Useful = Callable[[Sequence[Cells]], bool]

_SMALL = 0.1
"""The part of all people that groups may make up which are left out as a trial."""

_MOST_LEFT_OUT = 3


class Remedies:
    """Tries what could be changed about a rule that was chosen."""

    def __init__(self, choice: Choice, of: Regions) -> None:
        self.choice = choice
        self.of = of

    def told(self, useful: Useful) -> str:
        """Name what makes the rule useful, in the imperative, or say that nothing does."""
        small = self._in_the_way(useful)
        if small:
            return (
                f"without the people of {small} it does not, so join them with another "
                f"group or leave them out"
            )
        helpful = {
            "set randomised=True": self._mixed_is(useful),
            "allow a wider tolerance": self._wider_is(useful),
        }
        found = ", or ".join(told for told, helps in helpful.items() if helps)
        return found or "no wider tolerance would change that"

    def _mixed_is(self, useful: Useful) -> bool:
        """Tell whether mixing thresholds at random would do."""
        mixed = None if self.choice.randomised else self.choice.mixed(self.of)
        return mixed is not None and useful(expected_cells(mixed, self.of))

    def _wider_is(self, useful: Useful) -> bool:
        """Tell whether some tolerance would do."""
        free = [replace(one, tolerance=1.0) for one in self.choice.asked]
        return self._is(useful, self.choice.asking(free), self.of)

    def _in_the_way(self, useful: Useful) -> str:
        """Name the smallest groups without which the rule would do."""
        people = self.of.people
        order = people.argsort(kind="stable")
        for number in range(1, min(_MOST_LEFT_OUT, len(order) - 2) + 1):
            small = order[:number]
            if people[small].sum() > _SMALL * people.sum():
                break
            rest = regions([self.of.steps[group] for group in sorted(order[number:])])
            if self._is(useful, self.choice.asking(self.choice.asked), rest):
                return " and ".join(
                    f"{self.of.names[group]} ({people[group]:.0f})" for group in small
                )
        return ""

    def _is(self, useful: Useful, choice: Choice, of: Regions) -> bool:
        """Tell whether the best rule for another question is useful."""
        try:
            return useful(expected_cells(choice.best(of, part=1.0), of))
        except NoFairRuleError:
            return False
