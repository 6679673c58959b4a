"""What came of things in the demo: chains of ripples, outcomes with what was answered, and measures.

A chain begins with the first win that has a phrase of ours in it, or with a practice by its title; where a
small demonstration has none, it is left out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cohorts.models import Person, Post, Practice
from labs.models import Experiment, LabMember
from systemschangers.kernel.models import Thread
from wins import events
from wins.models import (
    DataPoint,
    Measure,
    Outcome,
    Ripple,
    RippleSession,
    Substantiation,
    Win,
)
from wins.models.things import key_of, kind_of
from wins.policy.things import keepers

from .permission import slot, workers_of
from .plan import Plan
from .said import Chronicle
from .telling import read

if TYPE_CHECKING:
    from .loading import Ground

CHOSEN = ("who", "worth", "meant", "lasting", "change")
WHOLE = (
    "actor",
    "kind",
    "what",
    "where",
    "significance",
    "contribution",
    "how_we_helped",
    "evidence",
)


def write_ripples(plan: Plan, ground: Ground, chronicle: Chronicle) -> None:
    told = read("ripples")
    people = [person for person, _, _ in workers_of(plan, ground)]
    things = {_name(one): _thing(one) for one in (*told["chain"], *told["measure"])}
    for one in told["chain"]:
        if thing := things[_name(one)]:
            _chain(one["told"], thing, people, plan.now, chronicle)
    for one in told["session"]:
        _session(one, plan.now, chronicle)
    for one in told["outcome"]:
        _outcome(one, people, plan.now, chronicle)
    for one in told["measure"]:
        if thing := things[_name(one)]:
            _measure(one, thing, plan.now, chronicle)


def _name(one: dict) -> str:
    return str(one.get("win") or one["practice"])


def _thing(one: dict) -> Any:
    if title := one.get("practice"):
        return Practice.objects.published().filter(title=title).order_by("pk").first()
    wins = Win.objects.logged().filter(visibility=Win.Visibility.EVERYONE)
    found = wins.filter(what_happened__contains=one["win"]).select_related("author")
    return found.defer("search").order_by("logged_at", "pk").first()


def _began(thing: Any) -> datetime:
    began: datetime = getattr(thing, "logged_at" if isinstance(thing, Win) else "published_at")
    return began


def _chain(
    told: list[dict], thing: Any, people: list[Person], now: datetime, chronicle: Chronicle
) -> None:
    """Squeezed into the time since it began, where that was lately."""
    whose = keepers(thing)
    began = _began(thing)
    longest = max(one["after"] for one in told)
    part = min(1.0, max((now - began).days - 1, 1) / (longest + 3))
    rows: list[Ripple] = []
    for one in told:
        teller = whose[0] if one["by"] < 0 else people[one["by"] % len(people)]
        day = timezone.localdate(began + timedelta(days=one["after"] * part))
        if one["from"] >= 0:
            day = max(day, rows[one["from"]].happened_on)
        at = min(slot(began, int((one["after"] + 2) * part) + 1, 16), now)
        parent = rows[one["from"]] if one["from"] >= 0 else None
        row = Ripple.objects.create(
            **{kind_of(thing): thing},
            root=key_of(thing),
            parent=parent,
            what=one["what"],
            **{name: one.get(name, "") for name in CHOSEN},
            happened_on=day,
            told_by=teller,
            told_at=at,
        )
        rows.append(row)
        hear = [*whose, *([parent.told_by] if parent else [])]
        chronicle.record(events.RIPPLE_TOLD, teller, row, at, hear)


def _session(one: dict, now: datetime, chronicle: Chronicle) -> None:
    """At the lab's table, three days ago."""
    experiment = Experiment.objects.filter(try_what__startswith=one["experiment"]).first()
    if experiment is None:
        return
    seats = list(LabMember.objects.filter(lab=experiment.lab).select_related("person"))
    at, key = slot(now, -3, 15), key_of(experiment)
    session = RippleSession.objects.create(
        lab=experiment.lab, root=key, experiment=experiment, made_by=seats[1], made_at=at
    )
    chronicle.record(events.RIPPLE_SESSION_BEGUN, seats[1].person, session, at)
    rows: list[Ripple] = []
    for told in one["told"]:
        seat = seats[told["by"] % len(seats)]
        row = Ripple.objects.create(
            experiment=experiment,
            root=key,
            parent=rows[told["from"]] if told["from"] >= 0 else None,
            what=told["what"],
            **{name: told.get(name, "") for name in CHOSEN},
            happened_on=timezone.localdate(experiment.made_at + timedelta(days=told["after"])),
            told_by=seat.person,
            seat=seat,
            session=session,
            told_at=at + timedelta(minutes=len(rows) + 1),
        )
        rows.append(row)
        chronicle.record(events.RIPPLE_TOLD, seat.person, row, row.told_at)


