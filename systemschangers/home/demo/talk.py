"""What others said of the wins: appreciations, comments, thanks for something seen, worries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from .dealing import ANA
from .somebody import Somebody
from .telling import read
from .told import Told

HOW_MANY_COMMENTS = {"full": 60, "small": 10}
HOW_MANY_THANKS = {"full": 32, "small": 6}
HOW_MANY_WORRIES = {"full": 7, "small": 2}
SINCE = timedelta(minutes=4)


@dataclass(eq=False)
class Cheer:
    win: Told
    person: Somebody
    kind: str
    at: datetime


@dataclass(eq=False)
class Remark:
    win: Told
    person: Somebody
    words: str
    at: datetime
    removed: datetime | None = None
    hidden: datetime | None = None
    hidden_because: str = ""


@dataclass(eq=False)
class Thanks:
    giver: Somebody
    receiver: Somebody
    words: str
    at: datetime
    state: str = "waiting"
    shown_to: str = ""
    answered: datetime | None = None


@dataclass(eq=False)
class Worried:
    win: Told
    person: Somebody
    kind: str
    words: str
    at: datetime
    answer: str = ""
    set_aside: bool = False
    answered: datetime | None = None


def readers(win: Told, here: list[Somebody], at: datetime) -> list[Somebody]:
    day = timezone.localdate(at)
    return [person for person in here if win.open_to(person, day)]


def _soon_after(rng: Random, at: datetime, now: datetime, hours: float = 70) -> datetime | None:
    later = by_day(at + SINCE + timedelta(hours=min(rng.expovariate(1 / hours), 400)))
    return later if later < now else None


def by_day(at: datetime) -> datetime:
    """That moment, or some hours later if people are asleep."""
    hour = timezone.localtime(at).hour
    return at + timedelta(hours=11 if hour >= 21 else 8 if hour < 6 else 0)


def cheers(rng: Random, wins: list[Told], here: list[Somebody], now: datetime) -> list[Cheer]:
    """Most wins are thanked once or twice, some not at all, a few by many."""
    found = []
    for win in wins:
        near = readers(win, here, win.made)
        anas = win.author.email == ANA
        many = rng.choice((3, 4, 6) if anas else (0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 6))
        for person in rng.sample(near, min(len(near), many)):
            at = _soon_after(rng, win.made, now, hours=8 if anas else 70)
            if at is None:
                continue
            kind = rng.choice(("thank", "thank", "celebrate", "celebrate", "try"))
            found.append(Cheer(win, person, kind, at))
            win.touch(at)
    return found


def remarks(
    rng: Random, wins: list[Told], here: list[Somebody], now: datetime, size: str
) -> list[Remark]:
    """Each thing that is said is said once, where its theme fits; Ana’s latest always hear something."""
    words = read("comments")
    said = [("", text, "") for text in words["anywhere"]]
    said += [("", question, answer) for question, answer in words["talks"]]
    said += [(theme, text, "") for theme, texts in words["by_theme"].items() for text in texts]
    rng.shuffle(said)
    open_wins = [
        win
        for win in wins
        if win.state == "logged" and win.visibility != "only_me" and len(win.happened) > 120
    ]
    found: list[Remark] = []
    for number, (theme, text, answer) in enumerate(said[: HOW_MANY_COMMENTS[size]]):
        fits = [win for win in open_wins if not theme or theme in win.themes]
        fits = fits[-60:] if number % 3 else fits
        anas = [win for win in fits if win.author.email == ANA][-3:]
        win = rng.choice((number % 8 == 1 and anas) or fits or open_wins)
        near = [person for person in readers(win, here, win.made) if person.jobs]
        at = _soon_after(rng, win.made, now, hours=40)
        if not near or at is None:
            continue
        found.append(Remark(win, rng.choice(near), text, at))
        win.touch(at)
        answered = _soon_after(rng, at, now, hours=5)
        if answer and answered and not win.author.closed:
            found.append(Remark(win, win.author, answer, answered))
            win.touch(answered)
    spoken = Counter(id(remark.win) for remark in found)
    alone = [remark for remark in found if spoken[id(remark.win)] == 1]
    if alone:
        regretted = rng.choice(alone)
        regretted.removed = min(regretted.at + timedelta(hours=1), now)
    return found


def one_hidden(rng: Random, found: list[Remark], here: list[Somebody], now: datetime) -> None:
    """A comment that went too far, hidden by programme staff with the reason its author reads."""
    old = [r for r in found if not r.removed and r.at < now - timedelta(days=20)]
    if not old:
        return
    origin = rng.choice(old)
    near = [p for p in readers(origin.win, here, origin.at) if p is not origin.person and p.jobs]
    if not near:
        return
    at = origin.at + timedelta(hours=2)
    found.append(
        Remark(
            origin.win,
            rng.choice(near),
            "Is this the family behind the garage? I think I know them.",
            at,
            hidden=at + timedelta(hours=3),
            hidden_because="It could show who they are. Please ring me if you’d like to talk it over.",
        )
    )


def thanks(rng: Random, here: list[Somebody], now: datetime, size: str) -> list[Thanks]:
    """For something seen. Ana has one waiting for her yes, and one that she lets everybody read."""
    by_name = {person.name: person for person in here}
    working = [person for person in here if person.jobs and not person.closed]
    notes = read("thank_yous")["notes"]
    notes = rng.sample(notes, len(notes))[: HOW_MANY_THANKS[size]]
    pairs = [
        ("Zed Kowalski", "Ana Okafor"),
        ("Mo Rahman", "Ana Okafor"),
        ("Ana Okafor", "Zed Kowalski"),
    ]
    states = ("shown", "shown", "shown", "waiting", "kept", "shown")
    found = []
    for number, note in enumerate(notes):
        if number < len(pairs):
            giver, receiver = (by_name[name] for name in pairs[number])
        else:
            giver, receiver = rng.sample(working, 2)
        since = max(giver.joined, receiver.joined)
        earliest = timezone.make_aware(datetime.combine(since, datetime.min.time()))
        days = 1 if number == 0 else rng.randint(2, 200)
        at = by_day(max(now - timedelta(days=days, minutes=rng.randint(0, 400)), earliest))
        note = Thanks(giver, receiver, note.replace("{name}", receiver.first_name), at)
        note.state = ("waiting", "shown", "waiting")[number] if number < 3 else rng.choice(states)
        if note.state != "waiting":
            note.answered = min(by_day(at + timedelta(hours=rng.randint(1, 50))), now)
        if note.state == "shown":
            note.shown_to = (
                rng.choice(("everyone", "everyone", "service")) if number != 1 else "everyone"
            )
        found.append(note)
    return sorted(found, key=lambda note: note.at)


def worries(
    rng: Random, wins: list[Told], here: list[Somebody], now: datetime, size: str
) -> list[Worried]:
    """A few, most of them answered; about the newest wins they still wait for programme staff."""
    words = sorted(read("worries")["worry"], key=lambda worry: bool(worry["answer"]))
    if size == "small":
        words = [words[0], words[-2]]
    followed = {id(win.came_of) for win in wins}
    left = [
        win
        for win in wins
        if win.visibility == "everyone"
        and win.state == "logged"
        and win.author.email != ANA
        and win.made < now - timedelta(days=3)
        and win.came_of is None
        and id(win) not in followed
    ]
    found: list[Worried] = []
    for worry in words[: HOW_MANY_WORRIES[size]]:
        win = rng.choice(left[: len(left) // 2] if worry["answer"] else left[-6:])
        left.remove(win)
        near = [p for p in readers(win, here, win.made) if p.jobs and p.jobs[0].kind == "frontline"]
        raised = by_day(win.made + timedelta(hours=rng.randint(2, 40)))
        worried = Worried(win, rng.choice(near), worry["kind"], worry["words"], raised)
        if worry["answer"]:
            worried.answer = worry["answer"]
            worried.answered = by_day(raised + timedelta(hours=rng.randint(2, 20)))
            if worry.get("set_aside"):
                worried.set_aside, win.state = True, "set_aside"
                win.touch(worried.answered)
        found.append(worried)
    return found
