"""Telling what came of a thing: told, changed, taken back and put back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.meanwhile import insist_on_version
from cohorts.models import Person
from labs.policy.labs import seat_of
from systemschangers.kernel import activity
from wins import events
from wins.models import Ripple, RippleSession
from wins.models.things import key_of, kind_of
from wins.policy.ripple_sessions import may_tell_in
from wins.policy.ripples import (
    MOST_RIPPLES,
    may_edit_ripple,
    may_put_back_ripple,
    may_take_back_ripple,
    may_tell,
    may_tell_on,
)
from wins.policy.things import keepers, lab_of

FIELDS = ("what", "who", "happened_on", "meant", "worth", "lasting", "change")


@transaction.atomic
def tell(
    *, thing: Any, by: Person, at: datetime, session: RippleSession | None = None, **telling: Any
) -> Ripple:
    """Say what a thing led to. `telling` holds FIELDS. Whose thing it is hears of it. In a `session`
    of a lab it bears the lab, not the name.

    Raises ValidationError when its chain is as long as chains may be."""
    may_tell(by, thing).require()
    return _told(thing, None, by, at, telling, session)


@transaction.atomic
def tell_on(
    *,
    parent: Ripple,
    by: Person,
    at: datetime,
    session: RippleSession | None = None,
    **telling: Any,
) -> Ripple:
    """Say what a ripple led to in turn. Also its teller hears of it.

    Raises ValidationError for a day before that of `parent`."""
    parent = _held(parent)
    may_tell_on(by, parent).require()
    _insist_on_order(telling["happened_on"], parent.happened_on, None)
    return _told(parent.thing, parent, by, at, telling, session)


@transaction.atomic
def edit(*, ripple: Ripple, version: int, by: Person, at: datetime, **telling: Any) -> Ripple:
    """Tell it anew. Raises ChangedMeanwhile when `version` is not the latest, and ValidationError
    when its day would be before what it followed from, or after what followed from it."""
    ripple = _held(ripple)
    may_edit_ripple(by, ripple).require()
    insist_on_version(ripple, version)
    after = ripple.led_to.order_by("happened_on").values_list("happened_on", flat=True).first()  # type: ignore[attr-defined]
    before = ripple.parent.happened_on if ripple.parent else None
    _insist_on_order(telling["happened_on"], before, after)
    ripple.say(telling=telling, at=at)
    ripple.save()
    activity.record(events.RIPPLE_EDITED, actor=by, target=ripple, at=at, version=ripple.version)
    return ripple


@transaction.atomic
def take_back(*, ripple: Ripple, by: Person, at: datetime) -> Ripple:
    """Nobody reads it any more. What it led to stays, and its place in the chain is kept empty."""
    ripple = _held(ripple)
    may_take_back_ripple(by, ripple).require()
    ripple.take_back(by=by, at=at)
    ripple.save(update_fields=["state", "taken_back_by", "taken_back_at"])
    activity.record(
        events.RIPPLE_TAKEN_BACK, actor=by, target=ripple, at=at, notify=[ripple.told_by]
    )
    return ripple


@transaction.atomic
def put_back(*, ripple: Ripple, by: Person, at: datetime) -> Ripple:
    ripple = _held(ripple)
    may_put_back_ripple(by, ripple).require()
    ripple.put_back()
    ripple.save(update_fields=["state", "taken_back_by", "taken_back_at"])
    activity.record(events.RIPPLE_PUT_BACK, actor=by, target=ripple, at=at)
    return ripple


def _told(
    thing: Any,
    parent: Ripple | None,
    by: Person,
    at: datetime,
    telling: dict[str, Any],
    session: RippleSession | None,
) -> Ripple:
    root = key_of(thing)
    lab = session.lab_id if session else lab_of(thing)
    if session is not None:
        session.refresh_from_db(fields=["state"])
        may_tell_in(by, session, root).require()
    if Ripple.objects.of(root).count() >= MOST_RIPPLES:
        raise ValidationError(
            f"This chain has {MOST_RIPPLES} ripples, which is as many as can be read."
        )
    made = Ripple.objects.create(
        root=root,
        parent=parent,
        told_by=by,
        told_at=at,
        session=session,
        seat=seat_of(by, lab) if lab else None,
        **{kind_of(thing): thing},
        **telling,
    )
    hear = keepers(thing) + ([parent.told_by] if parent and _still_sees(parent) else [])
    activity.record(events.RIPPLE_TOLD, actor=by, target=made, at=at, notify=hear)
    return made


def _still_sees(parent: Ripple) -> bool:
    return Ripple.objects.visible_to(parent.told_by).filter(pk=parent.pk).exists()


def _insist_on_order(day: date, before: date | None, after: date | None) -> None:
    if before and day < before:
        words = f"It followed from something of {before:%-d %b %Y}, so it can’t have been earlier."
        raise ValidationError({"happened_on": words})
    if after and day > after:
        words = f"It led to something of {after:%-d %b %Y}, so it can’t have been later."
        raise ValidationError({"happened_on": words})


def _held(ripple: Ripple) -> Ripple:
    """The ripple as it stands, its row held: locked first and read after."""
    Ripple.objects.select_for_update().filter(pk=ripple.pk).order_by().values_list("pk").get()
    return Ripple.objects.for_detail().select_related("taken_back_by").get(pk=ripple.pk)
