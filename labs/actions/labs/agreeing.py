"""Who in a lab agrees with a sentence over its insights: each member for themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cohorts.meanwhile import ChangedMeanwhile
from cohorts.models import Person
from labs import events
from labs.models import LabMember, Pattern, PatternAgreement
from labs.policy.labs import may_agree
from systemschangers.kernel import activity

from . import keeping


@transaction.atomic
def agree(*, pattern: Pattern, version: int, by: Person, at: datetime) -> Pattern:
    """With the words they read. Twice changes nothing.

    Raises ChangedMeanwhile when the sentence was saved in another window after `version`."""
    pattern, lab, seat = keeping.locked(pattern, by)
    may_agree(seat, lab).require()
    if pattern.version != version:
        raise ChangedMeanwhile(pattern)
    if put_down(pattern, seat, at):
        activity.record(events.PATTERN_AGREED_WITH, actor=by, target=pattern, at=at)
    return pattern


@transaction.atomic
def take_back_agreement(*, pattern: Pattern, by: Person, at: datetime) -> Pattern:
    """One's own. Twice changes nothing."""
    pattern, lab, seat = keeping.locked(pattern, by)
    may_agree(seat, lab).require()
    gone, _ = PatternAgreement.objects.filter(pattern=pattern, member=seat).delete()
    if gone:
        activity.record(events.PATTERN_AGREEMENT_TAKEN_BACK, actor=by, target=pattern, at=at)
    return pattern


def put_down(pattern: Pattern, seat: LabMember, at: datetime) -> bool:
    """That they agree; False when it was down already. The caller holds the pattern's lock."""
    _, made = PatternAgreement.objects.get_or_create(
        pattern=pattern, member=seat, defaults={"at": at}
    )
    return made


def lapse(pattern: Pattern, seat: LabMember, at: datetime) -> None:
    """The words are new: what others agreed with is gone, and who wrote the new ones agrees. The caller
    holds the pattern's lock, and saves it."""
    others = PatternAgreement.objects.filter(pattern=pattern).exclude(member=seat)
    if others.today().exists():
        pattern.lapsed_at = at
    others.delete()
    put_down(pattern, seat, at)
