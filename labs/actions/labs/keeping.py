"""What the actions of a lab share: the lab locked, and the seat of whoever acts."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from cohorts.models import Person
from labs.models import Lab, LabMember
from labs.policy.labs import may_write, seat_of
from systemschangers.kernel.policy import Refused

Thing = TypeVar("Thing", bound=models.Model)
GONE = "You are no longer a member of this lab."


def held(lab: Lab) -> Lab:
    """The lab, kept from ending and from losing members until the transaction is over."""
    return Lab.objects.select_for_update(no_key=True).get(pk=lab.pk)


def writer(lab: Lab, by: Person) -> tuple[Lab, LabMember]:
    """The lab, held, and the seat of who writes in it. Raises Refused when they may not."""
    lab = held(lab)
    seat = seat_of(by, lab)
    may_write(seat, lab).require()
    assert seat is not None
    return lab, seat


def locked(thing: Thing, by: Person) -> tuple[Any, Lab, LabMember]:
    """A thing of a lab, its lab and the seat of who changes it, all held. Raises Refused."""
    lab, seat = writer(thing.lab, by)  # type: ignore[attr-defined]
    manager: Any = type(thing)._default_manager
    try:
        fresh = manager.select_for_update().get(pk=thing.pk)
    except ObjectDoesNotExist as gone:
        raise Refused("Somebody took this out meanwhile.") from gone
    return fresh, lab, seat
