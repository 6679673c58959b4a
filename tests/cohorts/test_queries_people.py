"""The same number of queries for one row and for thirty, and eight at most."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Organisation, Service
from tests.factories.cohorts import make_invitation, make_person
from tests.factories.memberships import make_member


def more_people(world):
    for _ in range(30):
        make_person(world.outreach)


def more_organisations(world):
    for number in range(30):
        organisation = Organisation.objects.create(name=f"Organisation {number:02}")
        Service.objects.create(organisation=organisation, name="Team", place=world.eastmere)


def more_members(world):
    for _ in range(30):
        make_member(world.cohort, make_person(world.hostel))


def more_invitations(world):
    for number in range(24):
        make_invitation(world.cas, timezone.now(), email=f"n{number}@example.org")


PAGES = [
    ("people", "", more_people),
    ("organisations", "", more_organisations),
    ("organisation", "council", more_people),
    ("service", "outreach", more_people),
    ("cohorts", "", more_members),
    ("cohort", "cohort", more_members),
    ("invitations", "", more_invitations),
]


@pytest.mark.parametrize(("name", "thing", "more"), PAGES, ids=[page[0] for page in PAGES])
def test_thirty_rows_cost_no_more_queries_than_one(name, thing, more, world, as_):
    url = reverse(f"cohorts:{name}", args=[getattr(world, thing).pk] if thing else [])
    browser = as_(world.cas)
    browser.get(url)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    if name == "invitations":
        make_invitation(world.cas, timezone.now())
    before = count()
    more(world)
    # A cohort’s page shows its stages and its next sessions besides its people.
    assert count() == before <= (10 if name == "cohort" else 8)
