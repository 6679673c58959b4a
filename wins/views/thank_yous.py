from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.models import Person
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key
from wins.actions import thank_yous as actions
from wins.forms.thank_yous import ReceiverForm, ThankYouAnswerForm, ThankYouForm
from wins.looking_over import OF_THANKS, not_looked_at
from wins.models import ThankYou
from wins.policy.thank_yous import may_answer_thank_you, may_thank


@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    thanks = ThankYou.objects.visible_to(request.user).for_list()
    page = page_by_key(thanks, request.GET.get("page", ""), key=("made_at", "id"))
    return render(request, "wins/thank_yous/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """First who, found by name (GET); then what you saw (POST to the same page with ?to=)."""
    if request.GET.get("to", "").isdecimal():
        return _write(request, int(request.GET["to"][:9]))
    form = ReceiverForm(request.GET if "name" in request.GET else None)
    found = form.found(request.user) if form.is_bound and form.is_valid() else None
    return render(request, "wins/thank_yous/who.html", {"form": form, "found": found})


def _write(request: PersonRequest, pk: int) -> HttpResponse:
    receiver = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    may_thank(request.user, receiver).require()
    form = open_form(ThankYouForm, request)
    ready = form.is_bound and form.is_valid()
    pointed = not_looked_at(form, request.user, OF_THANKS) if ready else []
    if ready and not pointed:
        thank_you = actions.thank(
            receiver=receiver,
            words=form.cleaned_data["words"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"{receiver.first_name} has your thanks.")
        return redirect("wins:thank_you", pk=thank_you.pk)
    context = {"form": form, "receiver": receiver, "pointed": pointed}
    return render(request, "wins/thank_yous/form.html", context)


@require_safe
def thank_you(request: PersonRequest, pk: int) -> HttpResponse:
    it = get_object_or_404(ThankYou.objects.visible_to(request.user).for_list(), pk=pk)
    context = {
        "thank_you": it,
        "form": ThankYouAnswerForm(initial={"shown_to": it.shown_to}),
        "may": may_answer_thank_you(request.user, it),
    }
    return render(request, "wins/thank_yous/detail.html", context)


@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    it = get_object_or_404(ThankYou.objects.visible_to(request.user), pk=pk)
    may_answer_thank_you(request.user, it).require()
    form = ThankYouAnswerForm(request.POST)
    if not form.is_valid():
        context = {"thank_you": it, "form": form, "may": may_answer_thank_you(request.user, it)}
        return render(request, "wins/thank_yous/detail.html", context)
    actions.answer(
        thank_you=it,
        shown_to=form.cleaned_data["shown_to"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(
        request,
        "Shown, as you chose." if form.cleaned_data["shown_to"] else "Kept between you two.",
    )
    return redirect("wins:thank_you", pk=it.pk)
