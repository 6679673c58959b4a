"""What waits on a person in their labs, as rows for the home page."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cohorts.models import Person
from cohorts.waiting import Row
from labs.models import Decision, Experiment, Lab

MOST = 3


def labs_waiting(person: Person, now: datetime) -> list[Row]:
    """Decisions whose day has come, and experiments that were to be tried by now. Two queries."""
    today = timezone.localdate(now)
    going = {"lab__state": Lab.State.GOING}
    back = Decision.objects.visible_to(person).filter(
        state=Decision.State.STANDS, review_on__lte=today, **going
    )
    due = Experiment.objects.visible_to(person).filter(
        state=Experiment.State.TRYING, by_when__lte=today, **going
    )
    rows = [
        Row(
            "Your lab decided this. Does it still stand?",
            one.get_absolute_url(),
            one.excerpt,
            "labs",
        )
        for one in back.order_by("review_on", "id")[:MOST]
    ]
    rows += [
        Row(
            "Your lab tried this. What did you notice?", one.get_absolute_url(), one.excerpt, "labs"
        )
        for one in due.order_by("by_when", "id")[:MOST]
    ]
    return rows
