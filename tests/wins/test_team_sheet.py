from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories import make_win

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 4, 10, tzinfo=UTC)


def sheet(browser, **query) -> str:
    return browser.get(reverse("wins:team_sheet"), {"month": "2026-03"} | query).content.decode()


def test_a_month_of_what_the_whole_team_may_read(as_, ana, mo, zed):
    make_win(ana, "For the team.", visibility="service", at=MARCH)
    make_win(ana, "For everyone.", at=MARCH)
    make_win(mo, "For me alone.", visibility="only_me", at=MARCH)
    make_win(ana, "For the cohort.", visibility="cohort", at=MARCH)
    make_win(ana, "Taken back.", at=MARCH, state="taken_back")
    make_win(zed, "From elsewhere.", at=MARCH)
    make_win(ana, "In April.", at=MARCH.replace(month=4))
    page = sheet(as_(mo))
    assert "For the team." in page
    assert "For everyone." in page
    for kept_out in (
        "For me alone.",
        "For the cohort.",
        "Taken back.",
        "From elsewhere.",
        "In April.",
    ):
        assert kept_out not in page


def test_somebody_elses_service_is_not_offered(as_, world, zed, ana):
    make_win(ana, "For the team.", visibility="service", at=MARCH)
    page = sheet(as_(zed), service=world.outreach.pk)
    assert "For the team." not in page


def test_a_month_that_is_none_is_said_so(as_, ana):
    page = as_(ana).get(reverse("wins:team_sheet"), {"month": "2026-99"}).content.decode()
    assert "Write the month as year and number" in page


def test_nothing_yet_offers_the_first_step(as_, ana):
    assert "Log a small win" in sheet(as_(ana))


def test_somebody_without_a_service_gets_a_page(as_, sam):
    assert "No wins this month yet" in sheet(as_(sam))
