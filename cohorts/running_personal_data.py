"""What a person is told of sessions, visits and learning calls, and how these forget them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from cohorts.models import (
    Attendance,
    ExposureVisit,
    LearningCall,
    Membership,
    Person,
    Session,
)
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells


@tells
def tell_running(person: Person) -> Iterator[Section]:
    visits = ExposureVisit.objects.filter(person=person)
    yield Section("visits", "Visits you wrote about", (_visit(one) for one in visits))
    calls = LearningCall.objects.visible_to(person).for_list()
    yield Section("calls", "Learning calls", (_call(one) for one in calls))
    seats = Membership.objects.filter(person=person, learning_partner__isnull=False)
    yield Section(
        "partners",
        "Your learning partners",
        (
            {"cohort": one.cohort.name, "learning partner": str(one.learning_partner)}
            for one in seats.select_related("cohort", "learning_partner")
        ),
    )
    rooms = Attendance.objects.filter(person=person).select_related("session")
    yield Section(
        "sessions",
        "Sessions you came to",
        (
            {
                "session": one.session.title,
                "when": one.session.starts_at,
                "you": one.get_state_display(),
                "said": one.ticked_at,
                "said by you": one.ticked_by_id == person.pk,
            }
            for one in rooms
        ),
    )
    called_off = Session.objects.filter(called_off_by=person)
    yield Section(
        "sessions_called_off",
        "Sessions you called off",
        (
            {
                "session": one.title,
                "at": one.called_off_at,
                "your words": one.called_off_words,
            }
            for one in called_off
        ),
    )


@says
def say_running(person: Person) -> Farewell:
    return Farewell(
        goes=[
            "What you wrote about visits, and your learning calls, planned or held. "
            "Of people whose learning partner you were, their own calls stay with them.",
        ],
        stays=["That you were at a session, or not, as “Someone who has left”."],
    )


@forgets
def forget_running(person: Person, at: datetime) -> None:
    """Their visits and the calls about them go; those whose partner they were keep theirs, and are
    without a learning partner until staff name another."""
    ExposureVisit.objects.filter(person=person).delete()
    LearningCall.objects.filter(
        Q(membership__person=person) | Q(partner=person, state=LearningCall.State.PLANNED)
    ).delete()
    Membership.objects.filter(learning_partner=person).update(learning_partner=None)
    Session.objects.filter(called_off_by=person).update(called_off_words="")


def _visit(visit: ExposureVisit) -> dict[str, Any]:
    return {
        "whom": visit.whom,
        "when": visit.visited_on,
        "what you saw": visit.saw,
        "what it changed": visit.changed,
    }


def _call(call: LearningCall) -> dict[str, Any]:
    return {
        "of": call.membership.person.name,
        "with": call.partner.name,
        "state": call.get_state_display(),
        "planned for": call.planned_for,
        "when": call.held_on,
        "me and how I work": call.me,
        "my organisation": call.organisation,
        "the wider system": call.system,
        "next step": call.next_step,
    }
