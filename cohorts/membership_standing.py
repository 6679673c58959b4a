"""How a place in a cohort stands, in words: what it waits for, who has it, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cohorts import events
from cohorts.line_managers import line_manager_of, who_sets_line_managers
from cohorts.models import ManagerAgreement, Membership, Person
from systemschangers.kernel.models import Event

State = Membership.State
TONES = {
    "invited": "info",
    "applied": "info",
    "awaiting_manager": "warn",
    "active": "good",
    "paused": "warn",
}
PILLS = {
    "invited": "asked",
    "applied": "applied",
    "awaiting_manager": "waits for a manager",
    "active": "takes part",
    "paused": "paused",
    "alumni": "been through it",
    "withdrawn": "out of it",
}
STEPS = {
    events.MEMBER_ADDED: "put them in",
    events.MEMBERSHIP_ASKED: "asked them in",
    events.MEMBERSHIP_SAID_YES: "said yes",
    events.MEMBERSHIP_SAID_NO: "said no thanks",
    events.MEMBERSHIP_APPLIED: "applied",
    events.MEMBERSHIP_REWRITTEN: "changed the application",
    events.MEMBERSHIP_LOOKED_AT: "opened the application",
    events.MEMBERSHIP_ACCEPTED: "accepted the application",
    events.MEMBERSHIP_TURNED_DOWN: "answered the application",
    events.MEMBERSHIP_ACTIVE: "The place became active",
    events.MEMBERSHIP_LOST_AGREEMENT: "The agreement ended, so the place waits for a manager again",
    events.MEMBERSHIP_PAUSED: "paused it",
    events.MEMBERSHIP_RESUMED: "took it up again",
    events.MEMBERSHIP_FINISHED: "marked it as been through",
    events.MEMBERSHIP_WITHDRAWN: "ended it",
}
BY_ITSELF = {events.MEMBERSHIP_ACTIVE, events.MEMBERSHIP_LOST_AGREEMENT}


@dataclass(frozen=True)
class Standing:
    pill: str
    tone: str
    words: str
    url: str = ""
    label: str = ""


def pill(membership: Membership) -> tuple[str, str]:
    """Its word and its tone."""
    if membership.was_turned_down:
        return "not this time", ""
    return PILLS[membership.state], TONES.get(membership.state, "")


def standing(membership: Membership, reader: Person) -> Standing:
    """For the member in the second person, for those who run it by name. Two queries at most."""
    word, tone = pill(membership)
    own = reader.pk == membership.person_id
    say = _own_words if own else _staff_words
    words, url, label = say(membership)
    return Standing(word, tone, words, url, label)


Said = tuple[str, str, str]


def _own_words(membership: Membership) -> Said:
    state = membership.state
    if state == State.INVITED:
        asked_by = membership.asked_by or "The programme"
        return f"{asked_by} asks whether you would like to join. Take your time.", "", ""
    if state == State.APPLIED:
        if membership.looked_at:
            return (
                f"{membership.looked_by} has opened your application, so it stays as it was read. "
                "You hear from them.",
                "",
                "",
            )
        url = reverse("cohorts:application_edit", args=[membership.pk])
        return (
            "Those who run the cohort read it. You can change it until one of them opens it.",
            url,
            "Change my application",
        )
    if state == State.AWAITING_MANAGER:
        return _own_wait(membership)
    if state == State.ACTIVE:
        url = reverse("cohorts:cohort", args=[membership.cohort_id])
        return (
            "You take part. What people share with this cohort, you see.",
            url,
            "See who is in it",
        )
    if state == State.PAUSED:
        if not _stands(membership):
            return _own_wait(membership)
        return "You are pausing. Come back when it suits you.", "", ""
    if state == State.ALUMNI:
        return "You have been through it. What you shared stays yours.", "", ""
    if membership.was_turned_down:
        return f"{membership.answered_by} answered you: not this time.", "", ""
    return "You are not in this cohort.", "", ""


def _own_wait(membership: Membership) -> Said:
    """What has to happen before the manager’s agreement stands."""
    proposal = _proposal(membership)
    before = "Your place is kept. It becomes active when your manager agrees to the time it takes. "
    if proposal is None:
        manager = line_manager_of(membership.person)
        if manager is None:
            return (
                f"{before}Nobody is set as your line manager here yet: {who_sets_line_managers()} "
                "can set one on your page.",
                "",
                "",
            )
        url = reverse("cohorts:agreement_new")
        return f"{before}Propose an agreement to {manager} next. Four answers.", url, "Propose it"
    url = reverse("cohorts:agreement", args=[proposal.pk])
    if proposal.state == ManagerAgreement.State.TALK:
        return f"{before}{proposal.manager} would like to talk it through first.", url, "Read why"
    return f"{before}{proposal.manager} has your proposal. Nothing to do for you.", url, "See it"


def _staff_words(membership: Membership) -> Said:
    state, person = membership.state, membership.person
    if state == State.INVITED:
        return f"{person} has been asked, and has not answered yet.", "", ""
    if state == State.APPLIED:
        return f"{person} would like to take part. Read why, then answer.", "", ""
    if state == State.AWAITING_MANAGER or (state == State.PAUSED and not _stands(membership)):
        return _staff_wait(membership)
    if state == State.ACTIVE:
        return f"{person} takes part.", "", ""
    if state == State.PAUSED:
        return f"{person} is pausing.", "", ""
    if state == State.ALUMNI:
        return f"{person} has been through it.", "", ""
    if membership.was_turned_down:
        return f"{membership.answered_by} said not this time.", "", ""
    return f"{person} is not in this cohort.", "", ""


def _staff_wait(membership: Membership) -> Said:
    person, proposal = membership.person, _proposal(membership)
    paused = "Paused, and no agreement stands. " if membership.state == State.PAUSED else ""
    if proposal is None:
        manager = line_manager_of(person)
        if manager is None:
            url = reverse("cohorts:person", args=[person.pk])
            words = f"{person} has no line manager here yet, so nobody can agree. Set one on their page."
            return f"{paused}{words}", url, "Their page"
        return f"{paused}{person} has not proposed an agreement to {manager} yet.", "", ""
    day = f"{proposal.proposed_at.day} {proposal.proposed_at:%B}"
    if proposal.state == ManagerAgreement.State.TALK:
        return f"{paused}{proposal.manager} would like to talk the agreement through.", "", ""
    return f"{paused}{proposal.manager} has had the proposal since {day}.", "", ""


def _proposal(membership: Membership) -> ManagerAgreement | None:
    on_the_table = ManagerAgreement.objects.on_the_table().filter(worker=membership.person_id)
    return on_the_table.select_related("manager").first()


def _stands(membership: Membership) -> bool:
    return (
        not membership.is_participant
        or ManagerAgreement.objects.agreed_for(membership.person_id).exists()
    )


def history(membership: Membership) -> list[dict[str, Any]]:
    """What happened to it, oldest first. One query."""
    told = Event.objects.filter(
        target_type=membership._meta.label_lower,
        target_id=str(membership.pk),
        verb__in=STEPS,
    ).select_related("actor")
    return [
        {
            "at": event.at,
            "who": "" if event.verb in BY_ITSELF else event.who,
            "what": STEPS[event.verb],
            "words": membership.answer if event.verb == events.MEMBERSHIP_TURNED_DOWN else "",
        }
        for event in told.order_by("at", "id")
    ]
