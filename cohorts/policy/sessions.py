"""Who may do what with the stages and sessions of a cohort, and with who was in the room."""

from __future__ import annotations

from datetime import datetime

from cohorts.models import Attendance, Cohort, Person, Session
from systemschangers.kernel.policy import YES, Verdict, no

from .people_and_places import may_run_cohorts


def may_run(person: Person, cohort: Cohort | int) -> Verdict:
    """Programme staff, and whoever helps to run this cohort. Not administrators: they set up."""
    pk = cohort if isinstance(cohort, int) else cohort.pk
    if person.reach.is_programme_staff or pk in person.reach.run_cohorts:
        return YES
    return no("Only the staff of this cohort can do this. Ask one of them.")


def may_change_stages(person: Person, cohort: Cohort | int) -> Verdict:
    """The stages are part of the cohort as it is set up, so administrators may change them too."""
    return may_run_cohorts(person) or may_run(person, cohort)


def may_change_session(person: Person, session: Session) -> Verdict:
    if session.state == Session.State.CALLED_OFF:
        return no("This session is called off. Plan a new one.")
    return may_run(person, session.cohort_id)


def may_call_off_session(person: Person, session: Session, at: datetime) -> Verdict:
    """Until it is over. That it was called off already is said by its state."""
    if session.is_over(at):
        return no("This session is over, so it can’t be called off any more.")
    return may_run(person, session.cohort_id)


def may_tick(person: Person, session: Session) -> Verdict:
    """Say for everybody who came. Of a session that was called off there is nothing to say."""
    if session.state == Session.State.CALLED_OFF:
        return no("This session was called off, so nobody was there.")
    return may_run(person, session.cohort_id)


def may_say_whether_coming(person: Person, session: Session, at: datetime) -> Verdict:
    """A member says for themselves that they can’t come, or can after all, until it begins."""
    if session.cohort_id not in person.reach.cohorts:
        return no("Only the people in this cohort come to its sessions.")
    if session.state == Session.State.CALLED_OFF:
        return no("This session is called off, so there is nothing to say.")
    if session.has_begun(at):
        return no("This session has begun. Tell the staff of your cohort instead.")
    return YES


def may_be_ticked(session: Session, state: str, at: datetime) -> Verdict:
    """Nobody is here, or missing, before the day has come."""
    if state in (Attendance.State.CAME, Attendance.State.MISSED) and not session.day_has_come(at):
        return no("This session is still to come. Tick who is here on the day.")
    return YES
