"""Check-ins of the demo: who stayed on the frontline, who went, who would rather not say, and why.

What somebody answers follows from the posts they held on that day. Nothing here is left to chance: a
person's place in the list says who does not answer, and who says why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from cohorts.check_ins_due import months_before
from cohorts.models import Membership, Post, RoleCheckIn
from cohorts.stay_rates import joined_on, months_after

from .dealing import ANA
from .permission import slot
from .plan import Plan
from .telling import read

Where = RoleCheckIn.Where
InAYear = RoleCheckIn.InAYear
IN_A_YEAR = (InAYear.STAYING, InAYear.STAYING, InAYear.UNSURE, InAYear.STAYING, InAYear.UNSAID,
             InAYear.STAYING, InAYear.GOING)  # fmt: skip


def write_check_ins(plan: Plan) -> None:
    """At each moment that has come for somebody, while their account was open."""
    today = timezone.localdate(plan.now)
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.order_by("started"):
        posts[post.person_id].append(post)
    words = read("roles")["staying"]
    stayed, went = iter(words["stayed"]), iter(words["went"])
    rows = []
    for turn, place in enumerate(_places()):
        held, begun = posts[place.person_id], joined_on(place)
        for moment in RoleCheckIn.Moment.values:
            day = months_after(begun, moment)
            if begun > months_before(today, moment) or _had_left(place, held, day):
                continue
            it = RoleCheckIn(
                membership=place,
                moment=moment,
                asked_at=min(slot(plan.now, (day - today).days, 9), plan.now),
            )
            if _answers(place, turn, moment):
                at = min(it.asked_at + timedelta(hours=5 + turn % 40), plan.now)
                _answer(it, at, turn, held, day, stayed, went)
            rows.append(it)
    RoleCheckIn.objects.bulk_create(rows)


def _places():
    """Of those who took part; who withdrew and has gone from here among them."""
    state = Membership.State
    gone = Q(state=state.WITHDRAWN, person__is_active=False)
    took_part = Q(state__in=[state.ACTIVE, state.PAUSED, state.ALUMNI]) | gone
    places = Membership.objects.filter(took_part, role=Membership.Role.PARTICIPANT)
    return places.select_related("cohort", "person").order_by("cohort__starts", "person__name")


def _had_left(place: Membership, held: list[Post], day: date) -> bool:
    """Whether their account was closed by that day: with the last of their posts."""
    return not place.person.is_active and all(post.ended and post.ended <= day for post in held)


def _answers(place: Membership, turn: int, moment: int) -> bool:
    """Every sixth does not; nor has Ana yet, when she was asked last."""
    if place.person.email == ANA:
        return moment < RoleCheckIn.Moment.TWELVE
    return (turn + moment // 6) % 6 != 5


def _answer(
    it: RoleCheckIn, at: datetime, turn: int, held: list[Post], day: date,
    stayed: Iterator[str], went: Iterator[str],
) -> None:  # fmt: skip
    there = [
        post for post in held if post.started <= day and not (post.ended and post.ended <= day)
    ]
    where, words = Where.SAME, ""
    if not any(post.kind == Post.Kind.FRONTLINE for post in there):
        where, words = Where.INFLUENCING, next(went, "")
    elif it.moment and (turn + it.moment // 6) % 8 == 3:
        where = Where.UNSAID
    elif it.moment and (turn + it.moment) % 3:
        words = next(stayed, "")
    going = where == Where.SAME and not it.membership.person.is_active
    in_a_year = InAYear.GOING if going else IN_A_YEAR[(turn + it.moment) % len(IN_A_YEAR)]
    if where == Where.UNSAID:
        in_a_year = InAYear.UNSAID
    elif where == Where.INFLUENCING:
        in_a_year = InAYear.UNSURE
    it.tell(where=where, in_a_year=in_a_year, words=words, may_show=turn % 5 != 4, at=at)
