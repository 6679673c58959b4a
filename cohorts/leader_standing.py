"""How a request to meet a leader stands: who has it now, since when, what happens next, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cohorts.models import LeaderRequest, Person
from cohorts.policy import deciders_for
from cohorts.working_days import DELAYED_AFTER, LONG_OVERDUE_AFTER, waited

State = LeaderRequest.State
WITH_OTHERS = {State.AWAITING_MANAGER, State.SECOND_LOOK, State.AWAITING_LEADER}
OVER = {State.CLOSED, State.WITHDRAWN, State.DECLINED_BY_LEADER}

NEXT = {
    State.DRAFT: "Only {worker} sees this. It goes to {manager} when it is sent.",
    State.AWAITING_MANAGER: "{manager} says yes or no, once for the meeting and its hours.",
    State.MANAGER_ASKS: "{worker} answers, then {manager} decides.",
    State.DECLINED_BY_MANAGER: "{worker} can ask programme staff for a second look, once.",
    State.SECOND_LOOK: "Programme staff say yes after all, or that the no stands.",
    State.AWAITING_LEADER: "{leader} offers dates, asks for more, points to somebody else, or says no.",
    State.LEADER_ASKS: "{worker} answers, then {leader} offers dates.",
    State.DATES_OFFERED: "{worker} picks one of the dates, or says that none fits.",
    State.ARRANGED: "They meet. After that, both are asked whether they did.",
    State.HELD: "{worker} writes down what was said and promised. {leader} gets a copy.",
    State.DID_NOT_HAPPEN: "{worker} tries again, or ends it.",
    State.FOLLOWED_UP: "{worker} says how each promise went, then what came of it all.",
    State.CLOSED: "It is closed. Promises still open can be judged when they fall due.",
    State.WITHDRAWN: "It is over. Nothing more happens.",
    State.DECLINED_BY_LEADER: "It is over. {worker} can ask somebody else.",
}
TONES = {
    State.ARRANGED: "meet",
    State.HELD: "meet",
    State.FOLLOWED_UP: "meet",
    State.CLOSED: "good",
    State.DECLINED_BY_MANAGER: "bad",
    State.DECLINED_BY_LEADER: "bad",
    State.DID_NOT_HAPPEN: "warn",
    State.DATES_OFFERED: "info",
}
STEPS = {
    "sent": "sent this to the manager",
    "approved": "said yes, to the meeting and its hours",
    "manager_asked": "asked for more",
    "declined": "said no",
    "answered": "answered",
    "second_look_asked": "asked for a second look",
    "second_look_approved": "took a second look and said yes",
    "upheld": "took a second look: the no stands",
    "dates_offered": "offered dates",
    "pointed": "pointed to another leader",
    "leader_asked": "asked for more",
    "leader_declined": "said no",
    "arranged": "picked a date",
    "none_fits": "could not come on any of the dates",
    "rearranged": "moved the meeting",
    "withdrawn": "took it back",
    "held": "said that they met",
    "missed": "said that the meeting did not happen",
    "tried_again": "asked for new dates",
    "followed_up": "wrote down what was said",
    "corrected": "put something right",
    "closed": "said what came of it",
}


@dataclass(frozen=True)
class Standing:
    """`who` has it, `days` working days so far; empty and 0 when nobody has to act."""

    who: str
    since: datetime
    days: int
    lateness: str
    next: str
    tone: str

    @property
    def words(self) -> str:
        """“With Lee Whitaker since Tuesday 10 March, 3 working days.”"""
        if not self.who:
            return ""
        on = timezone.localtime(self.since)
        since = f"With {self.who} since {on:%A} {on.day} {on:%B}"
        if not self.days:
            return since
        return f"{since}, {self.days} working day{'s' if self.days > 1 else ''}"


def standing(request: LeaderRequest, now: datetime, *, with_deputy: bool = False) -> Standing:
    """`with_deputy` names today's deputy too, at the cost of a query: for the page of one request."""
    state = State(request.state)
    days = waited(request.waiting_since, now)
    lateness = ""
    if state in WITH_OTHERS and days >= DELAYED_AFTER:
        lateness = "Long overdue" if days >= LONG_OVERDUE_AFTER else "Delayed"
    names = {
        "worker": request.worker.name,
        "manager": request.manager.name,
        "leader": request.leader.name,
    }
    return Standing(
        who=_who(request, state, now, with_deputy),
        since=request.waiting_since,
        days=days,
        lateness=lateness,
        next=NEXT[state].format(**names),
        tone=TONES.get(state, ""),
    )


def _who(
    request: LeaderRequest, state: LeaderRequest.State, now: datetime, with_deputy: bool
) -> str:
    if state in OVER or state == State.ARRANGED:
        return ""
    if state == State.SECOND_LOOK:
        return "programme staff"
    if state == State.AWAITING_LEADER:
        return request.leader.name
    if state == State.AWAITING_MANAGER:
        if not request.manager.is_active:
            return "programme staff, since the manager has left"
        if with_deputy:
            deciders = deciders_for(request.manager, timezone.localdate(now))
            deputies = [one.name for one in deciders if one.pk != request.manager_id]
            if deputies:
                return f"{request.manager.name} (deputy today: {deputies[0]})"
        return request.manager.name
    return request.worker.name


def history(request: LeaderRequest) -> list[dict[str, Any]]:
    """What was said at each step, for the timeline; a deputy's with both names. One query."""
    rows = list(request.said.select_related("by", "deputy_for"))
    items: list[dict[str, Any]] = [
        {
            "who": _name(row.by) if row.by else row.by_name,
            "what": _what(row.step, row.deputy_for),
            "at": row.at,
            "words": row.words,
        }
        for row in rows
    ]
    if items:
        items[-1]["now"] = True
    return items


def _what(step: str, deputy_for: Person | None) -> str:
    what = STEPS.get(step, step)
    return f"(deputy, for {_name(deputy_for)}) {what}" if deputy_for else what


def _name(person: Person) -> str:
    return "Someone who has left" if person.left_at else person.name
