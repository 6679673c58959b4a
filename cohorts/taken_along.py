"""What a worker takes along to a leader, for the page a letter leads to.

Whoever has the letter reads that page, so it shows what the leader may see without signing in and no more:
each kind of thing says so itself (`visible_to_leader`), and a kind that does not is not shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from cohorts.models import LeaderRequest
from systemschangers.kernel.models import Thread


@dataclass(frozen=True)
class Taken:
    """`words` are those of who wrote it, whole: the reader has no page of it to go on to."""

    noun: str
    words: str


def taken_along(request: LeaderRequest) -> list[Taken]:
    """In the order it was chosen in. One query for the threads, and one for each kind of thing."""
    threads = [
        thread
        for thread in Thread.objects.of(request).order_by("made_at", "pk")
        if thread.kind == Thread.Kind.CARRIES and thread.source_id == request.pk
    ]
    wanted: dict[str, list[int]] = defaultdict(list)
    for thread in threads:
        wanted[thread.target_type].append(thread.target_id)
    found: dict[tuple[str, int], Any] = {}
    for kind, keys in wanted.items():
        things: Any = apps.get_model(kind)._default_manager
        if hasattr(things, "visible_to_leader"):
            for thing in things.visible_to_leader(request.leader).filter(pk__in=keys):
                found[kind, thing.pk] = thing
    ends = [found.get((thread.target_type, thread.target_id)) for thread in threads]
    return [Taken(str(thing._meta.verbose_name), thing.in_full) for thing in ends if thing]
