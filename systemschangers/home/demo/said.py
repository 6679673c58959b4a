"""Writes the wins and what was said of them, with the events and notifications that go with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import models

from cohorts.models import Person
from systemschangers.kernel.models import Event, Notification, Thread
from wins import events, photos, search
from wins.models import Appreciation, Comment, ThankYou, Win, WinHelper, Worry

from .pictures import SHOWS, draw
from .plan import Plan
from .told import Told

if TYPE_CHECKING:
    from .loading import Ground

OLD_NEWS = timedelta(days=6)
SEEN_AFTER = timedelta(hours=5)
THOUGHT_BETTER = timedelta(hours=20)


@dataclass
class Happening:
    """An event to be, with those who hear of it."""

    verb: str
    actor: Person
    target: models.Model
    at: datetime
    notify: Iterable[Person] = ()
    data: dict[str, Any] = field(default_factory=dict)


class Chronicle:
    """Gathers what happened and writes it in the order of time."""

    def __init__(self) -> None:
        self.happenings: list[Happening] = []

    def record(
        self, verb: str, actor: Person, target: models.Model, at: datetime,
        notify: Iterable[Person] = (), **data: Any,
    ) -> None:  # fmt: skip
        self.happenings.append(Happening(verb, actor, target, at, list(notify), data))

    def write(self, now: datetime) -> None:
        """In the order of time. News older than six days has been seen."""
        self.happenings.sort(key=lambda one: one.at)
        written = Event.objects.bulk_create(
            Event(
                at=one.at,
                verb=one.verb,
                actor=one.actor,
                target_type=one.target._meta.label_lower,
                target_id=str(one.target.pk),
                target_label=str(one.target._meta.verbose_name),
                data=one.data,
            )
            for one in self.happenings
        )
        heard = []
        for one, event in zip(self.happenings, written, strict=True):
            for pk in sorted({person.pk for person in one.notify} - {one.actor.pk}):
                seen = one.at < now - OLD_NEWS
                seen_at = one.at + SEEN_AFTER if seen else None
                heard.append(
                    Notification(recipient_id=pk, event=event, made_at=one.at, seen_at=seen_at)
                )
        Notification.objects.bulk_create(heard, batch_size=1000)


def write_said(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    rows = _wins(plan, ground, chronicle)
    _appreciations(plan, ground, rows, chronicle)
    _comments(plan, ground, rows, chronicle)
    _thanks(plan, ground, chronicle)
    _worries(plan, ground, rows, chronicle)
    search.keep_words()


def _wins(plan: Plan, ground: Ground, chronicle: Chronicle) -> dict[int, Win]:
    """The rows by the identity of their plan, with themes, helpers and what came of what."""
    wins = Win.objects.bulk_create(
        (
            Win(
                author=ground.people[told.author.name],
                service=ground.services[told.team.name],
                cohort=ground.cohorts[told.cohort] if told.cohort else None,
                what_happened=told.happened,
                made_hard=told.hard,
                what_changed=told.changed,
                lens=told.lens,
                depth=told.depth,
                condition=told.condition,
                visibility=told.visibility,
                happened_on=told.on,
                state=told.state,
                made_at=told.made,
                logged_at=None if told.state == "draft" else told.made,
                touched_at=told.touched or told.made,
                **_photo(told),
            )
            for told in plan.wins
        ),
        batch_size=500,
    )
    rows = {id(told): win for told, win in zip(plan.wins, wins, strict=True)}
    Win.themes.through.objects.bulk_create(
        Win.themes.through(win=rows[id(told)], theme=ground.themes[name])
        for told in plan.wins
        for name in told.themes
    )
    helpers, threads = [], []
    for told in plan.wins:
        win = rows[id(told)]
        here = [ground.people[person.name] for person in told.helpers]
        helpers += [WinHelper(win=win, person=person) for person in here]
        if told.other_help:
            helpers.append(WinHelper(win=win, name=told.other_help))
        if told.came_of:
            threads.append(
                Thread(
                    source_type=Win._meta.label_lower,
                    source_id=win.pk,
                    kind=Thread.Kind.CAME_OF,
                    target_type=Win._meta.label_lower,
                    target_id=rows[id(told.came_of)].pk,
                    made_by=win.author,
                    made_at=told.made,
                )
            )
            chronicle.record(events.WIN_LINKED, win.author, win, told.made)
        if told.state == "draft":
            chronicle.record(events.WIN_KEPT_AS_DRAFT, win.author, win, told.made)
            continue
        chronicle.record(events.WIN_LOGGED, win.author, win, told.made, visibility=told.visibility)
        if here:
            chronicle.record(events.WIN_NAMED_HELPER, win.author, win, told.made, notify=here)
        if told.state == "taken_back":
            chronicle.record(events.WIN_TAKEN_BACK, win.author, win, told.made + THOUGHT_BETTER)
    WinHelper.objects.bulk_create(helpers)
    Thread.objects.bulk_create(threads)
    return rows


def _photo(told: Told) -> dict[str, Any]:
    """The picture, by the way that every photo takes: checked, turned, re-encoded, kept."""
    if not told.picture:
        return {}
    chance = Random(f"{told.picture} {told.happened}")  # noqa: S311 (the same picture every time)
    jpeg = draw(told.picture, chance)
    photo = photos.keep(photos.clean(BytesIO(jpeg), len(jpeg)))
    return {
        "photo": photo.name,
        "photo_width": photo.width,
        "photo_height": photo.height,
        "photo_alt": SHOWS[told.picture],
    }


def _appreciations(plan: Plan, ground: Ground, rows: dict[int, Win], chronicle: Chronicle) -> None:
    Appreciation.objects.bulk_create(
        (
            Appreciation(
                win=rows[id(cheer.win)],
                person=ground.people[cheer.person.name],
                kind=cheer.kind,
                made_at=cheer.at,
            )
            for cheer in plan.cheers
        ),
        batch_size=1000,
    )
    for cheer in plan.cheers:
        win = rows[id(cheer.win)]
        actor = ground.people[cheer.person.name]
        chronicle.record(
            events.WIN_APPRECIATED, actor, win, cheer.at, notify=[win.author], kind=cheer.kind
        )


def _comments(plan: Plan, ground: Ground, rows: dict[int, Win], chronicle: Chronicle) -> None:
    """Who spoke before on the same win hears of it too, as in the action."""
    staff = ground.people["Cas Mendes"]
    remarks = sorted(plan.remarks, key=lambda remark: remark.at)
    comments = Comment.objects.bulk_create(
        Comment(
            win=rows[id(remark.win)],
            author=ground.people[remark.person.name],
            words=remark.words,
            made_at=remark.at,
            removed_at=remark.removed,
            hidden_at=remark.hidden,
            hidden_by=staff if remark.hidden else None,
            hidden_reason=remark.hidden_because,
        )
        for remark in remarks
    )
    spoke: dict[int, list[Person]] = {}
    for remark, comment in zip(remarks, comments, strict=True):
        win, author = comment.win, comment.author
        before = spoke.setdefault(win.pk, [])
        chronicle.record(
            events.COMMENT_WRITTEN,
            author,
            comment,
            remark.at,
            notify=[win.author, *before],
            win=win.pk,
        )
        before.append(author)
        if remark.removed:
            chronicle.record(events.COMMENT_REMOVED, author, comment, remark.removed)
        if remark.hidden:
            chronicle.record(events.COMMENT_HIDDEN, staff, comment, remark.hidden, notify=[author])


def _thanks(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    rows = ThankYou.objects.bulk_create(
        ThankYou(
            giver=ground.people[note.giver.name],
            receiver=ground.people[note.receiver.name],
            service=ground.services[note.receiver.jobs[0].team.name],
            words=note.words,
            made_at=note.at,
            state=note.state,
            shown_to=note.shown_to,
            answered_at=note.answered,
        )
        for note in plan.thanks
    )
    for note, row in zip(plan.thanks, rows, strict=True):
        chronicle.record(events.THANK_YOU_GIVEN, row.giver, row, note.at, notify=[row.receiver])
        if note.answered and note.state == "shown":
            chronicle.record(
                events.THANK_YOU_SHOWN, row.receiver, row, note.answered, notify=[row.giver]
            )
        elif note.answered:
            chronicle.record(events.THANK_YOU_KEPT, row.receiver, row, note.answered)


def _worries(plan: Plan, ground: Ground, rows: dict[int, Win], chronicle: Chronicle) -> None:
    cas = ground.people["Cas Mendes"]
    staff = [
        ground.people[person.name]
        for person in plan.people
        if any(job.kind == "programme" and not job.ended for job in person.jobs)
    ]
    worries = Worry.objects.bulk_create(
        Worry(
            win=rows[id(worried.win)],
            raised_by=ground.people[worried.person.name],
            kind=worried.kind,
            words=worried.words,
            raised_at=worried.at,
            state="answered" if worried.answered else "open",
            outcome=("set_aside" if worried.set_aside else "left") if worried.answered else "",
            answer=worried.answer,
            answered_at=worried.answered,
            answered_by=cas if worried.answered else None,
        )
        for worried in plan.worries
    )
    for worried, row in zip(plan.worries, worries, strict=True):
        chronicle.record(events.WORRY_RAISED, row.raised_by, row, worried.at, notify=staff)
        if worried.answered:
            if worried.set_aside:
                chronicle.record(
                    events.WIN_SET_ASIDE, cas, row.win, worried.answered, notify=[row.win.author]
                )
            chronicle.record(
                events.WORRY_ANSWERED, cas, row, worried.answered, notify=[row.raised_by]
            )
