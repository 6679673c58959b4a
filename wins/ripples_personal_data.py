"""What ripples and outcomes keep about a person, told to them and forgotten with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from cohorts.models import Person
from systemschangers.kernel import signed_links
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells
from wins.erasing import erase_outcome
from wins.models import Outcome, Ripple, Substantiation

GONE = "Somebody who has left"


@tells
def tell(person: Person) -> Iterator[Section]:
    yield Section(
        "ripples",
        "What you told that things led to",
        (
            {
                "of": one.root,
                "what": one.what,
                "who": one.who,
                "when": one.happened_on,
                "said of it": one.told_of_it,
                "told": one.told_at,
                "state": one.get_state_display(),
            }
            for one in Ripple.objects.filter(told_by=person)
        ),
    )
    yield Section(
        "outcomes",
        "Outcomes you wrote, drafts too",
        (
            {
                "who changed": one.actor,
                "what they do differently": one.what,
                "what kind of change": one.get_kind_display(),
                "since": one.changed_on,
                "where": one.where,
                "why it matters": one.significance,
                "how much of it was us": one.get_contribution_display(),
                "what we did": one.how_we_helped,
                "how we know": one.evidence,
                "state": one.get_state_display(),
                "answers": [
                    f"{said.name}: {said.get_verdict_display()}. {said.comment}".strip()
                    for said in one.answers  # type: ignore[attr-defined]
                ],
            }
            for one in Outcome.objects.filter(author=person).for_list()
        ),
    )
    yield Section(
        "substantiations",
        "Outcomes you were asked about, and what you answered",
        (
            {
                "asked by": one.asked_by.name,
                "asked": one.asked_at,
                "how they say you know": one.connection,
                "answer": one.get_verdict_display(),
                "words": one.comment,
                "answered": one.answered_at,
            }
            for one in Substantiation.objects.filter(_asked(person)).select_related("asked_by")
        ),
    )


@says
def say(person: Person) -> Farewell:
    return Farewell(
        goes=["Drafts of outcomes, and outcomes and ripples you took back and nobody built on."],
        stays=[
            "What you told that things led to, without your name.",
            "Outcomes you showed to everyone, and answers you gave about others’, without your name.",
        ],
    )


@forgets
def forget(person: Person, at: datetime) -> None:
    """What only they saw goes. What others rely on stays without them; so does what was answered."""
    hidden = Outcome.objects.filter(author=person).exclude(pk__in=Outcome.objects.shown())
    for outcome in hidden.filter(substantiations__answered_at=None):
        erase_outcome(outcome)
    taken_back = Ripple.objects.filter(told_by=person, state=Ripple.State.TAKEN_BACK)
    while gone := list(taken_back.filter(led_to=None).values_list("pk", flat=True)):
        Ripple.objects.filter(pk__in=gone).delete()
    asked = Substantiation.objects.filter(asked_by=person, state=Substantiation.State.ASKED)
    for one in asked:
        signed_links.call_off(one, at=at)
    asked.update(state=Substantiation.State.CALLED_OFF, email="")
    theirs = Substantiation.objects.filter(_asked(person))
    theirs.filter(state=Substantiation.State.ASKED).delete()
    theirs.update(name=GONE, email="", person=None)


def _asked(person: Person) -> Q:
    return Q(person=person) | (Q(email__iexact=person.email) & ~Q(email=""))
