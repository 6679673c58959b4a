"""Who is in a lab: asked in by who facilitates it, with an account or by a code card."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.models import Person
from labs import code_cards, events
from labs.models import CodeCard, Lab, LabMember
from labs.policy.labs import may_remove, may_run, may_see_private, seat_of
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

from . import keeping

NOT_BY_CARD = "Only somebody who came by a card has one. Everyone else signs in by e-mail."


@transaction.atomic
def add(
    *,
    lab: Lab,
    person: Person | None,
    name: str = "",
    role: str,
    alias: str = "",
    by: Person,
    at: datetime,
) -> LabMember:
    """A seat for `person`; or, for somebody without an e-mail address, for whom they call `name`: they
    come by a code card. Somebody who had left comes back to the seat they had.

    Raises ValidationError for somebody who is in it already."""
    lab = keeping.held(lab)
    may_run(seat_of(by, lab), lab).require()
    if person is None:
        person = _without_address(name, at)
        role, alias = LabMember.Role.SERVICE_USER, ""
    seat = LabMember.objects.filter(lab=lab, person=person).first()
    if seat and seat.left_at is None:
        raise ValidationError(f"{seat.shown} is in this lab already.")
    if seat is None:
        seat = LabMember(lab=lab, person=person)
    seat.role, seat.alias, seat.joined_at, seat.left_at = role, alias, at, None
    seat.save()
    activity.record(events.LAB_MEMBER_ADDED, actor=by, target=seat, at=at, notify=[person])
    return seat


@transaction.atomic
def change(
    *,
    member: LabMember,
    alias: str,
    access_needs: str,
    payment: str,
    facilitates: bool,
    by: Person,
    at: datetime,
) -> LabMember:
    """The member and who facilitates write what is private; who facilitates is for facilitators to say.

    Raises Refused when nobody would facilitate, ValidationError for a service user who would, WrongState
    for somebody who left."""
    lab = keeping.held(member.lab)
    seat = seat_of(by, lab)
    member = LabMember.objects.select_for_update().get(pk=member.pk)
    may_see_private(seat, member).require()
    if member.left_at:
        raise WrongState("They are no longer in this lab.")
    if facilitates != member.facilitates:
        may_run(seat, lab).require()
        if facilitates and member.role == LabMember.Role.SERVICE_USER:
            raise ValidationError(
                "Who facilitates sees what others told in private: not a service user."
            )
        if not facilitates:
            may_remove(seat, member).require()
    member.alias, member.access_needs, member.payment = alias, access_needs, payment
    member.facilitates = facilitates
    member.save()
    activity.record(events.LAB_MEMBER_CHANGED, actor=by, target=member, at=at)
    return member


@transaction.atomic
def remove(*, member: LabMember, by: Person, at: datetime) -> LabMember:
    """Out of the lab, by who facilitates or by their own wish; what they said stays, under the name they
    had in it. Their card ends with their last lab. Twice changes nothing."""
    lab = keeping.held(member.lab)
    seat = seat_of(by, lab)
    member = LabMember.objects.select_for_update().get(pk=member.pk)
    may_remove(seat, member).require()
    if member.left_at is None:
        member.left_at, member.facilitates = at, False
        member.access_needs = member.payment = ""
        member.save()
        Lab.objects.filter(pk=lab.pk, ask=member.person_id).update(ask=None)
        elsewhere = LabMember.objects.today().filter(person=member.person_id)
        if member.person.by_code_card and not elsewhere.exists():
            _end_card(member.person, by, at, signs_out=False)
        activity.record(events.LAB_MEMBER_LEFT, actor=by, target=member, at=at)
    return member


@transaction.atomic
def bring_back(*, member: LabMember, by: Person, at: datetime) -> LabMember:
    """Back to the seat they had, by who facilitates: how somebody without an e-mail address comes in again.
    Their old card stays ended. Twice changes nothing.

    Raises WrongState for somebody whose account has ended."""
    lab = keeping.held(member.lab)
    may_run(seat_of(by, lab), lab).require()
    member = LabMember.objects.select_for_update().get(pk=member.pk)
    if not member.person.is_active:
        raise WrongState("Their account has ended, so they can’t come back in.")
    if member.left_at is not None:
        member.joined_at, member.left_at = at, None
        member.save()
        heard = [member.person]
        activity.record(events.LAB_MEMBER_ADDED, actor=by, target=member, at=at, notify=heard)
    return member


@transaction.atomic
def issue_card(*, member: LabMember, by: Person, at: datetime) -> str:
    """A fresh code, returned this once; the card before stops working, and whoever is signed in with it
    is signed out. Raises ValidationError for somebody with an account."""
    lab = keeping.held(member.lab)
    may_run(seat_of(by, lab), lab).require()
    if not member.person.by_code_card:
        raise ValidationError(NOT_BY_CARD)
    if member.left_at:
        raise ValidationError("They are no longer in this lab.")
    _end_card(member.person, by, at)
    code = code_cards.draw()
    CodeCard.objects.create(
        person=member.person, digest=code_cards.digest(code), made_by=by, made_at=at
    )
    activity.record(events.CODE_CARD_ISSUED, actor=by, target=member, at=at)
    return code


@transaction.atomic
def end_card(*, member: LabMember, by: Person, at: datetime) -> None:
    """The card is lost: it opens nothing any more. Twice changes nothing."""
    lab = keeping.held(member.lab)
    may_run(seat_of(by, lab), lab).require()
    if _end_card(member.person, by, at):
        activity.record(events.CODE_CARD_ENDED, actor=by, target=member, at=at)


def card_of(member: LabMember) -> CodeCard | None:
    """The card that works, if there is one."""
    return CodeCard.objects.filter(person=member.person_id, ended_at=None).first()


def _end_card(person: Person, by: Person, at: datetime, *, signs_out: bool = True) -> bool:
    """Who is taken out stays signed in for what is left of their short session: it reaches nothing, but
    gives back what they were writing."""
    ended = CodeCard.objects.filter(person=person, ended_at=None).update(ended_at=at, ended_by=by)
    if person.by_code_card and signs_out:
        person.set_unusable_password()  # a new one: every session of the old card ends
        person.save(update_fields=["password"])
    return ended > 0


def _without_address(name: str, at: datetime) -> Person:
    """Somebody known by the name they chose, and by nothing else."""
    if not name:
        raise ValidationError("Write the name they want to be called by.")
    address = f"{secrets.token_hex(12)}@code-card.invalid"
    return Person.objects.create_user(
        address, name=name, joined_at=at, by_code_card=True, hears_by_email=False
    )
