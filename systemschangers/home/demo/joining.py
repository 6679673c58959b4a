"""Coming into a cohort: one that is open for applications, places in every state, a list half sent.

An active place rests on an agreement (permission.py); who has none yet waits for a manager here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from cohorts import events
from cohorts.models import Cohort, InvitationList, ManagerAgreement, Membership, Person, Post

from .permission import active_participants, slot
from .plan import Plan
from .said import Chronicle

if TYPE_CHECKING:
    from .loading import Ground

State = Membership.State
ABOUT = (
    "Twelve workers from twelve services, one day a month. We look at what keeps happening and why, "
    "find the rules that bend, and try one small thing each in our own place of work.",
    "You meet the people on the other end of the phone: housing, probation, health, the hostel. "
    "You take back what they do, and they take what you do.",
)
ASKS = (
    "One day a month, and about two hours a week of your own choosing. Travel is paid.",
    "Your manager has to agree to the hours. We help you ask, and most say yes.",
)
WHY = (
    "I see the same three people every Friday, because that is when the other office closes. I want to "
    "know who decided that, and whether they know.",
    "We and the ward write to each other and never meet. I would like to stand where they stand for a day.",
    "I have been here nine years and have ideas I have not told anybody. It would be good to try one.",
)
ANSWER = (
    "You were in the last one but two people from your team are in this one already. Please apply "
    "in spring: you would be the first I ask."
)
# Still to be mended in Cas’s list: line number, name, address.
WRONG = ((4, "Joan Pike", "joan.pike(at)example.org"), (9, "", "r.dhillon@example"))


@dataclass(frozen=True)
class Way:
    """How long ago a place came to stand as it does, by its turn among those in that state."""

    days: tuple[int, ...]

    def since(self, now: datetime, turn: int) -> datetime:
        return slot(now, -self.days[turn % len(self.days)], 10)


WAYS = {
    State.INVITED: Way((3, 19)),
    State.APPLIED: Way((9, 1)),
    State.AWAITING_MANAGER: Way((16, 5)),
    State.PAUSED: Way((24,)),
    State.WITHDRAWN: Way((12, 30)),
}


def write_joining(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    by_state: dict[str, int] = {}
    cas = ground.people["Cas Mendes"]
    _open(list(ground.cohorts.values())[-1], plan.now)
    _wait_without_agreement()
    found = Membership.objects.filter(state__in=WAYS, person__is_active=True).select_related(
        "person", "cohort"
    )
    for place in found.order_by("person__name"):
        turn = by_state.get(place.state, 0)
        by_state[place.state] = turn + 1
        place.state_at = max(WAYS[State(place.state)].since(plan.now, turn), place.joined_at)
        _tell(place, turn, cas, plan.now, chronicle)
        place.save()
    Membership.objects.exclude(state__in=WAYS).update(state_at=F("joined_at"))
    _withdrew_on_going()
    _half_sent(list(ground.cohorts.values())[-1], cas, plan.now)


def _open(cohort: Cohort, now: datetime) -> None:
    cohort.about, cohort.asks = "\n\n".join(ABOUT), "\n\n".join(ASKS)
    cohort.applications_close_on = timezone.localdate(now) + timedelta(days=23)
    cohort.save()


def _withdrew_on_going() -> None:
    """Whose account is closed, on the day their last post ended."""
    last = Post.objects.filter(person=OuterRef("person")).order_by("-ended").values("ended")[:1]
    gone = Membership.objects.filter(state=State.WITHDRAWN, person__is_active=False)
    gone.update(state_at=Cast(Subquery(last), DateTimeField()))


def _wait_without_agreement() -> None:
    agreed = ManagerAgreement.objects.filter(state=ManagerAgreement.State.AGREED)
    without = active_participants().exclude(person__in=agreed.values("worker"))
    without.update(state=State.AWAITING_MANAGER)


def _tell(place: Membership, turn: int, cas: Person, now: datetime, chronicle: Chronicle) -> None:
    """What was said on the way, and told to those it concerns."""
    person, at = place.person, place.state_at
    asked = place.state == State.INVITED or (place.state == State.AWAITING_MANAGER and turn)
    if asked:
        place.asked_by = cas
        before = at if place.state == State.INVITED else at - timedelta(days=3)
        chronicle.record(events.MEMBERSHIP_ASKED, cas, place, before, [person])
        if place.state == State.AWAITING_MANAGER:
            chronicle.record(events.MEMBERSHIP_SAID_YES, person, place, at, [cas])
        return
    place.why = WHY[turn % len(WHY)]
    applied = at if place.state == State.APPLIED else at - timedelta(days=6)
    chronicle.record(events.MEMBERSHIP_APPLIED, person, place, applied, [cas])
    if place.state == State.APPLIED:
        if turn == 0:
            _looked(place, cas, min(at + timedelta(days=1), now))
        return
    turned_down = place.state == State.WITHDRAWN and turn == 0
    if place.state == State.WITHDRAWN and not turned_down:
        chronicle.record(events.MEMBERSHIP_WITHDRAWN, person, place, at, [cas])
        return
    _looked(place, cas, applied + timedelta(days=1))
    place.answered_by, place.answered_at = cas, at if turned_down else applied + timedelta(days=2)
    if turned_down:
        place.answer = ANSWER
        chronicle.record(events.MEMBERSHIP_TURNED_DOWN, cas, place, at, [person])
        return
    chronicle.record(events.MEMBERSHIP_ACCEPTED, cas, place, place.answered_at, [person])
    if place.state == State.PAUSED:
        chronicle.record(events.MEMBERSHIP_PAUSED, person, place, at, [cas])


def _looked(place: Membership, by: Person, at: datetime) -> None:
    place.looked_by, place.looked_at = by, at


def _half_sent(cohort: Cohort, cas: Person, now: datetime) -> None:
    """What was right has been sent; two lines wait to be mended."""
    InvitationList.objects.create(
        cohort=cohort,
        person=cas,
        lines=[[number, number, name, email, "", "", ""] for number, name, email in WRONG],
        made_at=now - timedelta(days=2),
        sent_at=now - timedelta(days=2),
        letters_sent=2,
        people_asked=1,
    )
