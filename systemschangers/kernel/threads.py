"""Threads: links between records of any rooms, told in words on both pages.

    threads.tie(win, Thread.Kind.CAME_OF, earlier_win, by=ana, at=at)   # in an action
    threads.threads_of(win, request.user)                               # in a view
    {% include "kernel/_threads.html" with threads=threads only %}       # in its template

Any model may be at an end that has `objects.visible_to(person)`, `get_absolute_url()` and words of
its own: its `excerpt`, or else its `str()`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from systemschangers.kernel.models import Thread
from systemschangers.kernel.visibility import visible

# How a thread is told on the page of its source, and on the page of its target.
WORDS = {
    Thread.Kind.CAME_OF: ("This came of", "This led to"),
    Thread.Kind.CARRIES: ("This carries", "This is carried by"),
    Thread.Kind.STARTED_FROM: ("This started from", "This was the start of"),
    Thread.Kind.RESTS_ON: ("This rests on", "This is part of"),
}


@dataclass(frozen=True)
class Tied:
    """The other end of a thread, for the page of this one. `from_here`: this end is the source."""

    thread: Thread
    thing: models.Model
    from_here: bool

    @property
    def words(self) -> str:
        return WORDS[Thread.Kind(self.thread.kind)][0 if self.from_here else 1]

    @property
    def noun(self) -> str:
        return str(self.thing._meta.verbose_name)

    @property
    def a_noun(self) -> str:
        """With its article: “a win”, “an outcome”."""
        return f"{'an' if self.noun[0] in 'aeio' else 'a'} {self.noun}"

    @property
    def title(self) -> str:
        return str(getattr(self.thing, "excerpt", "") or self.thing)

    @property
    def url(self) -> str:
        return str(self.thing.get_absolute_url())  # type: ignore[attr-defined]


def tie(
    source: models.Model,
    kind: Thread.Kind,
    target: models.Model,
    *,
    by: Any,
    at: datetime,
) -> Thread:
    """Tie `source` to `target`; tied already, the thread that is there is returned.

    The caller has asked whether `by` may see both ends. Raises ValueError for a thing and itself."""
    if (source._meta.label_lower, source.pk) == (target._meta.label_lower, target.pk):
        raise ValueError("A thread has two ends")
    thread, _ = Thread.objects.get_or_create(
        **_ends(source, kind, target), defaults={"made_by": by, "made_at": at}
    )
    return thread


def untie(source: models.Model, kind: Thread.Kind, target: models.Model) -> bool:
    """True when there was a thread to untie."""
    deleted, _ = Thread.objects.filter(**_ends(source, kind, target)).delete()
    return deleted > 0


def threads_of(thing: models.Model, person: Any) -> list[Tied]:
    """The threads at `thing` whose both ends `person` may see, oldest first.

    One query for the threads and one for all that is at their ends."""
    label, pk = thing._meta.label_lower, thing.pk
    threads = list(Thread.objects.of(thing).order_by("made_at", "pk"))
    if not threads:
        return []
    wanted: dict[str, set[int]] = defaultdict(set)
    wanted[label].add(pk)
    for thread in threads:
        wanted[thread.source_type].add(thread.source_id)
        wanted[thread.target_type].add(thread.target_id)
    things = visible(wanted, person)
    if (label, str(pk)) not in things:
        return []
    tied = []
    for thread in threads:
        from_here = (thread.source_type, thread.source_id) == (label, pk)
        target, source = (
            (thread.target_type, str(thread.target_id)),
            (thread.source_type, str(thread.source_id)),
        )
        other = things.get(target if from_here else source)
        if other is not None:
            tied.append(Tied(thread, other, from_here))
    return tied


def _ends(source: models.Model, kind: Thread.Kind, target: models.Model) -> dict[str, object]:
    return {
        "source_type": source._meta.label_lower,
        "source_id": source.pk,
        "kind": kind,
        "target_type": target._meta.label_lower,
        "target_id": target.pk,
    }
