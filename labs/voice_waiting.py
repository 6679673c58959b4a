"""What waits on a person in matters of voices, as rows for the home page. No row tells what was said."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Board, Person
from cohorts.waiting import Row
from labs.models import ChangeClaim, Consent, ToldBack, Voice

S = Voice.State
MOST = 5
SOON = timedelta(days=14)


def voices_waiting(person: Person, now: datetime) -> list[Row]:
    """What to look over, to answer, to change, to ask and to tell back; and consents that run out. Two
    queries."""
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
    found = Voice.objects.visible_to(person, today).filter(wanted).annotate(told=told, made=made)
    found = found.select_related("leader", "board__organisation").defer("search", "words")
    rows = [
        _row(voice, person, today)
        for voice in found.order_by(F("sent_on").asc(nulls_first=True), "told_on", "id")[:MOST]
    ]
    return rows + _running_out(person, today)


def _row(voice: Voice, person: Person, today) -> Row:
    mine = voice.carried_by_id == person.pk
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


def _running_out(person: Person, today) -> list[Row]:
    """Of voices one carries: it has run out, or will within two weeks."""
    ending = Consent.objects.filter(
        state=Consent.State.STANDING, until__lte=today + SOON, voice__carried_by=person
    )
    ending = ending.exclude(voice__state=S.KEPT_OUT).order_by("until", "pk")
    return [
        Row(
            "Consent has run out: ask anew"
            if one.until < today
            else "Consent runs out soon: ask anew",
            reverse("labs:voice_consent", args=[one.voice_id]),
            "For a voice you carry",
            "clock",
        )
        for one in ending.only("pk", "until", "voice_id")[:MOST]
    ]
