"""Labs of the demo: one in full swing, one that ended and published what it learnt, one just begun."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cohorts.models import Person
from labs import events
from labs.models import (
    Decision,
    Experiment,
    Insight,
    Lab,
    LabMember,
    LabSession,
    Pattern,
    PatternAgreement,
)

from .permission import Worker, slot, workers_of
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

NAMED = {"Cas": "Cas Mendes", "Lee": "Lee Whitaker", "Sam": "Sam"}
CARD = "card:"


def write_labs(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    workers = workers_of(plan, ground)
    if len(workers) < 10:  # a small demonstration has too few people for labs
        return
    for number, told in enumerate(read("labs")["lab"], start=1):
        _write(number, told, workers, plan, ground, chronicle)


def _write(
    number: int,
    told: dict[str, Any],
    workers: list[Worker],
    plan: Plan,
    ground: Ground,
    chronicle: Chronicle,
) -> None:
    made_at = slot(plan.now, -told["days"], 10)
    lab = Lab.objects.create(
        question=told["question"],
        about=told["about"],
        place=ground.places[told["place"]],
        state="ended" if told.get("ended") else "going",
        summary=told.get("summary", ""),
        made_at=made_at,
    )
    seats: dict[Any, LabMember] = {}
    for place, (who, role, alias) in enumerate(told["members"]):
        person = _person(number, who, workers, ground, plan)
        seats[who] = LabMember.objects.create(
            lab=lab,
            person=person,
            role=role,
            alias=alias,
            facilitates=place == 0,
            joined_at=made_at,
        )
    first = seats[told["members"][0][0]]
    chronicle.record(events.LAB_STARTED, first.person, lab, made_at)
    for days, where, notes in told["sessions"]:
        LabSession.objects.create(
            lab=lab,
            starts_at=slot(plan.now, -days, 14),
            where=where,
            notes=notes,
            made_by=first,
            made_at=made_at,
        )
    insights = [
        Insight.objects.create(
            lab=lab,
            lens=lens,
            words=words,
            made_by=seats[who],
            made_at=made_at + timedelta(days=5 + place),
        )
        for place, (who, lens, words) in enumerate(told["insights"])
    ]
    for sentence, of, not_yet in told["patterns"]:
        written = made_at + timedelta(days=20)
        pattern = Pattern.objects.create(lab=lab, sentence=sentence, made_by=first, made_at=written)
        PatternAgreement.objects.bulk_create(
            PatternAgreement(pattern=pattern, member=seat, at=written + timedelta(hours=place))
            for place, (who, seat) in enumerate(seats.items())
            if who not in not_yet
        )
        Insight.objects.filter(pk__in=[insights[place].pk for place in of]).update(pattern=pattern)
    _trials(told, lab, first, plan)
    if told.get("summary"):
        lab.published_at, lab.published_by = slot(plan.now, -30, 15), first.person
        lab.ask = first.person
        lab.save()
        chronicle.record(events.LAB_PUBLISHED, first.person, lab, lab.published_at)


def _trials(told: dict[str, Any], lab: Lab, first: LabMember, plan: Plan) -> None:
    today, before = timezone.localdate(plan.now), None
    for what, expect, days, until, state, noticed, follows in told["experiments"]:
        decided = slot(plan.now, -until, 16) if state != "trying" else None
        before = Experiment.objects.create(
            lab=lab,
            try_what=what,
            expect=expect,
            by_when=today - timedelta(days=until),
            state=state,
            noticed=noticed,
            follows=before if follows else None,
            made_by=first,
            made_at=slot(plan.now, -days, 16),
            decided_at=decided,
            decided_by=first if decided else None,
        )
    for statement, days, review, state in told["decisions"]:
        Decision.objects.create(
            lab=lab,
            statement=statement,
            review_on=today - timedelta(days=review),
            state=state,
            told_on=today - timedelta(days=review) if review > 0 else None,
            made_by=first,
            made_at=slot(plan.now, -days, 16),
        )


def _person(number: int, who: Any, workers: list[Worker], ground: Ground, plan: Plan) -> Person:
    if isinstance(who, int):
        return workers[who][0]
    if not who.startswith(CARD):
        return ground.people[NAMED[who]]
    name = who.removeprefix(CARD)
    return Person.objects.create(
        email=f"lab-{number}-{name.lower()}@code-card.invalid",
        name=name,
        password=make_password(None),
        by_code_card=True,
        hears_by_email=False,
        joined_at=slot(plan.now, -60, 10),
    )
