from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.pagination import page_by_key
from wins.actions import selection_rounds as actions
from wins.forms.selection_rounds import SeatForm, SelectionRoundForm, answers_of, last_quarter
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound
from wins.policy.selection_rounds import may_run_rounds

State = SelectionRound.State
STEPS = {
    "open": (actions.open_round, "Open. Everyone here can put things forward."),
    "close": (actions.close, "Closed. The first panel has been told."),
    "send_up": (actions.send_up, "Sent up. The second panel has been told."),
    "call_off": (actions.call_off, "Called off. Everybody who was part of it has been told."),
}


@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """The rounds there are and were, newest first."""
    found = SelectionRound.objects.visible_to(request.user).for_list()
    page = page_by_key(found, request.GET.get("page", ""), key=("made_at", "id"), size=20)
    context = {"page": page, "may_run": may_run_rounds(request.user)}
    return render(request, "wins/selection_rounds/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    may_run_rounds(request.user).require()
    initial = last_quarter(timezone.localdate())
    form = open_form(SelectionRoundForm, request, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.make, **form.given, by=request.user, at=timezone.now())
        if made:
            messages.success(request, "Kept. Now ask people to be on the two panels.")
            return redirect("wins:selection_seats", made.pk)
    return render(request, "wins/selection_rounds/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """What it looks for, while it is prepared. Opened on older words, it shows both."""
    may_run_rounds(request.user).require()
    it = _visible(request, pk)
    if it.state != State.DRAFT:
        raise WrongState("This round is open, or over. What it asks for stays as it is.")
    form = open_form(SelectionRoundForm, request, initial=answers_of(it))
    now = None
    if request.method == "POST" and form.is_valid():
        given = {"it": it, "version": form.cleaned_data["version"] or 0, **form.given}
        try:
            if attempt(form, actions.change, **given, by=request.user, at=timezone.now()):
                messages.success(request, "Saved.")
                return redirect(it)
        except actions.EditedMeanwhile as meanwhile:
            now, data = meanwhile.now, request.POST.copy()
            data["version"] = str(now.version)
            form = SelectionRoundForm(data)
            form.is_valid()
    context = {"form": form, "it": it, "now": now}
    return render(request, "wins/selection_rounds/form.html", context)


@require_http_methods(["GET", "POST"])
def seats(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask people to be on a panel, one after another."""
    may_run_rounds(request.user).require()
    it = _visible(request, pk)
    form = open_form(SeatForm, request)
    if request.method == "POST" and form.is_valid():
        given = {"it": it, **form.cleaned_data}
        if attempt(form, actions.seat, **given, by=request.user, at=timezone.now()):
            messages.success(request, f"{form.cleaned_data['person'].name} has been told.")
            return redirect("wins:selection_seats", pk)
    context = {"form": form, "it": it, "panels": _panels(it)}
    return render(request, "wins/selection_rounds/seats.html", context)


@require_POST
def seat_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Give one’s place up; or programme staff take one away."""
    place = get_object_or_404(
        PanelSeat.objects.visible_to(request.user).select_related("round", "person"), pk=pk
    )
    actions.leave_panel(place=place, by=request.user, at=timezone.now())
    if place.person_id == request.user.pk:
        messages.success(request, "You are not on the panel any more. Whoever asked you is told.")
        return redirect("wins:selection_rounds")
    messages.success(request, "Done. They have been told.")
    return redirect("wins:selection_seats", place.round_id)


@require_safe
def selection_round(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_POST
def step(request: PersonRequest, pk: int) -> HttpResponse:
    """Open it, close it, send up, call off: the button says which."""
    it = _visible(request, pk)
    name = request.POST.get("step", "")
    if name not in STEPS:
        raise Http404
    take, said = STEPS[name]
    try:
        take(it=it, by=request.user, at=timezone.now())
    except ValidationError as why:
        messages.error(request, " ".join(why.messages))
    else:
        messages.success(request, said)
    return redirect(it)


def _page(request: PersonRequest, it: SelectionRound) -> HttpResponse:
    person: Any = request.user
    panels = _panels(it)
    own = next((seat for seat in it.seats.all() if seat.person_id == person.pk), None)
    read = Nomination.objects.visible_to(person).filter(round=it).for_list()
    choices = PanelChoice.objects.visible_to(person).filter(round=it).for_list()
    by_nomination: dict[int, list[PanelChoice]] = {}
    for choice in choices.exclude(state=PanelChoice.State.TAKEN_BACK):
        by_nomination.setdefault(choice.nomination_id, []).append(choice)
    rows = [(one, by_nomination.get(one.pk, [])) for one in read.order_by("made_at", "pk")]
    context = {
        "it": it,
        "panels": panels,
        "seat": own,
        "may_run": may_run_rounds(person),
        "published": [row for row in rows if row[0].state == Nomination.State.PUBLISHED],
        "mine": [row for row in rows if person.pk in (row[0].teller_id, row[0].nominated_by_id)],
        "to_read": [
            row for row in rows if own and row[0].state in Nomination.PUT_FORWARD and row[0].stands
        ],
        "my_turn": own is not None and own.level == it.level,
    }
    return render(request, "wins/selection_rounds/detail.html", context)


def _panels(it: SelectionRound) -> list[tuple[str, list[PanelSeat]]]:
    """The two panels by name, with those on them who are here."""
    here = [seat for seat in it.seats.all() if seat.person.is_active]  # type: ignore[attr-defined]
    return [
        (level.label.capitalize(), [seat for seat in here if seat.level == level])
        for level in PanelSeat.Level
    ]


def _visible(request: PersonRequest, pk: int) -> SelectionRound:
    return get_object_or_404(SelectionRound.objects.visible_to(request.user).for_detail(), pk=pk)
