"""What a person is told of the labs they are or were in, and how labs forget them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cohorts.models import Person
from labs.models import CodeCard, Decision, Experiment, Insight, Lab, LabMember, LabSession, Pattern
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells


@tells
def tell_labs(person: Person) -> Iterator[Section]:
    seats = LabMember.objects.filter(person=person).select_related("lab", "person")
    yield Section(
        "labs",
        "Labs you are or were in",
        (
            {
                "question": one.lab.question,
                "you are there as": one.get_role_display(),
                "name in the lab": one.shown,
                "facilitates": one.facilitates,
                "access needs": one.access_needs,
                "payment": one.payment,
                "others may ask you about its summary": one.lab.ask_id == person.pk,
                "joined": one.joined_at,
                "left": one.left_at,
            }
            for one in seats
        ),
    )
    for key, title, model, words in (
        ("insights", "Insights you wrote in labs", Insight, "words"),
        ("patterns", "Sentences you put to your lab", Pattern, "sentence"),
        ("experiments", "Experiments you wrote", Experiment, "try_what"),
        ("lab_decisions", "Decisions you wrote down", Decision, "statement"),
        ("lab_sessions", "Sessions of labs you planned", LabSession, "where"),
    ):
        yield Section(key, title, _rows(model, words, person))


def _rows(model: Any, words: str, person: Person) -> Iterator[dict[str, Any]]:
    for one in model.objects.filter(made_by__person=person).select_related("lab").order_by("id"):
        yield {"lab": one.lab.question, "when": one.made_at, "your words": getattr(one, words)}


@says
def say_labs(person: Person) -> Farewell:
    seats = LabMember.objects.filter(person=person)
    if not seats.exists():
        return Farewell()
    return Farewell(
        goes=["Your seats in labs, with access needs, payment and the name you had there."],
        stays=["What you said in a lab: the others build on it. It is by “Someone who has left”."],
    )


@forgets
def forget_labs(person: Person, at: datetime) -> None:
    """The seat stays, empty of all that names them: what the lab wrote hangs on it."""
    LabMember.objects.filter(person=person).update(
        alias="", access_needs="", payment="", facilitates=False
    )
    Lab.objects.filter(ask=person).update(ask=None)
    LabMember.objects.today().filter(person=person).update(left_at=at)
    CodeCard.objects.filter(person=person).delete()
