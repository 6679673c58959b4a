"""The figures kept in PostgreSQL: added up anew by the queue, twice a minute, where anything
happened since.

Whatever changes a figure is an action, and every action records an event; so where there is no event
since, there is nothing to add up. Those who read while it is written see the figures as they were."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from cohorts.models import Membership, Organisation, Post, Service
from systemschangers.kernel.models import Event
from systemschangers.kernel.small_groups import FEWEST
from wins.models import ImpactCount, ImpactFigure

from .employers import of_employers
from .facts import all_facts
from .figures import Unit, work_out
from .staying import all_places, work_out_stay

# An action may take this long from its event to its commit: PostgreSQL ends what idles for 30 seconds.
SLOWEST = timedelta(seconds=40)
# And whatever was written past the actions (by hand, by a restored backup) is in after this.
AT_LEAST = timedelta(hours=1)


def look_over(*, at: datetime) -> bool:
    """For the schedule, twice a minute. Returns whether the figures were added up anew."""
    last = ImpactCount.objects.filter(pk=1).first()
    if last is not None and at - last.counted_at < AT_LEAST:
        since = last.counted_at - SLOWEST
        if not Event.objects.filter(at__gte=since).exists():
            ImpactCount.objects.filter(pk=1).update(looked_at=at)
            return False
    add_up(at=at)
    return True


def add_up(*, at: datetime) -> int:
    """Work every figure out, and write those that changed. Returns how many there are.

    No transaction is open while they are worked out: with 100,000 wins that takes many seconds."""
    began = time.monotonic()
    with _one_at_a_time():
        services = dict(Service.objects.order_by().values_list("pk", "organisation_id"))
        too_small = groups_too_small()
        places, employers = all_places(timezone.localdate(at)), of_employers()
        found = work_out(all_facts(), services, too_small)
        found |= work_out_stay(places, services, too_small) | employers
        wanted = {
            (unit[0], unit[1], period, measure, split, value): figure.amount
            for (measure, unit, period, split, value), figure in found.items()
        }
        with transaction.atomic():
            _write(wanted)
            took = int((time.monotonic() - began) * 1000)
            ImpactCount.objects.update_or_create(
                pk=1, defaults={"looked_at": at, "counted_at": at, "took": took}
            )
    return len(wanted)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """So that nobody writes over newer figures with older ones."""
    connection = transaction.get_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('wins.impact'))")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('wins.impact'))")


KEY = ("unit", "unit_id", "period", "measure", "split", "value")


def _write(wanted: dict[tuple, Decimal | None]) -> None:
    kept = {
        tuple(row[:6]): (row[6], row[7])
        for row in ImpactFigure.objects.values_list(*KEY, "pk", "amount")
    }
    gone = [pk for key, (pk, _) in kept.items() if key not in wanted]
    ImpactFigure.objects.filter(pk__in=gone).delete()
    changed, fresh = [], []
    for key, amount in wanted.items():
        row = ImpactFigure(
            **dict(zip(KEY, key, strict=True)), shown=amount is not None, amount=amount
        )
        if key not in kept:
            fresh.append(row)
        elif kept[key][1] != amount:
            row.pk = kept[key][0]
            changed.append(row)
    ImpactFigure.objects.bulk_update(changed, ["shown", "amount"], batch_size=2000)
    ImpactFigure.objects.bulk_create(fresh, batch_size=2000)


def groups_too_small() -> set[Unit]:
    """Services, organisations and cohorts of fewer than five people: these have no page of figures."""
    posts = Post.objects.current().filter(person__is_active=True).order_by()
    people = Count("person", distinct=True)
    big = {
        ("service", pk)
        for pk in posts.values(pk=F("service"))
        .annotate(n=people)
        .filter(n__gte=FEWEST)
        .values_list("pk", flat=True)
    }
    big |= {
        ("organisation", pk)
        for pk in posts.values(pk=F("service__organisation"))
        .annotate(n=people)
        .filter(n__gte=FEWEST)
        .values_list("pk", flat=True)
    }
    members = Membership.objects.filter(state__in=["active", "paused", "alumni"]).order_by()
    cohorts = members.values("cohort").annotate(n=people)
    big |= {("cohort", pk) for pk in cohorts.filter(n__gte=FEWEST).values_list("cohort", flat=True)}
    every: set[Unit] = {("service", pk) for pk in Service.objects.values_list("pk", flat=True)}
    every |= {("organisation", pk) for pk in Organisation.objects.values_list("pk", flat=True)}
    every |= {("cohort", pk) for pk in members.values_list("cohort", flat=True)}
    return every - big
