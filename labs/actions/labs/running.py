"""A lab is started, changed, ended; its summary is written and, when it chooses, published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.meanwhile import insist_on_version
from cohorts.models import Person
from labs import events
from labs.audiences import labs as audiences
from labs.models import Lab, LabMember
from labs.policy.labs import may_run, may_start, seat_of
from systemschangers.kernel import activity

from . import keeping


@transaction.atomic
def start(*, question: str, about: str = "", place: Any = None, by: Person, at: datetime) -> Lab:
    """Whoever starts a lab facilitates it. Members alone see it."""
    may_start(by).require()
    lab = Lab.objects.create(question=question, about=about, place=place, made_at=at)
    LabMember.objects.create(lab=lab, person=by, role="worker", facilitates=True, joined_at=at)
    activity.record(events.LAB_STARTED, actor=by, target=lab, at=at)
    return lab


@transaction.atomic
def change(
    *, lab: Lab, question: str, about: str, place: Any, version: int, by: Person, at: datetime
) -> Lab:
    """Raises ChangedMeanwhile when it was saved in another window after `version`."""
    lab = _run(lab, by)
    insist_on_version(lab, version)
    lab.question, lab.about, lab.place = question, about, place
    lab.save()
    activity.record(events.LAB_CHANGED, actor=by, target=lab, at=at)
    return lab


@transaction.atomic
def end(*, lab: Lab, by: Person, at: datetime) -> Lab:
    """Members read it on; nothing is written any more until it is taken up again."""
    lab = _run(lab, by)
    lab.end()
    lab.save()
    activity.record(events.LAB_ENDED, actor=by, target=lab, at=at, notify=audiences.members(lab))
    return lab


@transaction.atomic
def go_on(*, lab: Lab, by: Person, at: datetime) -> Lab:
    lab = _run(lab, by)
    lab.go_on()
    lab.save()
    activity.record(events.LAB_GOES_ON, actor=by, target=lab, at=at, notify=audiences.members(lab))
    return lab


@transaction.atomic
def summarise(*, lab: Lab, summary: str, version: int, by: Person, at: datetime) -> Lab:
    """Keep the summary for the members to read. Raises ValidationError while it is published: what
    everyone reads is taken back first, so that nobody publishes a slip."""
    lab = _run(lab, by)
    insist_on_version(lab, version)
    if lab.published_at:
        raise ValidationError("Everyone reads this summary. Take it back first, then change it.")
    lab.summary = summary
    lab.save()
    activity.record(events.LAB_SUMMARISED, actor=by, target=lab, at=at)
    return lab


@transaction.atomic
def publish(*, lab: Lab, version: int, may_be_asked: bool = False, by: Person, at: datetime) -> Lab:
    """Everyone here reads the question and the summary from now on; members alone the rest. No name
    stands with it, unless `by` says that others may ask them.

    Raises ChangedMeanwhile when the summary is not the one that was checked."""
    lab = _run(lab, by)
    if lab.published_at:
        return lab
    insist_on_version(lab, version)
    if not lab.summary:
        raise ValidationError("Write the summary first.")
    lab.published_at, lab.published_by = at, by
    lab.ask = by if may_be_asked else None
    lab.save()
    told = audiences.members(lab)
    activity.record(events.LAB_PUBLISHED, actor=by, target=lab, at=at, notify=told)
    return lab


@transaction.atomic
def take_back(*, lab: Lab, by: Person, at: datetime) -> Lab:
    """Members alone read it again, from the next page on. Twice changes nothing."""
    lab = _run(lab, by)
    if lab.published_at:
        lab.published_at = lab.published_by = lab.ask = None
        lab.version += 1
        lab.save()
        activity.record(events.LAB_TAKEN_BACK, actor=by, target=lab, at=at)
    return lab


def _run(lab: Lab, by: Person) -> Lab:
    lab = keeping.held(lab)
    may_run(seat_of(by, lab), lab).require()
    return lab
