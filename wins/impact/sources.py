"""Where the figures other than wins come from: of each measure the rows of who, when, how much, and of
which parts.

Whoever has to stay unknown counts as UNKNOWN, in no service and no cohort: so only in what everyone did
together. That is who raised a barrier without a name, or hidden from where they work; who gave a voice
without a worker; and who told a ripple or shared an exercise in a lab, or is in one, under another name
or as a service user."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from cohorts.models import Borrowing, Commitment, LeaderRequest, ManagerAgreement, TimeRequest
from cohorts.models.peer_places import PeerPlace
from labs.models import Barrier, CanvasShare, ChangeClaim, LabMember, ToldBack, Voice
from wins.models import Measure, Outcome, Ripple, Story, Substantiation

UNKNOWN = -1  # stands for whoever can't be named: one, however many there were


@dataclass(frozen=True)
class Row:
    """`parts` are of each split the value."""

    who: int
    day: Any
    amount: Decimal = Decimal(1)
    parts: dict[str, str] = field(default_factory=dict)


Rows = Iterator[Row]


def sources(only: Q, *, own: bool) -> Iterator[tuple[str, Rows]]:
    """`only` is said of `whose`; `own` where it is read by nobody but them."""
    time = TimeRequest.objects.annotate(whose=F("worker_id")).filter(only)
    yield "hours_taken", _hours(time.filter(state=TimeRequest.State.TAKEN))
    yield "hours_lost", _hours(time.filter(state=TimeRequest.State.LOST))
    yield "hours_agreed", _agreed(only)
    barriers = Barrier.objects.standing().annotate(whose=F("raised_by_id")).filter(only)
    yield "barriers_raised", _barriers(barriers, "shown_on")
    fixed = barriers.filter(state=Barrier.State.FIXED, changed_on__isnull=False)
    yield "barriers_fixed", _barriers(fixed, "changed_on")
    asked = LeaderRequest.objects.filter(reached_leader_at__isnull=False)
    yield "leader_requests", _requests(asked.annotate(whose=F("worker_id")).filter(only))
    promised = Commitment.objects.filter(due_on__lte=timezone.localdate())
    promised = promised.annotate(whose=F("request__worker_id")).filter(only)
    yield "commitments", _parted(promised.values_list("whose", "due_on", "state"), "kept")
    met = PeerPlace.objects.of_those_who_met().annotate(whose=F("person_id")).filter(only)
    yield "peer_meetings", _parted(met.values_list("whose", "meeting__meets_at"))
    borrowed = Borrowing.objects.exclude(state=Borrowing.State.WE_DO)
    borrowed = borrowed.annotate(whose=F("person_id")).filter(only)
    yield "borrowings", _parted(borrowed.values_list("whose", "since", "state"), "borrowed")
    yield "measures", _measures(only, own=own)
    yield "voices", _voices(only)
    yield "changes", _changes(only)
    yield "ripples", _ripples(only, own=own)
    yield "outcomes", _outcomes(only)
    yield "lab_seats", _lab_seats(only, own=own)
    yield "exercises", _exercises(only, own=own)
    told = Story.objects.published().annotate(whose=F("author_id")).filter(only)
    yield "stories", _parted(told.values_list("whose", "published_at"))


def _parted(rows: Any, *splits: str) -> Rows:
    for who, day, *values in rows.order_by():
        yield Row(
            UNKNOWN if who is None else who, day, parts=dict(zip(splits, values, strict=True))
        )


def _hours(rows: Any) -> Rows:
    length = F("ends_at") - F("starts_at")
    found = rows.order_by().annotate(month=TruncMonth("starts_at")).values_list("whose", "month")
    for who, month, time in found.annotate(time=Sum(length)):
        yield Row(who, month, round(Decimal(time.total_seconds()) / 3600, 2))


def _agreed(only: Q) -> Rows:
    """The hours of each agreement in every month that it stood in, as on the ledger."""
    stood = ManagerAgreement.objects.filter(agreed_at__isnull=False).annotate(whose=F("worker_id"))
    newest: dict[tuple[int, date], int] = {}
    this_month = timezone.localdate().replace(day=1)
    rows = stood.filter(only).order_by("agreed_at", "pk")
    for who, hours, agreed_at, ended_at in rows.values_list(
        "whose", "hours_a_month", "agreed_at", "ended_at"
    ):
        month = timezone.localdate(agreed_at).replace(day=1)
        last = timezone.localdate(ended_at).replace(day=1) if ended_at else this_month
        while month <= last:
            newest[who, month] = hours
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (Row(who, month, Decimal(hours)) for (who, month), hours in newest.items())


def _barriers(rows: QuerySet[Barrier], day: str) -> Rows:
    for who, on, way in rows.order_by().values_list("whose", day, "way"):
        yield Row(who if who and way == Barrier.Way.NAMED else UNKNOWN, on)


def _requests(rows: Any) -> Rows:
    waiting = {LeaderRequest.State.AWAITING_LEADER, LeaderRequest.State.WITHDRAWN}
    for who, at, state in rows.order_by().values_list("whose", "reached_leader_at", "state"):
        yield Row(who, at, parts={"answered": "no" if state in waiting else "yes"})


def _measures(only: Q, *, own: bool) -> Rows:
    begun = Measure.objects.filter(win__state="logged")
    if not own:
        begun = begun.exclude(win__visibility="only_me")
    begun = begun.annotate(whose=F("win__author_id")).filter(only)
    return _parted(begun.values_list("whose", "made_at"))


def _voices(only: Q) -> Rows:
    """Those that were checked and sent on, by the day of it. Counted only, so whether a consent still
    lasts makes no difference; one that was taken back is gone from here too."""
    state = Voice.State
    told = Exists(ToldBack.objects.filter(voice=OuterRef("pk")))
    answer = Case(
        When(Q(told, state=state.ANSWERED), then=Value("told_back")),
        When(state=state.ANSWERED, then=Value("answered")),
        When(state=state.ACKNOWLEDGED, then=Value("received")),
        default=Value("waiting"),
    )
    sent = Voice.objects.filter(state__in=Voice.ON_ITS_WAY).annotate(whose=F("carried_by_id"))
    rows = sent.filter(only).annotate(answer=answer).values_list("whose", "sent_on", "answer")
    return _parted(rows, "voice")


def _changes(only: Q) -> Rows:
    """By the day a leader first said so. Those of a voice that was taken back are gone with it."""
    said = ChangeClaim.objects.filter(voice__state__in=Voice.ON_ITS_WAY)
    said = said.annotate(whose=F("voice__carried_by_id")).filter(only)
    day = Coalesce("planned_on", "made_on")
    return _parted(said.annotate(day=day).values_list("whose", "day", "state"), "claim")


def _ripples(only: Q, *, own: bool) -> Rows:
    """By the day they happened on. Not those of what others don't see."""
    shown = Ripple.objects.shown().filter(Q(win__isnull=True) | Q(win__state="logged"))
    if not own:
        shown = shown.exclude(win__visibility="only_me")
    in_a_lab = Q(session__isnull=False) | Q(experiment__isnull=False)
    teller = F("told_by_id") if own else Case(When(in_a_lab, then=None), default=F("told_by_id"))
    rows = shown.annotate(whose=teller).filter(only)
    return _parted(rows.values_list("whose", "happened_on", "change", "worth"), "change", "worth")


