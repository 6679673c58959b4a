"""What the schedule does: tell staff of what waits too long, ask whether people met, remind leaders.

`escalate` is made for tens of thousands of open requests: batches of rows, a handful of statements for
each, nothing kept but counts for each of the staff, who get one letter a run and not one a request."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import DurationField, ExpressionWrapper, F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cohorts import events
from cohorts.models import Commitment, LeaderRequest, Person
from cohorts.working_days import LONG_OVERDUE_AFTER, working_days_before
from systemschangers.kernel import activity
from systemschangers.kernel import letters as post
from systemschangers.kernel.batches import in_batches
from systemschangers.kernel.models import Notification
from systemschangers.kernel.paces import WAITS, Pace, paces_of, stop_address

from . import keeping, letters

State = LeaderRequest.State
WAITING = (State.AWAITING_MANAGER, State.AWAITING_LEADER)
BATCH = 2_000
REMIND_BEFORE = timedelta(days=3)

# An event for each request, and a notification of it for whoever runs a cohort the worker is in;
# workers in none are looked after by all programme staff. One statement for a batch.
_TELL = """
WITH told AS (
  INSERT INTO kernel_event (at, verb, target_type, target_id, target_label, data)
  SELECT %(at)s, %(verb)s, %(kind)s, id::text, %(label)s, '{}'::jsonb FROM unnest(%(ids)s::bigint[]) AS id
  RETURNING id, target_id::bigint AS request
), staff (request, person) AS (
  SELECT r.id, m.person_id FROM cohorts_leaderrequest r
    JOIN cohorts_membership own ON own.person_id = r.worker_id
    JOIN cohorts_membership m ON m.cohort_id = own.cohort_id
     AND m.state = 'active' AND m.role <> 'participant'
    JOIN cohorts_person p ON p.id = m.person_id AND p.is_active
   WHERE r.id = ANY(%(ids)s) AND m.person_id <> r.worker_id
  UNION
  SELECT r.id, t.person_id FROM cohorts_leaderrequest r
    JOIN cohorts_post t ON t.kind = 'programme' AND t.ended IS NULL
    JOIN cohorts_person p ON p.id = t.person_id AND p.is_active
   WHERE r.id = ANY(%(ids)s) AND t.person_id <> r.worker_id
     AND NOT EXISTS (SELECT 1 FROM cohorts_membership own WHERE own.person_id = r.worker_id)
)
INSERT INTO kernel_notification (recipient_id, event_id, made_at)
SELECT staff.person, told.id, %(at)s FROM told JOIN staff USING (request) RETURNING recipient_id
"""


def escalate(at: datetime) -> int:
    """Requests that whoever has them has kept for ten working days, each told to staff once. How many.

    Who hears at once of what waits gets one letter for all of this run; who wants such letters once a
    day or a week finds it there, and who wants none on their page. Once it has moved on it may be late
    anew, and is then told anew."""
    told: Counter[int] = Counter()
    total = 0
    while ids := _escalate_batch(at, told):
        total += len(ids)
    with transaction.atomic():
        people = list(Person.objects.here().filter(pk__in=told))
        paces = paces_of(people)
        at_once = [person for person in people if paces[person.pk, WAITS.key] == Pace.AT_ONCE]
        for person in at_once:
            _write_to_staff(person, told[person.pk], at)
        Notification.objects.to_mail().filter(
            recipient__in=at_once, event__verb=events.LEADER_REQUEST_ESCALATED, made_at=at
        ).update(mail_settled_at=at)
    return total


def _escalate_batch(at: datetime, told: Counter[int]) -> list[int]:
    with transaction.atomic():
        late = (
            LeaderRequest.objects.select_for_update(skip_locked=True)
            .filter(state__in=WAITING, escalated_at=None, waiting_since__lt=_began_before(at))
            .order_by("waiting_since")
        )
        ids = list(late.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return []
        LeaderRequest.objects.filter(pk__in=ids).update(escalated_at=at)
        meta = LeaderRequest._meta
        given: dict[str, Any] = {
            "at": at,
            "verb": events.LEADER_REQUEST_ESCALATED,
            "kind": meta.label_lower,
            "label": str(meta.verbose_name),
            "ids": ids,
        }
        with connection.cursor() as cursor:
            cursor.execute(_TELL, given)
            told.update(person for (person,) in cursor.fetchall())
        return ids


def _began_before(at: datetime) -> datetime:
    """What began to wait before this moment has waited ten working days by `at`."""
    last = working_days_before(timezone.localdate(at), LONG_OVERDUE_AFTER)
    midnight = datetime(last.year, last.month, last.day)  # noqa: DTZ001
    return timezone.make_aware(midnight + timedelta(days=1))


def _write_to_staff(person: Person, count: int, at: datetime) -> None:
    what = "1 request has" if count == 1 else f"{count} requests have"
    stop = stop_address(person, WAITS)
    context = {
        "person": person,
        "what": what,
        "action_url": f"{settings.SITE_ADDRESS}{reverse('cohorts:leader_requests')}?show=late",
        "action_label": "See who has them",
        "stop": stop,
    }
    post.write(
        to=person.email,
        recipient=person,
        kind="leader_escalated",
        subject=f"{what} waited for ten working days",
        text=render_to_string("emails/cohorts/leader_escalated.txt", context).strip() + "\n",
        html=render_to_string("emails/cohorts/leader_escalated.html", context),
        at=at,
        dedupe_key=f"leader-escalation:{person.pk}:{at.isoformat()}",
        stop=stop,
    )


def ask_whether_held(at: datetime) -> int:
    """The meeting is over: both are asked whether they met, once. How many meetings."""
    hours = ExpressionWrapper(F("hours") * timedelta(hours=1), output_field=DurationField())
    over = LeaderRequest.objects.for_detail().filter(
        state=State.ARRANGED, asked_whether_held_at=None, meets_at__lte=at - hours
    )
    return in_batches(over.order_by("meets_at"), at, _ask_whether_held)


def _ask_whether_held(requests: list[LeaderRequest], at: datetime) -> None:
    for request in requests:
        request.asked_whether_held_at = at
    LeaderRequest.objects.bulk_update(requests, ["asked_whether_held_at"])
    activity.record_each(
        events.LEADER_REQUEST_ASKED_WHETHER_HELD,
        actor=None,
        at=at,
        targets=[(it, keeping.people(it.worker, it.leader.person)) for it in requests],
    )
    letters.ask_leaders_whether_held(requests, at=at)


def remind_leaders(at: datetime) -> int:
    """Promises due in three days or less: the leader is reminded of each once. How many."""
    last = timezone.localdate(at) + REMIND_BEFORE
    due = (
        Commitment.objects.select_related("request__leader__person", "request__worker")
        .filter(state=Commitment.State.OPEN, reminded_at=None, due_on__lte=last)
        .exclude(request__state=State.WITHDRAWN)
    )
    return in_batches(due.order_by("due_on", "pk"), at, _remind)


def _remind(commitments: list[Commitment], at: datetime) -> None:
    for commitment in commitments:
        commitment.reminded_at = at
    Commitment.objects.bulk_update(commitments, ["reminded_at"])
    letters.remind_of(commitments, at=at)
