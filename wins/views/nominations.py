from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from wins.actions import nominations as actions
from wins.actions import panel_choices
from wins.forms.selection_rounds import NominationForm, ReasonForm
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound, Story, Win
from wins.policy.selection_rounds import (
    may_agree,
    may_answer_nomination,
    may_choose,
    may_nominate,
    may_publish_nomination,
    may_take_out,
)

State = Nomination.State
STEPS = {
    "consent": (actions.consent, "Put forward. The panels can read it."),
    "decline": (actions.decline, "It is not put forward. Whoever asked is told, and nobody else."),
    "take_out": (actions.take_out, "Taken out. Nobody reads it in this round any more."),
    "take_down": (actions.take_down, "Not published any more."),
}


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Put something forward: a win or story somebody looked at, or one of one’s own."""
    person = request.user
    thing, it = _thing(request), _round(request)
    if thing is not None and it is not None:
        may_nominate(person, it, thing).require()
    form = open_form(NominationForm, request, person=person, thing=thing, it=it)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.nominate, **form.chosen, by=person, at=timezone.now())
        if made:
            asked = f"{made.teller.name} is asked first. Nobody else reads it before they say yes."
            messages.success(request, "Put forward." if made.of_their_own else asked)
            return redirect(made)
    own = thing is None or thing.author_id == person.pk
    none_open = it is None and not form.fields["round"].queryset.exists()  # type: ignore[attr-defined]
    context = {"form": form, "thing": thing, "it": it, "own": own, "none_open": none_open}
    return render(request, "wins/nominations/form.html", context)


@require_safe
def nomination(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk), ReasonForm())


@require_POST
def step(request: PersonRequest, pk: int) -> HttpResponse:
    """Say yes or no, take it out, take it down: the button says which."""
    it = _visible(request, pk)
    name = request.POST.get("step", "")
    if name not in STEPS:
        raise Http404
    take, said = STEPS[name]
    take(nomination=it, by=request.user, at=timezone.now())
    messages.success(request, said)
    still_sees = Nomination.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect(it if still_sees else it.round)


@require_http_methods(["GET", "POST"])
def publishing(request: PersonRequest, pk: int) -> HttpResponse:
    """Look over what everyone here would read (GET), then say yes to it (POST)."""
    it = _visible(request, pk)
    may_publish_nomination(request.user, it).require()
    if request.method == "POST":
        actions.publish(nomination=it, by=request.user, at=timezone.now())
        messages.success(request, "Published. Everyone here can read it, and why it was chosen.")
        return redirect(it)
    context = {"it": it, "choices": _choices(request, it)}
    return render(request, "wins/nominations/publishing.html", context)


@require_POST
def choosing(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose it to one’s panel, with the reason."""
    it = _visible(request, pk)
    may_choose(request.user, it).require()
    form = ReasonForm(request.POST)
    given: dict[str, Any] = {"nomination": it, "by": request.user, "at": timezone.now()}
    if form.is_valid() and attempt(form, panel_choices.propose, **form.cleaned_data, **given):
        messages.success(request, "Proposed. Once another of your panel agrees, it stands.")
        return redirect(it)
    return _page(request, it, form)


@require_POST
def choice_step(request: PersonRequest, pk: int) -> HttpResponse:
    """Agree to what another of one’s panel proposed; or take one’s own proposal back."""
    choice = get_object_or_404(
        PanelChoice.objects.visible_to(request.user).for_list().select_related("nomination__round"),
        pk=pk,
    )
    match request.POST.get("step"):
        case "agree":
            done = panel_choices.agree(choice=choice, by=request.user, at=timezone.now())
            ended = done.level == PanelSeat.Level.SECOND
            messages.success(
                request,
                "Chosen. Everybody who was put forward has been told why."
                if ended
                else "You agreed. Your panel has chosen this one.",
            )
        case "take_back":
            panel_choices.take_back(choice=choice, by=request.user, at=timezone.now())
            messages.success(request, "Taken back. You can propose it anew, or another.")
        case _:
            raise Http404
    return redirect("wins:nomination", choice.nomination_id)


def _page(request: PersonRequest, it: Nomination, form: ReasonForm) -> HttpResponse:
    person: Any = request.user
    told = it.teller_id == person.pk
    choices = _choices(request, it)
    finished = it.round.state == SelectionRound.State.FINISHED
    own_level = [one for one in choices if one.level == it.round.level]
    of_others: list[PanelChoice] = []
    won = finished and any(choice.level == PanelSeat.Level.SECOND for choice in choices)
    if finished and not won:
        seen = PanelChoice.objects.visible_to(person).agreed(PanelSeat.Level.SECOND)
        of_others = list(seen.filter(round=it.round).for_list())
    context = {
        "it": it,
        "thing": it.thing,
        "told": told,
        "choices": [(one, bool(may_agree(person, one))) for one in choices],
        "may_propose": not own_level and may_choose(person, it),
        "of_others": of_others,
        "form": form,
        "may_answer": it.state == State.ASKED and may_answer_nomination(person, it),
        "may_take_out": it.state in Nomination.TAKE_OUT.sources and may_take_out(person, it),
        "may_publish": it.state == State.STANDING and may_publish_nomination(person, it),
        "finished": finished,
        "won": won,
        "published_thing": _published(request, of_others),
    }
    return render(request, "wins/nominations/detail.html", context)


def _published(request: PersonRequest, choices: list[PanelChoice]) -> dict[int, Nomination]:
    """Of what others told and was chosen, what this reader may read."""
    keys = [choice.nomination_id for choice in choices]
    return Nomination.objects.visible_to(request.user).in_bulk(keys) if keys else {}


def _choices(request: PersonRequest, it: Nomination) -> list[PanelChoice]:
    seen = PanelChoice.objects.visible_to(request.user).filter(nomination=it)
    return list(seen.exclude(state=PanelChoice.State.TAKEN_BACK).for_list())


def _thing(request: PersonRequest) -> Win | Story | None:
    """The win or story in the address, if this reader sees it; 404 when it names one they don’t."""
    for name, model in (("win", Win), ("story", Story)):
        if key := request.GET.get(name, ""):
            if not (key.isascii() and key.isdigit() and len(key) < 19):
                raise Http404
            seen: Any = model.objects.visible_to(request.user)
            seen = seen.defer("search") if model is Win else seen
            return get_object_or_404(seen.select_related("author"), pk=key)
    return None


def _round(request: PersonRequest) -> SelectionRound | None:
    key = request.GET.get("round", "")
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    return get_object_or_404(SelectionRound.objects.visible_to(request.user), pk=key)


def _visible(request: PersonRequest, pk: int) -> Nomination:
    return get_object_or_404(Nomination.objects.visible_to(request.user).for_detail(), pk=pk)
