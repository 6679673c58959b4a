"""What of outcomes waits on a person: drafts they began."""

from __future__ import annotations

from cohorts.models import Person
from cohorts.waiting import Row
from wins.models import Outcome

MOST = 3


def outcomes_waiting(person: Person) -> list[Row]:
    drafts = Outcome.objects.filter(author=person, state=Outcome.State.DRAFT)
    return [
        Row("Finish your outcome", one.get_absolute_url(), one.excerpt, "edit")
        for one in drafts.order_by("made_at")[:MOST]
    ]
