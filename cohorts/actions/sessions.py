"""Sessions of a cohort: planned, changed, called off; and who says beforehand that they can't come."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from procrastinate.contrib.django import app

from cohorts import events
from cohorts.audiences import running as audiences
from cohorts.clashes import clashes_in_words
from cohorts.meanwhile import insist_on_version
from cohorts.models import Attendance, Cohort, Person, Session, Stage
from cohorts.policy.sessions import (
    may_call_off_session,
    may_change_session,
    may_run,
    may_say_whether_coming,
)
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState

# What a calendar shows; a change of anything else is nobody's news.
IN_CALENDARS = ("title", "starts_at", "ends_at", "where", "link", "access")


@transaction.atomic
def plan(
    *,
    cohort: Cohort,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    stage: Stage | None,
    where: str,
    link: str,
    access: str,
    by: Person,
    at: datetime,
) -> Session:
    """Everybody in the cohort is told, and gets it for their calendar.

    Raises ValidationError for a time that has passed, or a stage of another cohort."""
    may_run(by, cohort).require()
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    _insist_still_to_come(starts_at, at)
    _insist_own_stage(stage, cohort.pk)
    with clashes_in_words(Session):
        session = Session.objects.create(
            cohort=cohort,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            stage=stage,
            where=where,
            link=link,
            access=access,
        )
    _tell_everybody(events.SESSION_PLANNED, session, by, at)
    return session


@transaction.atomic
def change(
    *,
    session: Session,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    stage: Stage | None,
    where: str,
    link: str,
    access: str,
    version: int,
    by: Person,
    at: datetime,
) -> Session:
    """Everybody is told when something changes that stands in their calendar, and only then.

    Raises ChangedMeanwhile when somebody saved after `version`; ValidationError when a session that
    has begun would move, or one would move into the past."""
    session = _locked(session)
    may_change_session(by, session).require()
    insist_on_version(session, version)
    if (starts_at, ends_at) != (session.starts_at, session.ends_at):
        if session.has_begun(at):
            raise ValidationError("This session has begun, so its time stays as it was.")
        _insist_still_to_come(starts_at, at)
    _insist_own_stage(stage, session.cohort_id)
    new = {"title": title, "starts_at": starts_at, "ends_at": ends_at, "where": where}
    new |= {"link": link, "access": access}
    moved = any(getattr(session, name) != new[name] for name in IN_CALENDARS)
    for name, value in new.items():
        setattr(session, name, value)
    session.stage = stage
    if moved and not session.is_over(at):
        session.calendar_sequence += 1
    with clashes_in_words(Session):
        session.save()
    if moved and not session.is_over(at):
        _tell_everybody(events.SESSION_MOVED, session, by, at)
    else:
        activity.record(events.SESSION_CHANGED, actor=by, target=session, at=at)
    return session


@transaction.atomic
def call_off(*, session: Session, words: str, by: Person, at: datetime) -> Session:
    """Everybody is told, with the reason, and it leaves their calendars.

    Raises WrongState, naming who was quicker, when it is called off already."""
    session = _locked(session)
    if session.state == Session.State.CALLED_OFF:
        may_run(by, session.cohort_id).require()
        raise WrongState(f"{session.called_off_by} has already called off this session.")
    may_call_off_session(by, session, at).require()
    session.call_off(by=by, at=at, words=words)
    session.save()
    _tell_everybody(events.SESSION_CALLED_OFF, session, by, at)
    return session


@transaction.atomic
def cant_come(*, session: Session, by: Person, at: datetime) -> Attendance:
    """A member says so for themselves; staff hear of it. Said twice, nothing more happens."""
    session = _locked(session)
    may_say_whether_coming(by, session, at).require()
    row = Attendance.objects.filter(session=session, person=by).first()
    if row is not None and row.state == Attendance.State.SENT_WORD:
        return row
    row = row or Attendance(session=session, person=by)
    row.state, row.ticked_at, row.ticked_by = Attendance.State.SENT_WORD, at, by
    row.save()
    activity.record(
        events.SESSION_CANT_COME,
        actor=by,
        target=session,
        at=at,
        notify=audiences.session_staff(session),
    )
    return row


@transaction.atomic
def can_come(*, session: Session, by: Person, at: datetime) -> None:
    """They can come after all: what was said before is taken back."""
    session = _locked(session)
    may_say_whether_coming(by, session, at).require()
    gone, _ = Attendance.objects.filter(
        session=session, person=by, state=Attendance.State.SENT_WORD
    ).delete()
    if gone:
        activity.record(events.SESSION_CAN_COME, actor=by, target=session, at=at)


def _tell_everybody(verb: str, session: Session, by: Person, at: datetime) -> None:
    """On the page at once; the letters are written by the queue, for there may be hundreds."""
    activity.record(verb, actor=by, target=session, at=at, notify=audiences.session_people(session))
    app.configure_task("cohorts.write_session_letters").defer(
        session=session.pk, sequence=session.calendar_sequence
    )


def _insist_still_to_come(starts_at: datetime, at: datetime) -> None:
    if starts_at <= at:
        raise ValidationError("That time has passed. Choose one that is still to come.")


def _insist_own_stage(stage: Stage | None, cohort: int) -> None:
    if stage is not None and not Stage.objects.filter(pk=stage.pk, cohort=cohort).exists():
        raise ValidationError("That stage is not one of this cohort any more. Choose another.")


def _locked(session: Session) -> Session:
    """Locked first and read after: a join read while waiting for the lock would be out of date."""
    locked = Session.objects.select_for_update().values_list("pk", flat=True)
    return Session.objects.for_detail().get(pk=locked.get(pk=session.pk))
