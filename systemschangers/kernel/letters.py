"""Letters: e-mails written beside what they tell of, in its transaction, and sent by the queue.

Nothing here waits for a mail server: a page that writes a letter takes as long when mail is down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from procrastinate.contrib.django import app

from systemschangers.kernel import notices
from systemschangers.kernel.models import Event, Letter, Notification
from systemschangers.kernel.paces import Pace, paces_of, stop_address

SEND = "kernel.send_letter"


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
    stop: str = "",
) -> Letter | None:
    """Write one letter; it is sent once the transaction it was written in has committed.

    Returns None when `dedupe_key` was written before. After `no_use_after` (a sign-in code's last
    moment) a letter that could not be sent is given up instead of coming late. `calendar` is an
    iCalendar text that mail programs offer to put into the reader's calendar. `stop` is the address
    that mail programs offer to end such letters by (kernel.paces)."""
    letter = _unwritten(
        to=to,
        kind=kind,
        subject=subject,
        text=text,
        html=html,
        at=at,
        recipient=recipient,
        dedupe_key=dedupe_key,
        no_use_after=no_use_after,
        calendar=calendar,
        stop=stop,
    )
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        if dedupe_key and Letter.objects.filter(dedupe_key=dedupe_key).exists():
            return None
        raise
    app.configure_task(SEND).defer(letter_id=letter.pk)
    return letter


def write_each(letters: Iterable[Mapping[str, Any]]) -> list[Letter]:
    """Write many, each given as `write` is: a few queries however many. Those written before are left
    out. Raises IntegrityError when another writes one of them at the same moment."""
    unwritten = [_unwritten(**given) for given in letters]
    keys = {letter.dedupe_key for letter in unwritten} - {None}
    before = set(Letter.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    written = Letter.objects.bulk_create(
        letter for letter in unwritten if letter.dedupe_key not in before
    )
    if written:
        jobs: list[dict[str, Any]] = [{"letter_id": letter.pk} for letter in written]
        app.configure_task(SEND).batch_defer(*jobs)
    return written


def _unwritten(*, subject: str, at: datetime, **more: Any) -> Letter:
    return Letter(subject=" ".join(subject.split())[:200], made_at=at, **more)


def write_about(event: Event, recipients: list[int], *, at: datetime) -> list[Letter]:
    """Write the e-mails about `event` to those of `recipients` who want to hear of it at once.

    Nobody is written to who has seen it already, may no longer see it, or whose account has ended;
    nor of what is over. Written again for the same event, it writes nothing. For whoever wants it once
    a day or a week it waits (kernel.digests)."""
    heard = Notification.objects.to_mail().filter(event=event, recipient__in=recipients)
    people = list(
        get_user_model()._default_manager.filter(pk__in=heard.values("recipient"), is_active=True)
    )
    kind, paces = notices.kind_of(event.verb), paces_of(people)
    letters, settled = [], []
    for person in people:
        if paces[person.pk, kind.key] in (Pace.DAILY, Pace.WEEKLY):
            continue
        settled.append(person.pk)
        told = notices.tell_event(person, event, at=at)
        unwanted = paces[person.pk, kind.key] == Pace.NEVER
        if unwanted or told is None or told.over or not told.by_email:
            continue
        letter = _write_told(told, person, stop_address(person, kind), at)
        if letter is not None:
            letters.append(letter)
    heard.filter(recipient__in=settled).update(mail_settled_at=at)
    return letters


@transaction.atomic
def _write_told(told: notices.Told, person: Any, stop: str, at: datetime) -> Letter | None:
    """With a signed link for who has never signed in. A letter written before keeps the link it has."""
    key = f"event:{told.event.pk}:{person.pk}"
    if Letter.objects.filter(dedupe_key=key).exists():
        return None
    link = notices.signed_address(told, person, at=at)
    context = {
        "told": told,
        "person": person,
        "site": settings.SITE_ADDRESS,
        "action_url": settings.SITE_ADDRESS + (link or told.url),
        "action_label": told.action,
        "stop": stop,
        "by_link": bool(link),
    }
    letter = write(
        to=person.email,
        kind=told.event.verb,
        subject=told.words,
        text=render_to_string("emails/kernel/notification.txt", context).strip() + "\n",
        html=render_to_string("emails/kernel/notification.html", context),
        at=at,
        recipient=person,
        dedupe_key=key,
        stop=stop,
    )
    if letter is None:
        transaction.set_rollback(True)
    return letter
