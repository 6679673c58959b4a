from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from cohorts.decisions import waiting_for


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person's yes or no, oldest first, each with its own form."""
    person: Any = request.user
    now = timezone.now()
    after = request.GET.get("after", "")
    context = {
        "page": waiting_for(person, now, after=after),
        "after": after,
        "now": now,
    }
    return render(request, "cohorts/decisions/list.html", context)


def back_to(request: HttpRequest, name: str, *keys: Any) -> HttpResponse:
    """To the decisions page that the form was on, at the place it was; else to the thing's own page."""
    form_at = request.POST.get("form_at", "")
    on_the_list = form_at.split("?")[0] == reverse("cohorts:decisions")
    if on_the_list and url_has_allowed_host_and_scheme(form_at, None):
        return HttpResponseRedirect(form_at)
    return redirect(name, *keys)
