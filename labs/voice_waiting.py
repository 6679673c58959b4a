"""What waits on a person in matters of voices, as rows for the home page. No row tells what was said."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Board, Person
from cohorts.waiting import Row
from labs.models import ChangeClaim, Consent, ToldBack, Voice

S = Voice.State
MOST = 5
SOON = timedelta(days=14)


def voices_waiting(person: Person, now: datetime) -> list[Row]:
    """What to look over, to answer, to change, to ask and to tell back; and consents that run out. One
    query."""
    today = timezone.localdate(now)
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
    found = found.annotate(told=told, made=made, until=Subquery(ending.values("until")[:1]))
    found = found.select_related("leader", "board__organisation").defer("search", "words")
    return [
        _row(voice, person, today)
        for voice in found.order_by(F("sent_on").asc(nulls_first=True), "told_on", "id")[:MOST]
    ]


def _row(voice: Voice, person: Person, today) -> Row:
    mine = voice.carried_by_id == person.pk
    if mine and voice.until:  # type: ignore[attr-defined]
        over = voice.until < today  # type: ignore[attr-defined]
        label = "Consent has run out: ask anew" if over else "Consent runs out soon: ask anew"
        address = reverse("labs:voice_consent", args=[voice.pk])
        return Row(label, address, "For a voice you carry", "clock")
    url, hint = voice.get_absolute_url(), f"To {voice.to_words}"
    if voice.state == S.CHECKING:
        return Row(
            "A voice to look over", reverse("labs:voice_check", args=[voice.pk]), hint, "eye"
        )
    if not mine:
        late = voice.lateness(today)
        return Row("A voice waits for your answer", url, late or hint, "comment")
    if voice.state == S.SENT_BACK:
        return Row("A voice you carry was sent back", url, hint, "undo")
    if voice.made:  # type: ignore[attr-defined]
        return Row("Ask the person: has it changed?", url, hint, "check")
    return Row("An answer to tell back", url, hint, "comment")
