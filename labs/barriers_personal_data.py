"""What a person is told of the barriers they raised and answered, and how both forget them.

Barriers raised anonymously are in nobody's download: nobody knows whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from cohorts.models import Person
from labs.actions.barriers.letters import ANSWER
from labs.models import Barrier, BarrierWord, HandedDecision, SameHere
from systemschangers.kernel import signed_links
from systemschangers.kernel.models import Thread
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells


@tells
def tell_barriers(person: Person) -> Iterator[Section]:
    own = Barrier.objects.filter(raised_by=person).for_detail().prefetch_related("hidden_from")
    yield Section("barriers", "Barriers you raised with your name", (_barrier(one) for one in own))
    said = SameHere.objects.filter(person=person).select_related("service")
    yield Section(
        "same_here",
        "Where you said “same here”",
        (
            {
                "words": one.words,
                "service": one.service.name,
                "said": one.said_at,
                "taken back": one.removed_at,
            }
            for one in said
        ),
    )
    yield Section(
        "barrier_words",
        "What you said about barriers",
        (
            {
                "on": one.on,
                "what": f"you: {one.get_step_display()}",
                "your words": one.words,
                "by when": one.due_on,
            }
            for one in BarrierWord.objects.filter(by=person)
        ),
    )
    handed = HandedDecision.objects.filter(leader__person=person).for_list()
    yield Section(
        "handed_decisions",
        "Decisions you handed down",
        (
            {
                "to": one.service.name,
                "what they may decide": one.decision,
                "within which limits": one.limits,
                "until": one.until,
                "handed down": one.handed_at,
                "taken back": one.taken_back_at,
                "why": one.why_taken_back,
            }
            for one in handed
        ),
    )


@says
def say_barriers(person: Person) -> Farewell:
    return Farewell(
        goes=[
            "Barriers you raised that nobody has answered or said “same here” to.",
            "Where you said “same here”.",
        ],
        stays=[
            "Other barriers you raised, what you answered as a leader, and decisions you handed down, "
            "as those of “Someone who has left”.",
            "Barriers you raised anonymously: we don’t know which they are.",
        ],
    )


@forgets
def forget_barriers(person: Person, at: datetime) -> None:
    """What nobody else relies on goes. Of the rest the name goes with the person's row."""
    SameHere.objects.filter(person=person).delete()
    relied_on = (
        Exists(BarrierWord.objects.filter(barrier=OuterRef("pk")))
        | Exists(SameHere.objects.filter(barrier=OuterRef("pk")))
        | Exists(Barrier.objects.filter(duplicate_of=OuterRef("pk")))
        | Exists(HandedDecision.objects.filter(barrier=OuterRef("pk")))
    )
    for barrier in Barrier.objects.filter(~relied_on, raised_by=person):
        signed_links.call_off(barrier, at=at, purposes=(ANSWER,))
        Thread.objects.of(barrier).delete()
        barrier.delete()


def _barrier(barrier: Barrier) -> dict[str, Any]:
    return {
        "what gets in the way": barrier.what,
        "who feels it": barrier.who_feels,
        "reported anywhere": barrier.get_reported_display(),
        "rule or habit": barrier.get_rule_display(),
        "which rule": barrier.rule_cited,
        "who has the power to change it": barrier.power_words,
        "theme": barrier.theme.name if barrier.theme else "",
        "place": barrier.place.name if barrier.place else "",
        "service": barrier.service.name if barrier.service else "",
        "who may see it": barrier.get_way_display(),
        "hidden from": [one.name for one in barrier.hidden_from.all()],
        "on the board since": barrier.shown_on,
        "state": barrier.get_state_display(),
    }
