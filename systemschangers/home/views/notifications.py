"""Noticed: what happened that is for you."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from systemschangers.kernel import notices
from systemschangers.kernel.models import Notification
from systemschangers.kernel.pagination import page_by_key


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Newest first. What its reader may no longer see is left out, and counts as seen."""
    mine = Notification.objects.visible_to(request.user)
    page = page_by_key(mine.for_list(), request.GET.get("page", ""), key=("made_at", "id"))
    told = notices.tell(request.user, page)
    shown = {item.notification.pk for item in told if item.notification}
    gone = [row.pk for row in page if row.seen_at is None and row.pk not in shown]
    if gone:
        mine.filter(pk__in=gone).update(seen_at=timezone.now())
    return render(request, "home/notifications/list.html", {"told": told, "page": page})


@require_GET
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """On to what it is about, and seen."""
    mine = Notification.objects.visible_to(request.user)
    notification = get_object_or_404(mine.for_list(), pk=pk)
    mine.unseen().filter(pk=pk).update(seen_at=timezone.now())
    told = notices.tell_event(request.user, notification.event)
    if told is None:
        messages.info(request, "What that was about has been taken back since.")
        return redirect("home:notifications")
    return redirect(told.url)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """All of them seen."""
    Notification.objects.visible_to(request.user).unseen().update(seen_at=timezone.now())
    return redirect("home:notifications")
