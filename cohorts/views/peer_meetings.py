from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast, Extract
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.actions.peer_meetings import inviting, opening
from cohorts.forms.peer_meetings import InvitationForm, OpenMeetingForm, answers_of
from cohorts.forms.words import attempt
from cohorts.models import (
    ComparisonNote,
    DoNotPair,
    ManagerAgreement,
    PeerMeeting,
    PeerPlace,
    Person,
    Practice,
)
from cohorts.peer_standing import history, stand
from cohorts.policy.peer_meetings import has_met, may_change
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.page_parts import parts
from systemschangers.kernel.pagination import page_by_key

from .decisions import back_to
from .leader_panels import Panel
from .peer_panels import OFFERS, panel, panels, steps_for

State, Place = PeerMeeting.State, PeerPlace.State
SHOWN = {"mine": "Mine", "open": "Open to everyone"}
MOST_SUGGESTED = 60


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Mine, newest change first; or the open meetings to come, soonest first."""
    person: Any = request.user
    show = request.GET.get("show") if request.GET.get("show") in SHOWN else "mine"
    cursor = request.GET.get("page", "")
    found = PeerMeeting.objects.visible_to(person).for_list()
    if show == "mine":
        own = PeerPlace.objects.filter(person=person).values("meeting")
        page = page_by_key(found.filter(pk__in=own), cursor, key=("since", "id"))
    else:
        page = page_by_key(_to_come(found), cursor, key=("soon", "id"))
    here = reverse("cohorts:peer_meetings")
    context = {
        "page": page,
        "rows": [stand(meeting, person, meeting.shown_places) for meeting in page],  # type: ignore[attr-defined]
        "show": show,
        "tabs": [
            {"label": label, "url": f"{here}?show={key}", "current": key == show}
            for key, label in SHOWN.items()
        ],
    }
    return render(request, "cohorts/peer_meetings/list.html", context)


def _to_come(found: QuerySet[PeerMeeting]) -> QuerySet[PeerMeeting]:
    """With `soon`, which is greater the sooner they are: pages go from the greatest down."""
    soon = Cast(Extract("meets_at", "epoch"), BigIntegerField()) * -1
    kept = found.filter(kind=PeerMeeting.Kind.OPEN, state=State.ARRANGED)
    return kept.filter(meets_at__gt=timezone.now()).annotate(soon=soon)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Invite one person, with a question to compare, and dates if one likes. The page that led here may
    have written whom and what to begin with."""
    person: Any = request.user
    chosen = request.GET.get("with", "")
    other = None
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        other = Person.objects.visible_to(person).filter(pk=chosen).exclude(pk=person.pk).first()
    question = " ".join(request.GET.get("question", "")[:500].split())
    form = open_form(
        InvitationForm, request, by=person, initial={"person": other, "question": question}
    )
    if request.method == "POST" and form.is_valid():
        names = ("person", "question", "kind", "hours", "dates", "words")
        given = {name: form.cleaned_data[name] for name in names}
        given |= {name: form.cleaned_data[name] for name in ("where", "link", "access_note")}
        made = attempt(form, inviting.invite, **given, by=person, at=timezone.now())
        if made:
            messages.success(request, f"Sent. {given['person'].name} has been told.")
            return redirect(made)
    form.fields["person"].offer(_suggested(person))  # type: ignore[attr-defined]
    context = {"form": form, "other": other, "agreed": _agreed(person)}
    return render(request, "cohorts/peer_meetings/form.html", context)


def _suggested(person: Person) -> QuerySet[Person]:
    """People of other services who are open to meet; whoever is not suggested can be typed."""
    near = Person.objects.open_to_meet().exclude(pk__in=DoNotPair.objects.kept_apart_from(person))
    other = near.exclude(posts__service__in=person.reach.services).exclude(pk=person.pk)
    return other.order_by("name").distinct()[:MOST_SUGGESTED]


def _agreed(person: Person) -> bool:
    return ManagerAgreement.objects.agreed_for(person).exists()


