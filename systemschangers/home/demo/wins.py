"""A year of small wins: on which days, of what sort, with whose help."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from .dealing import ANA, Dealer
from .somebody import Somebody
from .telling import read
from .told import Told

HOW_MANY = {"full": 825, "small": 40}
ANAS_LATEST = (3, 11, 24)  # so many before the last: she is who most visitors are first
WEEKDAY_WEIGHT = (
    1.0,
    1.1,
    1.15,
    1.2,
    1.35,
    0.15,
    0.1,
)  # Monday to Sunday; Friday is for writing up
HOURS = (7, 8, 9, 10, 11, 12, 12, 12, 13, 13, 14, 15, 16, 16, 17, 17, 18)
OTHER_HELP = (
    "the ward clerk",
    "a bus driver",
    "our caretaker",
    "reception",
    "the pharmacist",
    "two volunteers",
    "the duty locksmith",
    "a school cook",
)


def wins(rng: Random, here: list[Somebody], now: datetime, size: str) -> list[Told]:
    """The year's wins in the order they were logged, then the drafts."""
    dealer = Dealer(rng, here)
    for number, at in enumerate(moments(rng, now, HOW_MANY[size])):
        if HOW_MANY[size] - number in ANAS_LATEST:
            dealer.story(at, by=ANA)
        elif number % 35 == 11:
            dealer.private_one(at, number // 35)
        elif number % 20 == 7 and dealer.short:
            dealer.short_one(at)
        elif number % 50 == 30 and dealer.tried and dealer.tried_one(at):
            continue
        else:
            dealer.story(at)
    _have_helped(rng, dealer.told, here)
    _have_some_taken_back(rng, dealer.told)
    return dealer.told + _drafts(rng, dealer, now, size)


def moments(rng: Random, now: datetime, count: int) -> list[datetime]:
    """`count` moments of the last 365 days, in order: more of late, few at weekends and holidays."""
    today = timezone.localdate(now)
    days = [today - timedelta(days=back) for back in range(364, -1, -1)]
    weights = [(0.5 + 1.2 * number / 364) * _busy(day) for number, day in enumerate(days)]
    found = []
    for day in rng.choices(days, weights, k=count):
        clock = time(rng.choice(HOURS), rng.randrange(60), rng.randrange(60))
        at = timezone.make_aware(datetime.combine(day, clock))
        found.append(at if at < now else at - timedelta(days=3 if day.weekday() == 0 else 1))
    return sorted(found)


def _busy(day: date) -> float:
    christmas = (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 1)
    return WEEKDAY_WEIGHT[day.weekday()] * (0.25 if christmas else 0.75 if day.month == 8 else 1)


def _have_helped(rng: Random, told: list[Told], here: list[Somebody]) -> None:
    """A third had help, mostly of people here, sometimes of somebody who isn't."""
    for telling in told:
        if telling.visibility == "only_me" or rng.random() > 0.32:
            continue
        day = timezone.localdate(telling.made)
        near = [person for person in here if person.jobs and telling.open_to(person, day)]
        telling.helpers = rng.sample(near, min(len(near), rng.choice((1, 1, 2))))
        if rng.random() < 0.25:
            telling.other_help = rng.choice(OTHER_HELP)


def _have_some_taken_back(rng: Random, told: list[Told]) -> None:
    """One in two hundred is thought better of."""
    followed = {id(telling.came_of) for telling in told}
    plain = [
        telling
        for telling in told[:-20]
        if telling.visibility == "everyone" and not telling.came_of and id(telling) not in followed
    ]
    for telling in rng.sample(plain, len(told) // 200):
        telling.state = "taken_back"


def _drafts(rng: Random, dealer: Dealer, now: datetime, size: str) -> list[Told]:
    """Begun and not finished; the first is always Ana's."""
    authors = dealer.at_work(now)
    ana = [pair for pair in authors if pair[0].email == ANA]
    others = [pair for pair in authors if pair not in ana]
    writers = ana + rng.sample(others, 3 if size == "small" else 7)
    drafts = []
    for words, (author, team) in zip(read("private")["drafts"], writers, strict=False):
        at = now - timedelta(days=rng.randint(0, 30), minutes=rng.randint(5, 600))
        draft = dealer.plain(author, team, at, words)
        draft.state = "draft"
        drafts.append(draft)
    return drafts
