"""An exercise a week for those who asked for one, tied to something they logged the week before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from labs.actions import weekly_prompts
from labs.models import Barrier, PromptChoice, Tool, WeeklyPrompt
from labs.models.barrier_answers import monday_of
from labs.weekly_prompting import choose, fitting_barrier, fitting_win
from wins.models import Win

AT_ONCE = 200
LATELY = timedelta(weeks=6)


def offer(*, at: datetime) -> int:
    """To each once a week, and only in a week after one in which they logged something. Run again, it
    offers nothing twice. Returns how many were offered now."""
    week = monday_of(timezone.localdate(at))
    had = WeeklyPrompt.objects.filter(week=week).values("person")
    choices = PromptChoice.objects.filter(person__is_active=True).exclude(person__in=had)
    tools = {tool.key: tool for tool in Tool.objects.filter(key__isnull=False)}
    offered, after = 0, 0
    while lot := list(
        choices.filter(pk__gt=after).select_related("person").order_by("pk")[:AT_ONCE]
    ):
        after = lot[-1].pk
        logged, lately = _logged(lot, week), _lately(lot, week)
        for choice in lot:
            if choice.person_id not in logged:
                continue
            thing, fitting = logged[choice.person_id]
            tool = tools[choose(fitting, lately[choice.person_id])]
            offered += weekly_prompts.offer(choice=choice, tool=tool, thing=thing, at=at)
    return offered


def _logged(lot: Sequence[PromptChoice], week: date) -> dict[int, tuple[Any, list[str]]]:
    """The newest win or barrier of each in the week before, and which exercises fit it."""
    people, since = [choice.person_id for choice in lot], week - timedelta(weeks=1)
    found: dict[int, tuple[Any, list[str]]] = {}
    days: dict[int, date] = {}
    barriers = Barrier.objects.filter(raised_by__in=people, shown_on__gte=since, shown_on__lt=week)
    for barrier in barriers.standing().defer("search", "kind").order_by("shown_on", "pk"):
        raiser = barrier.raised_by_id or 0
        found[raiser], days[raiser] = (barrier, fitting_barrier(barrier)), barrier.shown_on
    wins = Win.objects.filter(
        author__in=people,
        state=Win.State.LOGGED,
        logged_at__gte=_start(since),
        logged_at__lt=_start(week),
    )
    for win in wins.defer("search").order_by("logged_at", "pk"):
        on = timezone.localdate(win.logged_at)
        if on >= days.get(win.author_id, on):
            fits = fitting_win(lens=win.lens, made_hard=win.made_hard, depth=win.depth)
            found[win.author_id], days[win.author_id] = (win, fits), on
    return found


def _lately(lot: Sequence[PromptChoice], week: date) -> dict[int, set[str]]:
    """Which exercises each was offered in the last six weeks."""
    keys: dict[int, set[str]] = defaultdict(set)
    prompts = WeeklyPrompt.objects.filter(
        person__in=[choice.person_id for choice in lot], week__gte=week - LATELY
    )
    for person, key in prompts.values_list("person", "tool__key"):
        keys[person].add(key or "")
    return keys


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
