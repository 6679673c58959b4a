"""A practice travels: another service does it too, or borrows it, and says after eight weeks how it went."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.actions.peer_meetings import chasing
from cohorts.audiences.practices import owners
from cohorts.clashes import clashes_in_words
from cohorts.models import Borrowing, Person, Practice, Service
from cohorts.policy.practices import may_borrow, may_tell_borrowing
from systemschangers.kernel import activity

COMES_BACK_AFTER = timedelta(weeks=8)
State = Borrowing.State
HOW_IT_WENT = {
    State.KEPT: Borrowing.KEEP,
    State.ADAPTED: Borrowing.ADAPT,
    State.DROPPED: Borrowing.DROP,
}


@transaction.atomic
def mark(
    *,
    practice: Practice,
    we_do: bool,
    service: Service,
    by: Person,
    at: datetime,
    learned_from: Borrowing | None = None,
) -> Borrowing:
    """“We do this too”, or “borrowing it” for one of one’s services. The owners hear of it.

    From “we do this too” or a dropped one it may be borrowed; else raises ValidationError."""
    may_borrow(by, practice).require()
    if service.pk not in by.reach.services or service.pk == practice.service_id:
        raise ValidationError({"service": "Choose one of your own services."})
    if learned_from is not None and (
        learned_from.practice_id != practice.pk or learned_from.person_id == by.pk
    ):
        raise ValidationError({"learned_from": "Choose one of those shown."})
    Practice.objects.select_for_update().only("pk").get(pk=practice.pk)
    own = Borrowing.objects.filter(practice=practice, person=by).first()
    if own is not None and (we_do or own.state not in Borrowing.BORROW.sources):
        raise ValidationError("You have said so already. It is on the practice’s page.")
    if own is not None:
        own.begin_again(at=at)
        own.service, own.learned_from = service, learned_from
        own.save()
    else:
        with clashes_in_words(Borrowing):
            own = Borrowing.objects.create(
                practice=practice,
                person=by,
                service=service,
                learned_from=learned_from,
                state=State.WE_DO if we_do else State.BORROWING,
                since=at,
            )
    activity.record(
        events.BORROWING_MARKED,
        actor=by,
        target=own,
        at=at,
        notify=owners(practice, but=by),
        we_do=we_do,
    )
    return own


@transaction.atomic
def tell(*, borrowing: Borrowing, outcome: str, words: str, by: Person, at: datetime) -> Borrowing:
    """Kept, adapted or dropped, and why; may be put right later. Raises ValidationError without words."""
    borrowing = _locked(borrowing)
    may_tell_borrowing(by, borrowing).require()
    step = HOW_IT_WENT.get(outcome)  # type: ignore[call-overload]
    if step is None:
        raise ValidationError({"outcome": "Choose one."})
    if not words.strip():
        raise ValidationError({"words": "Say why in a sentence: others decide by it."})
    borrowing.tell(step, words.strip(), at=at)
    borrowing.save()
    activity.record(
        events.BORROWING_TOLD,
        actor=by,
        target=borrowing,
        at=at,
        notify=owners(borrowing.practice, but=by),
    )
    return borrowing


@transaction.atomic
def take_off(*, borrowing: Borrowing, by: Person, at: datetime) -> None:
    """It was marked by mistake: the mark goes. What others learned from it is then from where it began."""
    borrowing = _locked(borrowing)
    may_tell_borrowing(by, borrowing).require()
    activity.record(events.BORROWING_TAKEN_OFF, actor=by, target=borrowing, at=at)
    borrowing.delete()


def ask_how_it_went(*, at: datetime) -> int:
    """For the schedule: each practice borrowed eight weeks ago, once. How many."""
    due = Borrowing.objects.filter(
        state=State.BORROWING,
        asked_at=None,
        since__lte=at - COMES_BACK_AFTER,
        person__is_active=True,
    )
    return chasing.one_by_one(due.order_by("since"), at, _ask)


def _ask(pk: int, at: datetime) -> bool:
    borrowing = (
        Borrowing.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("person")
        .filter(pk=pk, state=State.BORROWING, asked_at=None)
        .first()
    )
    if borrowing is None:
        return False
    borrowing.asked_at = at
    borrowing.save(update_fields=["asked_at"])
    activity.record(
        events.BORROWING_ASKED_HOW, actor=None, target=borrowing, at=at, notify=[borrowing.person]
    )
    return True


def _locked(borrowing: Borrowing) -> Borrowing:
    Borrowing.objects.select_for_update().only("pk").get(pk=borrowing.pk)
    return Borrowing.objects.select_related("practice", "service").get(pk=borrowing.pk)
