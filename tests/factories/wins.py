from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from cohorts.models import Person
from wins.models import Win

_later = count()
FIRST = datetime.fromisoformat("2026-03-01T09:00:00+00:00")


def make_win(author: Person, words: str = "We got the form down to one page.", **fields) -> Win:
    """A logged win, seen by everyone unless told otherwise; each a minute after the one before."""
    at = fields.pop("at", None) or FIRST + timedelta(minutes=next(_later))
    themes = fields.pop("themes", ())
    state = fields.pop("state", Win.State.LOGGED)
    reach = Person.objects.get(pk=author.pk).reach
    win = Win.objects.create(
        author=author,
        service_id=fields.pop("service_id", next(iter(reach.services), None)),
        cohort_id=fields.pop("cohort_id", next(iter(reach.cohorts), None)),
        what_happened=words,
        visibility=fields.pop("visibility", Win.Visibility.EVERYONE),
        state=state,
        made_at=at,
        touched_at=at,
        logged_at=None if state == Win.State.DRAFT else at,
        **fields,
    )
    win.themes.set(themes)
    return win
