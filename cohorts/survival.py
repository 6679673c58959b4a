"""The Kaplan–Meier estimate: of people followed for different lengths of time, what part is still there
after so long, when some were lost sight of on the way.

E. L. Kaplan and Paul Meier (1958), “Nonparametric estimation from incomplete observations”, Journal of the
American Statistical Association 53 (282): 457-481. At each time t at which d of the n people still followed
are known to have gone, the part that stays is multiplied by (1 - d / n). Whoever is last seen at t counts
among the n at t: those who go do so just before those who are lost sight of, as in their paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Followed:
    """One person: for how long they were followed, and whether they are known to have gone then.

    Otherwise they are only known to have been there until then."""

    months: int
    gone: bool


@dataclass(frozen=True)
class Fall:
    """At `months`, of `followed` people, `gone` went. `stay` is the part estimated to be there after."""

    months: int
    followed: int
    gone: int
    stay: Fraction


def kaplan_meier(people: Iterable[Followed]) -> list[Fall]:
    """The falls of the curve in the order of time; before the first it is one. Exact, in fractions."""
    people = list(people)
    gone = Counter(one.months for one in people if one.gone)
    seen_last = Counter(one.months for one in people)
    falls, followed, stay = [], len(people), Fraction(1)
    for months in sorted(seen_last):
        if gone[months]:
            stay *= 1 - Fraction(gone[months], followed)
            falls.append(Fall(months, followed, gone[months], stay))
        followed -= seen_last[months]
    return falls
