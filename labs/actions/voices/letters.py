"""Letters about voices, to leaders. None tells what was said: a letter can't be called back, and is soon
passed on. Who has an account is led to sign in; who has none gets a link that works once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Leader
from labs.models import Voice
from systemschangers.kernel import letters, signed_links

ANSWER = "voice_answer"
GOOD_FOR = timedelta(days=60)


def addressee(voice: Voice) -> Leader | None:
    """The leader it is for; of a board, whoever answers for it. None when they no longer listen."""
    leader = voice.leader or (voice.board.chair if voice.board else None)
    gone = voice.board is not None and voice.board.retired_at is not None
    return None if leader is None or leader.retired_at or gone else leader


def ask(voice: Voice, *, at: datetime) -> bool:
    return _to_leader(voice, "voice_asked", subject="Somebody has something to tell you", at=at)


def remind(voice: Voice, *, at: datetime) -> bool:
    return _to_leader(voice, "voice_late", subject="Somebody waits for your answer", at=at)


def used(voice: Voice, *, at: datetime) -> bool:
    """The link was used, in case the letter was passed on; with another, for when there is more to say."""
    return _to_leader(voice, "voice_used", subject="Your answer is with the person", at=at)


def taken_back(voice: Voice, *, at: datetime) -> bool:
    """The voice is gone: what was noted or printed should go too. There is nothing to open."""
    leader = addressee(voice)
    if leader is None:
        return False
    return _write(
        voice, leader, "voice_taken_back", "A voice has been taken back", at, action_url=""
    )


def _to_leader(voice: Voice, template: str, *, subject: str, at: datetime) -> bool:
    """False when there is nobody to write to, or no consent lets them read it now."""
    leader = addressee(voice)
    if leader is None:
        return False
    today = timezone.localdate(at)
    if not Voice.objects.visible_to_leader(leader, today).filter(pk=voice.pk).exists():
        return False
    person = _account(leader)
    if person is not None:
        path = voice.get_absolute_url()
    else:
        token = signed_links.issue(
            ANSWER, voice, email=leader.email, name=leader.name, at=at, good_for=GOOD_FOR
        )
        path = reverse("labs:voice_link", args=[token])
    return _write(voice, leader, template, subject, at, action_url=settings.SITE_ADDRESS + path)


def _account(leader: Leader) -> Any:
    return leader.person if leader.person and leader.person.is_active else None


def _write(
    voice: Voice, leader: Leader, template: str, subject: str, at: datetime, *, action_url: str
) -> bool:
    person = _account(leader)
    context = {
        "leader": leader,
        "board": voice.board,
        "sent_on": voice.sent_on,
        "acknowledge_by": voice.acknowledge_by,
        "answer_by": voice.answer_by,
        "has_account": person is not None,
        "site": settings.SITE_ADDRESS,
        "action_url": action_url,
        "action_label": "Read it and answer",
    }
    letters.write(
        to=person.email if person else leader.email,
        recipient=person,
        kind=template,
        subject=subject,
        text=render_to_string(f"emails/labs/{template}.txt", context).strip() + "\n",
        html=render_to_string(f"emails/labs/{template}.html", context),
        at=at,
    )
    return True
