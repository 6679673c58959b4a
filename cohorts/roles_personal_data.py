"""What a person is told of their check-ins, role statements and adoptions, and how these forget them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cohorts.models import ClauseAdoption, Person, RoleCheckIn, RoleClause, RoleStatement
from systemschangers.kernel import signed_links
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells

TAKEN_OUT = "Taken out when they left."


@tells
def tell_check_ins(person: Person) -> Iterator[Section]:
    own = RoleCheckIn.objects.visible_to(person).for_detail().order_by("asked_at")
    yield Section("check_ins", "Where you said you were", (_check_in(one) for one in own))
    written = ClauseAdoption.objects.filter(recorded_by=person).for_list()
    roles = RoleStatement.objects.filter(worker=person).for_detail().order_by("made_at")
    yield Section("role_statements", "What you wrote of your role", (_role(one) for one in roles))
    answered = RoleStatement.objects.filter(decided_by=person).for_list().order_by("decided_at")
    yield Section("roles_decided", "Roles you decided", (_answer(one) for one in answered))
    yield Section("jobs", "Jobs you wrote down", (_job(one) for one in written))
    confirmed = ClauseAdoption.objects.filter(confirmed_by=person).for_list()
    yield Section("jobs_confirmed", "Jobs you confirmed", (_confirmed(one) for one in confirmed))
    added = RoleClause.objects.filter(made_by=person).order_by("made_at")
    yield Section("clauses", "Clauses you added or reworded", (_clause(one) for one in added))


@says
def say_check_ins(person: Person) -> Farewell:
    return Farewell(
        goes=[
            "What you said made you stay or go, and how you knew of jobs you wrote down.",
            "Your role statements, all versions, and your words in answer to those of others.",
        ],
        stays=[
            "Whether you were on the frontline when we asked, in figures of your cohort.",
            "Which employers wrote what into which jobs, and clauses you added, without your name.",
        ],
    )


@forgets
def forget_check_ins(person: Person, at: datetime) -> None:
    """Words go, and questions still open; where they were stays, as a figure of nobody in particular."""
    own = RoleCheckIn.objects.visible_to(person)
    for one in own.filter(answered_at=None):
        signed_links.call_off(one, at=at)
    own.filter(answered_at=None).exclude(moment=0).delete()
    own.update(words="", may_show=False)
    written = ClauseAdoption.objects.filter(recorded_by=person).exclude(evidence="")
    written.update(evidence=TAKEN_OUT)
    RoleStatement.objects.filter(worker=person).delete()
    RoleStatement.objects.filter(decided_by=person).exclude(answer="").update(answer=TAKEN_OUT)


def _role(one: RoleStatement) -> dict[str, Any]:
    return {
        "what it is for": one.get_kind_display(),
        "job": one.job_title,
        "what the job is for": one.purpose,
        "version": one.version,
        "begun": one.made_at,
        "state": one.get_state_display(),
        "manager": one.manager.name if one.manager else None,
        "decided": one.decided_at,
        "the manager’s words": one.answer,
        "what belongs to it": [line.words for line in one.lines.all()],
    }


def _answer(one: RoleStatement) -> dict[str, Any]:
    return {
        "job": one.job_title,
        "of": one.worker.name,
        "decided": one.decided_at,
        "state": one.get_state_display(),
        "your words": one.answer,
    }


def _job(one: ClauseAdoption) -> dict[str, Any]:
    return {
        "employer": one.organisation.name,
        "job": one.job_title,
        "what it says": one.words,
        "since": one.since,
        "where it can be read": one.evidence_link,
        "how you know": one.evidence,
        "state": one.get_state_display(),
    }


def _confirmed(one: ClauseAdoption) -> dict[str, Any]:
    return {
        "employer": one.organisation.name,
        "job": one.job_title,
        "what it says": one.words,
        "confirmed": one.confirmed_at,
    }


def _clause(one: RoleClause) -> dict[str, Any]:
    return {
        "condition": one.get_condition_display(),
        "level": one.get_level_display(),
        "words": one.words,
        "added": one.made_at,
    }


def _check_in(one: RoleCheckIn) -> dict[str, Any]:
    return {
        "cohort": one.membership.cohort.name,
        "when": one.get_moment_display(),
        "asked": one.asked_at,
        "answered": one.answered_at,
        "where you were": one.get_where_display() or None,
        "where in a year": one.get_in_a_year_display() or None,
        "what made you stay or go": one.words,
        "others may read it": one.may_show,
    }
