"""Who is whose learning partner in a cohort: named for several at once, or shared out evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import events
from cohorts.members import partners_of
from cohorts.models import Cohort, LearningCall, Membership, Person
from cohorts.policy.sessions import may_run
from systemschangers.kernel import activity

ACTIVE = Membership.State.ACTIVE


@transaction.atomic
def name(
    *, cohort: Cohort, members: Iterable[int], partner: Person | None, by: Person, at: datetime
) -> list[Membership]:
    """For those memberships, by number; `partner` None takes their partner away. Who had that one
    already, and who has left the cohort, is passed over. Returns those that changed.

    Raises ValidationError for somebody who is nobody's learning partner here, or for themselves."""
    may_run(by, cohort).require()
    found = _locked(cohort, members)
    if partner is not None:
        if not partners_of(cohort).filter(pk=partner.pk).exists():
            raise ValidationError(
                f"{partner} is not a learning partner or facilitator of this cohort."
            )
        if any(one.person_id == partner.pk for one in found):
            raise ValidationError(f"{partner} can’t be their own learning partner. Untick them.")
    pk = partner.pk if partner else None
    changed = [one for one in found if one.learning_partner_id != pk]
    _save(cohort, dict.fromkeys(changed, partner), by, at)
    return changed


@transaction.atomic
def share_out(*, cohort: Cohort, by: Person, at: datetime) -> list[Membership]:
    """Everybody who takes part and has no learning partner gets one: whoever has fewest so far.

    Raises ValidationError when nobody in the cohort can be one."""
    may_run(by, cohort).require()
    partners = list(partners_of(cohort).filter(memberships__role=Membership.Role.LEARNING_PARTNER))
    partners = partners or list(partners_of(cohort))
    if not partners:
        raise ValidationError(
            "Nobody in this cohort is a learning partner yet. Add one to the cohort first."
        )
    everybody = _locked(cohort, None)
    load = Counter(one.learning_partner_id for one in everybody if one.learning_partner_id)
    given: dict[Membership, Person | None] = {}
    for one in everybody:
        if one.learning_partner_id or one.role != Membership.Role.PARTICIPANT:
            continue
        partner = min(partners, key=lambda who: (load[who.pk], who.name, who.pk))
        load[partner.pk] += 1
        given[one] = partner
    _save(cohort, given, by, at)
    return list(given)


def _locked(cohort: Cohort, members: Iterable[int] | None) -> list[Membership]:
    rows = Membership.objects.filter(cohort=cohort, state=ACTIVE, person__is_active=True)
    if members is not None:
        rows = rows.filter(pk__in=list(members))
    locked = rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)
    return list(
        Membership.objects.filter(pk__in=list(locked))
        .select_related("person")
        .order_by("person__name", "pk")
    )


def _save(cohort: Cohort, given: dict[Membership, Person | None], by: Person, at: datetime) -> None:
    """Those who have a partner now hear of it, and each partner once, of how many."""
    if not given:
        return
    for member, partner in given.items():
        member.learning_partner = partner
    Membership.objects.bulk_update(given, ["learning_partner"])
    _end_plans(given, by, at)
    pairs = {str(member.pk): partner.pk if partner else None for member, partner in given.items()}
    told = [member.person for member, partner in given.items() if partner is not None]
    activity.record(
        events.PARTNER_NAMED, actor=by, target=cohort, at=at, notify=told, partners=pairs
    )
    for partner, people in Counter(p for p in given.values() if p is not None).items():
        activity.record(
            events.PARTNER_GIVEN, actor=by, target=cohort, at=at, notify=[partner], people=people
        )


def _end_plans(given: dict[Membership, Person | None], by: Person, at: datetime) -> None:
    """Calls planned with whoever was their partner until now don't happen; both hear so."""
    planned = LearningCall.objects.planned().filter(membership__in=given).order_by("pk")
    locked = list(planned.select_for_update().values_list("pk", flat=True))
    for call in LearningCall.objects.for_list().filter(pk__in=locked).order_by("pk"):
        partner = given[call.membership]
        if partner is not None and partner.pk == call.partner_id:
            continue
        call.miss()
        call.version += 1
        call.save()
        two = [person for person in (call.membership.person, call.partner) if person.is_active]
        activity.record(events.CALL_MISSED, actor=by, target=call, at=at, notify=two)
