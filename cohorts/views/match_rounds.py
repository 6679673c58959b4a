from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts import match_offers
from cohorts.actions import match_rounds as actions
from cohorts.forms.match_rounds import MatchChangeForm, MatchRoundForm
from cohorts.forms.words import attempt
from cohorts.match_people import eligible
from cohorts.match_results import results_of
from cohorts.models import MatchPlace, MatchRound
from cohorts.policy.match_rounds import may_run_rounds
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.pagination import page_by_key

ANSWERS = ("name", "question", "whom", "cohort", "place", "size")
State = MatchRound.State


@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    may_run_rounds(request.user).require()
    rounds = MatchRound.objects.visible_to(request.user).for_list()
    page = page_by_key(rounds, request.GET.get("page", ""), key=("made_at", "id"))
    return render(request, "cohorts/match_rounds/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    may_run_rounds(request.user).require()
    form = open_form(MatchRoundForm, request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        made = actions.make(**given, by=request.user, at=timezone.now())
        return redirect(made)
    return render(request, "cohorts/match_rounds/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk, MatchRound.CHANGE.sources)
    form = open_form(MatchRoundForm, request, initial={n: getattr(shown, n) for n in ANSWERS})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        actions.change(round=shown, **given, by=request.user, at=timezone.now())
        return redirect(shown)
    return render(request, "cohorts/match_rounds/form.html", {"form": form, "shown": shown})


@require_safe
def match_round(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft says whom it is for; looked at, the groups; sent, what became of them."""
    return _page(request, _visible(request, pk))


@require_POST
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk)
    anew = bool(request.POST.get("anew"))
    try:
        actions.preview(round=shown, anew=anew, by=request.user, at=timezone.now())
    except ValidationError as error:
        return _page(request, shown, problem=" ".join(error.messages))
    return redirect(shown)


@require_http_methods(["GET", "POST"])
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Put one person somewhere else. Only what breaks no rule is offered."""
    places = MatchPlace.objects.visible_to(request.user).select_related("person")
    place = get_object_or_404(places, pk=pk)
    may_run_rounds(request.user).require()
    shown = _visible(request, place.round_id, MatchRound.SEND.sources)
    offers = match_offers.offers_for(shown, place.person_id)
    form = open_form(MatchChangeForm, request, offers=offers)
    if form.is_bound and form.is_valid():
        kind, _, number = form.cleaned_data["change"].partition("-")
        action, name = (actions.swap, "other") if kind == "swap" else (actions.join, "match")
        given = {"round": shown, "person": place.person_id, name: int(number)}
        if attempt(form, action, **given, by=request.user, at=timezone.now()):
            messages.success(request, f"Changed for {place.person.name}.")
            return redirect(shown)
    context = {"shown": shown, "place": place, "form": form, "offers": offers}
    return render(request, "cohorts/match_rounds/change.html", context)


@require_http_methods(["GET", "POST"])
def sending(request: PersonRequest, pk: int) -> HttpResponse:
    """What will be sent to whom, and one button."""
    shown = _visible(request, pk)
    if request.method == "POST":
        actions.send(round=shown, by=request.user, at=timezone.now())
        messages.success(request, "Sent. Everybody in it is told whom they meet, and why.")
        return redirect(shown)
    if shown.state != State.PREVIEWED:
        raise WrongState(f"This round is “{shown.get_state_display()}”.")
    groups = shown.matches.count()
    left_out = shown.places.filter(match=None).count()
    people = shown.places.count() - left_out
    context = {"shown": shown, "groups": groups, "left_out": left_out, "people": people}
    return render(request, "cohorts/match_rounds/sending.html", context)


@require_POST
def calling_off(request: PersonRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk)
    actions.call_off(round=shown, by=request.user, at=timezone.now())
    messages.success(request, "Called off. Nobody was told of it.")
    return redirect("cohorts:match_rounds")


def _page(request: PersonRequest, shown: MatchRound, problem: str = "") -> HttpResponse:
    first = request.GET.get("from", "")
    number = int(first) if first.isascii() and first.isdecimal() and len(first) < 7 else 1
    context: dict[str, Any] = {"shown": shown, "problem": problem, "first": number}
    if shown.state == State.DRAFT:
        taking_part, pausing = eligible(shown, timezone.now())
        context |= {"taking_part": len(taking_part), "pausing": len(pausing)}
    if shown.state in (State.PREVIEWED, State.SENT):
        groups, further = match_offers.groups_of(shown, number)
        context |= {"groups": groups, "further": further}
        context["left_out"] = match_offers.left_out_of(shown) if number == 1 else []
    if shown.state == State.SENT:
        context["results"] = results_of(shown)
    return render(request, "cohorts/match_rounds/detail.html", context)


def _visible(request: PersonRequest, pk: int, states: frozenset[str] | None = None) -> MatchRound:
    found = get_object_or_404(MatchRound.objects.visible_to(request.user).for_list(), pk=pk)
    if states and found.state not in states:
        raise WrongState(f"This round is “{found.get_state_display()}”.")
    return found
