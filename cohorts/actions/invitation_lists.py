"""A list of addresses for a cohort: kept to be looked through, mended line by line, sent whole."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from cohorts import events
from cohorts.address_lists import Line, Sheet, clean, clean_email
from cohorts.clashes import clashes_in_words
from cohorts.invitation_plans import Plan, Row, plan
from cohorts.models import Cohort, Invitation, InvitationList, Membership, Person
from cohorts.policy import may_invite
from systemschangers.kernel import activity

LETTERS_A_JOB = 100
MENDED = ("name", "email", "service", "job_title")


@transaction.atomic
def keep(*, cohort: Cohort, sheet: Sheet, by: Person, at: datetime) -> InvitationList:
    """Keep a list to be looked through; nobody is asked. Lists older than a week go."""
    may_invite(by).require()
    InvitationList.objects.old(at).delete()
    return InvitationList.objects.create(
        cohort=cohort,
        person=by,
        lines=[line.stored() for line in sheet.lines],
        unused=sheet.unused,
        made_at=at,
    )


@transaction.atomic
def mend(
    *, brought: InvitationList, changes: dict[int, dict[str, str]], by: Person, at: datetime
) -> InvitationList:
    """Put lines right, by their keys; one left without a name and an address goes. Nobody is asked.

    Lines that were sent in the meantime are left alone."""
    may_invite(by).require()
    brought = _locked(brought)
    lines = [Line(*stored) for stored in brought.lines]
    for line in lines:
        if line.key in changes:
            for column in MENDED:
                tidy = clean_email if column == "email" else clean
                setattr(line, column, tidy(changes[line.key].get(column, "")))
            line.problem = ""
    brought.lines = [line.stored() for line in lines if line.name or line.email]
    brought.save(update_fields=["lines"])
    return brought


@transaction.atomic
def send(*, brought: InvitationList, by: Person, at: datetime) -> InvitationList:
    """Ask everybody whose line is right: a letter to who has no account, a notice to who has.

    Looked through again first, since things may have changed. What was wrong stays, to be mended and
    sent later; pressed twice, the second finds nothing to send. Raises ValidationError when somebody
    asked one of the same people at the same moment."""
    may_invite(by).require()
    cohort = Cohort.objects.select_for_update().get(pk=brought.cohort_id)
    brought = _locked(brought)
    whole = plan(brought.lines, cohort, at)
    if not whole.good:
        return brought
    with clashes_in_words(Invitation, Membership):
        letters = _invite(whole, cohort, by, at)
        asked = _ask(whole, cohort, by, at)
    brought.lines = [row.line.stored() for row in whole.wrong]
    brought.sent_at = at
    brought.letters_sent += len(letters)
    brought.people_asked += len(asked)
    brought.save()
    activity.record(
        events.INVITATIONS_SENT,
        actor=by,
        target=cohort,
        at=at,
        letters=len(letters),
        asked=[membership.pk for membership in asked],
    )
    _write_soon([invitation.pk for invitation in letters], brought)
    return brought


def _invite(whole: Plan, cohort: Cohort, by: Person, at: datetime) -> list[Invitation]:
    """Invitations for who has no account. Those that ran out are called off; one that is good but
    led into no cohort leads into this one."""
    rows = whole.letters
    lapsed = [
        row.invitation.pk for row in rows if row.invitation and row.invitation.expires_at <= at
    ]
    Invitation.objects.filter(pk__in=lapsed).update(called_off_at=at)
    kept = [row.invitation for row in rows if row.invitation and row.invitation.pk not in lapsed]
    Invitation.objects.filter(pk__in=[one.pk for one in kept]).update(cohort=cohort)
    fresh = [
        _invitation(row, cohort, by, at)
        for row in rows
        if row.invitation is None or row.invitation.pk in lapsed
    ]
    made = Invitation.objects.bulk_create(fresh)
    activity.record_each(
        events.INVITATION_SENT, actor=by, at=at, targets=[(one, []) for one in [*made, *kept]]
    )
    return [*made, *kept]


def _invitation(row: Row, cohort: Cohort, by: Person, at: datetime) -> Invitation:
    """Its token is drawn anew by the letter, which alone holds it."""
    invitation = Invitation(
        name=row.name,
        email=row.line.email,
        service=row.service,
        job_title=row.line.job_title,
        cohort=cohort,
        invited_by=by,
        made_at=at,
    )
    invitation.renew(at)
    return invitation


def _ask(whole: Plan, cohort: Cohort, by: Person, at: datetime) -> list[Membership]:
    """Places for who has an account, and those who had one and gave it up asked again."""
    again = [row.membership for row in whole.asking if row.membership]
    for membership in again:
        membership.ask(by=by, at=at)
    Membership.objects.bulk_update(
        again,
        [
            "state",
            "state_at",
            "asked_by",
            "looked_at",
            "looked_by",
            "answer",
            "answered_at",
            "answered_by",
        ],
    )
    new = Membership.objects.bulk_create(
        Membership(
            cohort=cohort,
            person=row.person,
            state=Membership.State.INVITED,
            joined_at=at,
            state_at=at,
            asked_by=by,
        )
        for row in whole.asking
        if row.membership is None
    )
    people = {row.person.pk: row.person for row in whole.asking if row.person}
    activity.record_each(
        events.MEMBERSHIP_ASKED,
        actor=by,
        at=at,
        targets=[(membership, [people[membership.person_id]]) for membership in [*new, *again]],
    )
    return [*new, *again]


def _write_soon(invitations: list[int], brought: InvitationList) -> None:
    """Have the queue write the letters once this has been saved."""
    pks: list[JSONValue] = [*invitations]
    for start in range(0, len(pks), LETTERS_A_JOB):
        app.configure_task("cohorts.write_invitations").defer(
            invitations=pks[start : start + LETTERS_A_JOB],
            key=f"{brought.pk}:{brought.letters_sent}",
        )


def _locked(brought: InvitationList) -> InvitationList:
    return InvitationList.objects.select_for_update().get(pk=brought.pk)
