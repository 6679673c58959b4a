"""What waits on a person in matters of their cohort, as rows for the home page: sessions this week, and
the calls of learning partners."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cohorts.call_lists import due_in, partnered_by
from cohorts.clock_words import slot_in_words
from cohorts.models import Attendance, Membership, Person, Session
from cohorts.waiting import Found, Group, Kind, Row, each, moment
from systemschangers.kernel.blanks import day_of, worked_out

THIS_WEEK = timedelta(days=7)
TICKED_FOR = timedelta(days=7)
NAMED = 3
SENT_WORD = Attendance.State.SENT_WORD


def _sessions(person: Any, now: Any) -> Any:
    """Of the next seven days; for staff those of the last seven that nobody has ticked."""
    runs = person.reach.run_cohorts
    of_it = Attendance.objects.filter(session=OuterRef("pk"))
    ticked = of_it.exclude(state=SENT_WORD)
    absent = Exists(of_it.filter(person=person, state=SENT_WORD)) & ~Q(cohort__in=runs)
    coming = Q(ends_at__gt=now, starts_at__lt=now + THIS_WEEK, cohort__in=person.reach.cohorts)
    to_tick = Q(ends_at__lte=now, ends_at__gt=now - TICKED_FOR, cohort__in=runs) & ~Exists(ticked)
    return Session.objects.planned().filter((coming & ~absent) | to_tick)


def _session_row(one: Found, person: Person, now: datetime) -> Row:
    said = one.said
    session = Session(starts_at=moment(said["starts"]), ends_at=moment(said["ends"]))
    hint = slot_in_words(session.starts_at, session.ends_at)
    if said["where"]:
        hint = f"{hint}, {said['where']}"
    if not session.day_has_come(now):
        label, address = f"This week: {said['title']}", "session"
    elif said["cohort_id"] not in person.reach.run_cohorts:
        label, address = f"Today: {said['title']}", "session"
    else:
        who = "came to" if session.is_over(now) else "is at"
        label, address = f"Tick who {who} “{said['title']}”", "attendance"
    url = reverse(f"cohorts:{address}", args=[one.thing])
    return Row(label, url, hint, "calendar", Group.WEEK, one.since)


def _calls(person: Any, now: Any) -> Any:
    """Those due this month. Only for those who help to run a cohort: nobody else is a learning partner."""
    if not person.reach.run_cohorts:
        return Membership.objects.none()
    return due_in(partnered_by(person), worked_out(_first_of_month, day_of(now)))


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _call_rows(found: list[Found], person: Person, now: datetime) -> list[Row]:
    """One row for all of them."""
    names = sorted(one.said["person"] for one in found)
    hint = ", ".join(names[:NAMED]) + (" and others" if len(names) > NAMED else "")
    one = len(names) == 1
    label = "A learning call is due this month" if one else "Learning calls are due this month"
    return [Row(label, reverse("cohorts:learning_calls"), hint, "phone", Group.WEEK)]


KINDS = (
    Kind(
        "session",
        _sessions,
        "starts_at",
        each(_session_row),
        {
            **{"title": "title", "where": "where", "cohort_id": "cohort"},
            **{"starts": "starts_at", "ends": "ends_at"},
        },
    ),
    Kind("call", _calls, "joined_at", _call_rows, {"person": "person__name"}),
)
