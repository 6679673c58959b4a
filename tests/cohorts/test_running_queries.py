"""The pages of a running cohort take as many queries for one row as for thirty, and ten at most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Stage
from tests.factories.cohorts import make_person
from tests.factories.memberships import make_member
from tests.factories.running import make_call, make_session, make_tick, make_visit, pair


def more_sessions(world):
    now = timezone.now()
    stage = Stage.objects.create(cohort=world.cohort, name="S", position=Stage.objects.count() + 10)
    for number in range(1, 16):
        for days in (number, -number):
            make_session(world.cohort, starts_at=now + timedelta(days=days), stage=stage)


def more_stages(world):
    for number in range(10):
        Stage.objects.create(cohort=world.cohort, name=f"Stage {number}", position=number + 20)


def more_visits(world):
    for _ in range(15):
        make_visit(world.cohort, make_person())
        make_visit(world.cohort, world.zed)


def more_members(world):
    for _ in range(30):
        person = make_person(world.hostel)
        make_member(world.cohort, person)
        seat = pair(person, world.cas, world.cohort)
        make_call(seat, held_on=timezone.localdate() - timedelta(days=40))
        make_call(seat, "planned")


def more_calls(world):
    seat = world.ana.memberships.get()
    for days in range(30):
        make_call(seat, held_on=timezone.localdate() - timedelta(days=days))


PAGES = [
    ("cohort", "cohort", more_sessions, "cas"),
    ("stages", "cohort", more_stages, "cas"),
    ("sessions", "", more_sessions, "ana"),
    ("sessions?show=past", "", more_sessions, "ana"),
    ("cohort_sessions", "cohort", more_sessions, "cas"),
    ("session", "session", more_members, "cas"),
    ("session", "session", more_members, "ana"),
    ("attendance", "session", more_members, "cas"),
    ("visits", "cohort", more_visits, "zed"),
    ("learning_partners", "cohort", more_members, "cas"),
    ("learning_calls", "", more_members, "cas"),
    ("learning_calls?show=all", "", more_members, "cas"),
    ("calls_with", "seat", more_calls, "ana"),
]


@pytest.mark.parametrize(
    ("name", "thing", "more", "who"), PAGES, ids=[f"{page[0]}-{page[3]}" for page in PAGES]
)
def test_thirty_rows_cost_no_more_queries_than_one(name, thing, more, who, world, as_):
    now = timezone.now()
    seat = pair(world.ana, world.cas, world.cohort)
    session = make_session(world.cohort, starts_at=now - timedelta(hours=1), stage=None)
    make_session(world.cohort, starts_at=now - timedelta(days=3))
    make_tick(session, world.ana)
    make_visit(world.cohort, world.ana)
    make_call(seat)
    keys = {"cohort": world.cohort.pk, "session": session.pk, "seat": seat.pk}
    address, _, query = name.partition("?")
    url = reverse(f"cohorts:{address}", args=[keys[thing]] if thing else [])
    url += f"?{query}" if query else ""
    browser = as_(getattr(world, who))
    browser.get(url)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    before = count()
    more(world)
    assert count() == before <= 10
