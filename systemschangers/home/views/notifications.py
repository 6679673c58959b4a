"""Noticed: what happened that is for you."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from systemschangers.kernel import notices
from systemschangers.kernel.models import Notification
from systemschangers.kernel.models.notifications import NotificationQuerySet
from systemschangers.kernel.notices import Told
from systemschangers.kernel.pagination import page_by_key

MOST_WAITING = 30


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for its reader, apart from what is merely new; each newest first.

    What its reader may no longer see is left out, and counts as seen."""
    mine = Notification.objects.visible_to(request.user)
    place = request.GET.get("page", "")
    page = page_by_key(mine.for_list(), place, key=("made_at", "id"))
    waiting = [] if place else list(_may_wait(mine))
    known = {row.pk: row for row in (*waiting, *page)}
    told = notices.tell(request.user, known.values(), at=timezone.now())
    shown = {item.notification.pk for item in told if item.notification}
    gone = [row.pk for row in page if row.seen_at is None and row.pk not in shown]
    if gone:
        mine.filter(pk__in=gone).update(seen_at=timezone.now())
    first = [] if place else [item for item in told if item.waits]
    rest = {row.pk for row in page}
    context = {
        "waiting": sorted(first, key=lambda item: item.event.at, reverse=True),
        "told": [item for item in told if item not in first and _number(item) in rest],
        "page": page,
    }
    return render(request, "home/notifications/list.html", context)


def _number(item: Told) -> int | None:
    return item.notification.pk if item.notification else None


def _may_wait(mine: NotificationQuerySet) -> NotificationQuerySet:
    """The newest that something may still have to be done about, seen or not."""
    asked = mine.filter(event__verb__in=notices.waiting_verbs())
    return asked.for_list().order_by("-made_at", "-id")[:MOST_WAITING]


@require_GET
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """On to what it is about, and seen."""
    mine = Notification.objects.visible_to(request.user)
    notification = get_object_or_404(mine.for_list(), pk=pk)
    mine.unseen().filter(pk=pk).update(seen_at=timezone.now())
    told = notices.tell_event(request.user, notification.event, at=timezone.now())
    if told is None:
        messages.info(request, "What that was about has been taken back since.")
        return redirect("home:notifications")
    return redirect(told.url)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """All of them seen."""
    Notification.objects.visible_to(request.user).unseen().update(seen_at=timezone.now())
    return redirect("home:notifications")
