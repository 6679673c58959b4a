"""What the queue does for cohorts: write to many people, so that no page waits for it; and each hour
or day, what waits too long.

Hours are those of the installation (TIME_ZONE). Each may run twice: what was told is not told again."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from cohorts.actions import (
    borrowings,
    comparison_notes,
    decisions,
    imports,
    manager_agreements,
    match_telling,
    role_check_ins,
    session_letters,
)
from cohorts.actions import invitations as invites
from cohorts.actions.leader_requests import chasing
from cohorts.actions.peer_meetings import chasing as peer_chasing
from cohorts.working_days import is_working_day

FIRST_HOUR, LAST_HOUR = 8, 18


@app.task(name="cohorts.welcome")
def welcome(people: list[int], by: int) -> None:
    """Write to people who were brought in; those who were written to already are left alone."""
    imports.welcome(people=people, by=by, at=timezone.now())


@app.task(name="cohorts.write_session_letters")
def write_session_letters(session: int, sequence: int) -> None:
    """To everybody in a cohort, for their calendars; nobody gets the same letter twice."""
    session_letters.write_all(session=session, sequence=sequence, at=timezone.now())


@app.task(name="cohorts.tell_match_round", retry=5)
def tell_match_round(match_round: int) -> None:
    """The next groups of a large match round; those who were told already are left alone."""
    match_telling.tell_on(round=match_round, at=timezone.now())


@app.task(name="cohorts.write_invitations")
def write_invitations(invitations: list[int], key: str) -> None:
    """Write the letters of a list of invitations; those that were written already are left alone."""
    invites.write_letters(invitations=invitations, key=key, at=timezone.now())


@app.periodic(cron="10 2 * * *")
@app.task(name="cohorts.hand_over_left_behind", queueing_lock="cohorts.hand_over_left_behind")
def hand_over_left_behind(timestamp: int) -> None:
    """Every night: what waits for somebody who is no longer the line manager follows to the new one."""
    decisions.hand_over_left_behind(at=timezone.now())


@app.periodic(cron="0 * * * *")
@app.task(name="cohorts.ask_to_renew", queueing_lock="cohorts.ask_to_renew")
def ask_to_renew(timestamp: int) -> None:
    """By day: agreements that run out soon, or have."""
    now = timezone.now()
    if at_work(now):
        manager_agreements.ask_to_renew(at=now)


@app.periodic(cron="5 * * * *")
@app.task(name="cohorts.escalate", queueing_lock="cohorts.escalate")
def escalate(timestamp: int) -> None:
    """By day: requests to meet a leader that somebody has kept for ten working days."""
    now = timezone.now()
    if at_work(now):
        chasing.escalate(now)


@app.periodic(cron="10 * * * *")
@app.task(name="cohorts.ask_whether_held", queueing_lock="cohorts.ask_whether_held")
def ask_whether_held(timestamp: int) -> None:
    """By day: whether people met."""
    now = timezone.now()
    if at_work(now):
        chasing.ask_whether_held(now)


@app.periodic(cron="15 * * * *")
@app.task(name="cohorts.remind_leaders", queueing_lock="cohorts.remind_leaders")
def remind_leaders(timestamp: int) -> None:
    """By day: promises that are due soon."""
    now = timezone.now()
    if at_work(now):
        chasing.remind_leaders(now)


@app.periodic(cron="20 * * * *")
@app.task(name="cohorts.follow_up_meetings", queueing_lock="cohorts.follow_up_meetings")
def follow_up_meetings(timestamp: int) -> None:
    """By day: whether peers met, notes not written yet, and what was to be tried or was borrowed."""
    now = timezone.now()
    if at_work(now):
        peer_chasing.ask_whether_held(now)
        peer_chasing.remind_of_notes(now)
        comparison_notes.ask_how_it_went(at=now)
        borrowings.ask_how_it_went(at=now)


@app.periodic(cron="25 9 * * *")
@app.task(name="cohorts.ask_check_ins", queueing_lock="cohorts.ask_check_ins")
def ask_check_ins(timestamp: int) -> None:
    """Once a working day: where people are now, so long after they joined; and a reminder, once."""
    now = timezone.now()
    if at_work(now):
        role_check_ins.ask_and_remind(at=now)


def at_work(now: datetime) -> bool:
    """A working day, in the hours people read letters of work. What is new at night waits for it."""
    here = timezone.localtime(now)
    return is_working_day(here.date()) and FIRST_HOUR <= here.hour < LAST_HOUR
