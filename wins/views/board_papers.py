from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.words import attempt
from cohorts.models import Board
from cohorts.requests import PersonRequest
from systemschangers.kernel.forms import open_form
from systemschangers.kernel.pagination import page_by_key
from wins.actions import board_papers as actions
from wins.audiences.board_papers import who_reads_it, who_reads_it_by_link
from wins.board_paper.pdf import NotSet, pdf_of
from wins.board_paper.reading import read
from wins.board_paper.shelf import read_next, shelved
from wins.forms.board_papers import BoardPaperForm, answers_of, beginning
from wins.models import BoardPaper
from wins.policy.board_papers import may_make_papers, may_work_on


@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """Papers of the boards one reads for. Nobody else finds the shelf."""
    person = request.user
    may_make = may_make_papers(person)
    if not may_make and not Board.objects.of(person).exists():
        raise Http404
    today = timezone.localdate()
    found = BoardPaper.objects.visible_to(person).for_list().with_opened(person)
    page = page_by_key(found, request.GET.get("page", ""), key=("made_at", "id"), size=20)
    context = {
        "page": page,
        "shelf": shelved(page, today),
        "next": read_next(person, today),
        "may_make": may_make,
    }
    return render(request, "wins/board_papers/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    may_make_papers(request.user).require()
    asked, today = request.GET, timezone.localdate()
    begun = beginning(asked.get("board", ""), asked.get("period", ""), today)
    form = open_form(BoardPaperForm, request, person=request.user, today=today, initial=begun)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        if made := attempt(form, actions.make, wanted=form.wanted, **given):
            messages.success(request, "Kept as a draft. This is how it would read today.")
            return redirect(made)
    return render(request, "wins/board_papers/form.html", {"form": form})


@require_safe
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    """The paper as one may read it today: on the screen, and ready to print."""
    it, person = _visible(request, pk), request.user
    actions.note_opened(paper=it, by=person, at=timezone.now())
    made_since = BoardPaper.objects.visible_to(person).issued().filter(board=it.board_id)
    newer = made_since.filter(period=it.period).order_by("-issued_at").first()
    shown = read(it, person, timezone.localdate())
    context = {
        "it": it,
        "paper": shown,
        "words_of_promises": any(row.words for row in shown.promises.rows),  # type: ignore[attr-defined]
        "may_work": may_work_on(person, it),
        "may_make": may_make_papers(person),
        "by_link": who_reads_it_by_link(it) if may_make_papers(person) and not it.is_draft else [],
        "newer": newer if newer and it.issued_at and newer.pk != it.pk else None,
    }
    return render(request, "wins/board_papers/detail.html", context)


@require_safe
def pdf(request: PersonRequest, pk: int) -> HttpResponse:
    it = _visible(request, pk)
    try:
        made = pdf_of(it, request.user, timezone.localdate())
    except NotSet:
        messages.error(request, "The PDF could not be made. Print this page instead.")
        return redirect(it)
    actions.note_opened(paper=it, by=request.user, at=timezone.now())
    answer = HttpResponse(made, content_type="application/pdf")
    name = slugify(f"board-paper {it.board.name} {it.period}")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a draft. A form opened on an older one shows how it stands, and overwrites nothing."""
    it, today = _workable(request, pk), timezone.localdate()
    options: dict[str, Any] = {"person": request.user, "today": today, "initial": answers_of(it)}
    form = open_form(BoardPaperForm, request, **options)
    context: dict[str, Any] = {"form": form, "it": it}
    if request.method == "POST" and form.is_valid():
        given = {"paper": it, "version": form.cleaned_data["version"] or 0, "wanted": form.wanted}
        try:
            if attempt(form, actions.change, **given, by=request.user, at=timezone.now()):
                messages.success(request, "Saved. This is how it would read today.")
                return redirect(it)
        except actions.EditedMeanwhile as meanwhile:
            data = request.POST.copy()
            data["version"] = str(meanwhile.now.version)
            again = BoardPaperForm(data, **options)
            again.is_valid()
            context |= {"form": again, "now": meanwhile.now}
            return render(request, "wins/board_papers/form.html", context, status=409)
    return render(request, "wins/board_papers/form.html", context)


@require_http_methods(["GET", "POST"])
def issuing(request: PersonRequest, pk: int) -> HttpResponse:
    """Who will be told, and that it can’t be changed after (GET); then issue it (POST)."""
    it = _workable(request, pk)
    if request.method == "POST":
        version = request.POST.get("version", "")
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        try:
            actions.issue(paper=it, version=number, by=request.user, at=timezone.now())
        except actions.EditedMeanwhile:
            messages.error(request, "Somebody changed it meanwhile. Look it over again.")
            return redirect(it)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("wins:board_paper_edit", pk)
        messages.success(request, "Issued. Those of the board are told.")
        return redirect(it)
    context = {"it": it, "told": who_reads_it(it), "by_link": who_reads_it_by_link(it)}
    return render(request, "wins/board_papers/issuing.html", context)


@require_POST
def letters(request: PersonRequest, pk: int) -> HttpResponse:
    """The link once more, to those of the board without an account."""
    it = _visible(request, pk)
    many = actions.send_links(paper=it, by=request.user, at=timezone.now())
    words = "1 letter is" if many == 1 else f"{many} letters are"
    messages.success(request, f"{words} on the way. Links sent before no longer work.")
    return redirect(it)


@require_http_methods(["GET", "POST"])
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once (GET), then throw the draft away (POST)."""
    it = _workable(request, pk)
    if request.method == "POST":
        actions.throw_away(paper=it, by=request.user, at=timezone.now())
        messages.success(request, "The draft is thrown away.")
        return redirect("wins:board_papers")
    return render(request, "wins/board_papers/confirm_removal.html", {"it": it})


def _visible(request: PersonRequest, pk: int) -> BoardPaper:
    return get_object_or_404(BoardPaper.objects.visible_to(request.user).for_detail(), pk=pk)


def _workable(request: PersonRequest, pk: int) -> BoardPaper:
    it = _visible(request, pk)
    may_work_on(request.user, it).require()
    return it
