"""Who may do what in meetings across services. Whether a step is in turn is the state’s business (the
Steps on the models); this is about who.

A service of one’s own is never forbidden: comparing with another is the point, and the pages say so."""

from __future__ import annotations

from datetime import datetime

from cohorts.models import PeerMeeting, PeerPlace, Person
from systemschangers.kernel.policy import YES, Verdict, no

State = PeerMeeting.State


def may_invite(person: Person, other: Person) -> Verdict:
    """Anybody here but oneself and those who said that they would rather not be asked."""
    if person.pk == other.pk:
        return no("That is you. Invite somebody of another service.")
    if not other.is_active:
        return no("They are no longer here. Invite somebody else.")
    if other.meeting_answered_at and not other.open_to_meet:
        return no(f"{other.name} is not open to meeting at the moment. Invite somebody else.")
    return YES


def may_take_part(person: Person, meeting: PeerMeeting) -> Verdict:
    """The steps of those who are in it: dates, yes and no, whether they met."""
    place = place_of(person, meeting)
    if place is not None and place.state in (PeerPlace.State.ASKED, PeerPlace.State.GOING):
        return YES
    return no("Only those who are in this meeting can do this.")


def may_answer_dates(person: Person, meeting: PeerMeeting) -> Verdict:
    if meeting.dates_by_id == person.pk:
        return no("You proposed these dates, so the others say which suit. You can propose others.")
    return may_take_part(person, meeting)


def may_call_off(person: Person, meeting: PeerMeeting) -> Verdict:
    """Whoever holds an open meeting or made the pair; of two or three, anybody who is in it."""
    if meeting.made_by_id == person.pk:
        return YES
    if meeting.is_open:
        return no("Only whoever holds this meeting can call it off. You can give up your seat.")
    return may_take_part(person, meeting)


def may_change(person: Person, meeting: PeerMeeting) -> Verdict:
    """An open meeting’s day, room and seats."""
    if meeting.is_open and meeting.made_by_id == person.pk:
        return YES
    return no("Only whoever holds an open meeting can change it.")


def may_join(person: Person, meeting: PeerMeeting, at: datetime) -> Verdict:
    """A seat in an open meeting, or a place on its waiting list."""
    if not meeting.is_open:
        return no("This meeting is between those who were invited.")
    if meeting.state != State.ARRANGED or meeting.has_begun(at):
        return no("This meeting is over, or has been called off.")
    place = place_of(person, meeting)
    if place is not None and place.has_a_part:
        return no("You have a place in this meeting already.")
    return YES


def may_leave(person: Person, meeting: PeerMeeting, at: datetime) -> Verdict:
    """Until it begins. Whoever holds it, or is one of two, calls it off instead."""
    place = place_of(person, meeting)
    if place is None or place.state not in (PeerPlace.State.GOING, PeerPlace.State.WAITING):
        return no("You have no seat in this meeting.")
    if meeting.state != State.ARRANGED or meeting.has_begun(at):
        return no("This meeting has begun, is over, or is not arranged yet.")
    if place.is_hosts and meeting.is_open:
        return no("You hold this meeting. Call it off instead.")
    if not meeting.is_open and meeting.places.going().count() < 3:  # type: ignore[attr-defined]
        return no("There are two of you. Call it off, or ask for another day.")
    return YES


def may_say_whether_held(person: Person, meeting: PeerMeeting) -> Verdict:
    """Those who had a seat; of an open meeting, also that it did not happen."""
    place = place_of(person, meeting)
    if place is not None and place.state == PeerPlace.State.GOING:
        return YES
    return no("Only those who were to meet can say this.")


def has_met(person: Person, meeting: PeerMeeting) -> Verdict:
    """What notes and practices are for: to have been there."""
    if PeerPlace.objects.of_those_who_met().filter(meeting=meeting, person=person).exists():
        return YES
    return no("This is for those who met, once the meeting was held.")


def place_of(person: Person, meeting: PeerMeeting) -> PeerPlace | None:
    return PeerPlace.objects.filter(meeting=meeting, person=person).first()
