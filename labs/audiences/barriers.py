"""Barriers and decisions handed down: who hears, and in what words. No notice says what it is about.

Leaders get letters of their own, with a link (actions.barriers.letters): the notices for their
accounts stay on the page, so that nobody is written to twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Deputyship, Person
from labs import events
from labs.models import Barrier, HandedDecision
from systemschangers.kernel.models import Event
from systemschangers.kernel.notices import Notice, register


def holders(barrier: Barrier, at: datetime) -> list[Person]:
    """The account of the leader named, and who deputises that day; never the raiser."""
    leader = barrier.leader
    if leader is None or leader.retired_at or leader.person is None or not leader.person.is_active:
        return []
    today = Deputyship.objects.on(timezone.localdate(at)).filter(person=leader.person)
    circle = [leader.person, *Person.objects.here().filter(deputises__in=today)]
    return [person for person in circle if person.pk != barrier.raised_by_id]


def raiser(barrier: Barrier) -> list[Person]:
    person = barrier.raised_by
    return [person] if person is not None and person.is_active else []


def concerned(barrier: Barrier) -> list[Person]:
    """Whoever raised it, and whoever said “same here”, also to what was merged into it."""
    theirs = Q(barriers=barrier) | Q(barriers__duplicate_of=barrier)
    said = Q(same_heres__removed_at=None) & (
        Q(same_heres__barrier=barrier) | Q(same_heres__barrier__duplicate_of=barrier)
    )
    return list(Person.objects.here().filter(theirs | said).distinct())


def team(handed: HandedDecision) -> list[Person]:
    """The people of the team that may decide, and whoever raised the barrier."""
    people = {person.pk: person for person in Person.objects.in_service(handed.service_id)}
    people |= {person.pk: person for person in raiser(handed.barrier)}
    return list(people.values())


def _page(event: Event) -> str:
    return reverse("labs:barrier", args=[event.target_id])


def _decision(event: Event) -> str:
    return reverse("labs:handed_decision", args=[event.target_id])


def _who(event: Event) -> str:
    """Who did it: their account, or words for who has none."""
    return event.who if event.actor_id else "Somebody with the power to change it"


Words = Callable[[Event], str]


def _notice(verb: str, words: Words, action: str, *, by_email: bool = True) -> Notice:
    return Notice(verb, words=words, url=_page, action=action, by_email=by_email)


register(
    _notice(
        events.BARRIER_RAISED,
        lambda event: "A barrier was raised that you have the power to change.",
        "Read it and answer",
        by_email=False,
    ),
    _notice(
        events.BARRIER_HOLDER_NAMED,
        lambda event: f"{event.who} asks you to answer a barrier.",
        "Read it and answer",
        by_email=False,
    ),
    _notice(
        events.BARRIER_HOLDER_REMINDED,
        lambda event: "What you promised about a barrier is due.",
        "Say how it stands",
        by_email=False,
    ),
    _notice(
        events.BARRIER_SAME_HERE,
        lambda event: f"{event.who} says “same here” to a barrier you raised.",
        "Read how it shows there",
    ),
    _notice(
        events.BARRIER_LOOKED_AT,
        lambda event: f"{_who(event)} is looking at a barrier you told of.",
        "See it",
    ),
    _notice(
        events.BARRIER_PROMISED,
        lambda event: f"{_who(event)} promised a change about a barrier you told of.",
        "Read what, and by when",
    ),
    _notice(
        events.BARRIER_CANNOT,
        lambda event: f"{_who(event)} says that a barrier you told of can’t be changed.",
        "Read why",
    ),
    _notice(
        events.BARRIER_CHANGED,
        lambda event: f"{_who(event)} says that a barrier you told of has changed.",
        "Read what was done",
    ),
    _notice(
        events.BARRIER_ASKED_WHETHER_FIXED,
        lambda event: "Four weeks ago a barrier of yours was said to be changed. Is it fixed?",
        "Say whether it is fixed",
    ),
    _notice(
        events.BARRIER_CONFIRMED,
        lambda event: "A barrier is fixed: who raised it says so.",
        "See it",
    ),
    _notice(
        events.BARRIER_REOPENED,
        lambda event: "A barrier is open again: who raised it says it is not fixed.",
        "Read why",
    ),
    _notice(
        events.BARRIER_PICKED_UP,
        lambda event: "A lab has taken up a barrier you told of.",
        "See it",
    ),
    _notice(
        events.BARRIER_PUT_DOWN,
        lambda event: "A lab has given a barrier you told of back.",
        "See it",
    ),
    _notice(
        events.BARRIER_MERGED,
        lambda event: f"{event.who} put a barrier you raised together with another like it.",
        "See both",
    ),
    _notice(
        events.BARRIER_UNMERGED,
        lambda event: f"{event.who} took a barrier of yours and another apart again.",
        "See it",
    ),
    _notice(
        events.BARRIER_SET_ASIDE,
        lambda event: "Programme staff have set a barrier of yours aside.",
        "Read why, and what to do",
    ),
    _notice(
        events.BARRIER_PUT_BACK,
        lambda event: "A barrier of yours is back on the board.",
        "See it",
    ),
    Notice(
        events.DECISION_HANDED_DOWN,
        words=lambda event: "A leader handed a decision down: your team may decide it.",
        url=_decision,
        action="Read what, and within which limits",
    ),
    Notice(
        events.DECISION_TAKEN_BACK,
        words=lambda event: "A decision that was handed down to a team was taken back.",
        url=_decision,
        action="Read why",
    ),
)
