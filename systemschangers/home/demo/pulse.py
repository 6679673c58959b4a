"""How the demo's people answered the pulse: four rounds that are over, and some of this one.

What gets better over the year, and what does not, is told here; who said it is not kept anywhere."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from cohorts.models import Post
from wins.models import PulseAnswer, PulseTurn
from wins.models.pulses import CONDITIONS, quarter_of
from wins.pulse_groups import take_small_groups_out

from .plan import Plan

if TYPE_CHECKING:
    from .loading import Ground

ROUNDS = 4
# For each condition: where it stood a year ago, and how far each round moved it.
BEGAN = (2.2, 1.8, 1.6, 2.6, 2.4, 1.7, 2.1, 1.9, 1.9, 3.2, 1.8, 2.3, 1.3)
MOVES = (0.5, 0.3, 0.2, 0.3, 0.4, 0.5, 0.3, 0.3, 0.2, 0.4, 0.4, 0.1, 0.1)


def write_pulse(plan: Plan, _: Ground) -> None:
    chance = Random(f"{plan.now:%Y-%m-%d} pulse")  # noqa: S311 (repeatable, not secret)
    posts = list(
        Post.objects.current()
        .filter(person__is_active=True)
        .select_related("service")
        .order_by("person__name", "pk")
    )
    this = quarter_of(timezone.localdate(plan.now))
    quarters = [this]
    while len(quarters) <= ROUNDS:
        quarters.append(quarter_of(quarters[-1] - timedelta(days=1)))
    turns, answers = [], []
    for place, quarter in enumerate(reversed(quarters)):
        for number, post in enumerate(posts):
            if (7 * number + 3 * place) % 10 >= (3 if quarter == this else 8):
                continue
            if post.person.email == "ana@example.org" and quarter == this:
                continue
            turns.append(PulseTurn(round=quarter, person_id=post.person_id))
            mood = (post.service.organisation_id % 5 - 2) * 0.3
            answers += [
                PulseAnswer(
                    round=quarter,
                    condition=condition,
                    step=_step(chance, began + place * moves + mood),
                    organisation_id=post.service.organisation_id,
                    service_id=post.service_id,
                )
                for condition, began, moves in zip(CONDITIONS, BEGAN, MOVES, strict=True)
            ]
    chance.shuffle(answers)
    PulseTurn.objects.bulk_create(turns)
    PulseAnswer.objects.bulk_create(answers, batch_size=2000)
    for quarter in quarters[1:]:
        take_small_groups_out(quarter)


def _step(chance: Random, about: float) -> int:
    if chance.random() < 0.06:
        return 0
    return max(1, min(5, round(chance.gauss(about, 0.8))))
