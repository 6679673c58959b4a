"""Places in cohorts: who hears, and in what words. Who did it is never told; nobody else's words leave
the page."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from cohorts import events
from cohorts.models import Membership, Person
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, never_over, register, unless
from systemschangers.kernel.paces import NEWS, WAITS, Kind


def staff_of(cohort_id: int) -> list[Person]:
    """Who runs the cohort; all programme staff while nobody does."""
    active = Membership.objects.filter(cohort=cohort_id, state=Membership.State.ACTIVE)
    runs = active.exclude(role=Membership.Role.PARTICIPANT)
    found = list(Person.objects.here().filter(pk__in=runs.values("person")))
    return found or list(Person.objects.programme_staff())


def other_side(membership: Membership, by: Person | None) -> list[Person]:
    """The member hears what staff did, staff what the member did; both what happened by itself."""
    if by is None:
        return both_sides(membership)
    if by.pk == membership.person_id:
        return staff_of(membership.cohort_id)
    return [membership.person] if membership.person.is_active else []


def both_sides(membership: Membership) -> list[Person]:
    own = [membership.person] if membership.person.is_active else []
    return own + staff_of(membership.cohort_id)


def _page(event: Event) -> str:
    return reverse("cohorts:membership", args=[event.target_id])


Words = Callable[[Event], str]


def _notice(
    verb: str,
    words: Words,
    action: str,
    *,
    by_email: bool = True,
    kind: Kind = NEWS,
    over: Callable[[Event], bool] = never_over,
) -> Notice:
    return Notice(
        verb, words=words, url=_page, action=action, by_email=by_email, kind=kind, over=over
    )


register(
    _notice(
        events.MEMBERSHIP_ASKED,
        lambda event: f"{event.who} asks whether you would like to join a cohort.",
        "See what it is",
        kind=WAITS,
        over=unless("invited"),
    ),
    _notice(
        events.MEMBERSHIP_SAID_YES,
        lambda event: f"{event.who} has said yes to a place in a cohort.",
        "See what happens next",
        by_email=False,
    ),
    _notice(
        events.MEMBERSHIP_SAID_NO,
        lambda event: f"{event.who} has said no thanks to a place in a cohort.",
        "See which",
        by_email=False,
    ),
    _notice(
        events.MEMBERSHIP_APPLIED,
        lambda event: f"{event.who} has applied to a cohort.",
        "Read the application",
        kind=WAITS,
        over=unless("applied"),
    ),
    _notice(
        events.MEMBERSHIP_ACCEPTED,
        lambda event: f"{event.who} has accepted your application to a cohort.",
        "See what happens next",
    ),
    Notice(
        events.MEMBERSHIP_TURNED_DOWN,
        words=lambda event: f"{event.who} has answered your application to a cohort.",
        quote=lambda event: event.thing.answer,  # type: ignore[attr-defined]
        url=_page,
        action="Read the answer",
    ),
    _notice(
        events.MEMBERSHIP_ACTIVE,
        lambda event: "The manager has agreed, so a place in a cohort is active now.",
        "See the place",
    ),
    _notice(
        events.MEMBERSHIP_LOST_AGREEMENT,
        lambda event: "An agreement has ended, so a place in a cohort waits for a manager again.",
        "See what to do",
        over=unless("awaiting_manager"),
    ),
    _notice(
        events.MEMBERSHIP_PAUSED,
        lambda event: f"{event.who} has paused a place in a cohort.",
        "See the place",
    ),
    _notice(
        events.MEMBERSHIP_RESUMED,
        lambda event: f"{event.who} has taken up a place in a cohort again.",
        "See the place",
    ),
    _notice(
        events.MEMBERSHIP_FINISHED,
        lambda event: f"{event.who} has marked that you have been through a cohort.",
        "See your place",
    ),
    _notice(
        events.MEMBERSHIP_WITHDRAWN,
        lambda event: f"{event.who} has ended a place in a cohort.",
        "See the place",
    ),
)
