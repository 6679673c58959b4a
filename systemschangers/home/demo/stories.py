"""Stories of the demo, and two rounds of most significant changes: one that is finished, one that is open.

Who tells a story is the first worker of its team who has none; what it rests on is what they could choose."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cohorts.models import Person
from systemschangers.kernel.models import Thread
from wins import events, photos
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound, Story, Win
from wins.story_ground import ground_of

from .permission import slot, workers_of
from .pictures import SHOWS, draw
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

N = Nomination.State
STAFF = "Cas Mendes"
FIRST_PANEL = ("Mo Rahman", "Dee Hughes", "Priya Nair", "Wendy Asante")
SECOND_PANEL = ("Lee Whitaker", "Sam", "Maggie Thornhill", "Ada Lindqvist")
DEEP = (Win.Depth.WRITTEN, Win.Depth.SUSTAINED, Win.Depth.AGREED)


def write_stories(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    told = read("stories")
    stories = [
        _story(one, plan, ground, chronicle)
        for one in (*told["story"], told["draft"] | {"draft": True})
    ]
    published = [one for one in stories if one and one.state == Story.State.PUBLISHED]
    _finished(told["round"][0], published, plan, ground, chronicle)
    _open(told["round"][1], plan, ground, chronicle)


def _story(one: dict[str, Any], plan: Plan, ground: Ground, chronicle: Chronicle) -> Story | None:
    told = set(Story.objects.values_list("author", flat=True))
    team = ground.services[one["team"]].pk
    workers = [person for person, _, _ in workers_of(plan, ground) if person.pk not in told]
    author = next(
        (p for p in workers if p.posts.current().filter(service=team).exists()),  # type: ignore[attr-defined]
        None,
    )
    if author is None:
        return None
    at = slot(plan.now, -one.get("days", 5), 16)
    draft = one.get("draft", False)
    story = Story.objects.create(
        author=author,
        title=one["title"],
        words=one["words"].strip(),
        why_i_stay=one.get("why_i_stay", "").strip(),
        to_who_starts=one.get("to_who_starts", "").strip(),
        state=Story.State.DRAFT if draft else Story.State.PUBLISHED,
        made_at=at - timedelta(days=2),
        published_at=None if draft else at,
        **_photo(one.get("picture", "")),
    )
    Thread.objects.bulk_create(
        Thread(
            source_type=Story._meta.label_lower,
            source_id=story.pk,
            kind=Thread.Kind.RESTS_ON,
            target_type=label,
            target_id=key,
            made_by=author,
            made_at=at,
        )
        for group in ground_of(author)
        for label, key in group.keys[:2]
    )
    chronicle.record(events.STORY_BEGUN, author, story, story.made_at)
    if not draft:
        chronicle.record(events.STORY_PUBLISHED, author, story, at)
    return story


def _photo(picture: str) -> dict[str, Any]:
    if not picture:
        return {}
    jpeg = draw(picture, Random(picture))  # noqa: S311 (the same picture every time)
    photo = photos.keep(photos.clean(BytesIO(jpeg), len(jpeg)))
    return {
        "photo": photo.name,
        "photo_width": photo.width,
        "photo_height": photo.height,
        "photo_alt": SHOWS[picture],
    }


def _panel(it: SelectionRound, level: int, names: tuple[str, ...], ground: Ground) -> list[Person]:
    people = [ground.people[name] for name in names if name in ground.people][:3]
    PanelSeat.objects.bulk_create(
        PanelSeat(round=it, person=person, level=level, made_at=it.made_at) for person in people
    )
    return people


def _round(
    said: dict[str, Any], state: str, days: int, plan: Plan, ground: Ground, chronicle: Chronicle
) -> SelectionRound:
    """Prepared `days` ago, of the three months before, opened the day after."""
    at, staff = slot(plan.now, -days, 10), ground.people[STAFF]
    day = timezone.localdate(at)
    opened = at + timedelta(days=1)
    it = SelectionRound.objects.create(
        domain=said["domain"], about=said["about"], starts=day - timedelta(days=92), ends=day,
        state=state, made_by=staff, made_at=at, opened_at=opened, since=opened,
    )  # fmt: skip
    chronicle.record(events.SELECTION_ROUND_MADE, staff, it, at)
    chronicle.record(events.SELECTION_ROUND_OPENED, staff, it, opened)
    return it


def _nomination(it: SelectionRound, thing: Any, why: str, **fields: Any) -> Nomination:
    given = {"story" if isinstance(thing, Story) else "win": thing}
    at = fields.pop("at", it.since + timedelta(days=2))
    fields.setdefault("nominated_by", thing.author)
    fields.setdefault("consented_at", at)
    return Nomination.objects.create(
        round=it, teller=thing.author, why=why, made_at=at, **given, **fields
    )


def _told_wins(it: SelectionRound, without: set[int], most: int) -> list[Win]:
    """Of the round’s months, one a person, those that went deepest; everyone may read them."""
    wins = (
        Win.objects.logged()
        .filter(
            visibility=Win.Visibility.EVERYONE,
            depth__in=DEEP,
            logged_at__date__range=(it.starts, it.ends),
            author__is_active=True,
        )
        .exclude(author__in=without)
        .select_related("author")
        .defer("search")
        .order_by("logged_at", "id")
    )
    found: dict[int, Win] = {}
    for win in sorted(wins, key=lambda one: DEEP.index(Win.Depth(one.depth))):
        found.setdefault(win.author_id, win)
    return list(found.values())[:most]


def _finished(
    said: dict[str, Any], stories: list[Story], plan: Plan, ground: Ground, chronicle: Chronicle
) -> None:
    """Two wins and a story were put forward, or more; a win was chosen, and its teller published it."""
    it = _round(said, SelectionRound.State.OPEN, 54, plan, ground, chronicle)
    first, second = _panel(it, 1, FIRST_PANEL, ground), _panel(it, 2, SECOND_PANEL, ground)
    out = {person.pk for person in (*first, *second)} | {story.author_id for story in stories}
    wins = _told_wins(it, out, 3)
    things = [*wins[:1], *stories[:1], *wins[1:]]
    made = [
        _nomination(it, thing, why, state=N.STANDING)
        for thing, why in zip(things, said["why"], strict=False)
    ]
    if len(made) < 2 or len(first) < 3 or len(second) < 3:
        return
    for one in made:
        chronicle.record(events.NOMINATION_MADE, one.teller, one, one.made_at)
    closed = it.since + timedelta(days=12)
    for one, reason in zip(made[:2], said["first"], strict=True):
        _choice(one, 1, reason, first, closed + timedelta(days=5), chronicle)
    ended = closed + timedelta(days=16)
    _choice(made[0], 2, said["second"], second, ended, chronicle)
    staff = ground.people[STAFF]
    chronicle.record(events.SELECTION_ROUND_CLOSED, staff, it, closed, first)
    chronicle.record(events.SELECTION_ROUND_SENT_UP, staff, it, closed + timedelta(days=8), second)
    SelectionRound.objects.filter(pk=it.pk).update(state=SelectionRound.State.FINISHED, since=ended)
    after = ended + timedelta(days=1)
    Nomination.objects.filter(pk=made[0].pk).update(state=N.PUBLISHED, published_at=after)
    chronicle.record(events.NOMINATION_CHOSEN, second[1], made[0], ended, [made[0].teller])
    for one in made[1:]:
        chronicle.record(events.NOMINATION_NOT_CHOSEN, second[1], one, ended, [one.teller])
    chronicle.record(events.NOMINATION_PUBLISHED, made[0].teller, made[0], after)


def _choice(
    one: Nomination,
    level: int,
    reason: str,
    panel: list[Person],
    at: datetime,
    chronicle: Chronicle,
) -> None:
    """Proposed by the first of the panel, agreed to by the second."""
    agreed = at + timedelta(hours=3)
    choice = PanelChoice.objects.create(
        round=one.round, level=level, nomination=one, reason=reason, state="agreed",
        proposed_by=panel[0], proposed_at=at, agreed_by=panel[1], agreed_at=agreed,
    )  # fmt: skip
    chronicle.record(events.PANEL_CHOICE_PROPOSED, panel[0], choice, at, panel[1:])
    chronicle.record(events.PANEL_CHOICE_AGREED, panel[1], choice, agreed, panel)


def _open(said: dict[str, Any], plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    """Somebody’s win stands; Zed would like to put one of Ana’s forward, and she has not answered."""
    it = _round(said, SelectionRound.State.OPEN, 8, plan, ground, chronicle)
    first, second = _panel(it, 1, FIRST_PANEL, ground), _panel(it, 2, SECOND_PANEL, ground)
    ana, zed = ground.people["Ana Okafor"], ground.people["Zed Kowalski"]
    out = {person.pk for person in (*first, *second, ana)}
    for win in _told_wins(it, out, 1):
        one = _nomination(it, win, said["why"][0], state=N.STANDING)
        chronicle.record(events.NOMINATION_MADE, win.author, one, one.made_at)
    own = Win.objects.logged().filter(author=ana, visibility=Win.Visibility.EVERYONE)
    hers = own.exclude(nominations__isnull=False).defer("search").order_by("-logged_at").first()
    if hers is not None:
        asked = {"nominated_by": zed, "consented_at": None, "state": N.ASKED}
        one = _nomination(it, hers, said["why"][1], at=slot(plan.now, -1, 11), **asked)
        chronicle.record(events.NOMINATION_ASKED, zed, one, one.made_at, [ana])
