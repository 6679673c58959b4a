"""The conditions pulse: answered once a quarter, and kept so that nobody can say who answered what.

Who answered and what was answered are rows of two tables without a word in common but the quarter. Neither
holds a time; keys are drawn by chance; no event is recorded. On the day itself PostgreSQL still knows (in
the number of the transaction, and in the order of its file) which rows came together, to whoever reads its
files; each night both tables are taken out for the round and written anew in an order of chance, in one
transaction, and then it doesn't know either. Statements in its log, and backups of the same day, are
for whoever runs it to keep."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cohorts.clashes import clashes_in_words
from cohorts.models import Person, Post
from systemschangers.kernel.small_groups import FEWEST
from wins.models import PulseAnswer, PulseTurn
from wins.models.pulses import CONDITIONS, quarter_of, random_key
from wins.policy.pulses import may_answer
from wins.pulse_groups import take_small_groups_out


@transaction.atomic
def answer(*, steps: Mapping[int, int], by: Person, at: datetime) -> date:
    """All thirteen at once, in the quarter that `at` is in: `steps` by the number of the condition,
    1 to 5, or 0 for “can't say”. Returns the round. Raises Refused, or
    ValidationError when pressed twice at once."""
    quarter = quarter_of(timezone.localdate(at))
    may_answer(by, quarter).require()
    with clashes_in_words(PulseTurn):
        PulseTurn.objects.create(round=quarter, person=by)
    organisation, service = _place_of(by)
    rows = [
        PulseAnswer(
            round=quarter,
            condition=number,
            step=steps[number],
            organisation_id=organisation,
            service_id=service,
        )
        for number in CONDITIONS
    ]
    secrets.SystemRandom().shuffle(rows)
    PulseAnswer.objects.bulk_create(rows)
    return quarter


@transaction.atomic
def mix(*, at: datetime) -> int:
    """For the schedule, each night: this quarter's rows and the last one's are written anew, in an order
    of chance; of a round that is over, groups of fewer than five lose their name. Returns how many."""
    today = timezone.localdate(at)
    this = quarter_of(today)
    chance = secrets.SystemRandom()
    over = PulseAnswer.objects.filter(round__lt=this)
    for quarter in list(over.order_by().values_list("round", flat=True).distinct()):
        take_small_groups_out(quarter)
    turns = list(PulseTurn.objects.filter(round=this).select_for_update())
    answers = list(PulseAnswer.objects.filter(round=this).select_for_update())
    for rows, model in ((turns, PulseTurn), (answers, PulseAnswer)):
        model.objects.filter(round=this).filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            row.pk = random_key()
        chance.shuffle(rows)
        model.objects.bulk_create(rows)  # type: ignore[arg-type]
    return len(answers)


def _place_of(person: Person) -> tuple[int | None, int | None]:
    """Their organisation and service, each only where five or more people work."""
    own = Post.objects.current().filter(person=person).order_by("-started", "-pk")
    first = own.values_list("service_id", "service__organisation_id").first()
    if first is None:
        return None, None
    service, organisation = first
    posts = Post.objects.current().filter(person__is_active=True).order_by()
    if (
        posts.filter(service__organisation=organisation).values("person").distinct().count()
        < FEWEST
    ):
        return None, None
    enough = posts.filter(service=service).values("person").distinct().count() >= FEWEST
    return organisation, service if enough else None
