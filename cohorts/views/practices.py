from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts import practice_shelf as shelf
from cohorts.actions import practices as actions
from cohorts.forms.practices import ChangeWordsForm, PracticeForm, ShelfForm, answers_of, begun_from
from cohorts.forms.words import attempt
from cohorts.models import ComparisonNote, PeerMeeting, PeerPlace, Practice
from cohorts.policy.practices import may_borrow, may_change_practice, may_draft_practice
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.page_parts import parts
from systemschangers.kernel.pagination import page_by_key
from systemschangers.kernel.threads import threads_of

State = Practice.State


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What is worth borrowing: published practices, newest first, searched and narrowed."""
    person: Any = request.user
    form = ShelfForm(request.GET)
    form.is_valid()
    narrowed = form.cleaned_data
    words, cursor = shelf.tidy(narrowed.get("q", "")), request.GET.get("page", "")
    found = Practice.objects.published().for_list().defer("search")
    if narrowed.get("theme"):
        found = found.filter(themes=narrowed["theme"])
    if service := narrowed.get("service"):
        own, borrowed = found.filter(service=service), found.filter(borrowings__service=service)
        found = (own | borrowed).distinct()
    page = page_by_key(
        shelf.holding(found, words) if words else found, cursor, key=("published_at", "id")
    )
    own_open = Practice.objects.visible_to(person).exclude(state=State.PUBLISHED)
    context = {
        "page": page,
        "form": form,
        "words": words,
        "narrowed": bool(words or narrowed.get("theme") or narrowed.get("service")),
        "alike": shelf.alike(found, words) if words and not page.rows and not cursor else [],
        "unfinished": list(own_open.defer("search").order_by("-changed_at")[:5]),
    }
    return render(request, "cohorts/practices/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a practice of what was compared in a meeting: a draft, looked over before it is sent."""
    person: Any = request.user
    meeting = get_object_or_404(PeerMeeting.objects.visible_to(person).for_detail(), pk=pk)
    may_draft_practice(person, meeting).require()
    note = None
    chosen = request.GET.get("note", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        notes = ComparisonNote.objects.visible_to(person).for_list()
        note = notes.filter(meeting=meeting, pk=chosen).first()
    met = [place.person for place in _met(meeting)]
    initial = begun_from(meeting, person, note)
    form: Any = open_form(PracticeForm, request, people=met, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.given
        made = attempt(form, actions.draft, meeting=meeting, **given, by=person, at=timezone.now())
        if made:
            return redirect("cohorts:practice_check", made.pk)
    return render(request, "cohorts/practices/form.html", {"form": form, "meeting": meeting})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change its words. Opened on older words, it shows both instead of overwriting."""
    person: Any = request.user
    it = _visible(request, pk)
    may_change_practice(person, it).require()
    people = [owner.person for owner in _owners(it)]
    form: Any = open_form(PracticeForm, request, people=people, practice=it, initial=answers_of(it))
    now = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        given = {"practice": it, "version": version, **form.given}
        try:
            if attempt(form, actions.change, **given, by=person, at=timezone.now()):
                messages.success(request, "Saved.")
                way = "cohorts:practice_check" if it.state == State.DRAFT else "cohorts:practice"
                return redirect(way, pk)
        except actions.EditedMeanwhile as meanwhile:
            now = meanwhile.now
            form = PracticeForm(_on_top_of(request, now), people=people, practice=now)
            form.is_valid()
    context = {"form": form, "it": it, "now": now}
    return render(request, "cohorts/practices/form.html", context)


def _on_top_of(request: HttpRequest, now: Practice) -> Any:
    data = request.POST.copy()
    data["version"] = str(now.version)
    return data


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look it over, then send it to those who have to agree."""
    person: Any = request.user
    it = _visible(request, pk)
    may_change_practice(person, it).require()
    if it.state not in Practice.SEND.sources | Practice.SEND_AGAIN.sources:
        raise WrongState("It has been sent already. See its page for who has agreed.")
    if request.method == "POST":
        sent = actions.send(practice=it, by=person, at=timezone.now())
        published = sent.state == State.PUBLISHED
        messages.success(request, "Published." if published else "Sent. They have been told.")
        return redirect(it)
    others = [owner.person for owner in _owners(it) if owner.person_id != person.pk]
    return render(request, "cohorts/practices/check.html", {"it": it, "others": others})


@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk), ChangeWordsForm())


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree, ask for a change, take back, or throw a draft away: the button says which."""
    person: Any = request.user
    it = _visible(request, pk)
    given: dict[str, Any] = {"practice": it, "by": person, "at": timezone.now()}
    form = ChangeWordsForm()
    match request.POST.get("step"):
        case "agree":
            try:
                done = actions.agree(version=_number(request, "version"), **given)
            except actions.EditedMeanwhile:
                messages.error(request, "It was changed meanwhile. Read it again, then agree.")
            else:
                published = done.state == State.PUBLISHED
                messages.success(request, "Published." if published else "You agreed.")
        case "ask":
            form = ChangeWordsForm(request.POST)
            words = form.is_valid() and form.cleaned_data
            if not words or not attempt(form, actions.ask_for_change, **words, **given):
                may_change_practice(person, it).require()
                return _page(request, it, form)
            messages.success(request, "Sent. They have been told.")
        case "take_back":
            actions.take_back(**given)
            messages.success(request, "Taken back. Only its owners see it now.")
        case "throw_away":
            actions.throw_away(**given)
            messages.success(request, "The draft is gone.")
            return redirect("cohorts:practices")
        case _:
            raise Http404
    return redirect("cohorts:practice", pk)


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0


def _page(request: HttpRequest, it: Practice, form: ChangeWordsForm) -> HttpResponse:
    person: Any = request.user
    owners = _owners(it)
    own = next((owner for owner in owners if owner.person_id == person.pk), None)
    stops = shelf.travelled(it)
    mine = next((stop.borrowing for stop in stops if stop.borrowing.person_id == person.pk), None)
    may = may_borrow(person, it)
    context = {
        "it": it,
        "owners": owners,
        "own": own,
        "waits": [owner for owner in owners if owner.agreed_at is None],
        "asked": [owner for owner in owners if owner.words],
        "stops": stops,
        "mine": mine,
        "may_borrow": may and (mine is None or mine.state in mine.BORROW.sources),
        "form": form,
        "threads": threads_of(it, person),
        "parts": parts(person, it),
        "meeting": it.meeting if own else None,
    }
    return render(request, "cohorts/practices/detail.html", context)


def _visible(request: HttpRequest, pk: int) -> Practice:
    found = Practice.objects.visible_to(request.user).for_detail().defer("search")
    return get_object_or_404(found, pk=pk)


def _owners(it: Practice) -> list[Any]:
    owners = it.owners.filter(person__is_active=True)  # type: ignore[attr-defined]
    return list(owners.select_related("person"))


def _met(meeting: PeerMeeting) -> list[PeerPlace]:
    met = PeerPlace.objects.of_those_who_met().filter(meeting=meeting)
    return list(met.select_related("person"))
