"""Asking somebody who knows whether an outcome is so, and their answer, through a signed link."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.clashes import clashes_in_words
from cohorts.models import Person
from systemschangers.kernel import activity, signed_links
from wins import events, outcome_letters
from wins.locking import held_outcome
from wins.models import Outcome, Substantiation
from wins.policy.outcomes import is_independent, may_ask, may_call_off


@transaction.atomic
def ask(
    *, outcome: Outcome, name: str, email: str, connection: str, by: Person, at: datetime
) -> Substantiation:
    """Ask one named person by e-mail. Raises ValidationError for who wrote it, for somebody of its
    service, and for somebody who has been asked or has answered already."""
    outcome = held_outcome(outcome)
    may_ask(by, outcome).require()
    known = Person.objects.filter(email__iexact=email, is_active=True).first()
    independent = is_independent(email, known, outcome)
    if not independent:
        raise ValidationError({"email": independent.reason})
    answered = outcome.substantiations.filter(state=Substantiation.State.ANSWERED)  # type: ignore[attr-defined]
    if known and answered.filter(person=known).exists():
        raise ValidationError({"email": f"{known.name} has answered this already."})
    with clashes_in_words(Substantiation):
        asked = Substantiation.objects.create(
            outcome=outcome,
            name=name,
            email=email.lower(),
            person=known,
            connection=connection,
            asked_by=by,
            asked_at=at,
        )
    outcome_letters.ask(asked, at=at)
    activity.record(events.SUBSTANTIATION_ASKED, actor=by, target=asked, at=at, outcome=outcome.pk)
    return asked


@transaction.atomic
def ask_again(*, asked: Substantiation, by: Person, at: datetime) -> Substantiation:
    """A new letter with a new link; the one before stops working."""
    asked = _held(asked)
    may_call_off(by, asked).require()
    _insist_it_waits(asked)
    outcome_letters.ask(asked, at=at, again=True)
    activity.record(events.SUBSTANTIATION_ASKED_AGAIN, actor=by, target=asked, at=at)
    return asked


@transaction.atomic
def call_off(*, asked: Substantiation, by: Person, at: datetime) -> Substantiation:
    """The link stops working. Not once they have answered: an answer is never taken away."""
    asked = _held(asked)
    may_call_off(by, asked).require()
    asked.call_off()
    asked.save(update_fields=["state", "email"])
    signed_links.call_off(asked, at=at)
    activity.record(events.SUBSTANTIATION_CALLED_OFF, actor=by, target=asked, at=at)
    return asked


@transaction.atomic
def answer(
    *, asked: Substantiation, token: str, verdict: str, comment: str, at: datetime
) -> Substantiation:
    """What the person asked says: once, for good, and shown beside the outcome whatever it is.

    An answer that agrees, wholly or in part, substantiates the outcome. Raises LinkRefused."""
    signed_links.use(token, (outcome_letters.ANSWER,), at=at)
    outcome = held_outcome(asked.outcome)
    asked = _held(asked)
    email, person = asked.email, asked.person
    asked.answer(verdict=verdict, comment=comment, at=at)
    asked.save(update_fields=["state", "verdict", "comment", "answered_at", "email"])
    if verdict != Substantiation.Verdict.DISAGREE:
        outcome.substantiate(at)
        outcome.save(update_fields=["state", "substantiated_at"])
    outcome_letters.answered(asked, email=email, at=at)
    activity.record(
        events.SUBSTANTIATION_ANSWERED,
        actor=person,
        target=asked,
        at=at,
        notify=[outcome.author],
        verdict=verdict,
    )
    return asked


def _insist_it_waits(asked: Substantiation) -> None:
    if asked.state != Substantiation.State.ASKED:
        raise ValidationError(f"This question is “{asked.get_state_display()}” already.")


def _held(asked: Substantiation) -> Substantiation:
    Substantiation.objects.select_for_update().filter(pk=asked.pk).order_by().values_list(
        "pk"
    ).get()
    return Substantiation.objects.for_detail().get(pk=asked.pk)
