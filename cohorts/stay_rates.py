"""The stay rate: of those who joined a cohort, how many are still on the frontline so many months after.

**Joined**: took part in the cohort (active, paused or alumni; or asked for a first check-in, whatever came
after: who withdraws, or waits for a manager again, still counts), counted
from the day the cohort began, or their place was made if that was later. Whoever is known not to have been
on the frontline on that day is not counted.

**Stayed**: on that day they were in a frontline job, in the same service or another. **Gone**: they had
left the frontline, whether to influence from elsewhere or for good. **Not known**: neither.

Known from, in this order: (1) their own check-in of that moment; “I would rather not say” is not known,
whatever else is written here. (2) Their posts: a frontline post held on that day is stayed, unless they had
closed their account by then. Once the last one ended, where they went counts (`Post.went_to`): the same or
another frontline job is stayed, for a year after; influencing or left is gone; not known, but with another
kind of post here, is gone. Anything else is not known. Who is not known is never counted as stayed.

The rate is stayed / (stayed + gone + not known), of those who joined at least so long ago. Of groups under
five nothing is told. Impact pages read `stay_of`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cohorts.models import Cohort, Membership, Post, RoleCheckIn
from cohorts.survival import Followed

FEWEST = 5
MOMENTS = (6, 12, 24)
GOOD_FOR_MONTHS = (
    12  # how long “went to another frontline job” says that somebody is on the frontline
)
STAYED, GONE, UNKNOWN = "stayed", "gone", "not known"
WENT = {
    Post.WentTo.SAME: STAYED,
    Post.WentTo.FRONTLINE_ELSEWHERE: STAYED,
    Post.WentTo.INFLUENCING: GONE,
    Post.WentTo.LEFT: GONE,
}


@dataclass(frozen=True)
class Rate:
    """At one moment. `joined` is the denominator: stayed + gone + not known."""

    months: int
    stayed: int
    gone: int
    unknown: int

    @property
    def joined(self) -> int:
        return self.stayed + self.gone + self.unknown

    @property
    def told(self) -> bool:
        return self.joined >= FEWEST

    @property
    def per_cent(self) -> int:
        """Of all who joined, those not known included."""
        return round(100 * self.stayed / self.joined)


@dataclass
class Journey:
    """What is known of one person since they joined: posts, and the check-ins they answered."""

    joined_on: date
    left_on: date | None = None
    posts: list[Post] = field(default_factory=list)
    check_ins: list[RoleCheckIn] = field(default_factory=list)

    @property
    def on_the_frontline_at_first(self) -> bool:
        return self.at(0) != GONE

    def at(self, months: int) -> str:
        """Stayed, gone or not known, so many months after joining."""
        for one in self.check_ins:
            if one.moment == months:
                if one.where == RoleCheckIn.Where.UNSAID:
                    return UNKNOWN
                return STAYED if one.where in RoleCheckIn.ON_THE_FRONTLINE else GONE
        return self.by_posts(months_after(self.joined_on, months))

    def by_posts(self, day: date) -> str:
        if self.left_on and self.left_on <= day:
            return UNKNOWN
        begun = [post for post in self.posts if post.started <= day]
        held = [post for post in begun if post.ended is None or post.ended > day]
        if any(post.kind == Post.Kind.FRONTLINE for post in held):
            return STAYED
        ended = [p for p in begun if p.kind == Post.Kind.FRONTLINE and p.ended is not None]
        if ended:
            last = max(ended, key=lambda post: (post.ended, post.pk))
            known = WENT.get(last.went_to, UNKNOWN)  # type: ignore[call-overload]
            old = day > months_after(last.ended, GOOD_FOR_MONTHS)  # type: ignore[arg-type]
            if known == GONE or (known == STAYED and not old):
                return known
        return GONE if held else UNKNOWN

    def followed(self, today: date) -> Followed:
        """For the curve: the day they are first known to have gone, else the last they were known to be
        there, in whole months after joining. Their own word that they are there goes before what posts say
        of days before it. What was left unsaid ends what is known of them: nothing
        after that day is used."""
        here: list[date] = [self.joined_on]
        gone: list[date] = []
        for one in self.check_ins:
            if one.where == RoleCheckIn.Where.UNSAID:
                continue
            day = timezone.localdate(one.answered_at)
            (here if one.where in RoleCheckIn.ON_THE_FRONTLINE else gone).append(day)
        own_word = max(here)
        here += [p.ended for p in self.posts if p.ended and p.kind == Post.Kind.FRONTLINE]
        for day in self._days_to_look_at(today):
            by_posts = self.by_posts(day)
            if by_posts == STAYED:
                here.append(day)
            elif by_posts == GONE and day > own_word:
                gone.append(day)
        unsaid = [
            months_after(self.joined_on, one.moment)
            for one in self.check_ins
            if one.where == RoleCheckIn.Where.UNSAID
        ]
        until = min([*unsaid, today])
        first_gone = min((day for day in gone if day <= until), default=None)
        if first_gone is not None:
            return Followed(months_between(self.joined_on, first_gone), gone=True)
        last_seen = max(day for day in here if day <= until)
        return Followed(months_between(self.joined_on, last_seen), gone=False)

    def _days_to_look_at(self, today: date) -> list[date]:
        """The days on which posts can say something new. After a post that ended nothing more is known
        than on the day itself, so where they went is not held to be so to this day."""
        days = {today} if any(post.ended is None for post in self.posts) else set()
        days |= {post.ended for post in self.posts if post.ended is not None}
        days |= {post.started for post in self.posts}
        if self.left_on:
            days.add(self.left_on - timedelta(days=1))
        return sorted(day for day in days if self.joined_on <= day <= today)


@dataclass(frozen=True)
class Stay:
    """What a page tells of one cohort, or of several together."""

    rates: list[Rate]
    followed: list[Followed]

    @property
    def told(self) -> bool:
        return len(self.followed) >= FEWEST


def who_joined():
    """Places in cohorts that count: people who took part, those among them who withdrew since, or whose
    agreement ran out. Only who takes part is asked for a check-in."""
    state = Membership.State
    asked = Exists(RoleCheckIn.objects.filter(membership=OuterRef("pk")))
    took_part = Q(state__in=[state.ACTIVE, state.PAUSED, state.ALUMNI])
    return Membership.objects.filter(took_part | Q(asked), role=Membership.Role.PARTICIPANT)


def journeys_of(memberships: Iterable[Membership]) -> dict[int, Journey]:
    """By the key of the place, which comes with its person and cohort. Two queries."""
    memberships = list(memberships)
    people = {one.person_id for one in memberships}
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.filter(person__in=people).order_by("started", "id"):
        posts[post.person_id].append(post)
    told: dict[int, list[RoleCheckIn]] = defaultdict(list)
    answered = RoleCheckIn.objects.filter(
        membership__in=[one.pk for one in memberships], answered_at__isnull=False
    )
    for check_in in answered.order_by("moment"):
        told[check_in.membership_id].append(check_in)
    return {
        one.pk: Journey(
            joined_on(one),
            timezone.localdate(one.person.left_at) if one.person.left_at else None,
            posts[one.person_id],
            told[one.pk],
        )
        for one in memberships
    }


def stay_of(memberships, today: date) -> Stay:
    """The rates and the curve of the people in these places. Three queries, however many there are."""
    rows = memberships.select_related("person", "cohort")
    return stay_in(journeys_of(rows).values(), today)


def stays_of(cohorts: Iterable[Cohort], today: date) -> dict[int, Stay]:
    """For a list of cohorts, by key. Three queries, however many there are."""
    places = who_joined().filter(cohort__in=list(cohorts)).select_related("person", "cohort")
    journeys = journeys_of(places)
    by_cohort: dict[int, list[Journey]] = defaultdict(list)
    for place in places:
        by_cohort[place.cohort_id].append(journeys[place.pk])
    return {cohort.pk: stay_in(by_cohort[cohort.pk], today) for cohort in cohorts}


def stay_in(journeys: Iterable[Journey], today: date) -> Stay:
    counted = [one for one in journeys if one.joined_on <= today and one.on_the_frontline_at_first]
    rates = []
    for months in MOMENTS:
        due = [one for one in counted if months_after(one.joined_on, months) <= today]
        many = Counter(one.at(months) for one in due)
        rates.append(Rate(months, many[STAYED], many[GONE], many[UNKNOWN]))
    return Stay(rates, [one.followed(today) for one in counted])


def joined_on(membership: Membership) -> date:
    return max(membership.cohort.starts, timezone.localdate(membership.joined_at))


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + month // 11, (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to a later one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_after(first, months) <= last else months - 1
