"""Posters: made for a service's wall, and taken down."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.models import Board, Leader, Person, Service
from labs import events
from labs.models import VoicePoster
from labs.policy.voices import may_make_poster, may_take_down
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState


@transaction.atomic
def make(
    *,
    service: Service,
    leader: Leader | None = None,
    board: Board | None = None,
    by: Person,
    at: datetime,
) -> VoicePoster:
    """Made again for the same service and the same ears, it is the one that hangs already."""
    may_make_poster(by).require()
    if service.pk not in by.reach.services:
        raise ValidationError({"service": "Choose a service you work in."})
    if (leader is None) == (board is None):
        raise ValidationError({"to": "Choose one leader, or one board."})
    Service.objects.select_for_update().get(pk=service.pk)
    own = VoicePoster.objects.hanging().filter(service=service)
    hanging = own.filter(leader=leader, board=board).first()
    if hanging is not None:
        return hanging
    poster = VoicePoster.objects.create(
        service=service, leader=leader, board=board, made_by=by, made_at=at
    )
    activity.record(events.VOICE_POSTER_MADE, actor=by, target=poster, at=at)
    return poster


@transaction.atomic
def take_down(*, poster: VoicePoster, by: Person, at: datetime) -> VoicePoster:
    """Its page is closed from now on. Receipts of what was said there go on working."""
    poster = VoicePoster.objects.select_for_update(of=("self",)).get(pk=poster.pk)
    may_take_down(by, poster).require()
    if poster.taken_down_at:
        raise WrongState("This poster has been taken down already.")
    poster.taken_down_at, poster.taken_down_by = at, by
    poster.save(update_fields=["taken_down_at", "taken_down_by"])
    activity.record(events.VOICE_POSTER_TAKEN_DOWN, actor=by, target=poster, at=at)
    return poster
