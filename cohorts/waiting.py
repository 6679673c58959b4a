"""What waits on a person in matters of time and agreements, as rows for the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cohorts.decisions import count_waiting
from cohorts.models import ManagerAgreement, Person, TimeRequest

MOST = 5
ASKED_HOW_IT_WENT_FOR = timedelta(days=60)
RENEWED_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """What to do, where, and a hint in words: as a row of the home page shows it."""

    label: str
    url: str
    hint: str
    icon: str


def time_waiting(person: Person, now: datetime) -> list[Row]:
    """Decisions first, then one's own: questions to answer, time to tell of, agreements. Three queries."""
    return [*_decisions(person, now), *_own_time(person, now), *_agreements(person, now)]


def _decisions(person: Person, now: datetime) -> list[Row]:
    count = count_waiting(person, now)
    if not count:
        return []
    number = "100 or more" if count >= 100 else str(count)
    label = "1 decision waits for you" if count == 1 else f"{number} decisions wait for you"
    return [Row(label, reverse("cohorts:decisions"), "Oldest first, a tap each.", "check")]


def _own_time(person: Person, now: datetime) -> list[Row]:
    state = TimeRequest.State
    to_tell = Q(state=state.APPROVED, ends_at__lte=now, ends_at__gt=now - ASKED_HOW_IT_WENT_FOR)
    to_tell &= Q(leader_request=None) & ~Q(peer_place__meeting__state="arranged")
    own = TimeRequest.objects.filter(Q(state=state.MORE_ASKED) | to_tell, worker=person)
    rows, told = [], set()
    for request in own.order_by("starts_at")[: MOST * 3]:
        asked = request.state == state.MORE_ASKED
        if asked and request.series in told:
            continue
        if asked and request.series:
            told.add(request.series)
        label = "Your manager asks about your time" if asked else "Did you take your time?"
        url = reverse("cohorts:time_request", args=[request.pk])
        rows.append(Row(label, url, request.slot, "clock"))
    return rows[:MOST]


def _agreements(person: Person, now: datetime) -> list[Row]:
    today = timezone.localdate(now)
    state = ManagerAgreement.State
    mine = Q(worker=person) | Q(manager=person)
    found = ManagerAgreement.objects.filter(
        Q(state=state.TALK, worker=person)
        | Q(state=state.AGREED, review_on__lte=today + RENEWED_BEFORE) & mine
    ).for_list()
    rows = []
    for agreement in found.order_by("review_on")[:MOST]:
        url = reverse("cohorts:agreement", args=[agreement.pk])
        if agreement.state == state.TALK:
            rows.append(Row("Your agreement needs talking through", url, "Read why.", "note"))
        else:
            other = agreement.manager if agreement.worker_id == person.pk else agreement.worker
            day = f"{agreement.review_on.day} {agreement.review_on:%B}"
            rows.append(
                Row(f"Your agreement with {other}", url, f"To be looked at by {day}.", "calendar")
            )
    return rows
