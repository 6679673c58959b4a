"""What stands on a paper on one day: which things, and how they stood. Kept for good once it is issued, so
it holds numbers, states and days, and nobody’s name and nobody’s words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from cohorts.models import Commitment, Leader, Person
from labs.models import Barrier, Response, Voice
from wins.impact.periods import day_after, is_over, last_quarter_over, months_of
from wins.models import BoardPaper, Story

from .figures import figures_for

MOST_VOICES, MOST_BARRIERS, MOST_PROMISES = 6, 6, 6
COMING = timedelta(days=92)
# Changed and not yet confirmed, a barrier waits for whoever raised it, and not for the board.
IN_ITS_POWER = tuple(state for state in Barrier.OPEN if state != Barrier.State.CHANGED)
WAITING = (Voice.State.SENT, Voice.State.ACKNOWLEDGED)

Kept = dict[str, Any]


def days_of(period: str) -> tuple[date, date]:
    """The first and last day of a year or quarter."""
    return date.fromisoformat(f"{months_of(period)[0]}-01"), day_after(period) - timedelta(days=1)


def gather(paper: BoardPaper, by: Person, day: date) -> Kept:
    """All that is kept of `paper` as things stand on `day`, of what `by` may see."""
    board = paper.board
    leaders = Leader.objects.filter(
        Q(chaired_boards=board.pk) | Q(boards=board.pk), retired_at=None
    )
    keys = sorted(set(leaders.values_list("pk", flat=True)))
    return {
        "day": day.isoformat(),
        "voices": _voices(paper, keys, by, day),
        "barriers": _barriers(keys, by, day),
        "promises": _promises(keys, day),
        "figures": _figures(paper, day),
        "stories": _stories(paper, by),
    }


def _figures(paper: BoardPaper, day: date) -> Kept:
    """Of a time that is over, and the same on every paper that tells them: from two papers of nearby days
    nobody can take what one person did, or took back, in between. A paper about a time that still goes on
    tells those of the last quarter that is over."""
    organisation = paper.board.organisation
    of = paper.period if is_over(paper.period, day) else last_quarter_over(day)
    told = BoardPaper.objects.issued().filter(as_it_was__figures__of=of)
    earlier = told.filter(board__organisation=organisation).order_by("issued_at", "pk").first()
    if earlier and earlier.as_it_was:
        return earlier.as_it_was["figures"]
    return {"of": of, **figures_for(organisation, of)}


def _voices(paper: BoardPaper, leaders: list[int], by: Person, day: date) -> Kept:
    """Those this board may hear: told or answered in the period, and whatever still waits for it."""
    first, last = days_of(paper.period)
    answered = Response.objects.filter(voice=OuterRef("pk"), on__range=(first, last))
    for_it = Q(board=paper.board_id) | Q(leader__in=leaders)
    wanted = Q(told_on__range=(first, last)) | Exists(answered) | (for_it & Q(state__in=WAITING))
    found = Voice.objects.visible_to(by, day).at_board(paper.board, day)
    rows = list(
        found.filter(wanted, told_on__lte=day)
        .for_list()
        .prefetch_related("responses", "claims", "told_backs")
    )
    waits = [one for one in rows if one.state in WAITING and _is_for(one, paper, leaders)]
    waits.sort(key=lambda one: (one.sent_on or one.told_on, one.pk))
    others = [one for one in rows if one not in waits]
    others.sort(key=lambda one: (one.told_on, one.pk), reverse=True)
    states = [claim.state for one in rows for claim in one.claims.all()]  # type: ignore[attr-defined]
    return {
        "many": len(rows),
        "answered": sum(one.state == Voice.State.ANSWERED for one in rows),
        "confirmed": states.count("confirmed"),
        "waiting": len(waits),
        "late": sum(bool(one.lateness(day)) for one in waits),
        "longest": (day - waits[0].sent_on).days if waits and waits[0].sent_on else 0,
        "rows": [_voice(one, day) for one in [*waits, *others][:MOST_VOICES]],
    }


def _is_for(voice: Voice, paper: BoardPaper, leaders: list[int]) -> bool:
    return voice.board_id == paper.board_id or voice.leader_id in leaders


def _voice(voice: Any, day: date) -> Kept:
    told_back = [one.on.isoformat() for one in voice.told_backs.all()]
    return {
        "id": voice.pk,
        "told": voice.told_on.isoformat(),
        "state": voice.state,
        "late": voice.lateness(day),
        "answer_by": voice.answer_by.isoformat() if voice.answer_by else "",
        "answers": [one.pk for one in voice.responses.all()],
        "changes": [
            [one.pk, one.state, one.by_when.isoformat() if one.by_when else ""]
            for one in voice.claims.all()
        ],
        "told_back": told_back[-1] if told_back else "",
    }


def _barriers(leaders: list[int], by: Person, day: date) -> Kept:
    """The open ones that somebody of the board has the power to change. What is hidden from an
    organisation is on no paper: paper travels."""
    found = Barrier.objects.visible_to(by).filter(leader__in=leaders, state__in=IN_ITS_POWER)
    shown = found.exclude(way=Barrier.Way.HIDDEN)
    rows = list(shown.for_list().order_by("shown_on", "pk"))
    rows.sort(key=lambda one: (not one.is_late(day), -one.services))  # type: ignore[attr-defined]
    return {
        "many": len(rows),
        "late": sum(one.is_late(day) for one in rows),
        "rows": [
            {
                "id": one.pk,
                "version": one.version,
                "state": one.state,
                "since": one.shown_on.isoformat(),
                "due": one.due_on.isoformat() if one.due_on else "",
                "late": one.is_late(day),
                "services": one.services,  # type: ignore[attr-defined]
            }
            for one in rows[:MOST_BARRIERS]
        ],
    }


def _promises(leaders: list[int], day: date) -> Kept:
    """What somebody of the board said they would do, and that is due within three months or late."""
    found = Commitment.objects.filter(request__leader__in=leaders, state=Commitment.State.OPEN)
    due = found.filter(due_on__lte=day + COMING)
    counts = due.aggregate(many=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day)))
    rows = due.order_by("due_on", "pk")[:MOST_PROMISES]
    return counts | {
        "rows": [
            {
                "id": one.pk,
                "due": one.due_on.isoformat(),
                "late": one.is_overdue(day),
            }
            for one in rows
        ],
    }


def _stories(paper: BoardPaper, by: Person) -> Kept:
    """Those chosen, in the order they were chosen in, that are published today."""
    found = Story.objects.visible_to(by).published().filter(pk__in=paper.chosen)
    versions = dict(found.values_list("pk", "version"))
    rows = [{"id": pk, "version": versions[pk]} for pk in paper.chosen if pk in versions]
    return {"rows": rows}
