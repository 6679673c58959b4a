from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.accounts import let_in
from cohorts.forms.words import attempt
from labs import code_cards, lab_page
from labs.actions.labs import members as actions
from labs.forms.labs import CodeForm, MemberForm, SeatForm
from labs.models import LabMember
from labs.policy import labs as policy
from labs.receipts import in_groups
from systemschangers.kernel.forms import open_form

from .labs import inside

# The session row outlives what it allows: whoever is late is told so, and gets their words back.
ROW_LASTS = int((code_cards.LONGEST_SESSION * 2).total_seconds())
TOO_MANY = (
    "Too many wrong codes were tried just now, by whoever. For a few minutes we look none up. "
    "Yours is as good as ever: try again in ten minutes."
)
UNKNOWN = "No card has this code. Look at each letter and figure again, or ask for a new card."
NEW_CARD = "new_code_card"


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in it; and, for who facilitates, one more."""
    person: Any = request.user
    lab, seat = inside(request, pk)
    may_run = policy.may_run(seat, lab)
    form: Any = open_form(MemberForm, request) if may_run else None
    if request.method == "POST":
        may_run.require()
        if form.is_valid():
            said = form.cleaned_data
            given = {"person": said["person"], "role": said["role"], "alias": said["alias"]}
            given |= {"name": said["card_name"], "by": person, "at": timezone.now()}
            added = attempt(form, actions.add, lab=lab, **given)
            if added:
                messages.success(request, f"{added.shown} is in the lab.")
                return redirect(added if added.person.by_code_card else request.path)
    left = lab_page.who_left(lab) if may_run else []
    context = {"lab": lab, "form": form, "members": lab_page.members_of(lab), "left": left}
    return render(request, "labs/lab_members/list.html", context)


@require_http_methods(["GET", "POST"])
def lab_member(request: HttpRequest, pk: int) -> HttpResponse:
    """A seat: what is private to who facilitates, and the card."""
    person: Any = request.user
    member = _visible(request, pk)
    lab, seat = inside(request, member.lab_id)
    policy.may_see_private(seat, member).require()
    may_run = policy.may_run(seat, lab)
    member.refresh_from_db(fields=["access_needs", "payment"])
    fields = ("alias", "access_needs", "payment", "facilitates")
    form: Any = open_form(
        SeatForm,
        request,
        may_run=bool(may_run),
        member=member,
        initial={name: getattr(member, name) for name in fields},
    )
    if form.is_bound and form.is_valid():
        given = {name: getattr(member, name) for name in fields} | form.cleaned_data
        if attempt(form, actions.change, member=member, **given, by=person, at=timezone.now()):
            messages.success(request, "Saved.")
            return redirect("labs:lab_members", lab.pk)
    context = {
        "lab": lab,
        "member": member,
        "form": form,
        "mine": seat.pk == member.pk,
        "may_run": may_run,
        "may_remove": member.left_at is None and policy.may_remove(seat, member),
        "card": member.person.by_code_card and actions.card_of(member),
    }
    return render(request, "labs/lab_members/detail.html", context)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    member = _visible(request, pk)
    actions.remove(member=member, by=person, at=timezone.now())
    if member.person_id == person.pk:
        messages.success(request, "You are out of the lab. What you said in it stays.")
        return redirect("labs:labs")
    messages.success(
        request, f"{member.shown} is out of the lab. To undo it, let them back in below."
    )
    return redirect("labs:lab_members", member.lab_id)


@require_POST
def coming_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo: back to the seat they had. Who came by a card needs a new one, which is made on their page."""
    person: Any = request.user
    member = actions.bring_back(member=_visible(request, pk), by=person, at=timezone.now())
    by_card = member.person.by_code_card
    then = " Their old card stays ended: make a new one here." if by_card else ""
    messages.success(request, f"{member.shown} is back in the lab.{then}")
    return redirect(member if by_card else reverse("labs:lab_members", args=[member.lab_id]))


@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """POST makes a new card; the page it leads to shows the code once, to be printed."""
    person: Any = request.user
    member = _visible(request, pk)
    lab, seat = inside(request, member.lab_id)
    policy.may_run(seat, lab).require()
    if request.method == "POST":
        if "end" in request.POST:
            actions.end_card(member=member, by=person, at=timezone.now())
            messages.success(request, "The card opens nothing any more.")
            return redirect(member)
        code = actions.issue_card(member=member, by=person, at=timezone.now())
        request.session[NEW_CARD] = [member.pk, code]
        return redirect(request.path)
    shown = request.session.pop(NEW_CARD, None)
    code = shown[1] if shown and shown[0] == member.pk else ""
    context = {"lab": lab, "member": member, "code": in_groups(code)}
    return render(request, "labs/lab_members/card.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def code_card(request: HttpRequest) -> HttpResponse:
    """Sign in with the code on a card. Under /account/, where a form key means nothing: a wrong try that
    is answered by a page is not rolled back uncounted (cohorts.middleware.SignInMiddleware)."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            address = get_adapter().get_client_ip(request)
            found = code_cards.find(form.cleaned_data["code"], address=address, at=timezone.now())
        except code_cards.TooManyWrong:
            form.add_error(None, TOO_MANY)
            status = 429
        else:
            if found:
                response = let_in(request, found.person, _first_page(found.person))
                request.session.set_expiry(ROW_LASTS)
                code_cards.still_here(request.session, timezone.now())
                return response
            form.add_error("code", UNKNOWN)
    return render(request, "labs/lab_members/code_card.html", {"form": form}, status=status)


def _first_page(person: Any) -> str:
    seats = list(LabMember.objects.today().filter(person=person).select_related("lab")[:2])
    return seats[0].lab.get_absolute_url() if len(seats) == 1 else "/labs/"


def _visible(request: HttpRequest, pk: int) -> LabMember:
    person: Any = request.user
    return get_object_or_404(LabMember.objects.visible_to(person).for_list(), pk=pk)
