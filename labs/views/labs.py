from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from cohorts.meanwhile import ChangedMeanwhile
from cohorts.policy.peer_meetings import may_invite
from labs import lab_page
from labs.actions.labs import carrying, running
from labs.forms.labs import LabForm, SummaryForm
from labs.middleware import NoLongerIn
from labs.models import Barrier, CanvasShare, Lab, LabMember
from labs.policy import labs as policy
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.page_parts import parts
from systemschangers.kernel.pagination import page_by_key
from systemschangers.kernel.threads import threads_of

MOST_SHARED = 20


def inside(request: HttpRequest, pk: int) -> tuple[Lab, LabMember]:
    """The lab and one's seat in it; 404 for everybody outside.

    Raises NoLongerIn when a former member sends something: they get their words back."""
    person: Any = request.user
    lab = Lab.objects.inside_for(person).for_detail().filter(pk=pk).first()
    seat = policy.seat_of(person, lab) if lab else None
    if lab is None or seat is None:
        if request.method == "POST" and LabMember.objects.filter(lab=pk, person=person).exists():
            raise NoLongerIn
        raise Http404
    return lab, seat


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """My labs, then what others have published."""
    person: Any = request.user
    mine = Lab.objects.inside_for(person).for_list().order_by("-state", "-made_at")
    others = _published(person).for_list()
    page = page_by_key(others, request.GET.get("page", ""), key=("published_at", "id"))
    context = {"mine": mine[:20], "page": page, "may_start": policy.may_start(person)}
    return render(request, "labs/labs/list.html", context)


def _published(person: Any) -> Any:
    """By labs one is not in: one's own stand above."""
    mine = Lab.objects.inside_for(person).values("pk")
    return Lab.objects.visible_to(person).filter(published_at__isnull=False).exclude(pk__in=mine)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    policy.may_start(person).require()
    form: Any = open_form(LabForm, request)
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("question", "about", "place")}
        lab = attempt(form, running.start, **given, by=person, at=timezone.now())
        if lab:
            messages.success(request, "The lab is there. Now say who is in it.")
            return redirect("labs:lab_members", lab.pk)
    return render(request, "labs/labs/form.html", {"form": form})


