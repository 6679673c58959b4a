"""Lines on changing the system that employers wrote into job descriptions, counted.

Not made of people, and written down for everyone to read, employer by employer: so nothing of it is held
back. Told of organisations and of everyone."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from cohorts.models import ClauseAdoption

from .figures import EVERYONE, Figure, Key
from .kinds import CLAUSES
from .periods import month_in, quarter_in, year_of


def of_employers() -> dict[tuple[str, *Key], Figure]:
    counted: Counter[Key] = Counter()
    rows = ClauseAdoption.objects.order_by().values_list("organisation", "since", "state")
    for organisation, since, state in rows:
        value = "yes" if state == ClauseAdoption.State.CONFIRMED else "no"
        for unit in (EVERYONE, ("organisation", organisation)):
            for period in (year_of(since), quarter_in(since), month_in(since)):
                counted[unit, period, "", ""] += 1
                counted[unit, period, "confirmed", value] += 1
    return {(CLAUSES.key, *key): Figure(Decimal(many)) for key, many in counted.items()}
