"""Taking the second step off an account whose owner has lost both the phone and the codes."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from cohorts.models import Person
from systemschangers.kernel import activity, letters

TAKEN_OFF = "second_step.taken_off"


@transaction.atomic
def take_off(*, person: Person, by: Person | None, at: datetime) -> int:
    """Remove every passkey, app and recovery code of `person`, and sign them out everywhere.

    They are told by letter, so that it cannot be done to them unseen. `by` is None when it is done
    on the server itself. Returns how many were removed."""
    removed, _ = Authenticator.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    activity.record(TAKEN_OFF, actor=by, target=person, at=at, removed=removed)
    words = {
        "subject": "The second step was taken off your account",
        "body": "Your passkeys, your app and your recovery codes no longer work, and you are signed"
        " out everywhere. A code by e-mail lets you in, and you can set up a new second step then."
        "\n\nIf you did not ask for this, tell the staff of your programme at once.",
        "site_address": settings.SITE_ADDRESS,
    }
    letters.write(
        to=person.email,
        kind="sign_in.second_step_taken_off",
        subject=words["subject"],
        text=render_to_string("account/email/letter.txt", words),
        html=render_to_string("account/email/letter.html", words),
        at=at,
        recipient=person,
    )
    return removed
