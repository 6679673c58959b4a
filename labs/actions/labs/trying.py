"""Experiments, cycle after cycle; and decisions that come back on the day they named."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cohorts.clashes import clashes_in_words
from cohorts.meanwhile import insist_on_version
from cohorts.models import Person
from labs import events
from labs.audiences import labs as audiences
from labs.models import Decision, Experiment, Lab
from labs.policy.labs import may_change
from systemschangers.kernel import activity

from . import keeping

OUTCOMES = {"adapt": Experiment.ADAPT, "adopt": Experiment.ADOPT, "abandon": Experiment.ABANDON}
AT_ONCE = 200


@transaction.atomic
def try_out(
    *,
    lab: Lab,
    try_what: str,
    expect: str,
    by_when: date,
    follows: Experiment | None = None,
    by: Person,
    at: datetime,
) -> Experiment:
    """The next of a chain `follows` one of the same lab that was decided on; each has one that follows.

    Raises ValidationError for a day that has passed, or one that is followed already."""
    lab, seat = keeping.writer(lab, by)
    _insist_it_is_to_come(by_when, at)
    if follows is not None:
        follows = Experiment.objects.select_for_update().get(pk=follows.pk, lab=lab)
        if follows.state == Experiment.State.TRYING:
            raise ValidationError("Say what you noticed in the one before, first.")
        if Experiment.objects.filter(follows=follows).exists():
            raise ValidationError(
                "Somebody wrote the next one meanwhile. See it on the lab’s page."
            )
    with clashes_in_words(Experiment):
        experiment = Experiment.objects.create(
            lab=lab,
            try_what=try_what,
            expect=expect,
            by_when=by_when,
            follows=follows,
            made_by=seat,
            made_at=at,
        )
    activity.record(events.EXPERIMENT_BEGUN, actor=by, target=experiment, at=at)
    return experiment


@transaction.atomic
def change(
    *,
    experiment: Experiment,
    try_what: str,
    expect: str,
    by_when: date,
    version: int,
    by: Person,
    at: datetime,
) -> Experiment:
    """While it is tried: what we thought would happen is not rewritten after we know.

    Raises ChangedMeanwhile, ValidationError."""
    experiment, lab, seat = keeping.locked(experiment, by)
    may_change(seat, lab, experiment.made_by).require()
    insist_on_version(experiment, version)
    if experiment.state != Experiment.State.TRYING:
        raise ValidationError(
            "What came of it is written down, so what we expected stays as it was."
        )
    if by_when != experiment.by_when:
        _insist_it_is_to_come(by_when, at)
    experiment.try_what, experiment.expect, experiment.by_when = try_what, expect, by_when
    experiment.save()
    activity.record(events.EXPERIMENT_CHANGED, actor=by, target=experiment, at=at)
    return experiment


@transaction.atomic
def decide(
    *, experiment: Experiment, outcome: str, noticed: str, by: Person, at: datetime
) -> Experiment:
    """What we noticed, and what we do with it: a key of OUTCOMES. Of two at once the second reads that it
    is decided (WrongState)."""
    experiment, _, seat = keeping.locked(experiment, by)
    experiment.decide(OUTCOMES[outcome])
    experiment.noticed, experiment.decided_at, experiment.decided_by = noticed, at, seat
    experiment.version += 1
    experiment.save()
    activity.record(events.EXPERIMENT_DECIDED, actor=by, target=experiment, at=at)
    return experiment


@transaction.atomic
def try_on(*, experiment: Experiment, by: Person, at: datetime) -> Experiment:
    """Undo a decision that was a slip; not once the next one is written."""
    experiment, _, _ = keeping.locked(experiment, by)
    if Experiment.objects.filter(follows=experiment).exists():
        raise ValidationError("The next one builds on this, so it stays decided.")
    experiment.try_on()
    experiment.version += 1
    experiment.save()
    activity.record(events.EXPERIMENT_TRIED_ON, actor=by, target=experiment, at=at)
    return experiment


@transaction.atomic
def make_decision(
    *, lab: Lab, statement: str, review_on: date, by: Person, at: datetime
) -> Decision:
    """Raises ValidationError for a review day that has passed."""
    lab, seat = keeping.writer(lab, by)
    _insist_it_is_to_come(review_on, at)
    decision = Decision.objects.create(
        lab=lab, statement=statement, review_on=review_on, made_by=seat, made_at=at
    )
    activity.record(events.DECISION_MADE, actor=by, target=decision, at=at)
    return decision


@transaction.atomic
def review(
    *,
    decision: Decision,
    stands: bool,
    review_on: date | None,
    words: str,
    by: Person,
    at: datetime,
) -> Decision:
    """Looked at again: it stands, until another day; or it no longer does.

    Raises ValidationError without a day to come, WrongState when it has ended."""
    decision, _, seat = keeping.locked(decision, by)
    if stands:
        if decision.state != Decision.State.STANDS:
            raise ValidationError("This decision no longer stands. Make a new one.")
        if review_on is None:
            raise ValidationError("Say when you look at it again.")
        _insist_it_is_to_come(review_on, at)
        decision.keep(review_on)
    else:
        decision.end()
    decision.words, decision.reviewed_at, decision.reviewed_by = words, at, seat
    decision.version += 1
    decision.save()
    activity.record(events.DECISION_REVIEWED, actor=by, target=decision, at=at)
    return decision


def tell_of_reviews(*, at: datetime) -> int:
    """Decisions whose day has come: their labs' members are told, once. How many there were."""
    told = 0
    while batch := _tell_some(at):
        told += batch
    return told


@transaction.atomic
def _tell_some(at: datetime) -> int:
    today = timezone.localdate(at)
    due = Decision.objects.filter(
        state=Decision.State.STANDS, review_on__lte=today, told_on=None, lab__state=Lab.State.GOING
    )
    some = list(
        due.select_for_update(of=("self",), skip_locked=True).select_related("lab")[:AT_ONCE]
    )
    for decision in some:
        decision.told_on = today
        decision.save(update_fields=["told_on"])
    activity.record_each(
        events.DECISION_BACK,
        actor=None,
        at=at,
        targets=[(decision, audiences.members(decision.lab)) for decision in some],
    )
    return len(some)


def _insist_it_is_to_come(day: date, at: datetime) -> None:
    if day < timezone.localdate(at):
        raise ValidationError("That day has passed. Choose one that is to come.")
