"""Letters that ask how it goes with a role: with a link that needs no signing in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cohorts.models import RoleCheckIn
from systemschangers.kernel import letters, signed_links
from systemschangers.kernel.paces import WAITS, Pace, paces_of, stop_address

ANSWER = "role_check_in"


def ask(check_in: RoleCheckIn, *, at: datetime, again: bool = False) -> None:
    """`check_in` comes with its place and person. Nothing to who wants no such letters."""
    person = check_in.membership.person
    if paces_of([person])[person.pk, WAITS.key] == Pace.NEVER:
        return
    token = signed_links.issue(
        ANSWER,
        check_in,
        email=person.email,
        name=person.name,
        person=person,
        at=at,
        good_for=check_in.asked_at + RoleCheckIn.OPEN_FOR - at,
    )
    stop = stop_address(person, WAITS)
    context = {
        "check_in": check_in,
        "person": person,
        "again": again,
        "action_url": settings.SITE_ADDRESS + reverse("cohorts:check_in_link", args=[token]),
        "action_label": "Answer in one minute",
        "stop": stop,
    }
    letters.write(
        to=person.email,
        recipient=person,
        kind="check_in",
        subject="Where are you now? Three questions, one minute",
        text=render_to_string("emails/cohorts/check_in.txt", context).strip() + "\n",
        html=render_to_string("emails/cohorts/check_in.html", context),
        at=at,
        dedupe_key=f"check-in:{check_in.pk}:{'again' if again else 'first'}",
        stop=stop,
    )
