"""What the schedule does by the thousand, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

BATCH = 200


def in_batches(due: QuerySet, at: datetime, do: Callable[[list, datetime], None]) -> int:
    """Lock what is due, and do it, which must make it no longer due; a transaction a batch. How many."""
    done = 0
    while True:
        with transaction.atomic():
            batch = list(due.select_for_update(of=("self",), skip_locked=True)[:BATCH])
            if batch:
                do(batch, at)
        done += len(batch)
        if len(batch) < BATCH:
            return done
