"""Inviting, sending again, calling off, accepting. The token is in the letter and nowhere else."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cohorts import audiences, events
from cohorts.accounts import has_account, open_account
from cohorts.clashes import clashes_in_words
from cohorts.models import Cohort, Invitation, Membership, Person, Post, Service
from cohorts.policy import may_call_off_invitation, may_invite, may_send_again
from systemschangers.kernel import activity, letters
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Letter

WHY_NOT = {
    "used": "This invitation has been used.",
    "called off": "This invitation was called off.",
    "expired": "This invitation has run out.",
}


@transaction.atomic
def invite(
    *,
    name: str,
    email: str,
    service: Service,
    job_title: str,
    kind: str,
    line_manager: Person | None = None,
    cohort: Cohort | None = None,
    by: Person,
    at: datetime,
) -> Invitation:
    """Write the letter with the link. It is good for thirty days.

    Raises ValidationError when the address has an account or an open invitation. One that ran out
    is called off and takes no new one's place."""
    may_invite(by).require()
    email = email.lower()
    if has_account(email):
        raise ValidationError(f"{email} already has an account here. Add a post for them instead.")
    Invitation.objects.filter(
        email=email, accepted_at=None, called_off_at=None, expires_at__lte=at
    ).update(called_off_at=at)
    invitation = Invitation(
        name=name,
        email=email,
        service=service,
        job_title=job_title,
        kind=kind,
        line_manager=line_manager,
        cohort=cohort,
        invited_by=by,
        made_at=at,
    )
    token = invitation.renew(at)
    with clashes_in_words(Invitation):
        invitation.save()
    _write_letter(invitation, token, at)
    activity.record(events.INVITATION_SENT, actor=by, target=invitation, at=at)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: Person, at: datetime) -> Invitation:
    """A new link, good for thirty days; the one sent before stops working."""
    invitation = _locked(invitation.pk)
    may_send_again(by, invitation).require()
    token = invitation.renew(at)
    invitation.save(update_fields=["token_hash", "expires_at"])
    _write_letter(invitation, token, at)
    activity.record(events.INVITATION_SENT_AGAIN, actor=by, target=invitation, at=at)
    return invitation


@transaction.atomic
def call_off(*, invitation: Invitation, by: Person, at: datetime) -> Invitation:
    """The link stops working at once."""
    invitation = _locked(invitation.pk)
    may_call_off_invitation(by, invitation).require()
    invitation.called_off_at = at
    invitation.save(update_fields=["called_off_at"])
    activity.record(events.INVITATION_CALLED_OFF, actor=by, target=invitation, at=at)
    return invitation


@transaction.atomic
def accept(*, token: str, name: str, at: datetime) -> Person:
    """Make the person, their post and their place in the cohort, once however often it is pressed.
    The place waits for an agreement with their manager, which nobody new can have yet.

    Raises WrongState for a link that is used, called off or run out, ValidationError when the
    address has come to have an account in the meantime."""
    found = Invitation.objects.by_token(token).values_list("pk", flat=True).first()
    if found is None:
        raise WrongState("We don’t know this invitation.")
    invitation = _locked(found)
    state = invitation.state(at)
    if state != "open":
        raise WrongState(WHY_NOT[state])
    if has_account(invitation.email):
        raise ValidationError("You already have an account here. Sign in instead.")
    with clashes_in_words(Person):
        person = open_account(email=invitation.email, name=name, at=at)
    _give_post(invitation, person, at)
    invitation.accepted_at, invitation.person = at, person
    invitation.save(update_fields=["accepted_at", "person"])
    activity.record(
        events.INVITATION_ACCEPTED,
        actor=person,
        target=person,
        at=at,
        notify=audiences.invitation_accepted(invitation),
    )
    return person


def _give_post(invitation: Invitation, person: Person, at: datetime) -> None:
    manager = invitation.line_manager
    if invitation.service and invitation.job_title:
        Post.objects.create(
            person=person,
            service=invitation.service,
            title=invitation.job_title,
            kind=invitation.kind,
            line_manager=manager if manager and manager.is_active else None,
            started=timezone.localdate(at),
        )
    if invitation.cohort:
        membership = Membership.objects.create(
            cohort=invitation.cohort,
            person=person,
            state=Membership.State.AWAITING_MANAGER,
            joined_at=at,
            state_at=at,
            asked_by=invitation.invited_by,
        )
        activity.record(events.MEMBERSHIP_SAID_YES, actor=person, target=membership, at=at)


def write_letters(*, invitations: list[int], key: str, at: datetime) -> int:
    """For the queue: the letters of invitations made in bulk, each with a fresh link. Returns how many.

    Done twice with the same `key`, it writes none twice. What was used or called off in the meantime
    gets no letter."""
    written = 0
    for pk in invitations:
        with transaction.atomic():
            invitation = _locked(pk)
            if invitation.state(at) != "open":
                continue
            token = invitation.renew(at)
            if _write_letter(invitation, token, at, f"invitation:{pk}:{key}") is None:
                continue
            invitation.save(update_fields=["token_hash", "expires_at"])
            written += 1
    return written


def _locked(pk: int) -> Invitation:
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("service__organisation", "cohort", "line_manager", "invited_by")
        .get(pk=pk)
    )


def _write_letter(
    invitation: Invitation, token: str, at: datetime, dedupe_key: str | None = None
) -> Letter | None:
    inviter = invitation.invited_by
    context = {
        "invitation": invitation,
        "inviter": inviter,
        "action_url": settings.SITE_ADDRESS + reverse("cohorts:joining", args=[token]),
        "action_label": "See your invitation",
    }
    return letters.write(
        to=invitation.email,
        kind="invitation",
        subject=f"{inviter} has invited you to Systems Changers",
        text=render_to_string("emails/cohorts/invitation.txt", context).strip() + "\n",
        html=render_to_string("emails/cohorts/invitation.html", context),
        at=at,
        dedupe_key=dedupe_key,
    )
