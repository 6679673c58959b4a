"""What made people stay or go, in the words they let others read.

No names, no days, and not who stayed and who went; only where five people or more of a cohort let their
words be read; in the order of the alphabet, which tells nothing of when or by whom they were written."""

from __future__ import annotations

from cohorts.models import Cohort, RoleCheckIn
from cohorts.stay_rates import FEWEST

MOST = 30


def words_to_show(cohort: Cohort) -> list[str]:
    """Empty below five people. Words of somebody who has left are gone with them. One query."""
    shown = RoleCheckIn.objects.filter(
        membership__cohort=cohort, membership__person__is_active=True, may_show=True
    )
    rows = list(shown.order_by("-asked_at", "-pk").values_list("membership", "words"))
    if len({place for place, _ in rows}) < FEWEST:
        return []
    return sorted(words for _, words in rows[:MOST])
