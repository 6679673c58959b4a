"""What is known of the people of a cohort, for the page that says how they are doing: dates and
states, no words of anybody's. Three queries, however many people there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from cohorts.models import (
    Attendance,
    LeaderRequest,
    LearningCall,
    ManagerAgreement,
    Membership,
    Post,
    Session,
    TimeRequest,
)
from wins.models import Win

State = Membership.State
WATCHED = (State.INVITED, State.APPLIED, State.AWAITING_MANAGER, State.ACTIVE, State.PAUSED)
LOOKED_BACK = timedelta(weeks=26)
LAST_SESSIONS = 6

# What was ticked, and when that session was; the newest first.
Ticks = list[tuple[str, datetime]]


def facts(cohorts: Collection[int]) -> QuerySet[Membership, dict[str, Any]]:
    """All that is known of each, in one query."""
    of_worker = OuterRef("person")
    agreed = ManagerAgreement.objects.agreed_for(of_worker).order_by()
    table = ManagerAgreement.objects.on_the_table().filter(worker=of_worker).order_by()
    manager = Post.objects.current().filter(person=of_worker, line_manager__is_active=True)
    shared = Win.objects.logged().exclude(visibility=Win.Visibility.ONLY_ME)
    time = TimeRequest.State
    time_open = Q(state__in=[time.REQUESTED, time.MORE_ASKED])
    meeting = LeaderRequest.State
    meeting_open = Q(
        state__in=[
            meeting.AWAITING_MANAGER,
            meeting.MANAGER_ASKS,
            meeting.SECOND_LOOK,
            meeting.AWAITING_LEADER,
            meeting.LEADER_ASKS,
            meeting.DATES_OFFERED,
        ]
    )
    return (
        Membership.objects.filter(  # type: ignore[return-value]
            cohort__in=cohorts,
            state__in=WATCHED,
            role=Membership.Role.PARTICIPANT,
            person__is_active=True,
        )
        .order_by()
        .annotate(
            review_on=Subquery(agreed.values("review_on")[:1]),
            table=Subquery(
                table.values(
                    told=JSONObject(state=F("state"), at=Coalesce("decided_at", "proposed_at"))
                )[:1]
            ),
            has_manager=Exists(manager),
            last_win=Subquery(_newest(shared.filter(author=of_worker), "logged_at")),
            time=Subquery(_asked(TimeRequest.objects.all(), time_open, "asked_at", "asked_at")),
            meetings=Subquery(
                _asked(
                    LeaderRequest.objects.exclude(state=meeting.DRAFT),
                    meeting_open,
                    "waiting_since",
                    "made_at",
                )
            ),
            last_call=Subquery(
                _newest(
                    LearningCall.objects.filter(membership=OuterRef("pk"), held_on__isnull=False),
                    "held_on",
                )
            ),
        )
        .values(
            "id", "person_id", "cohort_id", "state", "state_at", "joined_at", "review_on", "table",
            "has_manager", "last_win", "time", "meetings", "last_call",
            name=F("person__name"), starts=F("cohort__starts"),
        )
    )  # fmt: skip


def _newest(rows: QuerySet, column: str) -> QuerySet:
    return rows.order_by(f"-{column}").values(column)[:1]


def _asked(rows: QuerySet, is_open: Q, waits: str, asked: str) -> QuerySet:
    """Of a worker's requests: how many are open, since when, and when the newest was made."""
    own = rows.filter(worker=OuterRef("person")).order_by().values("worker")
    return own.annotate(
        told=JSONObject(
            open=Count("pk", filter=is_open), since=Min(waits, filter=is_open), last=Max(asked)
        )
    ).values("told")


def attendance(cohorts: Collection[int], now: datetime) -> dict[tuple[int, int], Ticks]:
    """By cohort and person: what was ticked at the last sessions, newest first, and when they were."""
    ticked = Session.objects.filter(
        Exists(Attendance.objects.filter(session=OuterRef("pk"))),
        cohort__in=cohorts,
        ends_at__range=(now - LOOKED_BACK, now),
    ).order_by("-starts_at")
    last: dict[int, list[int]] = defaultdict(list)
    when = {}
    for pk, cohort, starts_at in ticked.values_list("pk", "cohort_id", "starts_at"):
        if len(last[cohort]) < LAST_SESSIONS:
            last[cohort].append(pk)
            when[pk] = starts_at
    ticks = Attendance.objects.filter(session__in=when).values_list(
        "session__cohort_id", "person_id", "state", "session_id"
    )
    found: dict[tuple[int, int], Ticks] = defaultdict(list)
    for cohort, person, state, session in ticks.order_by("-session__starts_at"):
        found[cohort, person].append((state, when[session]))
    return found