@require_safe
def lab(request: HttpRequest, pk: int) -> HttpResponse:
    """To its members, all of it; to everyone else, the summary it published."""
    person: Any = request.user
    found = get_object_or_404(Lab.objects.visible_to(person).for_detail(), pk=pk)
    seat = policy.seat_of(person, found)
    if seat is None:
        shown: dict[str, Any] = {"lab": found, "many": lab_page.how_many(found)}
        shown["may_invite"] = found.ask and may_invite(person, found.ask)
        return render(request, "labs/labs/summary.html", shown)
    today = timezone.localdate()
    members = lab_page.members_of(found)
    context = {
        "lab": found,
        "seat": seat,
        "may_write": policy.may_write(seat, found),
        "may_agree": policy.may_agree(seat, found),
        "may_run": policy.may_run(seat, found),
        "patterns": lab_page.patterns_of(found, seat, sum(map(len, members.values()))),
        "loose": lab_page.loose_insights(found),
        "chains": lab_page.chains_of(found, today),
        "decisions": lab_page.decisions_of(found, today),
        "sessions": lab_page.sessions_of(found),
        "members": members,
        "threads": threads_of(found, person),
        "exercises": CanvasShare.objects.in_lab(found).order_by("-shared_at", "-id")[:MOST_SHARED],
        "parts": parts(person, found),
    }
    return render(request, "labs/labs/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found, seat = inside(request, pk)
    policy.may_run(seat, found).require()
    initial = {name: getattr(found, name) for name in ("question", "about", "place", "version")}
    form: Any = open_form(LabForm, request, initial=initial)
    meanwhile = None
    if form.is_bound and form.is_valid():
        try:
            given = form.cleaned_data | {"by": person, "at": timezone.now()}
            if attempt(form, running.change, lab=found, **given):
                messages.success(request, "Saved.")
                return redirect(found)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            form.now_on(meanwhile)
    context = {"form": form, "lab": found, "meanwhile": meanwhile}
    return render(request, "labs/labs/form.html", context, status=409 if meanwhile else 200)


@require_POST
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends it; posted with `undo`, it goes on."""
    person: Any = request.user
    found, _ = inside(request, pk)
    if "undo" in request.POST or request.GET.get("undo"):
        running.go_on(lab=found, by=person, at=timezone.now())
        messages.success(request, "The lab goes on.")
    else:
        running.end(lab=found, by=person, at=timezone.now())
        messages.success(request, "The lab has ended.", extra_tags=f"undo:{request.path}?undo=1")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the summary; publishing it is the next page."""
    person: Any = request.user
    found, seat = inside(request, pk)
    policy.may_run(seat, found).require()
    initial = {"summary": found.summary, "version": found.version}
    form: Any = open_form(SummaryForm, request, initial=initial)
    meanwhile = None
    if form.is_bound and form.is_valid():
        try:
            given = form.cleaned_data | {"by": person, "at": timezone.now()}
            if attempt(form, running.summarise, lab=found, **given):
                return redirect("labs:lab_publishing", found.pk)
        except ChangedMeanwhile as changed:
            meanwhile = changed.now
            form.now_on(meanwhile)
    context = {"form": form, "lab": found, "meanwhile": meanwhile}
    return render(request, "labs/labs/summarising.html", context, status=409 if meanwhile else 200)


@require_http_methods(["GET", "POST"])
def publishing(request: HttpRequest, pk: int) -> HttpResponse:
    """Check what everyone will read; then publish it."""
    person: Any = request.user
    found, seat = inside(request, pk)
    policy.may_run(seat, found).require()
    if not found.summary:
        return redirect("labs:lab_summary", found.pk)
    if request.method == "POST":
        try:
            version = int(request.POST.get("version") or 0)
            given: dict[str, Any] = {"may_be_asked": "ask" in request.POST, "by": person}
            running.publish(lab=found, version=version, **given, at=timezone.now())
        except (ChangedMeanwhile, ValueError):
            messages.warning(request, "The summary was changed meanwhile. Read it again first.")
            return redirect("labs:lab_publishing", found.pk)
        messages.success(request, "Published. Everyone here can read it.")
        return redirect(found)
    return render(request, "labs/labs/publishing.html", {"lab": found})


@require_POST
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    found, _ = inside(request, pk)
    running.take_back(lab=found, by=person, at=timezone.now())
    messages.success(request, "Taken back. Only members read it now.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def barriers(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a barrier to work on."""
    person: Any = request.user
    found, seat = inside(request, pk)
    policy.may_run(seat, found).require()
    open_ones = Barrier.objects.visible_to(person).filter(state__in=Barrier.PICK_UP.sources)
    if request.method == "POST":
        number = request.POST.get("barrier", "")
        chosen = get_object_or_404(open_ones, pk=int(number) if number.isdecimal() else 0)
        carrying.pick_up(lab=found, barrier=chosen, by=person, at=timezone.now())
        messages.success(request, "Your lab has picked it up. Whoever raised it hears of it.")
        return redirect(found)
    words = request.GET.get("q", "").strip()[:200]
    if words:
        open_ones = open_ones.filter(search=words)
    page = page_by_key(
        open_ones.for_list(), request.GET.get("page", ""), key=("shown_on", "id"), size=10
    )
    context = {"lab": found, "page": page, "words": words}
    return render(request, "labs/labs/barriers.html", context)


@require_POST
def putting_down(request: HttpRequest, pk: int, barrier: int) -> HttpResponse:
    person: Any = request.user
    found, _ = inside(request, pk)
    carried = get_object_or_404(Barrier.objects.visible_to(person), pk=barrier)
    carrying.put_down(lab=found, barrier=carried, by=person, at=timezone.now())
    messages.success(request, "Put down. It is on the board as before.")
    return redirect(found)
