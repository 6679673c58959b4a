from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.requests import PersonRequest
from wins.actions import photos as actions
from wins.models import Win
from wins.policy import may_edit


@require_safe
def photo(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The photo, to those who may see the win, now. Never stored on the way or in a shared browser."""
    win = get_object_or_404(Win.objects.visible_to(request.user).only("photo"), pk=pk)
    return photo_answer(win.photo.name)


def photo_answer(name: str | None) -> FileResponse:
    """The file, for somebody who may see what it is on."""
    if not name or not default_storage.exists(name):
        raise Http404
    return FileResponse(
        default_storage.open(name),
        content_type="image/jpeg",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": 'inline; filename="photo.jpg"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@require_http_methods(["GET", "POST"])
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once (GET), then take the photo off (POST)."""
    win = get_object_or_404(Win.objects.visible_to(request.user).defer("search"), pk=pk)
    may_edit(request.user, win).require()
    if not win.photo:
        return redirect(win)
    if request.method == "POST":
        actions.remove(win=win, by=request.user, at=timezone.now())
        messages.success(request, "The photo is gone. The words are as they were.")
        return redirect(win)
    return render(request, "wins/wins/confirm_photo.html", {"win": win})
