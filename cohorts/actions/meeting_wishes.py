"""What people say about being met: whether they are found, and whom and when they are not matched with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts import events
from cohorts.clashes import clashes_in_words
from cohorts.models import DoNotPair, MatchPause, Person, Theme
from systemschangers.kernel import activity

LONGEST_PAUSE = timedelta(days=366)


@transaction.atomic
def answer(
    *,
    open_to_meet: bool,
    can_show: str,
    wants_to_see: str,
    themes: Iterable[Theme],
    by: Person,
    at: datetime,
) -> Person:
    """Whether people of other services may find one and ask to meet, and about what. Then never asked
    again."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    person.open_to_meet, person.meeting_answered_at = open_to_meet, at
    person.can_show, person.wants_to_see = can_show, wants_to_see
    person.save(update_fields=["open_to_meet", "meeting_answered_at", "can_show", "wants_to_see"])
    person.themes.set(themes)
    activity.record(events.MEETING_ANSWERED, actor=by, target=person, at=at, open=open_to_meet)
    return person


@transaction.atomic
def decline(*, by: Person, at: datetime) -> None:
    """“No, thank you”, in one press: not listed, and not asked again. What was written stays."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    person.open_to_meet, person.meeting_answered_at = False, at
    person.save(update_fields=["open_to_meet", "meeting_answered_at"])
    activity.record(events.MEETING_ANSWERED, actor=by, target=person, at=at, open=False)


@transaction.atomic
def pause(*, until: date, by: Person, at: datetime) -> MatchPause:
    """Not matched until that day, and matched again after it. Raises ValidationError for another day
    than one from today to a year ahead."""
    today = timezone.localdate(at)
    if not today <= until <= today + LONGEST_PAUSE:
        raise ValidationError({"until": "Choose a day from today on, at most a year ahead."})
    kept, _ = MatchPause.objects.update_or_create(
        person=by, defaults={"until": until, "made_at": at}
    )
    return kept


@transaction.atomic
def end_pause(*, by: Person, at: datetime) -> None:
    MatchPause.objects.filter(person=by).delete()


@transaction.atomic
def keep_apart(*, other: Person, by: Person, at: datetime) -> DoNotPair:
    """Never match these two, nor suggest one to the other. Nobody but `by` ever reads it: no event is
    recorded either. Raises ValidationError for oneself, and for somebody who is on the list."""
    if other.pk == by.pk:
        raise ValidationError({"person": "That is you. Name somebody else."})
    with clashes_in_words(DoNotPair):
        return DoNotPair.objects.create(person=by, other=other, made_at=at)


@transaction.atomic
def keep_apart_no_longer(*, entry: DoNotPair, by: Person, at: datetime) -> None:
    DoNotPair.objects.visible_to(by).filter(pk=entry.pk).delete()
