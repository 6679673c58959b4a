"""Whose check-in has come, and how a month is counted back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import DateField, Exists, OuterRef
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone

from cohorts.models import Membership, RoleCheckIn
from cohorts.stay_rates import months_after


def due_for(moment: int, at: datetime):
    """Participants who joined so many months ago, and not so long ago that it would no longer be of that
    time: a place begun with old cohorts is not asked of years past."""
    today = timezone.localdate(at)
    asked = RoleCheckIn.objects.filter(membership=OuterRef("pk"), moment=moment)
    state = Membership.State
    begun = Greatest("cohort__starts", TruncDate("joined_at", output_field=DateField()))
    latest = months_before(today, moment)
    places = Membership.objects.annotate(begun=begun).filter(
        ~Exists(asked),
        begun__lte=latest,
        begun__gt=latest - RoleCheckIn.OPEN_FOR,
        role=Membership.Role.PARTICIPANT,
        state__in=[state.ACTIVE, state.PAUSED, state.ALUMNI],
        person__is_active=True,
    )
    return places.select_related("person", "cohort").order_by("pk")


def months_before(day: date, months: int) -> date:
    """The last day from which `months` later is on or before `day`."""
    start = months_after(day.replace(day=1), 0)
    earlier = date(start.year - (months // 12), start.month, 1)
    for _ in range(months % 12):
        earlier = (earlier - timedelta(days=1)).replace(day=1)
    last = earlier + timedelta(days=31)
    while months_after(last, months) > day:
        last -= timedelta(days=1)
    return last