@require_http_methods(["GET", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """Hold a meeting that anybody here may come to."""
    person: Any = request.user
    form: Any = open_form(OpenMeetingForm, request)
    if request.method == "POST" and form.is_valid():
        given = form.given
        made = attempt(form, opening.open_meeting, **given, by=person, at=timezone.now())
        if made:
            messages.success(request, "Your meeting is shown to everyone here.")
            return redirect(made)
    context = {"form": form, "agreed": _agreed(person)}
    return render(request, "cohorts/peer_meetings/open_form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, room or number of seats of an open meeting."""
    person: Any = request.user
    meeting = get_object_or_404(PeerMeeting.objects.visible_to(person).for_detail(), pk=pk)
    may_change(person, meeting).require()
    if meeting.state != State.ARRANGED or meeting.has_begun(timezone.now()):
        raise WrongState("This meeting is over, or has begun. It stays as it was.")
    form: Any = open_form(OpenMeetingForm, request, initial=answers_of(meeting))
    if request.method == "POST" and form.is_valid():
        given = form.given
        if attempt(form, opening.change, meeting=meeting, **given, by=person, at=timezone.now()):
            messages.success(request, "Saved. Whoever comes is told what has changed.")
            return redirect(meeting)
    return render(request, "cohorts/peer_meetings/open_form.html", {"form": form, "it": meeting})


@require_safe
def peer_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step: which one is posted as `step`. Whether it may be taken, the action says."""
    person: Any = request.user
    meeting = _visible(request, pk)
    key = request.POST.get("step", "")
    if key not in OFFERS:
        raise Http404
    sent = panel(key, meeting, request.POST)
    if sent.form.is_valid():
        given: dict[str, Any] = {"meeting": meeting, "data": sent.form.cleaned_data}
        done = attempt(sent.form, OFFERS[key].take, **given, by=person, at=timezone.now())
        if done:
            messages.success(request, _said(key, done))
            return back_to(request, "cohorts:peer_meeting", pk)
    return _page(request, meeting, bound=sent)


def _said(key: str, done: Any) -> str:
    if key in ("join", "queue"):
        if done.state == Place.GOING:
            return "You have a seat. It is on its way to your calendar."
        return "You are on the waiting list. You are told when a seat is yours."
    return "Done. Whoever it concerns is told."


def _visible(request: HttpRequest, pk: int) -> PeerMeeting:
    return get_object_or_404(PeerMeeting.objects.visible_to(request.user).for_detail(), pk=pk)


def _page(request: HttpRequest, meeting: PeerMeeting, bound: Panel | None = None) -> HttpResponse:
    person: Any = request.user
    now = timezone.now()
    places = PeerPlace.objects.filter(meeting=meeting).with_person().order_by("turn")
    stands = stand(meeting, person, list(places))
    met = meeting.state == State.HELD and bool(has_met(person, meeting))
    seen = ComparisonNote.objects.visible_to(person).filter(meeting=meeting)
    notes = list(seen.for_list()) if met else []
    practices = Practice.objects.visible_to(person).filter(meeting=meeting).defer("search")
    waiting = [one for one in stands.places if one.state == Place.WAITING]
    keys = steps_for(stands, now)
    if bound and bound.key not in keys:
        bound.form.full_clean()
        keys = [bound.key, *keys] if bound.form.errors else keys
    own = stands.place
    context = {
        "it": meeting,
        "stands": stands,
        "going": [one for one in stands.places if one.state == Place.GOING],
        "asked": [one for one in stands.places if one.state == Place.ASKED],
        "out": [one for one in stands.places if not one.has_a_part and not meeting.is_open],
        "waiting": waiting,
        "my_turn": waiting.index(own) + 1 if own in waiting else 0,
        "dates": list(meeting.dates.all())
        if meeting.state == State.DATES_PROPOSED and "answer" not in keys
        else [],  # type: ignore[attr-defined]
        "panels": panels(keys, meeting, bound=bound),
        "form": bound.form if bound else None,
        "post_to": reverse("cohorts:peer_meeting_step", args=[meeting.pk]),
        "may_change": stands.place is not None
        and meeting.state == State.ARRANGED
        and not meeting.has_begun(now)
        and bool(may_change(person, meeting)),
        "is_going": own is not None and own.state == Place.GOING,
        "agreed": own is None or own.time_request is not None or _agreed(person),
        "met": met,
        "notes": notes,
        "own_note": next((note for note in notes if note.author_id == person.pk), None),
        "practices": list(practices),
        "parts": parts(person, meeting),
        "history": history(meeting) if own is not None and not meeting.is_open else [],
        "to_come": meeting.state == State.ARRANGED and not meeting.has_begun(now),
    }
    return render(request, "cohorts/peer_meetings/detail.html", context)