def _outcome(one: dict, people: list[Person], now: datetime, chronicle: Chronicle) -> None:
    author = people[one["by"] % len(people)]
    post = Post.objects.current().filter(person=author).first()
    shown_at = slot(now, -one["days"], 11)
    made_at = shown_at - timedelta(days=2)
    is_draft = one["state"] == Outcome.State.DRAFT
    answers = one.get("answers", [])
    agreed = [said for said in answers if said["verdict"] != "disagree"]
    outcome = Outcome.objects.create(
        author=author,
        service_id=post.service_id if post else None,
        **{name: one.get(name, "") for name in WHOLE},
        changed_on=_day(now, one["since"]) if one["since"] else None,
        state=one["state"],
        made_at=made_at,
        formulated_at=None if is_draft else shown_at,
        substantiated_at=slot(now, -agreed[0]["days"], 15) if agreed else None,
    )
    chronicle.record(events.OUTCOME_DRAFTED, author, outcome, made_at)
    if not is_draft:
        chronicle.record(events.OUTCOME_FORMULATED, author, outcome, shown_at)
    for said in (*answers, *one.get("asks", [])):
        _asked(said, outcome, author, now, chronicle)
    practice = Practice.objects.published().filter(title=one.get("practice", "")).first()
    if practice:
        Thread.objects.create(
            source_type=outcome._meta.label_lower,
            source_id=outcome.pk,
            kind=Thread.Kind.CAME_OF,
            target_type=practice._meta.label_lower,
            target_id=practice.pk,
            made_by=author,
            made_at=made_at,
        )


def _asked(
    said: dict, outcome: Outcome, author: Person, now: datetime, chronicle: Chronicle
) -> None:
    verdict = said.get("verdict", "")
    at = slot(now, -said["days"], 15)
    asked_at = at - timedelta(days=5) if verdict else at
    row = Substantiation.objects.create(
        outcome=outcome,
        name=said["name"],
        email=said.get("email", ""),
        connection=said["connection"],
        state=Substantiation.State.ANSWERED if verdict else Substantiation.State.ASKED,
        asked_by=author,
        asked_at=asked_at,
        verdict=verdict,
        comment=said.get("comment", ""),
        answered_at=at if verdict else None,
    )
    chronicle.record(events.SUBSTANTIATION_ASKED, author, row, asked_at)


def _measure(one: dict, thing: Any, now: datetime, chronicle: Chronicle) -> None:
    """A figure a week up to last week."""
    whose = keepers(thing)[0]
    began = max(_began(thing), now - timedelta(weeks=12))
    measure = Measure.objects.create(
        **{kind_of(thing): thing},
        **{name: one[name] for name in ("counted", "unit", "better", "definition")},
        chart=one.get("chart", Measure.Chart.RUN),
        rule_set=one.get("rule_set", Measure.RuleSet.EIGHT_SIX),
        made_at=began,
    )
    notes = dict(one["notes"])
    weeks = len(one["figures"])
    DataPoint.objects.bulk_create(
        DataPoint(
            measure=measure,
            on=_day(now, 7 * (weeks - place)),
            value=Decimal(value),
            note=notes.get(place, ""),
            made_by=whose,
            made_at=began,
        )
        for place, value in enumerate(one["figures"])
    )
    chronicle.record(events.MEASURE_BEGUN, whose, measure, began)


def _day(now: datetime, before: int) -> date:
    return timezone.localdate(now) - timedelta(days=before)
