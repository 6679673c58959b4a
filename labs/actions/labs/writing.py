"""What members write in a lab: sessions and their notes, insights, and patterns over them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cohorts.clashes import clashes_in_words
from cohorts.meanwhile import insist_on_version
from cohorts.models import Person
from labs import events
from labs.audiences import labs as audiences
from labs.models import Insight, Lab, LabSession, Pattern
from labs.policy.labs import may_change
from systemschangers.kernel import activity

from . import agreeing, keeping


@transaction.atomic
def plan_session(
    *, lab: Lab, starts_at: datetime, where: str, notes: str = "", by: Person, at: datetime
) -> LabSession:
    """Members are told of one that is to come. Raises ValidationError for two at one time."""
    lab, seat = keeping.writer(lab, by)
    with clashes_in_words(LabSession):
        session = LabSession.objects.create(
            lab=lab, starts_at=starts_at, where=where, notes=notes, made_by=seat, made_at=at
        )
    told = audiences.members(lab) if starts_at > at else []
    activity.record(events.LAB_SESSION_PLANNED, actor=by, target=session, at=at, notify=told)
    return session


@transaction.atomic
def change_session(
    *,
    session: LabSession,
    starts_at: datetime,
    where: str,
    notes: str,
    version: int,
    by: Person,
    at: datetime,
) -> LabSession:
    """Any member: notes are everybody's. Raises ChangedMeanwhile, ValidationError."""
    session, _, _ = keeping.locked(session, by)
    insist_on_version(session, version)
    session.starts_at, session.where, session.notes = starts_at, where, notes
    with clashes_in_words(LabSession):
        session.save()
    activity.record(events.LAB_SESSION_CHANGED, actor=by, target=session, at=at)
    return session


@transaction.atomic
def write_insight(*, lab: Lab, words: str, lens: str, by: Person, at: datetime) -> Insight:
    lab, seat = keeping.writer(lab, by)
    insight = Insight.objects.create(lab=lab, words=words, lens=lens, made_by=seat, made_at=at)
    activity.record(events.INSIGHT_WRITTEN, actor=by, target=insight, at=at)
    return insight


@transaction.atomic
def change_insight(
    *, insight: Insight, words: str, lens: str, version: int, by: Person, at: datetime
) -> Insight:
    """Raises ChangedMeanwhile when it was saved in another window after `version`."""
    insight, lab, seat = keeping.locked(insight, by)
    may_change(seat, lab, insight.made_by).require()
    insist_on_version(insight, version)
    insight.words, insight.lens = words, lens
    insight.save()
    activity.record(events.INSIGHT_CHANGED, actor=by, target=insight, at=at)
    return insight


@transaction.atomic
def remove_insight(*, insight: Insight, by: Person, at: datetime) -> None:
    insight, lab, seat = keeping.locked(insight, by)
    may_change(seat, lab, insight.made_by).require()
    activity.record(events.INSIGHT_REMOVED, actor=by, target=insight, at=at)
    insight.delete()


@transaction.atomic
def agree_pattern(
    *, lab: Lab, sentence: str, insights: Collection[int], by: Person, at: datetime
) -> Pattern:
    """A sentence over the insights that say it; an insight stands under one sentence at a time. Who
    writes it agrees with it."""
    lab, seat = keeping.writer(lab, by)
    pattern = Pattern.objects.create(lab=lab, sentence=sentence, made_by=seat, made_at=at)
    agreeing.put_down(pattern, seat, at)
    Insight.objects.filter(lab=lab, pk__in=insights).update(pattern=pattern)
    activity.record(events.PATTERN_AGREED, actor=by, target=pattern, at=at)
    return pattern


@transaction.atomic
def change_pattern(
    *,
    pattern: Pattern,
    sentence: str,
    insights: Collection[int],
    version: int,
    by: Person,
    at: datetime,
) -> Pattern:
    """Any member: a pattern is the lab's. With new words, what others agreed with lapses.

    Raises ChangedMeanwhile."""
    pattern, lab, seat = keeping.locked(pattern, by)
    insist_on_version(pattern, version)
    if sentence != pattern.sentence:
        agreeing.lapse(pattern, seat, at)
    pattern.sentence = sentence
    pattern.save()
    Insight.objects.filter(pattern=pattern).exclude(pk__in=insights).update(pattern=None)
    Insight.objects.filter(lab=lab, pk__in=insights).update(pattern=pattern)
    activity.record(events.PATTERN_CHANGED, actor=by, target=pattern, at=at)
    return pattern


@transaction.atomic
def remove_pattern(*, pattern: Pattern, by: Person, at: datetime) -> None:
    """The insights stay, ungrouped."""
    pattern, _, _ = keeping.locked(pattern, by)
    activity.record(events.PATTERN_REMOVED, actor=by, target=pattern, at=at)
    pattern.delete()
