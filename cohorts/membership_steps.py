"""What a reader may do with a place in a cohort now: one button or fold a step, each posting its `step`.

What is offered is what policy allows and the state is ready for; the action asks both again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cohorts.actions import applications, memberships
from cohorts.models import Membership, Person
from cohorts.policy import memberships as policy
from cohorts.policy.manager_agreements import may_activate
from systemschangers.kernel.lifecycle import Step
from systemschangers.kernel.policy import Verdict

State = Membership.State


@dataclass(frozen=True)
class Offer:
    """One step as it is put to somebody. `asks`: opened first, saying what happens; with words when
    `needs_words`. `done` is what the page says after it."""

    step: Step
    may: Callable[[Person, Membership], Verdict]
    take: Callable[..., Membership]
    label: str
    own_label: str = ""
    tone: str = "secondary"
    asks: str = ""
    own_asks: str = ""
    needs_words: bool = False
    done: str = ""


@dataclass(frozen=True)
class Offered:
    """A step in the words of its reader."""

    key: str
    label: str
    tone: str
    asks: str
    needs_words: bool


OFFERS: dict[str, Offer] = {
    "yes": Offer(
        Membership.SAY_YES,
        policy.may_say_yes,
        memberships.say_yes,
        label="Yes, I would like to join",
        tone="",
        done="You have said yes.",
    ),
    "accept": Offer(
        Membership.ACCEPT,
        policy.may_accept,
        applications.accept,
        label="Accept this application",
        tone="",
        done="Accepted. They have been told.",
    ),
    "turn_down": Offer(
        Membership.TURN_DOWN,
        policy.may_turn_down,
        applications.turn_down,
        label="Say no, with words",
        asks="They read your words. Nobody else does, but for those who run this cohort.",
        needs_words=True,
        done="Answered. They have been told, in your words.",
    ),
    "active": Offer(
        Membership.ACTIVATE,
        policy.may_make_active,
        memberships.make_active,
        label="Make this place active",
        tone="",
        done="The place is active.",
    ),
    "resume": Offer(
        Membership.RESUME,
        policy.may_resume,
        memberships.resume,
        label="Take the place up again",
        own_label="Take part again",
        tone="",
        done="The place is taken up again.",
    ),
    "pause": Offer(
        Membership.PAUSE,
        policy.may_pause,
        memberships.pause,
        label="Pause this place",
        own_label="Pause for a while",
        asks="While it is paused they don’t see what people share with the cohort. They are told.",
        own_asks="While you pause, you don’t see what people share with the cohort. You can come back "
        "at any time. Those who run it are told.",
        done="Paused.",
    ),
    "finish": Offer(
        Membership.FINISH,
        policy.may_finish,
        memberships.finish,
        label="Mark as been through it",
        asks="They become one of its alumni. They are told.",
        done="Marked. They have been told.",
    ),
    "ask_again": Offer(
        Membership.ASK_AGAIN,
        policy.may_ask_again,
        memberships.ask_again,
        label="Ask them in",
        done="They have been asked.",
    ),
    "withdraw": Offer(
        Membership.WITHDRAW,
        policy.may_withdraw,
        memberships.withdraw,
        label="End this place",
        own_label="Give up my place",
        tone="danger",
        asks="They are out of the cohort, and are told. You can ask them in again.",
        own_asks="You are out of the cohort. Those who run it are told. What you wrote stays yours.",
        done="The place has ended.",
    ),
}
NO_THANKS = "No thanks"
TAKE_BACK = "Take back my application"


def offers_for(person: Person, membership: Membership) -> list[Offered]:
    own = person.pk == membership.person_id
    offered = []
    for key, offer in OFFERS.items():
        if membership.state not in offer.step.sources or not offer.may(person, membership):
            continue
        if key in ("active", "resume") and not may_activate(membership):
            continue
        label = offer.own_label if own and offer.own_label else offer.label
        asks, tone = offer.own_asks if own and offer.own_asks else offer.asks, offer.tone
        if own and key == "withdraw" and membership.state == State.INVITED:
            label, asks, tone = NO_THANKS, "", "secondary"
        if own and key == "withdraw" and membership.state == State.APPLIED:
            label, asks = (
                TAKE_BACK,
                "Nobody decides on it any more. You can apply again while it is open.",
            )
        offered.append(Offered(key, label, tone, asks, offer.needs_words))
    return offered


def take(key: str, membership: Membership, words: str, *, by: Person, at: datetime) -> Membership:
    given: dict[str, Any] = {"words": words} if OFFERS[key].needs_words else {}
    return OFFERS[key].take(membership=membership, **given, by=by, at=at)
