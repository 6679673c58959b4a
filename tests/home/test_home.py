from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Person
from systemschangers.home.views.more import ways_for
from systemschangers.home.waiting import waiting_on
from tests.factories import make_win
from tests.factories.leader_requests import make_leader, make_leader_request
from tests.factories.time import make_time
from wins.actions import thank_yous, worries

pytestmark = pytest.mark.django_db


def labels(person) -> list[str]:
    return [row.label for row in waiting_on(Person.objects.get(pk=person.pk), timezone.now())]


def test_an_empty_installation_leads_to_its_start(db):
    assert Client().get("/").url == reverse("cohorts:start")


def test_signed_out_is_asked_to_sign_in(world):
    assert Client().get("/").url.startswith(reverse("account_login"))


def test_a_worker_is_offered_to_log_a_win_first(as_, ana):
    page = as_(ana).get("/").content.decode()
    assert page.index("Log a small win") < page.index("New small wins")


def test_what_waits_is_said_in_words(ana, mo, cas, now):
    assert labels(ana) == []
    make_win(ana, "Half a sentence", state="draft")
    thank_yous.thank(receiver=ana, words="You waited.", by=mo, at=now)
    assert labels(ana) == ["Mo Rahman thanked you", "Finish your draft"]
    worry = worries.raise_worry(win=make_win(ana), kind="names", words="", by=mo, at=now)
    assert labels(cas) == ["Somebody worries about a win"]
    worries.answer(worry=worry, outcome="set_aside", words="The street.", by=cas, at=now)
    assert labels(cas) == []
    assert "A win of yours is set aside. See why" in labels(ana)


def test_who_decides_reads_so_first(ana, mo, dee, as_, now):
    """Three decisions of two kinds are one row, above everything else; the asker has none."""
    for days in (1, 2):
        make_time(ana, starts_at=timezone.now() + timedelta(days=days))
    make_leader_request(ana, make_leader(), mo, now)
    make_win(mo, "Half a sentence", state="draft")
    assert labels(mo)[0] == "3 decisions wait for you"
    assert as_(mo).get(reverse("cohorts:decisions")).status_code == 200
    assert not any("decision" in label for label in labels(ana))


def offered_to(person) -> list[str]:
    """The addresses that More leads this person to."""
    return [way["url"] for group in ways_for(person) for way in group["rows"]]


@pytest.mark.parametrize(("name", "offered"), [("ana", False), ("mo", True), ("cas", False)])
def test_more_offers_decisions_to_who_decides(world, name, offered):
    urls = offered_to(getattr(world, name))
    assert (reverse("cohorts:decisions") in urls) is offered


def test_five_rooms_at_most(as_, ana):
    page = as_(ana).get("/").content.decode()
    assert page.count("nav__item") == 5
    assert "Meet</a>" in page


def test_nobody_elses_draft_waits_on_anybody(ana, mo):
    make_win(ana, "Half a sentence", state="draft")
    assert labels(mo) == []


def test_new_wins_are_only_those_one_may_see(as_, ana, zed):
    make_win(ana, "Between us in the team.", visibility="service")
    make_win(ana, "For everybody to read.")
    page = as_(zed).get("/").content.decode()
    assert "For everybody to read." in page
    assert "Between us in the team." not in page


def test_home_takes_as_many_queries_for_one_win_as_for_thirty(as_, ana, zed):
    browser = as_(zed)
    make_win(ana)
    browser.get("/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get("/")
    for number in range(29):
        make_win(ana, f"Win {number}.")
    with CaptureQueriesContext(connection) as thirty:
        browser.get("/")
    assert abs(len(thirty) - len(one)) <= 1  # the cards that were not kept yet: one query for all
    assert len(thirty) <= 8  # what waits is one of them, whatever waits


@pytest.mark.parametrize(
    ("name", "offered"),
    [("ana", False), ("mo", False), ("cas", True), ("ada", False)],
)
def test_more_offers_worries_to_programme_staff_only(world, name, offered):
    urls = offered_to(getattr(world, name))
    assert (reverse("wins:worries") in urls) is offered


def test_more_offers_setting_up_to_administrators_only(world):
    for name in ("ana", "mo", "cas", "ada"):
        urls = offered_to(getattr(world, name))
        assert (reverse("admin:index") in urls) is (name == "ada")


def test_a_persons_page_shows_the_wins_its_reader_may_see(as_, ana, zed):
    make_win(ana, "For the team only.", visibility="service")
    make_win(ana, "For everybody to read.")
    page = as_(zed).get(reverse("cohorts:person", args=[ana.pk])).content.decode()
    assert "For everybody to read." in page
    assert "For the team only." not in page
    assert "Thank Ana" in page
