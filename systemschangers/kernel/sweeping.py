"""What is kept only for a while goes, every hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q

from systemschangers.kernel.models import Letter, Submission

KEEP_SUBMISSIONS = timedelta(days=2)
KEEP_LETTERS = timedelta(days=90)


def sweep(*, at: datetime) -> dict[str, int]:
    """Delete submissions after two days, sent letters after ninety, sessions and counters that ran out.

    Returns how many rows of each went. Letters still waiting are left alone, whatever their age."""
    submissions, _ = Submission.objects.filter(made_at__lt=at - KEEP_SUBMISSIONS).delete()
    old = at - KEEP_LETTERS
    letters, _ = Letter.objects.filter(Q(sent_at__lt=old) | Q(given_up_at__lt=old)).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_cache WHERE expires < %s", [at])
        counters = cursor.rowcount
    return {
        "submissions": submissions,
        "letters": letters,
        "sessions": sessions,
        "counters": counters,
    }
