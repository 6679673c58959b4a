"""What every step of a meeting does: lock its row, move it, keep what was said; seats; and time."""

from __future__ import annotations

from datetime import datetime

from cohorts import events
from cohorts.audiences import time as time_audiences
from cohorts.line_managers import line_manager_of
from cohorts.models import (
    ManagerAgreement,
    PeerMeeting,
    PeerMeetingWord,
    PeerPlace,
    Person,
    Service,
    TimeRequest,
)
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import Step

State = PeerPlace.State


def locked(meeting: PeerMeeting) -> PeerMeeting:
    """The row as it is now, ours until the transaction ends; its places are changed under this lock.

    Locked first and read after: what is joined while waiting for a lock is out of date."""
    PeerMeeting.objects.select_for_update().only("pk").get(pk=meeting.pk)
    return PeerMeeting.objects.for_detail().get(pk=meeting.pk)


def insist(meeting: PeerMeeting, step: Step) -> None:
    """Raises WrongState, in words, unless the step can be taken now. Takes it not."""
    if meeting.state not in step.sources:
        step.apply(meeting)


def places_of(meeting: PeerMeeting, *states: str) -> list[PeerPlace]:
    """In the order people came; all of them, or those in one of `states`."""
    places = PeerPlace.objects.filter(meeting=meeting).select_related("person", "time_request")
    return list((places.filter(state__in=states) if states else places).order_by("turn"))


def say(meeting: PeerMeeting, step: str, *, by: Person, at: datetime, words: str = "") -> None:
    PeerMeetingWord.objects.create(meeting=meeting, step=step, by=by, words=words, at=at)


def add(
    meeting: PeerMeeting, person: Person, *, at: datetime, turn: int, state: str, seat: int | None
) -> PeerPlace:
    return PeerPlace.objects.create(
        meeting=meeting,
        person=person,
        state=state,
        seat=seat,
        seats=meeting.seats,
        turn=turn,
        since=at,
    )


def save(place: PeerPlace, *more: str) -> None:
    """Never its copy of how many seats there are: the database keeps that."""
    place.save(update_fields=["state", "seat", "since", "turn", "time_request", *more])


def free_seat(meeting: PeerMeeting) -> int | None:
    """The lowest number nobody sits on; None when all are taken."""
    taken = set(PeerPlace.objects.going().filter(meeting=meeting).values_list("seat", flat=True))
    return next((seat for seat in range(1, meeting.seats + 1) if seat not in taken), None)


def accept(meeting: PeerMeeting, place: PeerPlace, *, at: datetime) -> None:
    """Whoever answers in any way but no is going."""
    if place.state == State.ASKED:
        place.take(PeerPlace.ACCEPT, at=at, seat=free_seat(meeting))
        save(place)


def people(places: list[PeerPlace], but: Person | None = None) -> list[Person]:
    """Those of the places with a living account."""
    skip = but.pk if but is not None else None
    return [one.person for one in places if one.person.is_active and one.person_id != skip]


# --- Time: asked for along with the meeting, where the worker's agreement says so -------------------


def protect_time(meeting: PeerMeeting, place: PeerPlace, *, at: datetime) -> None:
    """Ask the worker's manager for the hours, decided as usual. Nothing without an agreement that stands,
    or when the worker has approved time then already. The caller saves the place."""
    worker, starts_at, ends_at = place.person, meeting.meets_at, meeting.ends_at
    if starts_at is None or ends_at is None or starts_at <= at:
        return
    agreement = ManagerAgreement.objects.agreed_for(worker).first()
    manager = line_manager_of(worker)
    if agreement is None or manager is None:
        return
    if TimeRequest.objects.overlapping(worker, starts_at, ends_at).exists():
        return
    purpose = TimeRequest.Purpose
    request = TimeRequest.objects.create(
        worker=worker,
        manager=manager,
        purpose=purpose.VISIT if meeting.kind == meeting.Kind.VISIT else purpose.PEER_MEETING,
        starts_at=starts_at,
        ends_at=ends_at,
        cover=agreement.cover,
        note=what_for(meeting, worker),
        asked_at=at,
    )
    place.time_request = request
    activity.record(
        events.TIME_ASKED,
        actor=worker,
        target=request,
        at=at,
        notify=time_audiences.deciders(request, at),
        slots=1,
        on_behalf_of=None,
    )


def what_for(meeting: PeerMeeting, worker: Person) -> str:
    """For the manager: where the others work. No names, and not the question."""
    if meeting.is_open:
        return "An open meeting with workers of other services."
    others = PeerPlace.objects.filter(meeting=meeting).exclude(person=worker)
    services = Service.objects.filter(
        posts__ended=None, posts__person__in=others.values("person")
    ).select_related("organisation")
    where = ", ".join(f"{one.name}, {one.organisation.name}" for one in services.distinct()[:3])
    return f"With {where}." if where else "With a worker of another service."


def free_time(place: PeerPlace, *, at: datetime, over: bool = False) -> None:
    """The meeting is not then after all: what was asked is withdrawn, and the manager told.

    `over`: the hour has passed. Approved time is then the worker's to tell of, as any other."""
    request, place.time_request = place.time_request, None
    if request is None:
        return
    kept = over and request.state == TimeRequest.State.APPROVED
    if request.state in TimeRequest.WITHDRAW.sources and not kept:
        request.withdraw()
        request.save(update_fields=["state"])
        activity.record(
            events.TIME_WITHDRAWN,
            actor=place.person,
            target=request,
            at=at,
            notify=time_audiences.deciders(request, at),
            slots=1,
            on_behalf_of=None,
        )


def time_taken(place: PeerPlace, *, at: datetime) -> None:
    request = place.time_request
    if request is not None and request.state == TimeRequest.State.APPROVED:
        request.tell(TimeRequest.TAKE, at=at)
        request.save(update_fields=["state", "told_at"])
