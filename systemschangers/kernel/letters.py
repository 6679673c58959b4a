"""Letters: e-mails written beside what they tell of, in its transaction, and sent by the queue.

Nothing here waits for a mail server: a page that writes a letter takes as long when mail is down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from procrastinate.contrib.django import app

from systemschangers.kernel import notices
from systemschangers.kernel.models import Event, Letter, Notification


def write(
    *,
    to: str,
    kind: str,
    subject: str,
    text: str,
    html: str = "",
    at: datetime,
    recipient: Any = None,
    dedupe_key: str | None = None,
    no_use_after: datetime | None = None,
    calendar: str = "",
) -> Letter | None:
    """Write one letter; it is sent once the transaction it was written in has committed.

    Returns None when `dedupe_key` was written before. After `no_use_after` (a sign-in code's last
    moment) a letter that could not be sent is given up instead of coming late. `calendar` is an
    iCalendar text that mail programs offer to put into the reader's calendar."""
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                to=to,
                recipient=recipient,
                kind=kind,
                subject=" ".join(subject.split())[:200],
                text=text,
                html=html,
                calendar=calendar,
                dedupe_key=dedupe_key,
                made_at=at,
                no_use_after=no_use_after,
            )
    except IntegrityError:
        if dedupe_key and Letter.objects.filter(dedupe_key=dedupe_key).exists():
            return None
        raise
    app.configure_task("kernel.send_letter").defer(letter_id=letter.pk)
    return letter


def write_about(event: Event, recipients: list[int], *, at: datetime) -> list[Letter]:
    """Write the e-mails about `event` to those of `recipients` who want them.

    Nobody is written to who has seen it already, may no longer see it, or whose account has ended.
    Written again for the same event, it writes nothing."""
    heard = Notification.objects.filter(event=event, recipient__in=recipients, seen_at=None)
    people = get_user_model()._default_manager.filter(
        pk__in=heard.values("recipient"), is_active=True, hears_by_email=True
    )
    letters = []
    for person in people:
        told = notices.tell_event(person, event)
        if told is None or not told.by_email:
            continue
        context = {
            "told": told,
            "person": person,
            "site": settings.SITE_ADDRESS,
            "action_url": settings.SITE_ADDRESS + told.url,
            "action_label": told.action,
        }
        letter = write(
            to=person.email,
            kind=event.verb,
            subject=told.words,
            text=render_to_string("emails/kernel/notification.txt", context).strip() + "\n",
            html=render_to_string("emails/kernel/notification.html", context),
            at=at,
            recipient=person,
            dedupe_key=f"event:{event.pk}:{person.pk}",
        )
        if letter is not None:
            letters.append(letter)
    return letters
