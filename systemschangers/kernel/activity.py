"""What happened, written beside what changed: one Event, and a Notification for each who hears.

Called by actions, inside their transaction, which the job that writes the e-mails is part of too.
No signals: to know what is recorded, read the action."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from systemschangers.kernel import notices
from systemschangers.kernel.models import Event, Notification


def record(
    verb: str,
    *,
    actor: Any,
    target: models.Model,
    at: datetime,
    notify: Iterable[models.Model] = (),
    **data: Any,
) -> Event:
    """Append the event and tell `notify` of it, never the actor. Returns the event.

    `data` must be JSON, and hold no names and nobody's words: events can't be erased.
    Raises RuntimeError outside a transaction: the event must stand or fall with the change.
    Raises LookupError when somebody is to hear of a verb without words (see kernel.notices)."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"record({verb!r}) was called outside the action's transaction")
    event = Event.objects.create(
        at=at,
        verb=verb,
        actor=actor,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target._meta.verbose_name),
        data=data,
    )
    notify = list(notify)
    if notify:
        notices.insist_on_words(verb)
    heard = {person.pk for person in notify if actor is None or person.pk != actor.pk}
    if heard:
        Notification.objects.bulk_create(
            Notification(recipient_id=pk, event=event, made_at=at) for pk in sorted(heard)
        )
        app.configure_task("kernel.write_notification_letters").defer(
            event_id=event.pk, recipients=sorted(heard)
        )
    return event


def record_each(
    verb: str,
    *,
    actor: Any,
    at: datetime,
    targets: Iterable[tuple[models.Model, Iterable[models.Model]]],
) -> list[Event]:
    """Append one event a target, and tell each target's people of it: `record` for many at once.

    A few queries however many targets there are. Raises as `record` does."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"record_each({verb!r}) was called outside the action's transaction")
    pairs = [(target, list(people)) for target, people in targets]
    events = Event.objects.bulk_create(
        Event(
            at=at,
            verb=verb,
            actor=actor,
            target_type=target._meta.label_lower,
            target_id=str(target.pk),
            target_label=str(target._meta.verbose_name),
        )
        for target, _ in pairs
    )
    own = actor.pk if actor is not None else None
    heard = [
        (event, sorted({person.pk for person in people} - {own}))
        for event, (_, people) in zip(events, pairs, strict=True)
    ]
    told = [(event, keys) for event, keys in heard if keys]
    if told:
        notices.insist_on_words(verb)
        Notification.objects.bulk_create(
            Notification(recipient_id=pk, event=event, made_at=at)
            for event, keys in told
            for pk in keys
        )
        app.configure_task("kernel.write_notification_letters").batch_defer(
            *(  # type: ignore[arg-type]
                {"event_id": event.pk, "recipients": list[JSONValue](keys)} for event, keys in told
            )
        )
    return events
