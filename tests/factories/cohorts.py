from __future__ import annotations

from datetime import datetime
from itertools import count

from cohorts.actions import invitations
from cohorts.models import Invitation, Person, Post, Service
from systemschangers.kernel.models import Letter

_numbers = count(1)


def make_person(service: Service | None = None, **fields) -> Person:
    """Somebody else, in a frontline post of `service` when it is given."""
    number = next(_numbers)
    name = fields.pop("name", f"Person {number:03}")
    email = fields.pop("email", f"person{number}@example.org")
    person = Person.objects.create_user(email, name=name, **fields)
    if service:
        Post.objects.create(
            person=person,
            service=service,
            title="Worker",
            started=datetime(2025, 1, 6).date(),  # noqa: DTZ001
        )
    return person


def make_invitation(by: Person, at: datetime, **fields) -> tuple[Invitation, str]:
    """An invitation as the action makes it, and the token out of its letter."""
    given = {
        "name": "Nia Price",
        "email": "nia@example.org",
        "job_title": "Support worker",
        "kind": Post.Kind.FRONTLINE,
        "service": Service.objects.order_by("pk").first(),
    } | fields
    invitation = invitations.invite(**given, by=by, at=at)
    return invitation, token_in_last_letter(invitation.email)


def token_in_last_letter(email: str) -> str:
    letter = Letter.objects.filter(to=email, kind="invitation").latest("pk")
    return letter.text.split("/join/")[1].split("/")[0]
