"""What the pulse says, for groups of five or more, once a round is over.

Never while it is open: between one look and the next somebody would have answered, and the difference
would be theirs. How many answered is not told either, only that it was five or more."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from cohorts.models import Organisation, Service
from systemschangers.kernel.small_groups import FEWEST
from wins.models import PulseAnswer
from wins.pulse_groups import smallest
from wins.pulse_words import CONDITIONS, STEP_WORDS

TOO_FEW = "fewer than 5 answered"
COULD_NOT_SAY = "fewer than 5 could say"


@dataclass(frozen=True)
class Cell:
    """`step` is the nearest step to the mean, 1 to 5; None with the reason why not, in `words`."""

    step: int | None
    words: str


# Of a group (None: everyone) and a condition: how many chose each step.
Chosen = dict[tuple[int | None, int], Counter[int]]


def of_organisations(this: date, most: int) -> dict[date, Chosen]:
    """For each of the last `most` rounds that were over by the quarter `this`, the newest first:
    everyone (None) and the organisations that may be shown. One query."""
    found: dict[date, Chosen] = defaultdict(lambda: defaultdict(Counter))
    named: dict[date, Chosen] = defaultdict(lambda: defaultdict(Counter))
    earliest = date(this.year - (most + 3) // 4, this.month, 1)
    rows = PulseAnswer.objects.filter(round__lt=this, round__gte=earliest).order_by()
    for when, group, number, step, many in rows.values_list(
        "round", "organisation", "condition", "step"
    ).annotate(many=Count("*")):
        found[when][None, number][step] += many
        named[when][group, number][step] += many
    newest = sorted(found, reverse=True)[:most]
    return {one: _with_shown(found[one], named[one]) for one in newest}


def of_services(when: date, organisation: int) -> Chosen:
    """The organisation (None) and those of its services that may be shown, in one round."""
    whole: Chosen = defaultdict(Counter)
    named: Chosen = defaultdict(Counter)
    rows = PulseAnswer.objects.filter(round=when, organisation=organisation).order_by()
    for group, number, step, many in rows.values_list("service", "condition", "step").annotate(
        many=Count("*")
    ):
        whole[None, number][step] += many
        named[group, number][step] += many
    return _with_shown(whole, named)


def _with_shown(whole: Chosen, named: Chosen) -> Chosen:
    """The whole, and of its groups those of five or more whose rest is nobody or five or more: also
    in the hours between a round's end and the night in which the others lose their names."""
    answered = {group: sum(many.values()) for (group, n), many in named.items() if n == 1}
    unnamed = answered.pop(None, 0)
    out = smallest({key: many for key, many in answered.items() if key is not None}, unnamed)
    kept = {key: many for key, many in named.items() if key[0] is not None and key[0] not in out}
    return {**whole, **kept}


def groups_in(chosen: Chosen) -> set[int]:
    return {group for group, _ in chosen if group is not None}


def cell(chosen: Chosen, group: int | None, number: int) -> Cell:
    many = chosen.get((group, number), Counter())
    if sum(many.values()) < FEWEST:
        return Cell(None, TOO_FEW)
    said = sum(many.values()) - many[0]
    if said < FEWEST:
        return Cell(None, COULD_NOT_SAY)
    mean = sum(step * n for step, n in many.items()) / said
    step = int(mean + 0.5)
    return Cell(step, STEP_WORDS[step])


def in_words(chosen: Chosen) -> list[str]:
    """What the picture says, before the picture."""
    told = [(cell(chosen, None, one.number), one) for one in CONDITIONS]
    known = [(found.step, one) for found, one in told if found.step]
    if not known:
        return ["Fewer than five people answered, so nothing can be shown of this round."]
    high, low = max(step for step, _ in known), min(step for step, _ in known)
    if high == low:
        return [f"Taken together, all statements stand at “{STEP_WORDS[high]}”."]
    best = ", ".join(one.short for step, one in known if step == high)
    worst = ", ".join(one.short for step, one in known if step == low)
    return [
        f"Strongest, at “{STEP_WORDS[high]}”: {best}.",
        f"Weakest, at “{STEP_WORDS[low]}”: {worst}.",
    ]


def names_of(kind: type[Organisation] | type[Service], keys: set[int]) -> dict[int, str]:
    rows = kind._default_manager.filter(pk__in=keys).order_by("name")
    return dict(rows.values_list("pk", "name"))
