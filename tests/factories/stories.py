"""Stories, and rounds of most significant changes, in any state."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

from cohorts.models import Person
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import tie
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound, Story

from .cohorts import make_person
from .wins import make_win

FIRST = datetime.fromisoformat("2026-02-01T09:00:00+00:00")
_later = count()
State, Round = Story.State, SelectionRound.State


def make_story(author: Person, title: str = "The door stays open", **fields: Any) -> Story:
    """A published story unless told otherwise; each a minute after the one before."""
    at = fields.pop("at", None) or FIRST + timedelta(minutes=next(_later))
    state = fields.pop("state", State.PUBLISHED)
    return Story.objects.create(
        author=author,
        title=title,
        words=fields.pop("words", "I asked for the key. Nine years later everybody has one."),
        state=state,
        made_at=at,
        published_at=None if state == State.DRAFT else at,
        **fields,
    )


def make_round(by: Person, state: str = Round.OPEN, *, at: datetime = FIRST, **fields: Any):
    """A round in this state, with nobody on its panels."""
    opened = None if state in (Round.DRAFT, Round.CALLED_OFF) else at
    return SelectionRound.objects.create(
        domain=fields.pop("domain", "How services work with one another"),
        starts=fields.pop("starts", (at - timedelta(days=90)).date()),
        ends=fields.pop("ends", (at + timedelta(days=90)).date()),
        state=state,
        made_by=by,
        made_at=at,
        opened_at=opened,
        since=at,
        **fields,
    )


def seat(it: SelectionRound, level: int, *people: Person) -> None:
    PanelSeat.objects.bulk_create(
        PanelSeat(round=it, person=person, level=level, made_at=FIRST) for person in people
    )


def nominate(it: SelectionRound, thing: Any, by: Person | None = None, **fields: Any) -> Nomination:
    """Put forward by its teller unless `by` says otherwise; standing unless told otherwise."""
    state = fields.pop("state", Nomination.State.STANDING)
    given = {"story" if isinstance(thing, Story) else "win": thing}
    return Nomination.objects.create(
        round=it,
        teller=thing.author,
        nominated_by=by or thing.author,
        why="It showed me that a rule can bend.",
        state=state,
        made_at=FIRST,
        consented_at=FIRST if state in Nomination.PUT_FORWARD else None,
        published_at=FIRST if state == Nomination.State.PUBLISHED else None,
        **given,
        **fields,
    )


def choose(nomination: Nomination, level: int, by: Person, agreed_by: Person | None = None):
    return PanelChoice.objects.create(
        round=nomination.round,
        level=level,
        nomination=nomination,
        reason="It is about trust, and it lasted.",
        state="agreed" if agreed_by else "proposed",
        proposed_by=by,
        proposed_at=FIRST,
        agreed_by=agreed_by,
        agreed_at=FIRST if agreed_by else None,
    )


def make_selection(world: Any, state: str = Round.FIRST) -> SimpleNamespace:
    """A round with Mo, Dee and Lee on its first panel and Cas, Sam and `third` on its second. Zed put a
    win of his forward (`zeds`), and Ana’s (`anas`, for her service) with her yes; `third` told one too.
    From the second panel’s turn on, the first has chosen Zed’s and Ana’s; finished, the second Zed’s."""
    it = make_round(world.cas, state)
    third = make_person(world.hostel)
    seat(it, 1, world.mo, world.dee, world.lee)
    seat(it, 2, world.cas, world.sam, third)
    zeds = nominate(it, make_win(world.zed, "The ward rings us now.", visibility="only_me"))
    anas = nominate(it, make_win(world.ana, "One form.", visibility="service"), by=world.zed)
    thirds = nominate(it, make_win(third, "A bench by the door."))
    if state in (Round.SECOND, Round.FINISHED):
        for one in (zeds, anas):
            choose(one, 1, world.mo, world.dee)
    if state == Round.FINISHED:
        choose(zeds, 2, world.cas, world.sam)
    return SimpleNamespace(it=it, zeds=zeds, anas=anas, thirds=thirds, third=third)


def story_scene(world: Any) -> dict[str, int]:
    """Ana’s `story` (published, resting on a win of hers), Zed’s `story_draft`, a `selection_open` with
    Zed’s wish to put a win of Ana’s forward (`asked`), one with its first panel (`to_choose` of Zed’s,
    and `proposed` by Mo), a finished one (`chosen` of Zed’s), and one that Cas prepares."""
    story = make_story(world.ana)
    win = make_win(world.ana, "The key is with reception.")
    tie(story, Thread.Kind.RESTS_ON, win, by=world.ana, at=FIRST)
    it = make_round(world.cas)
    seat(it, 1, world.mo)
    first, done = make_selection(world), make_selection(world, Round.FINISHED)
    return {
        "story": story.pk,
        "story_draft": make_story(world.zed, state=State.DRAFT).pk,
        "story_back": make_story(first.third, state=State.TAKEN_BACK).pk,
        "selection_open": it.pk,
        "nomination_asked": nominate(it, win, by=world.zed, state=Nomination.State.ASKED).pk,
        "panel_seat": it.seats.get().pk,
        "selection_first": first.it.pk,
        "to_choose": first.zeds.pk,
        "proposed": choose(first.anas, 1, world.mo).pk,
        "chosen": done.zeds.pk,
        "selection_draft": make_round(world.cas, Round.DRAFT).pk,
    }
