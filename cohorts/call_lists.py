"""Whom a learning partner calls this month, and who calls me: rows for the page and for home."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from cohorts.members import with_last_call
from cohorts.models import LearningCall, Membership, Person

ACTIVE = Membership.State.ACTIVE


def with_plan(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """With `planned_for`, the moment of the call that is planned, and its number as `planned`."""
    planned = LearningCall.objects.planned().filter(membership=OuterRef("pk")).order_by()
    return memberships.annotate(
        planned_for=Subquery(planned.values("planned_for")[:1]),
        planned=Subquery(planned.values("pk")[:1]),
    )


def partnered_by(person: Person) -> QuerySet[Membership]:
    """The people whose learning partner this is, and who take part today; with `name` to page by,
    `last_call`, `planned_for` and `planned`."""
    found = (
        Membership.objects.filter(learning_partner=person, state=ACTIVE, person__is_active=True)
        .annotate(name=F("person__name"))
        .select_related("person", "cohort")
    )
    return with_plan(with_last_call(found))


def due_in(memberships: QuerySet[Membership], month: date) -> QuerySet[Membership]:
    """Those not called yet in that month; `month` is its first day."""
    called = LearningCall.objects.held().filter(membership=OuterRef("pk"), held_on__gte=month)
    return memberships.filter(~Exists(called))


def own_partners(person: Person) -> QuerySet[Membership]:
    """One's own seats with a learning partner, or with calls of one that was."""
    found = Membership.objects.filter(person=person).filter(
        Q(learning_partner__isnull=False, state=ACTIVE)
        | Exists(LearningCall.objects.filter(membership=OuterRef("pk")))
    )
    return with_plan(with_last_call(found)).select_related("person", "cohort", "learning_partner")


def of_pair(person: Person) -> QuerySet[Membership]:
    """Seats whose calls this person has a part in: their own, those they partner, and did."""
    spoke = LearningCall.objects.filter(membership=OuterRef("pk"), partner=person)
    return Membership.objects.filter(
        Q(person=person) | Q(learning_partner=person) | Exists(spoke)
    ).select_related("person", "cohort", "learning_partner")
