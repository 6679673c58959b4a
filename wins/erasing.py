"""Deleting wins with all that hangs on them: for taking one away for good, and for who leaves."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from systemschangers.kernel.models import Thread
from wins.models import Outcome, Story, Win

LABEL = Win._meta.label_lower


def erase(wins: Any) -> None:
    """Delete these wins with all that hangs on them; their photos once that is committed.

    For use inside a transaction that has recorded why."""
    rows = list(wins.values_list("pk", "photo"))
    ids = [pk for pk, _ in rows]
    ends = Thread.objects.filter(source_type=LABEL, source_id__in=ids)
    (ends | Thread.objects.filter(target_type=LABEL, target_id__in=ids)).delete()
    for _, photo in rows:
        if photo:
            transaction.on_commit(partial(default_storage.delete, photo))
    Win.objects.filter(pk__in=ids).delete()


def erase_stories(stories: Any) -> None:
    """Delete these stories with their threads; their photos once that is committed.

    For use inside a transaction that has recorded why."""
    rows = list(stories.values_list("pk", "photo"))
    ids = [pk for pk, _ in rows]
    label = Story._meta.label_lower
    ends = Thread.objects.filter(source_type=label, source_id__in=ids)
    (ends | Thread.objects.filter(target_type=label, target_id__in=ids)).delete()
    for _, photo in rows:
        if photo:
            transaction.on_commit(partial(default_storage.delete, photo))
    Story.objects.filter(pk__in=ids).delete()


def erase_outcome(outcome: Outcome) -> None:
    """Delete an outcome with its threads. Inside a transaction that says why."""
    Thread.objects.of(outcome).delete()
    outcome.delete()
