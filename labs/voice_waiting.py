"""What waits on a person in matters of voices, as rows for the home page. No row tells what was said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Board, Person
from cohorts.waiting import Found, Group, Kind, Row, day_words, each
from labs.models import ChangeClaim, Consent, ToldBack, Voice
from systemschangers.kernel.blanks import day_of

S = Voice.State
SOON = timedelta(days=14)
CHECK, ANSWER = "{} voices to look over", "{} voices wait for your answer"


def _voices(person: Any, now: Any) -> Any:
    """What to look over, to answer, to change, to ask and to tell back; and consents that run out."""
    today = day_of(now)
    boards = Board.objects.of(person).values("pk")
    to_answer = Q(state__in=[S.SENT, S.ACKNOWLEDGED]) & (
        Q(leader__person=person, leader__retired_at=None) | Q(board__in=boards)
    )
    told = Exists(ToldBack.objects.filter(voice=OuterRef("pk")))
    made = Exists(ChangeClaim.objects.filter(voice=OuterRef("pk"), state=ChangeClaim.State.MADE))
    own = Q(carried_by=person)
    wanted = (to_answer & ~own) | (own & Q(state=S.SENT_BACK))
    wanted |= own & Q(state=S.ANSWERED) & (~Q(told) | Q(made))
    if person.reach.is_programme_staff:
        wanted |= Q(state=S.CHECKING) & ~own
    readable = Voice.objects.visible_to(person, today).filter(wanted).values("pk")
    ending = Consent.objects.filter(
        voice=OuterRef("pk"), state=Consent.State.STANDING, until__lte=today + SOON
    )
    mine = Voice.objects.carried_by_me(person).exclude(state=S.KEPT_OUT).filter(Exists(ending))
    found = Voice.objects.filter(Q(pk__in=readable) | Q(pk__in=mine.values("pk")))
    return found.annotate(made=made, until=Subquery(ending.values("until")[:1]))


def _row(one: Found, person: Person, now: datetime) -> Row:
    said, today = one.said, timezone.localdate(now)
    mine = said["carried_by"] == person.pk
    if mine and said["until"]:
        address = reverse("labs:voice_consent", args=[one.thing])
        hint, late = "For a voice you carry", ""
        label = "Consent runs out soon: ask anew"
        if date.fromisoformat(said["until"]) < today:
            label, late = "Consent has run out: ask anew", f"Since {day_words(said['until'])}"
        return Row(label, address, hint, "clock", since=one.since, late=late)
    url, hint = reverse("labs:voice", args=[one.thing]), f"To {_to_whom(said)}"
    if said["state"] == S.CHECKING:
        check = reverse("labs:voice_check", args=[one.thing])
        return Row("A voice to look over", check, hint, "eye", Group.OTHERS, one.since, many=CHECK)
    if not mine:
        late = Voice(state=said["state"], sent_on=timezone.localdate(one.since)).lateness(today)
        label = "A voice waits for your answer"
        return Row(label, url, hint, "comment", Group.OTHERS, one.since, late, ANSWER)
    if said["state"] == S.SENT_BACK:
        return Row("A voice you carry was sent back", url, hint, "undo", since=one.since)
    if said["made"]:
        return Row("Ask the person: has it changed?", url, hint, "check", since=one.since)
    return Row("An answer to tell back", url, hint, "comment", since=one.since)


def _to_whom(said: dict[str, Any]) -> str:
    """As Voice.to_words says it."""
    if said["leader"]:
        return f"{said['leader']}, {said['portfolio']}"
    return f"{said['board']}, {said['organisation']}"


KINDS = (
    Kind(
        "voice",
        _voices,
        Coalesce(F("sent_on"), F("told_on")),
        each(_row),
        {
            **{"state": "state", "carried_by": "carried_by", "until": "until", "made": "made"},
            **{"leader": "leader__name", "portfolio": "leader__portfolio"},
            **{"board": "board__name", "organisation": "board__organisation__name"},
        },
    ),
)
