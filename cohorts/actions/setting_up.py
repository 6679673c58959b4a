"""From nothing: the first administrator, who opens the place with a code only its keeper can print."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cohorts import events
from cohorts.accounts import open_account
from cohorts.models import Person
from cohorts.set_up_codes import is_set_up_code
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

LOCK = 0x5C_57_A1_27  # one first administrator, however many press at once


@transaction.atomic
def first_administrator(*, name: str, email: str, code: str, at: datetime) -> Person:
    """Make the first person, an administrator. Raises WrongState once there is anybody at all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if Person.objects.exists():
        raise WrongState("Somebody has already set up this place. Ask them to invite you.")
    if not is_set_up_code(code):
        raise ValidationError({"code": "That is not the set-up code. Copy all twenty characters."})
    person = open_account(email=email, name=name, at=at, is_staff=True)
    activity.record(events.PLACE_SET_UP, actor=person, target=person, at=at)
    return person
