"""Links in letters to those of a board who have no account: to read an issued paper, and nothing else.

As with voices, a link belongs to the browser it is first opened in by a press: passed on after that it shows
nothing, nor does it to anybody who is signed in. What is shown is asked anew at every reading."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.models import Leader
from labs.actions.voices import link_openings
from labs.link_doors import is_open_here, open_here
from systemschangers.kernel import limits
from systemschangers.kernel.models import SignedLink
from systemschangers.kernel.signed_links import LinkRefused, look
from wins.actions import board_papers as actions
from wins.audiences.board_papers import who_reads_it_by_link
from wins.board_paper.letters import READ
from wins.board_paper.reading import read
from wins.models import BoardPaper

STATUS = {"unknown": 404, "other purpose": 403, "for somebody else": 403}
ANEW = "wins.board_paper_link.anew.{}"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def board_paper_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = look(token, (READ,), at=timezone.now())
        if request.user.is_authenticated:
            return _refused(request, link, "for somebody else", "")
        paper, leader = _whose(link)
    except LinkRefused as refused:
        return _refused(request, refused.link, refused.state, str(refused))
    if request.method == "POST" and "open" in request.POST:
        return open_here(request, link)
    if request.method == "POST" and "anew" in request.POST:
        return _send_anew(link, paper, leader)
    if not is_open_here(request, link):
        context = {"link": link, "elsewhere": link_openings.opened(link)}
        return render(request, "wins/board_papers/link_door.html", context)
    shown = read(paper, leader, timezone.localdate())
    context = {"it": paper, "paper": shown, "link": link}
    return render(request, "wins/board_papers/by_link.html", context)


@login_not_required
@require_safe
def board_paper_link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "wins/board_papers/link_sent.html")


def _whose(link: SignedLink) -> tuple[BoardPaper, Leader]:
    """Only while they are of that board, and have no account to sign in with."""
    papers = BoardPaper.objects.issued().for_detail()
    paper = papers.filter(pk=link.target_id).first()
    readers = who_reads_it_by_link(paper) if paper else []
    for leader in readers:
        if paper and leader.email == link.email:
            return paper, leader
    raise LinkRefused("called off", link)


def _send_anew(link: SignedLink, paper: BoardPaper, leader: Leader) -> HttpResponse:
    """Another, to the address of the leader and to no other; the one here ends."""
    at, name = timezone.now(), ANEW.format(link.pk)
    if not limits.reached(name, most=1, seconds=600, at=at):
        limits.count(name, seconds=600, at=at)
        actions.send_link_anew(paper=paper, leader=leader, at=at)
    return redirect("wins:board_paper_link_sent")


def _refused(
    request: HttpRequest, link: SignedLink | None, state: str, reason: str
) -> HttpResponse:
    context = {"link": link, "reason": reason, "state": state}
    status = STATUS.get(state, 410)
    return render(request, "wins/board_papers/link_refused.html", context, status=status)
