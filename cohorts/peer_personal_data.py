"""What a person is told of their meetings across services, notes and practices; and how they forget them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from cohorts import events
from cohorts.actions.peer_meetings import keeping, letters, opening
from cohorts.models import (
    Borrowing,
    ComparisonNote,
    PeerMeeting,
    PeerMeetingWord,
    PeerPlace,
    Person,
    Practice,
    PracticeOwner,
)
from systemschangers.kernel import activity
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells

TAKEN_OUT = "Taken out when they left."
State, Place = PeerMeeting.State, PeerPlace.State


@tells
def tell_peers(person: Person) -> Iterator[Section]:
    places = PeerPlace.objects.filter(person=person).select_related("meeting").order_by("since")
    yield Section("peers", "Meetings across services", (_place(one) for one in places))
    made = PeerMeeting.objects.filter(made_by=person).exclude(places__person=person)
    yield Section(
        "peers_paired",
        "Meetings you made for others",
        ({"question": one.question, "made": one.made_at} for one in made.order_by("made_at")),
    )
    said = PeerMeetingWord.objects.filter(by=person)
    yield Section(
        "peers_said",
        "What you did and said about meetings",
        ({"at": one.at, "step": one.step, "your words": one.words} for one in said),
    )
    notes = ComparisonNote.objects.filter(author=person)
    yield Section("notes", "What you compared", (_note(one) for one in notes))
    own = PracticeOwner.objects.filter(person=person).select_related("practice")
    yield Section("practices", "Practices of yours", (_owner(one) for one in own))
    borrowed = Borrowing.objects.filter(person=person).select_related("practice", "service")
    yield Section("borrowings", "Practices you borrowed", (_borrowing(one) for one in borrowed))


@says
def say_peers(person: Person) -> Farewell:
    return Farewell(
        goes=[
            "Your notes of meetings with other services, and what you said on their way. "
            "Meetings still to come are called off, and your seats go to whoever waits.",
            "Practices you had not published yet.",
        ],
        stays=[
            "Practices that were published, and where they were borrowed, without your name.",
        ],
    )


@forgets
def forget_peers(person: Person, at: datetime) -> None:
    """Meetings to come end, in letters that don't name them; then words go."""
    own = PeerPlace.objects.filter(person=person)
    for pk in own.order_by("meeting").values_list("meeting", flat=True):
        _leave(PeerMeeting(pk=pk), person, at)
    PeerMeeting.objects.filter(made_by=person).update(question=TAKEN_OUT, access_note="")
    PeerMeeting.objects.filter(made_by=person).exclude(state=State.ARRANGED).update(
        where="", link=""
    )
    PeerMeetingWord.objects.filter(by=person).update(words="")
    ComparisonNote.objects.filter(author=person).delete()
    undone = Q(state=Practice.State.DRAFT) | Q(state=Practice.State.AWAITING)
    Practice.objects.filter(undone, made_by=person).delete()
    PracticeOwner.objects.filter(person=person).delete()
    Practice.objects.filter(ask=person).update(ask=None)
    Borrowing.objects.filter(person=person).update(words="")


def _leave(meeting: PeerMeeting, person: Person, at: datetime) -> None:
    """Out of one meeting, however it stands; it goes on where two or more are left."""
    meeting = keeping.locked(meeting)
    live = meeting.state in PeerMeeting.CALL_OFF.sources and not meeting.has_begun(at)
    if not live:
        return
    places = keeping.places_of(meeting, Place.ASKED, Place.GOING, Place.WAITING)
    own = next((one for one in places if one.person_id == person.pk), None)
    if own is None:
        return
    # No letter to them, and none that names them.
    own.person.is_active = False
    others = [one for one in places if one is not own]
    if meeting.is_open and not own.is_hosts:
        _give_up(meeting, own, person, at)
    elif meeting.is_open or len(others) < 2:
        _call_off(meeting, own, others, person, at)
    else:
        _go_without(meeting, own, others, person, at)


def _give_up(meeting: PeerMeeting, own: PeerPlace, person: Person, at: datetime) -> None:
    keeping.free_time(own, at=at)
    own.take(PeerPlace.LEAVE, at=at)
    keeping.save(own)
    activity.record(events.PEER_LEFT, actor=person, target=meeting, at=at)
    opening.move_up(meeting, by=person, at=at)


def _call_off(
    meeting: PeerMeeting, own: PeerPlace, others: list[PeerPlace], person: Person, at: datetime
) -> None:
    arranged = meeting.state == State.ARRANGED
    meeting.call_off(by=person, at=at)
    meeting.where = meeting.link = meeting.access_note = ""
    if arranged:
        meeting.calendar_sequence += 1
        going = [one for one in others if one.state == Place.GOING]
        Person.objects.filter(pk=person.pk).update(is_active=False)
        letters.called_off(meeting, going, was_at=meeting.meets_at, at=at)
        for place in [own, *going]:
            keeping.free_time(place, at=at)
            keeping.save(place)
    meeting.dates.all().delete()  # type: ignore[attr-defined]
    meeting.save()
    hearers = keeping.people(others)
    activity.record(events.PEER_CALLED_OFF, actor=person, target=meeting, at=at, notify=hearers)


def _go_without(
    meeting: PeerMeeting, own: PeerPlace, others: list[PeerPlace], person: Person, at: datetime
) -> None:
    """A trio becomes a pair. Dates that were theirs are proposed anew by one of the two."""
    keeping.free_time(own, at=at)
    step = PeerPlace.LEAVE if own.state == Place.GOING else PeerPlace.DECLINE
    own.take(step, at=at)
    keeping.save(own)
    if meeting.dates_by_id == person.pk:
        meeting.dates.all().delete()  # type: ignore[attr-defined]
        meeting.move(PeerMeeting.NONE_FITS, at=at)
        meeting.save()
    hearers = keeping.people(others)
    activity.record(events.PEER_LEFT, actor=person, target=meeting, at=at, notify=hearers)


def _place(place: PeerPlace) -> dict[str, Any]:
    meeting = place.meeting
    return {
        "question": meeting.question if meeting.made_by_id == place.person_id else None,
        "kind": meeting.get_kind_display(),
        "state": meeting.get_state_display(),
        "you": place.get_state_display(),
        "met": meeting.meets_at,
        "where": meeting.where,
        "since": place.since,
        "were not there": place.absent or None,
    }


def _note(note: ComparisonNote) -> dict[str, Any]:
    return {
        "written": note.written_at,
        "we do": note.we_do,
        "they do": note.they_do,
        "I’ll try": note.will_try,
        "tried": note.get_tried_display() or None,
        "what happened": note.tried_words,
    }


def _owner(owner: PracticeOwner) -> dict[str, Any]:
    practice = owner.practice
    return {
        "what it is, in a few words": practice.title,
        "what it is": practice.what,
        "when it works": practice.works_when,
        "when it doesn’t": practice.fails_when,
        "what it takes": practice.takes,
        "state": practice.get_state_display(),
        "you agreed": owner.agreed_at,
        "what you wanted changed": owner.words,
    }


def _borrowing(one: Borrowing) -> dict[str, Any]:
    return {
        "practice": one.practice.title,
        "for": one.service.name,
        "since": one.since,
        "how it stands": one.get_state_display(),
        "your words": one.words,
    }
