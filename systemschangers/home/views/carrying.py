from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.models import Leader, LeaderRequest, Person
from cohorts.policy.leader_requests import may_take_along
from labs.models import Barrier, SameHere, Voice
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import threads_of, tie, untie
from wins.models import Win

MOST = 30


@require_http_methods(["GET", "POST"])
def carrying(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of my small wins, barriers I met and voices I carry a request to meet a leader takes along.

    Each is shown to whoever may see both ends."""
    person: Any = request.user
    it = get_object_or_404(LeaderRequest.objects.visible_to(person).for_list(), pk=pk)
    may_take_along(person, it).require()
    own = Win.objects.visible_to(person).filter(author=person, state=Win.State.LOGGED)
    met = _barriers_met(person)
    spoken = Voice.objects.visible_to(person).filter(carried_by=person).defer("search")
    if request.method == "POST":
        name = "take" if "take" in request.POST else "leave"
        kinds: dict[str, QuerySet[Any]] = {"barrier": met, "voice": spoken}
        things = kinds.get(request.POST.get("kind", ""), own)
        number = request.POST.get(name, "")
        thing = get_object_or_404(things, pk=int(number) if number.isdecimal() else 0)
        if name == "take":
            tie(it, Thread.Kind.CARRIES, thing, by=person, at=timezone.now())
        else:
            untie(it, Thread.Kind.CARRIES, thing)
        return redirect("home:carrying", pk)
    carried = [tied.thing for tied in threads_of(it, person) if tied.from_here]
    wins = [thing for thing in carried if isinstance(thing, Win)]
    barriers = [thing for thing in carried if isinstance(thing, Barrier)]
    voices = [thing for thing in carried if isinstance(thing, Voice)]
    context = {
        "it": it,
        "carried": wins,
        "others": own.exclude(pk__in=[one.pk for one in wins]).order_by("-logged_at", "-id")[:MOST],
        "barriers": barriers,
        "kept_from_leader": _kept_from(it.leader, wins, barriers),
        "voices": voices,
        "other_voices": spoken.exclude(pk__in=[one.pk for one in voices]).order_by(
            "-told_on", "-id"
        )[:MOST],
        "other_barriers": met.exclude(pk__in=[one.pk for one in barriers]).order_by(
            "-shown_on", "-id"
        )[:MOST],
    }
    return render(request, "home/carrying.html", context)


def _kept_from(leader: Leader, *taken: list[Any]) -> set[Any]:
    """Those the leader asked does not see: with an account as everybody here, else by letter alone."""
    kept: set[Any] = set()
    for things in filter(None, taken):
        all_: Any = type(things[0])._default_manager
        seen = all_.visible_to(leader.person) if leader.person else all_.visible_to_leader(leader)
        kept |= set(things) - set(seen.filter(pk__in=[thing.pk for thing in things]))
    return kept


def _barriers_met(person: Person) -> QuerySet[Barrier]:
    """Those one raised with one's name or said “same here” to, and that stand."""
    said = SameHere.objects.filter(person=person, removed_at=None).values("barrier")
    met = Barrier.objects.visible_to(person).filter(Q(raised_by=person) | Q(pk__in=said))
    return met.standing().defer("search", "kind")
