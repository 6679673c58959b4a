"""Agreements and requests for time, in whatever state a test needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone

from cohorts.line_managers import line_manager_of
from cohorts.models import ManagerAgreement, Person, TimeRequest

ASKED = datetime.fromisoformat("2026-03-09T09:00:00+00:00")
SLOT = datetime.fromisoformat("2026-03-17T14:00:00+00:00")
_later = count()


def make_agreement(worker: Person, state: str = "agreed", **fields) -> ManagerAgreement:
    """Eight hours a month until the end of September 2026, with the worker's line manager. The one of
    the cast that stands gives way to one that is agreed."""
    manager = fields.pop("manager", None) or line_manager_of(worker)
    at = fields.pop("at", ASKED)
    decided = {"decided_at": at, "decided_by": manager}
    own = {
        "proposed": {},
        "talk": decided | {"words": "Who covers Mondays?"},
        "agreed": decided | {"agreed_at": at},
        "ended": decided | {"agreed_at": at, "ended_at": at, "ended_by": worker},
    }[state]
    given = {
        "worker": worker,
        "manager": manager,
        "hours_a_month": 8,
        "cover": "Dee takes my calls.",
        "gives_back": "A short talk each month.",
        "review_on": date(2026, 9, 30),
        "state": state,
        "proposed_at": at,
    }
    with transaction.atomic():
        if state == "agreed":
            ManagerAgreement.objects.agreed_for(worker).delete()
        return ManagerAgreement.objects.create(**given | own | fields)


def make_time(worker: Person, state: str = "requested", **fields) -> TimeRequest:
    """Two hours on Tuesday 17 March 2026 at 2pm; each asked a minute after the one before."""
    manager = fields.pop("manager", None) or line_manager_of(worker)
    asked_at = fields.pop("asked_at", None) or ASKED + timedelta(minutes=next(_later) % 600)
    starts_at = fields.pop("starts_at", SLOT)
    hours = fields.pop("hours", 2)
    decided = {"decided_at": asked_at, "decided_by": manager}
    own = {
        "requested": {},
        "more_asked": decided | {"words": "Who covers the phone?"},
        "approved": decided,
        "declined": decided | {"words": "Not that week.", "ground": "busy"},
        "withdrawn": {},
        "taken": decided | {"told_at": asked_at},
        "lost": decided | {"told_at": asked_at},
    }[state]
    given = {
        "worker": worker,
        "manager": manager,
        "purpose": "stand_back",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
        "state": state,
        "asked_at": asked_at,
    }
    return TimeRequest.objects.create(**given | own | fields)


def add_time(world) -> dict[str, int]:
    """For the scene: a proposal of Ana's, time she asks for, time Mo asks more about, and time that
    was approved and has passed. Primary keys by name."""
    now = timezone.now().replace(minute=0)
    week = timedelta(weeks=1)
    return {
        "agreement": make_agreement(world.ana, "proposed", at=now).pk,
        "time": make_time(world.ana, starts_at=now + week, asked_at=now).pk,
        "time_more": make_time(world.ana, "more_asked", starts_at=now + 2 * week, asked_at=now).pk,
        "time_past": make_time(world.ana, "approved", starts_at=now - week, asked_at=now).pk,
    }
