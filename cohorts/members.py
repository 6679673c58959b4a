"""Who is in a cohort, in the order of their names: as its pages list them."""

from __future__ import annotations

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from cohorts.models import Attendance, Cohort, LearningCall, Membership, Person, Post, Session

ACTIVE = Membership.State.ACTIVE


def members_of(cohort: Cohort | int) -> QuerySet[Membership]:
    """Those who take part today, with `name` to page by, and their person."""
    return (
        Membership.objects.filter(cohort=cohort, state=ACTIVE, person__is_active=True)
        .annotate(name=F("person__name"))
        .select_related("person")
    )


def with_posts(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """With what each does today, as `person.current_posts`."""
    posts = Post.objects.current().select_related("service__organisation")
    return memberships.prefetch_related(
        Prefetch("person__posts", queryset=posts, to_attr="current_posts")
    )


def in_the_room(session: Session) -> QuerySet[Membership]:
    """Who could be there: members of today, and whoever was ticked and has left since. With `tick`."""
    ticked = Attendance.objects.filter(session=session, person=OuterRef("person"))
    return (
        Membership.objects.filter(cohort=session.cohort_id)
        .filter(Q(state=ACTIVE, person__is_active=True) | Exists(ticked))
        .annotate(name=F("person__name"), tick=Subquery(ticked.values("state")[:1]))
        .select_related("person")
    )


def with_last_call(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """With `last_call`, the day of the last learning call: a date, and none of its words."""
    held = LearningCall.objects.held().filter(membership=OuterRef("pk")).order_by()
    last = held.values("membership").annotate(last=Max("held_on")).values("last")
    return memberships.annotate(last_call=Subquery(last))


def partners_of(cohort: Cohort | int) -> QuerySet[Person]:
    """Who may be somebody’s learning partner here: learning partners and facilitators of today."""
    roles = [Membership.Role.LEARNING_PARTNER, Membership.Role.FACILITATOR]
    return (
        Person.objects.here()
        .filter(memberships__cohort=cohort, memberships__state=ACTIVE, memberships__role__in=roles)
        .distinct()
        .order_by("name", "pk")
    )


def staff_of(cohort: Cohort | int) -> list[Person]:
    return list(partners_of(cohort))
