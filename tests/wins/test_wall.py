"""Who sees what on the wall, what it can be narrowed by, and how one pages through it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from cohorts.models import Cohort, Membership, Place, Service, Theme
from tests.factories import make_win
from tests.factories.memberships import make_member
from wins.models import Win

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_cards_kept():
    caches["cards"].clear()


@pytest.fixture
def wall_of(as_):
    """`wall_of(person, **query)` is the wall as they read it."""

    def read(person, path: str = "/wins/", **query) -> str:
        response = as_(person).get(path, query)
        assert response.status_code == 200
        return response.content.decode()

    return read


def test_the_wall_shows_what_everyone_may_see_newest_first(wall_of, ana, zed):
    make_win(ana, "The first of two.")
    make_win(ana, "The second of two.")
    shown = wall_of(zed)
    assert 0 < shown.index("The second of two.") < shown.index("The first of two.")


def test_a_win_for_a_service_is_shown_in_it_and_to_nobody_else(wall_of, ana, mo, zed, cas):
    make_win(ana, "Only for us outreach.", visibility=Win.Visibility.SERVICE)
    assert "Only for us outreach." in wall_of(mo)
    for other in (zed, cas):
        assert "Only for us outreach." not in wall_of(other)


def test_a_win_for_a_cohort_is_shown_in_it_and_to_nobody_else(wall_of, ana, mo, zed):
    make_win(ana, "Only for our cohort.", visibility=Win.Visibility.COHORT)
    assert "Only for our cohort." in wall_of(zed)
    assert "Only for our cohort." not in wall_of(mo)


def test_a_private_win_is_shown_to_its_author_alone(wall_of, ana, mo, dee, lee, cas, sam, zed, ada):
    make_win(ana, "Nobody else’s business.", visibility=Win.Visibility.ONLY_ME)
    shown = wall_of(ana)
    assert "Nobody else’s business." in shown
    assert "Only you see this" in shown
    for other in (mo, dee, lee, cas, sam, zed, ada):
        for scope in ("everyone", "cohort", "service"):
            assert "Nobody else’s business." not in wall_of(other, scope=scope)
        assert "Nobody else’s business." not in wall_of(other, "/wins/mine/")


@pytest.mark.parametrize("state", ["draft", "taken_back", "set_aside"])
def test_what_is_not_logged_is_on_no_wall(wall_of, ana, mo, state):
    make_win(ana, "Not ready to be read.", state=state)
    assert "Not ready to be read." not in wall_of(ana)
    assert "Not ready to be read." not in wall_of(mo)
    assert "Not ready to be read." not in wall_of(mo, "/wins/mine/")


def test_my_service_is_the_wins_of_my_service(wall_of, ana, mo, zed):
    make_win(ana, "From outreach.")
    make_win(zed, "From the hostel.")
    shown = wall_of(mo, scope="service")
    assert "From outreach." in shown
    assert "From the hostel." not in shown


def test_my_cohort_is_the_wins_of_my_cohort(wall_of, ana, mo, zed):
    make_win(ana, "From the cohort.")
    make_win(mo, "From elsewhere.")
    shown = wall_of(zed, scope="cohort")
    assert "From the cohort." in shown
    assert "From elsewhere." not in shown


def test_who_left_a_cohort_no_longer_sees_what_is_for_it(wall_of, ana, zed):
    make_win(ana, "Only for our cohort.", visibility=Win.Visibility.COHORT)
    Membership.objects.filter(person=zed).update(state=Membership.State.WITHDRAWN)
    assert "Only for our cohort." not in wall_of(zed)


def test_mine_is_mine_with_what_is_not_shared_first(wall_of, ana, mo):
    make_win(ana, "Already on the wall.")
    make_win(ana, "Half written.", state=Win.State.DRAFT)
    make_win(ana, "Thought better of it.", state=Win.State.TAKEN_BACK)
    make_win(mo, "Somebody else’s.")
    shown = wall_of(ana, "/wins/mine/")
    places = [
        shown.index(words)
        for words in ("Half written.", "Thought better of it.", "Already on the wall.")
    ]
    assert places == sorted(places)
    assert "Somebody else’s." not in shown


def test_the_tab_mine_leads_to_my_own_page(as_, ana):
    assert as_(ana).get("/wins/?scope=mine").headers["Location"] == "/wins/mine/"


def test_narrowed_by_theme(wall_of, ana, mo):
    theme = Theme.objects.get(slug="prison-release")
    make_win(ana, "About release.", themes=[theme])
    make_win(ana, "About something else.")
    shown = wall_of(mo, theme="prison-release")
    assert "About release." in shown
    assert "About something else." not in shown


def test_narrowed_by_place(wall_of, ana, mo, zed):
    make_win(ana, "In Eastmere.")
    make_win(zed, "In Northby.")
    shown = wall_of(mo, place=str(Place.objects.get(name="Northby").pk))
    assert "In Northby." in shown
    assert "In Eastmere." not in shown


def test_narrowed_by_depth(wall_of, ana, mo):
    make_win(ana, "A rule bent.", depth=Win.Depth.FLEX)
    make_win(ana, "Once only.", depth=Win.Depth.ONE_OFF)
    shown = wall_of(mo, depth="flex")
    assert "A rule bent." in shown
    assert "Once only." not in shown


@pytest.mark.parametrize(
    ("period", "days"), [("week", 7), ("month", 31), ("quarter", 93), ("year", 367)]
)
def test_narrowed_by_period(wall_of, ana, mo, period, days):
    now = timezone.now()
    make_win(ana, "Just now.", at=now)
    make_win(ana, "Long before.", at=now - timedelta(days=days))
    shown = wall_of(mo, period=period)
    assert "Just now." in shown
    assert "Long before." not in shown


def test_narrowed_by_my_own_dates_both_days_included(wall_of, ana, mo):
    for hour, words in ((22, "The day before."), (23, "Midnight in London.")):
        # 31 May 23:00 UTC is midnight of 1 June in London, in summer.
        make_win(ana, words, at=datetime(2026, 5, 31, hour, 30, tzinfo=UTC))
    make_win(ana, "The last evening.", at=datetime(2026, 6, 2, 22, 30, tzinfo=UTC))
    make_win(ana, "The day after.", at=datetime(2026, 6, 2, 23, 30, tzinfo=UTC))
    shown = wall_of(mo, since="2026-06-01", until="2026-06-02")
    assert "Midnight in London." in shown
    assert "The last evening." in shown
    assert "The day before." not in shown
    assert "The day after." not in shown


def test_each_choice_is_shown_and_can_be_taken_off(wall_of, ana, mo):
    make_win(ana, depth=Win.Depth.FLEX)
    shown = wall_of(mo, scope="service", depth="flex", period="year", q="form")
    assert 'href="?scope=service&amp;q=form&amp;period=year"' in shown
    assert 'href="?scope=service&amp;q=form&amp;depth=flex"' in shown


@pytest.mark.parametrize(
    "query",
    [
        {"theme": "no-such-theme"},
        {"place": "999999"},
        {"place": "1e30"},
        {"depth": "bottomless"},
        {"period": "for ever"},
        {"since": "yesterday"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"since": "2026-02-30"},
        {"scope": "all of it"},
        {"page": "forged"},
        {"page": "x" * 5000},
        {"q": "x" * 5000},
        {"q": "' \" & | ! <-> ( : * \\"},
        {"q": "\u202eright to left \u2066"},
    ],
)
def test_an_address_that_makes_no_sense_still_shows_the_wall(wall_of, ana, mo, query):
    make_win(ana, "Still here.")
    assert "Small wins" in wall_of(mo, **query)


def test_a_day_out_of_order_is_said_and_the_other_choices_hold(wall_of, ana, mo):
    make_win(ana, "Still here.", at=datetime(2026, 6, 10, 12, tzinfo=UTC))
    make_win(ana, "Before all that.", at=datetime(2026, 5, 10, 12, tzinfo=UTC))
    shown = wall_of(mo, since="2026-06-09", until="2026-06-01")
    assert "This day is before the day you start from." in shown
    assert "Still here." in shown
    assert "Before all that." not in shown


def test_older_and_newer_lead_to_every_win_once(as_, ana, mo):
    made = {make_win(ana, f"Win number {n:02}.").pk for n in range(60)}
    browser, url, seen, pages = as_(mo), "/wins/", [], []
    while url:
        wall = browser.get(url).context["wall"]
        numbers = [int(str(card).split('id="win-')[1].split('"')[0]) for card in wall.cards]
        seen += numbers
        pages.append(numbers)
        url = f"/wins/{wall.older}" if wall.older else ""
    assert [len(one) for one in pages] == [25, 25, 10]
    assert len(seen) == len(made)
    assert set(seen) == made
    back = browser.get(f"/wins/{wall.newer}").context["wall"]
    assert [int(str(c).split('id="win-')[1].split('"')[0]) for c in back.cards] == pages[1]


def test_wins_of_the_same_moment_are_paged_without_loss(as_, ana, mo):
    at = datetime(2026, 3, 1, tzinfo=UTC)
    for n in range(30):
        make_win(ana, f"Win {n}.", at=at)
    first = as_(mo).get("/wins/").context["wall"]
    second = as_(mo).get(f"/wins/{first.older}").context["wall"]
    assert len(first.cards) + len(second.cards) == 30
    assert not set(first.cards) & set(second.cards)


def test_paging_keeps_what_was_chosen(as_, ana, mo):
    for _ in range(26):
        make_win(ana, depth=Win.Depth.FLEX)
    wall = as_(mo).get("/wins/?depth=flex&scope=service").context["wall"]
    assert "depth=flex" in wall.older
    assert "scope=service" in wall.older


def test_an_empty_wall_says_what_it_is_for(wall_of, mo):
    shown = wall_of(mo)
    assert "No wins here yet" in shown
    assert "Log a small win" in shown


def test_somebody_in_no_cohort_is_told_so(wall_of, mo):
    assert "You are not in a cohort yet" in wall_of(mo, scope="cohort")


def test_somebody_in_no_service_is_told_so(wall_of, sam):
    assert "You are not in a service here" in wall_of(sam, scope="service")


def test_nothing_of_my_own_says_how_to_begin(wall_of, zed):
    assert "You have not logged a win yet" in wall_of(zed, "/wins/mine/")


def test_signed_out_people_are_led_to_sign_in(client, ana):
    make_win(ana)
    for path in ("/wins/", "/wins/mine/"):
        response = client.get(path)
        assert response.status_code == 302
        assert "/account/login/" in response.headers["Location"]


def test_somebody_in_two_cohorts_sees_both(wall_of, ana, zed, world):
    other = Cohort.objects.create(name="Northby two", starts=world.cohort.starts)
    make_member(other, zed)
    make_win(ana, "In one.", visibility=Win.Visibility.COHORT)
    make_win(ana, "In two.", visibility=Win.Visibility.COHORT, cohort_id=other.pk)
    shown = wall_of(zed, scope="cohort")
    assert "In one." in shown
    assert "In two." in shown


def test_a_service_that_has_no_wins_says_so(wall_of, zed):
    assert Service.objects.filter(name="Canal Street hostel").exists()
    assert "Nothing from your service yet" in wall_of(zed, scope="service")