def _outcomes(only: Q) -> Rows:
    """By the day somebody changed. Of several answers the one that agrees least counts."""
    answers = Substantiation.objects.filter(
        outcome=OuterRef("pk"), state=Substantiation.State.ANSWERED
    )
    least = Case(When(verdict="disagree", then=0), When(verdict="partly", then=1), default=2)
    said = Subquery(answers.annotate(least=least).order_by("least").values("verdict")[:1])
    shown = Outcome.objects.shown().annotate(whose=F("author_id"), said=Coalesce(said, Value("no")))
    rows = shown.filter(only).values_list("whose", "changed_on", "said", "kind")
    return _parted(rows, "checked", "actor")


def _lab_seats(only: Q, *, own: bool) -> Rows:
    """By the day somebody joined. Who is there under another name, or as a service user, stays unknown."""
    under_their_name = Q(alias="") & ~Q(role=LabMember.Role.SERVICE_USER)
    who = F("person_id") if own else Case(When(under_their_name, then=F("person_id")), default=None)
    seats = LabMember.objects.annotate(whose=who).filter(only)
    return _parted(seats.values_list("whose", "joined_at"))


def _exercises(only: Q, *, own: bool) -> Rows:
    """Those that were shared; what somebody keeps to themselves is counted nowhere. Who shared one in a lab,
    where they may be under another name, stays unknown."""
    author = F("canvas__author_id")
    who = author if own else Case(When(lab__isnull=True, then=author), default=None)
    shared = CanvasShare.objects.annotate(whose=who).filter(only)
    return _parted(shared.values_list("whose", "shared_at"))
