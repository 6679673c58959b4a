"""Labs, with whoever is in them and what they wrote, in whatever state a test needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cohorts.models import Person
from labs.actions.labs import members, running, trying, writing
from labs.models import Decision, Experiment, Insight, Lab, LabMember, Pattern

from .barriers import make_barrier

QUESTION = "Why do people leave hospital with nowhere to go?"


def make_lab(by: Person, at: datetime, **given: Any) -> Lab:
    return running.start(**({"question": QUESTION} | given), by=by, at=at)


def join(
    lab: Lab, person: Person | None, by: Person, at: datetime, role: str = "worker", **given: Any
) -> LabMember:
    """Asked in by `by`. Without a person: by a card, under `name`."""
    return members.add(lab=lab, person=person, role=role, **given, by=by, at=at)


def make_insight(lab: Lab, by: Person, at: datetime, words: str = "Each asks the next.") -> Insight:
    return writing.write_insight(lab=lab, words=words, lens="system", by=by, at=at)


def make_experiment(
    lab: Lab, by: Person, at: datetime, state: str = "trying", **given
) -> Experiment:
    """In any state, taken there through its actions."""
    asked = {
        "try_what": "A bed is held until noon.",
        "expect": "Fewer people wait on the ward.",
        "by_when": (at + timedelta(days=14)).date(),
    }
    made = trying.try_out(lab=lab, **(asked | given), by=by, at=at)
    if state != "trying":
        outcome = {"adapted": "adapt", "adopted": "adopt", "abandoned": "abandon"}[state]
        noticed = "Two came who would not have."
        made = trying.decide(experiment=made, outcome=outcome, noticed=noticed, by=by, at=at)
    return made


def make_decision(lab: Lab, by: Person, at: datetime, state: str = "stands") -> Decision:
    given = {"statement": "We meet on the ward.", "review_on": (at + timedelta(days=30)).date()}
    made = trying.make_decision(lab=lab, **given, by=by, at=at)
    if state == "ended":
        made = trying.review(decision=made, stands=False, review_on=None, words="", by=by, at=at)
    return made


def make_pattern(lab: Lab, by: Person, at: datetime, insights: Any = ()) -> Pattern:
    sentence = "Nobody owns the day between two services."
    return writing.agree_pattern(lab=lab, sentence=sentence, insights=insights, by=by, at=at)


def lab_scene(world: Any, now: datetime) -> dict[str, int]:
    """For the scene: a lab of Cas's that Ana and Sam (as “Robin”) are in, and somebody by a card, with one
    of each thing; and one of Cas's that is published. Primary keys by name."""
    lab = make_lab(world.cas, now)
    seat = join(lab, world.ana, world.cas, now)
    join(lab, world.sam, world.cas, now, "service_user", alias="Robin")
    carded = join(lab, None, world.cas, now, name="Kit")
    gone = join(lab, None, world.cas, now, name="Bo")
    members.remove(member=gone, by=world.cas, at=now)
    insight = make_insight(lab, world.ana, now)
    decided = make_experiment(lab, world.ana, now, "adapted")
    session = writing.plan_session(
        lab=lab, starts_at=now + timedelta(days=3), where="Ward 4", by=world.ana, at=now
    )
    published = make_lab(world.cas, now, question="Who holds the keys?")
    published = running.summarise(
        lab=published, summary="Nobody does.", version=1, by=world.cas, at=now
    )
    running.publish(lab=published, version=2, by=world.cas, at=now)
    picked = make_barrier(world.ana, "The ward rings at five.", state="in_lab")
    return {
        "lab": lab.pk,
        "lab_published": published.pk,
        "lab_seat": seat.pk,
        "lab_carded": carded.pk,
        "lab_seat_left": gone.pk,
        "insight": insight.pk,
        "pattern": make_pattern(lab, world.ana, now, [insight.pk]).pk,
        "experiment": make_experiment(lab, world.ana, now).pk,
        "experiment_decided": decided.pk,
        "lab_decision": make_decision(lab, world.ana, now).pk,
        "lab_session": session.pk,
        "barrier_in_lab": picked.pk,
    }
