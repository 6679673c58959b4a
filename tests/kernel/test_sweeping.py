"""What is kept only for a while goes; what is still needed stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection

from systemschangers.kernel import letters
from systemschangers.kernel.models import Letter
from systemschangers.kernel.sweeping import sweep

DAY = timedelta(days=1)


@pytest.mark.parametrize("end", ["sent_at", "given_up_at"])
def test_letters_go_ninety_days_after_they_went_and_waiting_ones_never(db, now, end):
    for age in (89, 91):
        letters.write(to="a@example.org", kind="t", subject=str(age), text="t", at=now - age * DAY)
        Letter.objects.filter(subject=str(age)).update(**{end: now - age * DAY})
    letters.write(to="a@example.org", kind="t", subject="waiting", text="t", at=now - 400 * DAY)
    assert sweep(at=now)["letters"] == 1
    assert set(Letter.objects.values_list("subject", flat=True)) == {"89", "waiting"}


def test_sessions_that_ran_out_go(db, now):
    for name, ends in (("over", now - DAY), ("living", now + DAY)):
        Session.objects.create(
            session_key=name, session_data=SessionStore().encode({}), expire_date=ends
        )
    assert sweep(at=now)["sessions"] == 1
    assert Session.objects.get().session_key == "living"


def test_counters_that_ran_out_go(db):
    from django.utils import timezone

    caches["default"].set("over", 1, timeout=60)
    caches["default"].set("living", 1, timeout=3 * 24 * 3600)
    assert sweep(at=timezone.now() + DAY)["counters"] == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_cache")
        assert cursor.fetchone() == (1,)
    assert caches["default"].get("living") == 1
