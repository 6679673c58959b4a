"""Letters about barriers: to leaders, with a link that needs no account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from labs.models import Barrier
from systemschangers.kernel import letters, signed_links

ANSWER = "barrier_answer"
GOOD_FOR = timedelta(days=90)


def ask_holder(barrier: Barrier, *, at: datetime) -> None:
    """To the leader named. What is hidden from an organisation is not told in a letter, which is soon
    passed on: the letter says that there is something, and the page shows it."""
    _to_holder(barrier, "barrier_asked", subject="A barrier you have the power to change", at=at)


def remind_holder(barrier: Barrier, *, at: datetime) -> None:
    """The day has come by which a change was promised."""
    _to_holder(barrier, "barrier_due", subject="What you promised about a barrier is due", at=at)


def reopened(barrier: Barrier, *, at: datetime) -> None:
    _to_holder(barrier, "barrier_reopened", subject="A barrier you answered is open again", at=at)


def used(barrier: Barrier, what: str, *, at: datetime) -> None:
    """The link was used, in case the letter was passed on; with another, for when there is more to say."""
    subject = "Your answer is on the board"
    _to_holder(barrier, "barrier_used", subject=subject, at=at, what=what)


def _to_holder(barrier: Barrier, template: str, *, subject: str, at: datetime, **more: Any) -> None:
    leader = barrier.leader
    if leader is None or leader.retired_at:
        return
    if not Barrier.objects.visible_to_leader(leader).filter(pk=barrier.pk).exists():
        return
    person = leader.person if leader.person and leader.person.is_active else None
    address = person.email if person else leader.email
    token = signed_links.issue(
        ANSWER, barrier, email=address, name=leader.name, at=at, person=person, good_for=GOOD_FOR
    )
    context = {
        "barrier": barrier,
        "leader": leader,
        "told": barrier.way != Barrier.Way.HIDDEN,
        "site": settings.SITE_ADDRESS,
        "action_url": settings.SITE_ADDRESS + reverse("labs:barrier_link", args=[token]),
        "action_label": "Read it and answer",
        **more,
    }
    letters.write(
        to=address,
        recipient=person,
        kind=template,
        subject=subject,
        text=render_to_string(f"emails/labs/{template}.txt", context).strip() + "\n",
        html=render_to_string(f"emails/labs/{template}.html", context),
        at=at,
    )
