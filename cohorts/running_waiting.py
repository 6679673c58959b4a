"""What waits on a person in matters of their cohort, as rows for the home page: sessions this week, and
the calls of learning partners."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from cohorts.call_lists import due_in, partnered_by
from cohorts.models import Attendance, Person, Session
from cohorts.waiting import Row

MOST = 3
THIS_WEEK = timedelta(days=7)
TICKED_FOR = timedelta(days=7)
NAMED = 3


def cohorts_waiting(person: Person, now: datetime) -> list[Row]:
    """Sessions of the next seven days; for staff those of the last seven that nobody has ticked, and the
    calls that are due. One query for who is in a cohort, two for staff, none for others."""
    if not person.reach.cohorts:
        return []
    return [*_sessions(person, now), *_calls(person, now)]


def _sessions(person: Person, now: datetime) -> list[Row]:
    runs = person.reach.run_cohorts
    ticked = Attendance.objects.filter(session=OuterRef("pk")).exclude(
        state=Attendance.State.SENT_WORD
    )
    own = Attendance.objects.filter(
        session=OuterRef("pk"), person=person, state=Attendance.State.SENT_WORD
    )
    coming = Q(ends_at__gt=now, starts_at__lt=now + THIS_WEEK, cohort__in=person.reach.cohorts)
    to_tick = Q(ends_at__lte=now, ends_at__gt=now - TICKED_FOR, cohort__in=runs) & ~Exists(ticked)
    found = (
        Session.objects.planned()
        .filter(coming | to_tick)
        .annotate(absent=Exists(own))
        .order_by("starts_at", "id")
    )
    rows = []
    for session in found[: 2 * MOST]:
        staff = session.cohort_id in runs
        if session.absent and not staff:
            continue
        url, hint = session.get_absolute_url(), session.slot
        if session.where:
            hint = f"{hint}, {session.where}"
        label = f"This week: {session.title}"
        if session.day_has_come(now):
            label = f"Today: {session.title}"
        if staff and session.day_has_come(now):
            who = "came to" if session.is_over(now) else "is at"
            label = f"Tick who {who} “{session.title}”"
            url = reverse("cohorts:attendance", args=[session.pk])
        rows.append(Row(label, url, hint, "calendar"))
    return rows[:MOST]


def _calls(person: Person, now: datetime) -> list[Row]:
    """Only for those who help to run a cohort: nobody else is a learning partner."""
    if not person.reach.run_cohorts:
        return []
    month = timezone.localdate(now).replace(day=1)
    due = due_in(partnered_by(person), month).order_by("person__name", "pk")
    names = list(due.values_list("person__name", flat=True)[: NAMED + 1])
    if not names:
        return []
    hint = ", ".join(names[:NAMED]) + (" and others" if len(names) > NAMED else "")
    one = len(names) == 1
    label = "A learning call is due this month" if one else "Learning calls are due this month"
    return [Row(label, reverse("cohorts:learning_calls"), hint, "phone")]
