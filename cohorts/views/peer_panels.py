"""What a reader may do with a meeting now: one panel a step, each a form that posts its `step`.

What a panel offers is what policy allows and the state is ready for; the action asks both again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from cohorts.actions.peer_meetings import ending, inviting, opening
from cohorts.forms.leader_requests import SendForm, WordsForm
from cohorts.forms.peer_meetings import (
    DatesAnswerForm,
    DatesForm,
    NotMeetingForm,
    PeerMetForm,
)
from cohorts.models import PeerMeeting, PeerPlace, Person
from cohorts.peer_standing import Standing
from cohorts.policy import peer_meetings as policy

from .leader_panels import Offer, Panel

State, Place = PeerMeeting.State, PeerPlace.State


def _words(label: str, *, optional: bool = True) -> Any:
    return lambda meeting, *args, **options: WordsForm(
        *args, label=label, optional=optional, **options
    )


def _plain(form: type[forms.Form]) -> Any:
    return lambda meeting, *args, **options: form(*args, **options)


def _dates(meeting: PeerMeeting, *args: Any, **options: Any) -> forms.Form:
    return DatesForm(*args, meeting=meeting, **options)


def _answer_form(meeting: PeerMeeting, *args: Any, **options: Any) -> forms.Form:
    """Several may be chosen while somebody else has to answer after."""
    waits = meeting.places.filter(  # type: ignore[attr-defined]
        state__in=[Place.ASKED, Place.GOING], answered_dates_at=None
    ).exclude(person=meeting.dates_by_id)
    return DatesAnswerForm(*args, meeting=meeting, several=waits.count() > 1, **options)


def _saying(act: Any) -> Any:
    return lambda *, meeting, data, by, at: act(meeting=meeting, words=data["words"], by=by, at=at)


def _not_meeting(meeting: PeerMeeting, *args: Any, **options: Any) -> forms.Form:
    return NotMeetingForm(*args, label="A word to the others", optional=True, **options)


def _saying_why(act: Any) -> Any:
    return lambda *, meeting, data, by, at: act(
        meeting=meeting, words=data["words"], why=data["why"], by=by, at=at
    )


def _pressing(act: Any) -> Any:
    return lambda *, meeting, data, by, at: act(meeting=meeting, by=by, at=at)


def _propose(*, meeting: PeerMeeting, data: dict, by: Person, at: datetime) -> Any:
    names = ("dates", "where", "link", "access_note", "words")
    given = {name: data[name] for name in names}
    return inviting.propose_dates(meeting=meeting, by=by, at=at, **given)


def _answer(*, meeting: PeerMeeting, data: dict, by: Person, at: datetime) -> Any:
    return inviting.answer_dates(meeting=meeting, dates=data["dates"], by=by, at=at)


def _met(*, meeting: PeerMeeting, data: dict, by: Person, at: datetime) -> Any:
    if data["met"] == "yes":
        return ending.hold(meeting=meeting, by=by, at=at)
    return ending.miss(meeting=meeting, words=data["words"], why=data["why"], by=by, at=at)


OFFERS: dict[str, Offer] = {
    "answer": Offer(
        "Which date suits you?",
        "This suits me",
        _answer_form,
        _answer,
        note="Once a date is found, you get it for your calendar. If your agreement with your "
        "manager is in place, the time is asked for along with it.",
    ),
    "propose": Offer(
        "Propose dates",
        "Propose these dates",
        _dates,
        _propose,
        note="Three are best. The other side says which suit.",
    ),
    "others": Offer("Propose other dates", "Propose these instead", _dates, _propose, folded=True),
    "none_fits": Offer(
        "None of them fits",
        "Say that none fits",
        _words("Which days would suit you?"),
        _saying(inviting.none_fits),
        folded=True,
    ),
    "met": Offer("Did you meet?", "Say so", _plain(PeerMetForm), _met),
    "held": Offer(
        "Was it held?",
        "Yes, it was held",
        _plain(SendForm),
        _pressing(ending.hold),
        note="Then everybody who had a seat can write down what they compared.",
    ),
    "again": Offer(
        "Find another day",
        "Ask for another day",
        _words("Anything to say with it?"),
        _saying(inviting.try_again),
    ),
    "after_all": Offer(
        "You did meet after all?",
        "We met",
        _plain(SendForm),
        _pressing(ending.hold),
        folded=True,
    ),
    "join": Offer(
        "Come along",
        "Take a seat",
        _plain(SendForm),
        _pressing(opening.join),
        note="You get it for your calendar. If your agreement with your manager is in place, the "
        "time is asked for along with it. Others see that you come.",
    ),
    "queue": Offer(
        "All seats are taken",
        "Join the waiting list",
        _plain(SendForm),
        _pressing(opening.join),
        note="When somebody gives up a seat, whoever waits longest has it and is told at once.",
    ),
    "leave": Offer(
        "You can’t come?",
        "Give up my seat",
        _plain(SendForm),
        _pressing(opening.leave),
        folded=True,
        note="It leaves your calendar, and time that was asked for is withdrawn.",
    ),
    "stop_waiting": Offer(
        "No longer waiting?",
        "Leave the waiting list",
        _plain(SendForm),
        _pressing(opening.leave),
        folded=True,
    ),
    "move": Offer(
        "Another day",
        "Ask for another day",
        _words("Why does it have to move?"),
        _saying(inviting.move),
        folded=True,
        note="It leaves both calendars, and you find a new date.",
    ),
    "absent": Offer(
        "You were not there?",
        "I was not there",
        _plain(SendForm),
        _pressing(ending.was_not_there),
        folded=True,
        note="Then we don’t ask you for a note, and you don’t see those of the others.",
    ),
    "decline": Offer(
        "Say no",
        "Say no",
        _not_meeting,
        _saying_why(inviting.decline),
        folded=True,
        tone="danger",
        note="No is fine. They are told.",
    ),
    "call_off": Offer(
        "Call it off",
        "Call off the meeting",
        _not_meeting,
        _saying_why(ending.call_off),
        folded=True,
        tone="danger",
        note="Everybody is told. It leaves their calendars, and time that was asked for is withdrawn.",
    ),
}


def steps_for(stands: Standing, now: datetime) -> list[str]:
    """The keys of what this reader may do now, most likely first."""
    meeting, reader = stands.meeting, stands.reader
    steps = _open(stands, now) if meeting.is_open else _of_a_few(stands, now)
    begun = meeting.state == State.ARRANGED and meeting.has_begun(now)
    may_end = meeting.state in PeerMeeting.CALL_OFF.sources and not begun
    invitee = stands.place is not None and stands.place.state == Place.ASKED
    if may_end and not invitee and policy.may_call_off(reader, meeting):
        steps.append("call_off")
    return steps


def _open(stands: Standing, now: datetime) -> list[str]:
    meeting, place = stands.meeting, stands.place
    going = place is not None and place.state == Place.GOING
    if meeting.state == State.HELD:
        return ["absent"] if going and not place.is_hosts and not place.absent else []  # type: ignore[union-attr]
    if meeting.state == State.DID_NOT_HAPPEN:
        return ["after_all"] if going else []
    if meeting.state != State.ARRANGED:
        return []
    if meeting.has_begun(now):
        if not going:
            return []
        return ["met"] if meeting.made_by_id == stands.reader.pk else ["held"]
    if place is not None and place.state == Place.WAITING:
        return ["stop_waiting"]
    if going:
        return [] if place.is_hosts else ["leave"]  # type: ignore[union-attr]
    taken = sum(1 for one in stands.places if one.seat)
    return ["join"] if taken < meeting.seats else ["queue"]


def _of_a_few(stands: Standing, now: datetime) -> list[str]:
    meeting, place = stands.meeting, stands.place
    if place is None or place.state not in (Place.ASKED, Place.GOING):
        return []
    no = ["decline"] if place.state == Place.ASKED or len(stands.others) > 1 else []
    if meeting.state == State.INVITED:
        return ["propose", *no]
    if meeting.state == State.DATES_PROPOSED:
        answers = meeting.dates_by_id != place.person_id and place.answered_dates_at is None
        return [*(["answer", "none_fits"] if answers else []), "others", *no]
    if meeting.state == State.ARRANGED and meeting.has_begun(now):
        return ["met"]
    going = [one for one in stands.places if one.state == Place.GOING]
    if meeting.state == State.ARRANGED:
        return ["move", *(["leave"] if len(going) > 2 else [])]
    if meeting.state == State.DID_NOT_HAPPEN:
        return ["again", "after_all"]
    if meeting.state == State.HELD and len(going) > 2 and not place.absent:
        return ["absent"]
    return []


def panels(keys: list[str], meeting: PeerMeeting, *, bound: Panel | None = None) -> list[Panel]:
    """The panels of those steps; the one that was sent, with its errors, opened."""
    return [bound if bound and bound.key == key else panel(key, meeting) for key in keys]


def panel(key: str, meeting: PeerMeeting, data: QueryDict | None = None) -> Panel:
    offer = OFFERS[key]
    return Panel(key, offer, offer.form(meeting, data, auto_id=f"{key}_%s"))
