"""How a meeting across services stands, in words: for one reader, who is in it, what happens next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cohorts.models import PeerMeeting, PeerMeetingWord, PeerPlace, Person

Kind, State, Place = PeerMeeting.Kind, PeerMeeting.State, PeerPlace.State

TONES = {
    State.ARRANGED: "meet",
    State.HELD: "good",
    State.DATES_PROPOSED: "info",
    State.DID_NOT_HAPPEN: "warn",
    State.DECLINED: "bad",
    State.CALLED_OFF: "bad",
}
NEXT = {
    State.INVITED: "Any of you proposes dates. You can also say no.",
    State.DATES_PROPOSED: "{waits} which of the dates suit.",
    State.ARRANGED: "You meet. After that, each of you is asked once whether you did.",
    State.HELD: "Each of you writes a line or two: what we do, what they do, what I’ll try.",
    State.DID_NOT_HAPPEN: "Find another day, or leave it.",
    State.DECLINED: "It is over. Somebody else may have the same question.",
    State.CALLED_OFF: "It is over. Nothing more happens.",
}
OPEN_NEXT = {
    State.ARRANGED: "Anybody here can come. When a seat comes free, whoever waits longest moves up.",
    State.HELD: "Whoever was there writes a line or two, for the others who were.",
    State.DID_NOT_HAPPEN: "It did not happen.",
    State.CALLED_OFF: "It has been called off.",
}
STEPS = {
    "invited": "sent the invitation",
    "paired": "paired you",
    "dates_proposed": "proposed dates",
    "dates_answered": "said which dates suit",
    "none_fits": "could not come on any of the dates",
    "arranged": "picked a date",
    "moved": "asked for another day",
    "declined": "said no",
    "left": "can’t come",
    "called_off": "called it off",
    "held": "said that you met",
    "missed": "said that it did not happen",
    "tried_again": "asked to find another day",
}


@dataclass
class Standing:
    """One meeting for one reader. `place` is theirs, or None."""

    meeting: PeerMeeting
    reader: Person
    places: list[PeerPlace]
    title: str = ""
    tone: str = ""
    next: str = ""
    place: PeerPlace | None = None
    others: list[PeerPlace] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Seats that are taken, besides that of whoever holds it."""
        return sum(1 for one in self.places if one.seat)

    @property
    def free(self) -> int:
        return max(self.meeting.seats - self.taken, 0)

    @property
    def same_service(self) -> str:
        """The service that all of two or three work in; empty when it is two services."""
        if self.meeting.is_open or self.place is None or not self.others:
            return ""
        own = services_of(self.place.person)
        for other in self.others:
            own = {key: name for key, name in own.items() if key in services_of(other.person)}
        return next(iter(own.values()), "")


def stand(meeting: PeerMeeting, reader: Person, places: list[PeerPlace]) -> Standing:
    """`places`: those of the meeting, with people and posts (`with_person`)."""
    own = next((one for one in places if one.person_id == reader.pk), None)
    out = (Place.LEFT, Place.DECLINED)
    others = [one for one in places if one.person_id != reader.pk and one.state not in out]
    if not others and not meeting.is_open:
        others = [one for one in places if one.person_id != reader.pk]
    state = State(meeting.state)
    words = OPEN_NEXT.get(state, "") if meeting.is_open else NEXT[state]
    if state == State.DATES_PROPOSED:
        words = words.format(waits=_who_answers(meeting, reader, places))
    return Standing(
        meeting,
        reader,
        places,
        _title(meeting, others, own),
        TONES.get(state, ""),
        words,
        own,
        others,
    )


def _title(meeting: PeerMeeting, others: list[PeerPlace], own: PeerPlace | None) -> str:
    if meeting.is_open:
        return "Open meeting"
    names = " and ".join(place.person.name for place in others)
    if own is None:
        return names
    if meeting.kind == Kind.VISIT:
        return f"Half a day with {names}"
    return f"You and {names}"


def _who_answers(meeting: PeerMeeting, reader: Person, places: list[PeerPlace]) -> str:
    waits = [
        one
        for one in places
        if one.has_a_part and one.person_id != meeting.dates_by_id and one.answered_dates_at is None
    ]
    if any(one.person_id == reader.pk for one in waits):
        return "You say"
    names = [one.person.name for one in waits]
    return f"{' and '.join(names)} {'says' if len(names) == 1 else 'say'}"


def services_of(person: Person) -> dict[int, str]:
    """Service names by number; the person comes with `current_posts`."""
    return {post.service_id: post.service.name for post in person.current_posts}  # type: ignore[attr-defined]


def where_they_work(person: Person) -> str:
    """“Outreach worker, Street outreach, Eastmere Council”."""
    post = next(iter(person.current_posts), None)  # type: ignore[attr-defined]
    if post is None:
        return ""
    return f"{post.title}, {post.service.name}, {post.service.organisation.name}"


def history(meeting: PeerMeeting) -> list[dict[str, Any]]:
    """For the timeline, oldest first."""
    words = PeerMeetingWord.objects.filter(meeting=meeting, step__in=STEPS).select_related("by")
    items = [
        {"at": one.at, "who": one.by.name, "what": STEPS[one.step], "words": one.words}
        for one in words
    ]
    if items:
        items[-1]["now"] = True
    return items


def open_for(meeting: PeerMeeting, now: datetime) -> bool:
    return meeting.state == State.ARRANGED and not meeting.has_begun(now)
