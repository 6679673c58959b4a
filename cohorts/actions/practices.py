"""A practice on its way: written by one of those who met, agreed by all of them, published, kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.audiences.practices import owners
from cohorts.models import PeerMeeting, PeerPlace, Person, Practice, PracticeOwner, Service, Theme
from cohorts.policy.practices import may_change_practice, may_draft_practice
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.policy import no

State = Practice.State


class EditedMeanwhile(Exception):
    """The practice was changed since the form was opened. `now` is how it stands."""

    def __init__(self, now: Practice) -> None:
        super().__init__("Somebody changed this practice meanwhile.")
        self.now = now


@transaction.atomic
def draft(
    *,
    meeting: PeerMeeting,
    service: Service,
    ask: Person | None,
    themes: Iterable[Theme],
    by: Person,
    at: datetime,
    **words: str,
) -> Practice:
    """Written from what was compared; only `by` sees it until it is sent. All who met own it.

    `service` is whose practice it is, `ask` who may be asked about it: one of those who met."""
    may_draft_practice(by, meeting).require()
    met = _met(meeting)
    practice = Practice(
        meeting=meeting, service=service, made_by=by, made_at=at, changed_at=at, ask=ask
    )
    _say(practice, words, ask, {person.pk for person in met})
    practice.save()
    practice.themes.set(themes)
    PracticeOwner.objects.bulk_create(
        PracticeOwner(practice=practice, person=person, agreed_at=at if person == by else None)
        for person in met
    )
    activity.record(events.PRACTICE_DRAFTED, actor=by, target=practice, at=at)
    return practice


@transaction.atomic
def change(
    *,
    practice: Practice,
    version: int,
    service: Service,
    ask: Person | None,
    themes: Iterable[Theme],
    by: Person,
    at: datetime,
    **words: str,
) -> Practice:
    """While it waits for agreement the others are asked again; published, it changes at once and they
    hear of it. Raises EditedMeanwhile when `version` is not the latest."""
    practice = _locked(practice)
    may_change_practice(by, practice).require()
    if practice.version != version:
        raise EditedMeanwhile(practice)
    own = set(practice.owners.values_list("person", flat=True))  # type: ignore[attr-defined]
    _say(practice, words, ask, own)
    practice.service, practice.ask = service, ask
    practice.changed_at, practice.version = at, practice.version + 1
    practice.save()
    practice.themes.set(themes)
    if practice.state == State.AWAITING:
        _ask_anew(practice, by, at)
    told = [] if practice.state == State.DRAFT else owners(practice, but=by)
    activity.record(events.PRACTICE_CHANGED, actor=by, target=practice, at=at, notify=told)
    if practice.state == State.AWAITING:
        _publish_if_agreed(practice, by, at)
    return practice


@transaction.atomic
def send(*, practice: Practice, by: Person, at: datetime) -> Practice:
    """To the others who met, to agree; with nobody else left to ask it is published at once."""
    practice = _locked(practice)
    may_change_practice(by, practice).require()
    again = practice.state == State.TAKEN_BACK
    (Practice.SEND_AGAIN if again else Practice.SEND).apply(practice)
    practice.changed_at = at
    practice.save()
    _ask_anew(practice, by, at)
    told = owners(practice, but=by)
    activity.record(events.PRACTICE_SENT, actor=by, target=practice, at=at, notify=told)
    _publish_if_agreed(practice, by, at)
    return practice


@transaction.atomic
def agree(*, practice: Practice, version: int, by: Person, at: datetime) -> Practice:
    """To its words as they stand at `version`. The last to agree publishes it.

    Raises EditedMeanwhile when the words are not those any more."""
    practice = _locked(practice)
    may_change_practice(by, practice).require()
    _insist_awaiting(practice)
    if practice.version != version:
        raise EditedMeanwhile(practice)
    PracticeOwner.objects.filter(practice=practice, person=by).update(
        agreed_at=at, words="", words_at=None
    )
    told = owners(practice, but=by)
    activity.record(events.PRACTICE_AGREED, actor=by, target=practice, at=at, notify=told)
    _publish_if_agreed(practice, by, at)
    return practice


@transaction.atomic
def ask_for_change(*, practice: Practice, words: str, by: Person, at: datetime) -> Practice:
    """Not like this yet: says what should change. One’s agreement is taken back with it."""
    practice = _locked(practice)
    may_change_practice(by, practice).require()
    _insist_awaiting(practice)
    if not words.strip():
        raise ValidationError({"words": "Say what you would like changed. A sentence is enough."})
    PracticeOwner.objects.filter(practice=practice, person=by).update(
        agreed_at=None, words=words.strip(), words_at=at
    )
    told = owners(practice, but=by)
    activity.record(events.PRACTICE_CHANGE_ASKED, actor=by, target=practice, at=at, notify=told)
    return practice


@transaction.atomic
def take_back(*, practice: Practice, by: Person, at: datetime) -> Practice:
    """Off the shelf: only its owners see it. What others borrowed stays with it, for when it is back."""
    practice = _locked(practice)
    may_change_practice(by, practice).require()
    Practice.TAKE_BACK.apply(practice)
    practice.changed_at = at
    practice.save()
    told = owners(practice, but=by)
    activity.record(events.PRACTICE_TAKEN_BACK, actor=by, target=practice, at=at, notify=told)
    return practice


@transaction.atomic
def throw_away(*, practice: Practice, by: Person, at: datetime) -> None:
    """A draft, for good."""
    practice = _locked(practice)
    may_change_practice(by, practice).require()
    if practice.state != State.DRAFT:
        no("Others have read it. You can take it back instead.").require()
    activity.record(events.PRACTICE_THROWN_AWAY, actor=by, target=practice, at=at)
    practice.delete()


def _publish_if_agreed(practice: Practice, by: Person, at: datetime) -> None:
    """Somebody who has left is not waited for."""
    waits = PracticeOwner.objects.filter(practice=practice, agreed_at=None)
    waits.filter(person__is_active=False).delete()
    if waits.exists():
        return
    practice.publish(at=at)
    practice.save()
    told = owners(practice)
    activity.record(events.PRACTICE_PUBLISHED, actor=by, target=practice, at=at, notify=told)


def _ask_anew(practice: Practice, by: Person, at: datetime) -> None:
    """Whoever sends or changes it agrees with that; the others have to read it."""
    PracticeOwner.objects.filter(practice=practice).exclude(person=by).update(agreed_at=None)
    PracticeOwner.objects.filter(practice=practice, person=by).update(
        agreed_at=at, words="", words_at=None
    )


def _insist_awaiting(practice: Practice) -> None:
    if practice.state == State.PUBLISHED:
        raise WrongState("Everybody agreed to this already: it is published.")
    if practice.state not in Practice.PUBLISH.sources:
        Practice.PUBLISH.apply(practice)


def _say(practice: Practice, words: dict[str, Any], ask: Person | None, own: set[int]) -> None:
    for name in ("title", "what"):
        if not words[name].strip():
            raise ValidationError({name: "Fill this in: it is what people look for."})
    if ask is not None and ask.pk not in own:
        raise ValidationError({"ask": "Choose one of those who met."})
    for name in ("title", "what", "works_when", "fails_when", "takes"):
        setattr(practice, name, words.get(name, "").strip())


def _met(meeting: PeerMeeting) -> list[Person]:
    met = PeerPlace.objects.of_those_who_met().filter(meeting=meeting, person__is_active=True)
    return [place.person for place in met.select_related("person").order_by("turn")]


def _locked(practice: Practice) -> Practice:
    """Locked first and read after."""
    Practice.objects.select_for_update().only("pk").get(pk=practice.pk)
    return Practice.objects.select_related("service", "ask").defer("search").get(pk=practice.pk)
