"""A lab looks together at what something led to: begun, ended, taken up again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cohorts.clashes import clashes_in_words
from cohorts.models import Person
from labs.actions.labs.keeping import writer
from labs.audiences.labs import members
from labs.models import Lab
from systemschangers.kernel import activity
from wins import events
from wins.models import RippleSession
from wins.models.things import key_of, kind_of
from wins.policy.ripple_sessions import may_begin, may_end


@transaction.atomic
def begin(*, lab: Lab, thing: Any, by: Person, at: datetime) -> RippleSession:
    """The lab chooses a thing; its members hear. Raises ValidationError when it looks at it already."""
    lab, seat = writer(lab, by)
    may_begin(by, lab, thing).require()
    with clashes_in_words(RippleSession):
        session = RippleSession.objects.create(
            lab=lab, root=key_of(thing), made_by=seat, made_at=at, **{kind_of(thing): thing}
        )
    activity.record(
        events.RIPPLE_SESSION_BEGUN, actor=by, target=session, at=at, notify=members(lab)
    )
    return session


@transaction.atomic
def end(*, session: RippleSession, by: Person, at: datetime) -> RippleSession:
    """Nothing more is added in it. What was told stays, and is everybody’s who sees the thing."""
    session = _held(session, by)
    session.end(at)
    session.save(update_fields=["state", "ended_at"])
    activity.record(events.RIPPLE_SESSION_ENDED, actor=by, target=session, at=at)
    return session


@transaction.atomic
def go_on(*, session: RippleSession, by: Person, at: datetime) -> RippleSession:
    session = _held(session, by)
    session.go_on()
    session.save(update_fields=["state", "ended_at"])
    activity.record(events.RIPPLE_SESSION_GOES_ON, actor=by, target=session, at=at)
    return session


def _held(session: RippleSession, by: Person) -> RippleSession:
    found = RippleSession.objects.select_for_update(of=("self",)).select_related("lab")
    fresh = found.get(pk=session.pk)
    may_end(by, fresh).require()
    return fresh
