"""Which groups of who answered the pulse keep their name, once a round is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from systemschangers.kernel.small_groups import FEWEST
from wins.models import PulseAnswer


def take_small_groups_out(quarter: date) -> None:
    """Answers of fewer than five from a service count for its organisation alone, and those of fewer
    than five from an organisation for everyone alone. So that none is left over to be worked out, the
    next smallest goes with them where what was taken out is less than five."""
    first = PulseAnswer.objects.filter(round=quarter, condition=1).order_by()
    organisations: Counter[int] = Counter(
        first.filter(organisation__isnull=False).values_list("organisation_id", flat=True)
    )
    small = smallest(organisations, first.filter(organisation=None).count())
    rows = PulseAnswer.objects.filter(round=quarter)
    rows.filter(organisation__in=small).update(organisation=None, service=None)
    for organisation in organisations.keys() - small:
        here = first.filter(organisation=organisation)
        services: Counter[int] = Counter(
            here.filter(service__isnull=False).values_list("service_id", flat=True)
        )
        rows.filter(service__in=smallest(services, here.filter(service=None).count())).update(
            service=None
        )


def smallest(counted: Mapping[int, int], unnamed: int) -> set[int]:
    """Which groups to roll up, so that each that stays is five or more, and so is the rest together."""
    out = {key for key, many in counted.items() if many < FEWEST}
    rest = unnamed + sum(counted[key] for key in out)
    for key in sorted(counted.keys() - out, key=lambda key: (counted[key], key)):
        if rest == 0 or rest >= FEWEST:
            break
        out.add(key)
        rest += counted[key]
    return out
