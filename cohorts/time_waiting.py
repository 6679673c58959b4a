"""What waits on a person in matters of time and agreements, as rows for the home page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, DateTimeField, F, Q, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from cohorts.clock_words import slot_in_words
from cohorts.decisions import providers
from cohorts.models import ManagerAgreement, Person, TimeRequest
from cohorts.waiting import Found, Group, Kind, Row, day_words, each, how_many, moment
from systemschangers.kernel.blanks import day_of

ASKED_HOW_IT_WENT_FOR = timedelta(days=60)
RENEWED_BEFORE = timedelta(days=30)
Agreement, Time = ManagerAgreement.State, TimeRequest.State


def _decisions(found: list[Found], person: Person, now: datetime) -> list[Row]:
    """One row for all that this person decides: they have a page of their own."""
    count = len(found)
    one = "1 decision waits for you"
    label = one if count == 1 else f"{how_many(count)} decisions wait for you"
    hint = f"The oldest since {day_words(timezone.localdate(found[0].since))}. A tap each."
    return [Row(label, reverse("cohorts:decisions"), hint, "check", Group.OTHERS, found[0].since)]


def _own_time(person: Any, now: Any) -> Any:
    to_tell = Q(state=Time.APPROVED, ends_at__lte=now, ends_at__gt=now - ASKED_HOW_IT_WENT_FOR)
    to_tell &= Q(leader_request=None) & ~Q(peer_place__meeting__state="arranged")
    return TimeRequest.objects.filter(Q(state=Time.MORE_ASKED) | to_tell, worker=person)


def _time_rows(found: list[Found], person: Person, now: datetime) -> list[Row]:
    """A series about which something is asked is one row."""
    rows, told = [], set()
    for one in found:
        said = one.said
        asked, series = said["state"] == Time.MORE_ASKED, said["series"]
        if asked and series in told:
            continue
        if asked and series:
            told.add(series)
        label = "Your manager asks about your time" if asked else "Did you take your time?"
        slot = slot_in_words(moment(said["starts"]), moment(said["ends"]))
        group = Group.OTHERS if asked else Group.OWN
        url = reverse("cohorts:time_request", args=[one.thing])
        since = moment(said["decided"]) if asked else one.since
        rows.append(Row(label, url, slot, "clock", group, since))
    return rows


def _agreements(person: Any, now: Any) -> Any:
    mine = Q(worker=person) | Q(manager=person)
    return ManagerAgreement.objects.filter(
        Q(state=Agreement.TALK, worker=person)
        | Q(state=Agreement.AGREED, review_on__lte=day_of(now) + RENEWED_BEFORE) & mine
    )


def _agreement_row(one: Found, person: Person, now: datetime) -> Row:
    said = one.said
    url = reverse("cohorts:agreement", args=[one.thing])
    if said["state"] == Agreement.TALK:
        label = "Your agreement needs talking through"
        return Row(label, url, "Read why.", "note", since=one.since)
    other = said["manager"] if said["worker_id"] == person.pk else said["worker"]
    day = day_words(said["review_on"])
    label = f"Your agreement with {other}"
    if date.fromisoformat(said["review_on"]) < timezone.localdate(now):
        late = f"Was to be looked at by {day}"
        return Row(label, url, "Renew it, or end it.", "calendar", since=one.since, late=late)
    return Row(label, url, f"To be looked at by {day}.", "calendar", since=one.since)


AGREEMENT_SINCE = Case(
    When(state=Agreement.TALK, then=F("decided_at")),
    default=Cast(F("review_on"), DateTimeField()),
)
KINDS = (
    *(Kind("decision", one.waiting, one.SINCE, _decisions) for one in providers()),
    Kind(
        "time",
        _own_time,
        "starts_at",
        _time_rows,
        {
            **{"state": "state", "series": "series", "decided": "decided_at"},
            **{"starts": "starts_at", "ends": "ends_at"},
        },
    ),
    Kind(
        "agreement",
        _agreements,
        AGREEMENT_SINCE,
        each(_agreement_row),
        {
            **{"state": "state", "review_on": "review_on", "worker_id": "worker"},
            **{"worker": "worker__name", "manager": "manager__name"},
        },
    ),
)
