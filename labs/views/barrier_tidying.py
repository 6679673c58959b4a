"""Programme staff keep the board in order. The words of pages name what will happen to whose words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.forms.leader_requests import WordsForm
from cohorts.forms.words import attempt
from labs.actions.barriers import tidying
from labs.forms.barriers import FindForm
from labs.models import Barrier
from labs.policy import barriers as policy
from systemschangers.kernel.forms import open_form

from .barriers import visible

MOST = 8


@require_http_methods(["GET", "POST"])
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the one this is the same as, and put them together."""
    person: Any = request.user
    found = visible(request, pk)
    policy.may_tidy(person).require()
    others = Barrier.objects.visible_to(person).standing().exclude(pk=found.pk)
    form = FindForm(request.GET or None)
    problem = FindForm(request.POST) if request.method == "POST" else None
    if problem is not None:
        number = request.POST.get("into", "")
        into = get_object_or_404(others, pk=int(number) if number.isdecimal() else 0)
        if attempt(problem, tidying.merge, barrier=found, into=into, by=person, at=timezone.now()):
            messages.success(
                request,
                "Put together. The words of both are kept.",
                extra_tags=f"undo:{found.get_absolute_url()}unmerging/",
            )
            return redirect(into)
    words = form.data.get("q", "")[:200] if form.is_bound else ""
    query = _any_of(words or found.what)
    likely = others.filter(search=query).for_list().annotate(rank=SearchRank(F("search"), query))
    context = {
        "barrier": found,
        "form": problem,
        "words": words,
        "likely": list(likely.order_by("-rank", "-shown_on", "-id")[:MOST]),
    }
    return render(request, "labs/barriers/merging.html", context)


def _any_of(text: str) -> SearchQuery:
    """Whatever holds one of the longer words: likely duplicates are seldom put the same way."""
    words = [word for word in text.split() if len(word) > 4 and word.isalpha()][:20] or [text[:50]]
    return SearchQuery(" or ".join(words), config="english", search_type="websearch")


@require_POST
def unmerging(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    person: Any = request.user
    tidying.unmerge(barrier=found, by=person, at=timezone.now())
    messages.success(request, "Taken apart again.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def setting_aside(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found = visible(request, pk)
    policy.may_set_aside(person, found).require()
    form = open_form(WordsForm, request, label="Why? Whoever raised it reads this.")
    if form.is_bound and form.is_valid():
        given = form.cleaned_data | {"by": person, "at": timezone.now()}
        if attempt(form, tidying.set_aside, barrier=found, **given):
            messages.success(request, "Set aside. It is off the board.")
            return redirect(found)
    return render(request, "labs/barriers/setting_aside.html", {"form": form, "barrier": found})


@require_POST
def putting_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    person: Any = request.user
    tidying.put_back(barrier=found, by=person, at=timezone.now())
    messages.success(request, "It is back on the board.")
    return redirect(found)
