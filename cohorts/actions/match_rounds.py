"""Match rounds: made, looked at, changed by hand, sent once, or called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events, matching
from cohorts.match_people import Known, eligible, known_of
from cohorts.models import Match, MatchPlace, MatchRound, Person
from cohorts.policy.match_rounds import may_run_rounds
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

from . import match_telling

LARGEST = 3
CHANGED_SINCE = (
    "Since you looked, something changed for somebody in it. Look at it again, then send it."
)
NOT_OFFERED = "That can’t be done. Choose one of the changes that are offered."


@transaction.atomic
def make(*, by: Person, at: datetime, **answers: Any) -> MatchRound:
    """`answers`: name, question, whom, cohort, place, size."""
    may_run_rounds(by).require()
    round_ = MatchRound.objects.create(made_by=by, made_at=at, **answers)
    activity.record(events.MATCH_ROUND_MADE, actor=by, target=round_, at=at)
    return round_


@transaction.atomic
def change(*, round: MatchRound, by: Person, at: datetime, **answers: Any) -> MatchRound:
    """Whom it is for, or what it says. What was looked at before no longer holds."""
    may_run_rounds(by).require()
    round_ = _locked(round, MatchRound.CHANGE)
    round_.change()
    for name, answer in answers.items():
        setattr(round_, name, answer)
    round_.save()
    round_.matches.all().delete()
    round_.places.all().delete()
    activity.record(events.MATCH_ROUND_CHANGED, actor=by, target=round_, at=at)
    return round_


@transaction.atomic
def preview(*, round: MatchRound, by: Person, at: datetime, anew: bool = False) -> MatchRound:
    """Work out who meets whom. `anew` draws other groups; changes made by hand are gone either way.

    Raises ValidationError when it is for fewer than two people."""
    may_run_rounds(by).require()
    round_ = _locked(round, MatchRound.PREVIEW)
    people, _ = eligible(round_, at)
    if len(people) < 2:
        raise ValidationError(
            "Fewer than two people would be in it. Choose others, or ask people to say they are open to meet."
        )
    if anew:
        round_.seed += 1
    known = known_of(people, besides=round_)
    outcome = matching.in_groups(
        known.people.values(),
        size=round_.size,
        met=known.met,
        apart=known.apart,
        seed=round_.seed,
    )
    round_.preview(at=at)
    round_.save()
    _keep(round_, outcome)
    activity.record(
        events.MATCH_ROUND_PREVIEWED,
        actor=by,
        target=round_,
        at=at,
        groups=len(outcome.groups),
        left_out=len(outcome.left_out),
    )
    return round_


@transaction.atomic
def swap(*, round: MatchRound, person: int, other: int, by: Person, at: datetime) -> MatchRound:
    """The two change places. Either may be somebody who was left out.

    Raises ValidationError when a rule would be broken, in words that do not tell which."""
    may_run_rounds(by).require()
    round_ = _locked(round, MatchRound.SEND)
    places = _places(round_)
    if person == other or not {person, other} <= set(places):
        raise ValidationError(NOT_OFFERED)
    one, two = places[person], places[other]
    if one.match_id == two.match_id:
        raise ValidationError(NOT_OFFERED)
    one.match_id, two.match_id = two.match_id, one.match_id
    one.left_out, two.left_out = two.left_out, one.left_out
    _insist_allowed(round_, places, [one.match_id, two.match_id], at)
    return _moved(round_, [one, two], by, at)


@transaction.atomic
def join(*, round: MatchRound, person: int, match: int, by: Person, at: datetime) -> MatchRound:
    """Somebody joins another group, which makes three. Their own must still be a group without them.

    Raises ValidationError as `swap` does."""
    may_run_rounds(by).require()
    round_ = _locked(round, MatchRound.SEND)
    places = _places(round_)
    if person not in places or match not in {place.match_id for place in places.values()}:
        raise ValidationError(NOT_OFFERED)
    place = places[person]
    left = place.match_id
    if left == match:
        raise ValidationError(NOT_OFFERED)
    place.match_id, place.left_out = match, ""
    _insist_allowed(round_, places, [left, match], at)
    return _moved(round_, [place], by, at)


@transaction.atomic
def send(*, round: MatchRound, by: Person, at: datetime) -> MatchRound:
    """Everybody in it is told, once. Raises WrongState when it was sent, or when it no longer holds."""
    may_run_rounds(by).require()
    round_ = _locked(round, MatchRound.SEND)
    places = _places(round_)
    people, _ = eligible(round_, at)
    groups = _groups(places.values())
    known = known_of(people, besides=round_)
    if not groups or not set().union(*groups.values()) <= people:
        raise WrongState(CHANGED_SINCE)
    for group in groups.values():
        if not 2 <= len(group) <= LARGEST or not known.may_be_together(group):
            raise WrongState(CHANGED_SINCE)
    round_.send(by=by, at=at)
    round_.save()
    activity.record(events.MATCH_ROUND_SENT, actor=by, target=round_, at=at, groups=len(groups))
    match_telling.tell_left_out(round=round_, at=at)
    match_telling.tell(round=round_, known=known, at=at)
    return round_


@transaction.atomic
def call_off(*, round: MatchRound, by: Person, at: datetime) -> MatchRound:
    """Before it is sent. Nobody was told of it, and nobody is told now."""
    may_run_rounds(by).require()
    round_ = _locked(round, MatchRound.CALL_OFF)
    round_.call_off(by=by, at=at)
    round_.save()
    activity.record(events.MATCH_ROUND_CALLED_OFF, actor=by, target=round_, at=at)
    return round_


def _locked(round_: MatchRound, step: Any) -> MatchRound:
    """Locked first and read after. Raises WrongState in words that name who was quicker."""
    locked = MatchRound.objects.select_for_update().values_list("pk", flat=True)
    found = MatchRound.objects.for_list().get(pk=locked.get(pk=round_.pk))
    if found.state in step.sources:
        return found
    if found.state == MatchRound.State.SENT:
        raise WrongState(f"{found.sent_by} has already sent this round.")
    if found.state == MatchRound.State.CALLED_OFF:
        raise WrongState(f"{found.called_off_by} has called off this round.")
    raise WrongState("This round has changed. Look at it again first.")


def _keep(round_: MatchRound, outcome: matching.Outcome) -> None:
    round_.matches.all().delete()
    round_.places.all().delete()
    matches = Match.objects.bulk_create(
        Match(round=round_, number=number) for number in range(1, len(outcome.groups) + 1)
    )
    placed = [
        MatchPlace(round=round_, match=match, person_id=person)
        for match, group in zip(matches, outcome.groups, strict=True)
        for person in group
    ]
    left_out = [
        MatchPlace(round=round_, person_id=person, left_out=why)
        for person, why in outcome.left_out.items()
    ]
    MatchPlace.objects.bulk_create(placed + left_out)


def _places(round_: MatchRound) -> dict[int, MatchPlace]:
    return {place.person_id: place for place in round_.places.order_by("pk")}


def _groups(places: Any) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for place in places:
        if place.match_id:
            groups.setdefault(place.match_id, []).append(place.person_id)
    return groups


def _insist_allowed(
    round_: MatchRound,
    places: dict[int, MatchPlace],
    changed: Sequence[int | None],
    at: datetime,
) -> None:
    """The groups that changed are still groups that break no rule."""
    groups = _groups(places.values())
    concerned = [groups.get(match, []) for match in changed if match]
    known = known_of({number for group in concerned for number in group}, besides=round_)
    for group in concerned:
        if not 2 <= len(group) <= LARGEST or not known.may_be_together(group):
            raise ValidationError(NOT_OFFERED)


def _moved(round_: MatchRound, places: list[MatchPlace], by: Person, at: datetime) -> MatchRound:
    for place in places:
        place.save()
    Match.objects.filter(pk__in=[place.match_id for place in places]).update(by_hand=True)
    activity.record(events.MATCH_ROUND_ADJUSTED, actor=by, target=round_, at=at)
    return round_


__all__ = ["Known", "call_off", "change", "join", "make", "preview", "send", "swap"]
