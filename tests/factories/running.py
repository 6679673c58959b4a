"""Stages, sessions, visits and learning calls, in whatever state a test needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cohorts.models import (
    Attendance,
    Cohort,
    ExposureVisit,
    LearningCall,
    Membership,
    Person,
    Session,
    Stage,
)

STARTS = datetime.fromisoformat("2026-03-17T14:00:00+00:00")


def make_session(cohort: Cohort, state: str = "planned", **fields: Any) -> Session:
    """Two hours on Tuesday 17 March 2026 at 2pm."""
    starts_at = fields.pop("starts_at", STARTS)
    own: dict[str, Any] = {}
    if state == "called_off":
        staff = cohort.memberships.exclude(role="participant").first()
        own = {"called_off_at": starts_at - timedelta(days=2), "called_off_by": staff.person}  # type: ignore[union-attr]
    given = {
        "cohort": cohort,
        "title": "Drawing the map",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=fields.pop("hours", 2)),
        "where": "Town Hall, room 4",
        "state": state,
    }
    return Session.objects.create(**given | own | fields)


def make_tick(session: Session, person: Person, state: str = "came", **fields: Any) -> Attendance:
    given = {"ticked_by": person, "ticked_at": session.starts_at}
    return Attendance.objects.create(session=session, person=person, state=state, **given | fields)


def make_visit(cohort: Cohort, person: Person, **fields: Any) -> ExposureVisit:
    given = {
        "cohort": cohort,
        "person": person,
        "whom": "The needle exchange",
        "visited_on": STARTS.date() - timedelta(days=20),
        "saw": "Nobody was asked for a form.",
        "changed": "We ask before we listen.",
        "made_at": STARTS - timedelta(days=19),
    }
    return ExposureVisit.objects.create(**given | fields)


def pair(member: Person, partner: Person, cohort: Cohort) -> Membership:
    """`partner` is the learning partner of `member` from now on."""
    membership = Membership.objects.get(cohort=cohort, person=member)
    membership.learning_partner = partner
    membership.save()
    return membership


def make_call(membership: Membership, state: str = "held", **fields: Any) -> LearningCall:
    """With the learning partner of `membership`; planned for 17 March 2026, or held on the 3rd."""
    own: dict[str, Any] = {"planned_for": STARTS}
    if state == "held":
        own = {"held_on": STARTS.date() - timedelta(days=14), "me": "I rush."}
    given = {
        "membership": membership,
        "partner": membership.learning_partner,
        "state": state,
        "made_at": STARTS - timedelta(days=14),
    }
    return LearningCall.objects.create(**given | own | fields)


def add_running(world) -> dict[str, int]:
    """For the scene: a stage, a session to come, one that was and one called off; a visit of Ana's; Cas
    as her learning partner, with a call planned and one held. Primary keys by name."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    week = timedelta(weeks=1)
    stage = next(iter(Stage.begin(world.cohort)))
    coming = make_session(
        world.cohort, starts_at=now + week, stage=stage, link="https://example.org/a"
    )
    past = make_session(world.cohort, starts_at=now - week, access="There is a lift.")
    make_session(world.cohort, "called_off", starts_at=now + 2 * week)
    make_tick(past, world.ana)
    membership = pair(world.ana, world.cas, world.cohort)
    held = make_call(membership, held_on=now.date() - week, system="Two forms.", made_at=now - week)
    return {
        "stage": stage.pk,
        "session": coming.pk,
        "session_past": past.pk,
        "visit": make_visit(world.cohort, world.ana, visited_on=now.date(), made_at=now).pk,
        "seat": membership.pk,
        "call": make_call(membership, "planned", planned_for=now + week, made_at=now).pk,
        "call_held": held.pk,
    }
