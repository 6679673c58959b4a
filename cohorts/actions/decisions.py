"""What waits for a decision follows the line manager: when he leaves, or another takes over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cohorts import events
from cohorts.line_managers import line_manager_of
from cohorts.models import (
    LeaderRequest,
    ManagerAgreement,
    Person,
    Post,
    RoleStatement,
    TimeRequest,
)
from systemschangers.kernel import activity


@transaction.atomic
def hand_over(*, worker: Person, by: Person | None, at: datetime) -> int:
    """What is open between `worker` and an earlier manager goes to the current line manager: requests
    not decided (for time, or to meet a leader), approved time still to come, agreements that stand
    or are on the table, and role statements likewise.

    Both are told, once for each kind. Without a line manager all stays where it is, and the worker's
    page says so. Returns how many rows moved. Call it after a post is added, changed or ended."""
    manager = line_manager_of(worker)
    if manager is None:
        return 0
    agreements = list(
        ManagerAgreement.objects.live().filter(worker=worker).order_by("pk").select_for_update()
    )
    requests = list(_open_time(at).filter(worker=worker).select_for_update())
    meetings = list(_open_meetings().filter(worker=worker).select_for_update())
    roles = list(_open_roles().filter(worker=worker).select_for_update())
    return sum(
        _move(kind, [row for row in rows if row.manager_id != manager.pk], manager, by, at)
        for kind, rows in (
            (events.AGREEMENT_MOVED, agreements),
            (events.TIME_MOVED, requests),
            (events.LEADER_REQUEST_MOVED, meetings),
            (events.STATEMENT_MOVED, roles),
        )
    )


def hand_over_left_behind(*, at: datetime) -> int:
    """For the schedule: whatever waits for somebody who is no longer the worker's line manager, where
    there is another."""
    posts = Post.objects.current()
    post = posts.filter(person=OuterRef("worker"), line_manager=OuterRef("manager"))
    managed = posts.filter(person=OuterRef("pk"), line_manager__is_active=True)
    stray = ~Exists(post) | Q(manager__is_active=False)
    workers = set(_open_time(at).filter(stray).values_list("worker", flat=True))
    workers |= set(ManagerAgreement.objects.live().filter(stray).values_list("worker", flat=True))
    workers |= set(_open_meetings().filter(stray).values_list("worker", flat=True))
    workers |= set(_open_roles().filter(stray).values_list("worker", flat=True))
    return sum(
        hand_over(worker=worker, by=None, at=at)
        for worker in Person.objects.here().filter(Exists(managed), pk__in=workers)
    )


def _open_time(at: datetime):
    state = TimeRequest.State
    undecided = Q(state__in=[state.REQUESTED, state.MORE_ASKED])
    return TimeRequest.objects.filter(
        undecided | Q(state=state.APPROVED, starts_at__gt=at)
    ).order_by("pk")


def _open_meetings():
    state = LeaderRequest.State
    waits = [state.AWAITING_MANAGER, state.MANAGER_ASKS]
    return LeaderRequest.objects.filter(state__in=waits).order_by("pk")


def _open_roles():
    state = RoleStatement.State
    stands = [state.PROPOSED, state.TALK, state.AGREED]
    return RoleStatement.objects.filter(state__in=stands).order_by("pk")


def _move(verb: str, rows: list, manager: Person, by: Person | None, at: datetime) -> int:
    for number, row in enumerate(rows):
        before, row.manager = row.manager_id, manager
        row.save(update_fields=["manager"])
        activity.record(
            verb,
            actor=by,
            target=row,
            at=at,
            notify=[] if number else [manager, row.worker],
            before=before,
            rows=len(rows),
        )
    return len(rows)
