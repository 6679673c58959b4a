"""What a person is told of applications and lists they handled, and how both forget them.

Their own places in cohorts are told with their cohorts (personal_data.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from cohorts.models import InvitationList, Membership, Person
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells

TAKEN_OUT = "Taken out when they left."


@tells
def tell_joining(person: Person) -> Iterator[Section]:
    answered = Membership.objects.filter(answered_by=person).select_related("cohort")
    yield Section(
        "applications_answered",
        "Applications you answered",
        (
            {"when": one.answered_at, "to": one.cohort.name, "your words": one.answer}
            for one in answered.order_by("answered_at")
        ),
    )
    lists = InvitationList.objects.filter(person=person).select_related("cohort")
    yield Section(
        "invitation_lists",
        "Lists of addresses you brought",
        (
            {
                "when": one.made_at,
                "into": one.cohort.name,
                "letters": one.letters_sent,
                "asked here": one.people_asked,
                "lines still there": len(one.lines),
            }
            for one in lists
        ),
    )


@says
def say_joining(person: Person) -> Farewell:
    return Farewell(
        goes=["What you wrote to get into a cohort, and lists of addresses you brought."],
        stays=["That an application was answered, without the words you wrote."],
    )


@forgets
def forget_joining(person: Person, at: datetime) -> None:
    """Their words go, as applicant and as who answered; lists they brought, or are on, go."""
    Membership.objects.filter(person=person).update(
        state=Membership.State.WITHDRAWN, why="", answer=""
    )
    Membership.objects.filter(answered_by=person).exclude(answer="").update(answer=TAKEN_OUT)
    Membership.objects.filter(asked_by=person).update(asked_by=None)
    InvitationList.objects.filter(
        Q(person=person) | Q(lines__icontains=person.email) | Q(lines__icontains=person.name)
    ).delete()
