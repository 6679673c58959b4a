"""Being found: nobody is listed who did not say so; found by words, place, organisation and theme."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.actions import leaving, meeting_wishes, peer_meetings
from cohorts.actions.peer_meetings import inviting
from cohorts.models import DoNotPair, MatchPause, PeerMeeting, Person, Post
from systemschangers.kernel.personal_data import everything_about
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_person
from tests.factories.match_rounds import make_round, open_up

MEET = "/people/meet/"


def names_in(browser, query=""):
    return {person.name for person in browser.get(f"{MEET}{query}").context["page"]}


def test_nobody_is_listed_who_has_not_said_so(world, as_):
    browser = as_(world.ana)
    assert names_in(browser) == set()
    open_up(world.zed, timezone.now())
    assert names_in(browser) == {"Zed Kowalski"}
    meeting_wishes.decline(by=world.zed, at=timezone.now())
    assert names_in(browser) == set()


def test_home_asks_once_and_a_no_is_an_answer(world, as_):
    browser = as_(world.ana)
    question = "Would you like people of other services to find you?"
    assert question in browser.get("/").content.decode()
    browser.post("/me/meeting/no-thank-you/")
    assert question not in browser.get("/").content.decode()
    assert "No, thank you" not in browser.get("/me/meeting/").content.decode()


def test_what_is_said_is_kept_and_shown(world, as_):
    browser = as_(world.zed)
    theme = world.themes[0]
    given = {
        "open_to_meet": "on",
        "can_show": "How we hold a bed for somebody in hospital.",
        "wants_to_see": "A duty desk at nine in the morning.",
        "themes": [theme.pk],
    }
    page = browser.post("/me/meeting/", given, follow=True).content.decode()
    assert "You are in the list now." in page
    page = as_(world.ana).get(MEET).content.decode()
    for words in (given["can_show"], given["wants_to_see"], theme.name, "Canal Street hostel"):
        assert words in page


def test_found_by_words_place_organisation_service_and_theme(world, as_):
    now = timezone.now()
    open_up(world.zed, now, can_show="How we hold beds.", themes=world.themes[:1])
    open_up(world.mo, now, wants_to_see="A hospital ward.", themes=world.themes[1:])
    browser = as_(world.ana)
    zed, mo = {"Zed Kowalski"}, {"Mo Rahman"}
    assert names_in(browser) == zed | mo
    assert names_in(browser, "?q=holding+bed") == zed
    assert names_in(browser, "?q=hospital") == mo
    assert names_in(browser, "?q=canal+street") == zed
    assert names_in(browser, f"?place={world.eastmere.pk}") == mo
    assert names_in(browser, f"?organisation={world.charity.pk}") == zed
    assert names_in(browser, f"?service={world.outreach.pk}") == mo
    assert names_in(browser, f"?service={world.hostel.pk}") == zed
    assert names_in(browser, f"?theme={world.themes[1].pk}") == mo
    assert names_in(browser, "?q=nobody+says+this") == set()
    assert names_in(browser, "?theme=9999&place=x") == zed | mo


def test_whoever_said_no_cannot_be_invited_and_whoever_was_not_asked_can(world):
    now = timezone.now()
    given = {"person": world.zed, "question": "Who opens?", "by": world.ana, "at": now}
    inviting.invite(**given)
    meeting_wishes.decline(by=world.zed, at=now)
    given["person"] = Person.objects.get(pk=world.zed.pk)
    with pytest.raises(Refused, match="not open to meeting"):
        inviting.invite(**given)
    assert PeerMeeting.objects.count() == 1


def test_those_kept_apart_do_not_find_each_other_in_the_lists(world, as_):
    now = timezone.now()
    open_up(world.zed, now)
    open_up(world.ana, now)
    meeting_wishes.keep_apart(other=world.zed, by=world.ana, at=now)
    for person in (world.ana, world.zed):
        assert names_in(as_(person)) == set()


def test_a_pause_is_for_a_day_to_come_within_a_year(world):
    now = timezone.now()
    today = timezone.localdate(now)
    for until in (today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(ValidationError, match="from today on"):
            meeting_wishes.pause(until=until, by=world.ana, at=now)
    meeting_wishes.pause(until=today, by=world.ana, at=now)
    meeting_wishes.pause(until=today + timedelta(days=9), by=world.ana, at=now)
    assert MatchPause.objects.get().until == today + timedelta(days=9)


def test_a_pause_and_the_private_list_on_their_page(world, as_):
    browser = as_(world.ana)
    today = timezone.localdate()
    late = browser.post("/me/matching/pause/", {"until": "2020-01-01"}).content.decode()
    assert "Choose a day from today on" in late
    browser.post("/me/matching/pause/", {"until": (today + timedelta(days=7)).isoformat()})
    assert "You are not matched until and with" in browser.get("/me/matching/").content.decode()
    browser.post("/me/matching/pause/", {"end": "1"})
    assert not MatchPause.objects.exists()
    for wrong, says in (("Ana Okafor", "That is you"), ("Nobody", "Nobody here has that name")):
        page = browser.post("/me/matching/apart/", {"person": wrong}).content.decode()
        assert says in page
    browser.post("/me/matching/apart/", {"person": "Zed Kowalski"})
    again = browser.post("/me/matching/apart/", {"person": "Zed Kowalski"}).content.decode()
    assert "They are on your list already." in again
    browser.post(f"/me/matching/apart/{DoNotPair.objects.get().pk}/removal/")
    assert not DoNotPair.objects.exists()


def test_it_is_in_the_download_and_the_list_only_in_ones_own(world):
    now = timezone.now()
    open_up(world.ana, now, can_show="A morning at my side.", themes=world.themes)
    meeting_wishes.keep_apart(other=world.zed, by=world.ana, at=now)

    def told(person):
        return {section.key: list(section.rows) for section in everything_about(person)}

    ana = told(Person.objects.get(pk=world.ana.pk))
    assert ana["meeting"][0]["what you can show"] == "A morning at my side."
    assert [row["who"] for row in ana["not_matched_with"]] == ["Zed Kowalski"]
    assert told(world.zed)["not_matched_with"] == []


def test_leaving_takes_it_all_along(world):
    now = timezone.now()
    open_up(world.ana, now, can_show="A morning at my side.", themes=world.themes)
    meeting_wishes.keep_apart(other=world.zed, by=world.ana, at=now)
    meeting_wishes.keep_apart(other=world.ana, by=world.zed, at=now)
    meeting_wishes.pause(until=timezone.localdate(now), by=world.ana, at=now)
    MatchPause.objects.all().delete()
    waiting = make_round(world.cas, now, "previewed", cohort=world.cohort)
    leaving.leave(by=world.ana, at=now, went_to="unknown")
    gone = Person.objects.get(pk=world.ana.pk)
    assert (gone.open_to_meet, gone.can_show, gone.themes.count()) == (False, "", 0)
    assert not DoNotPair.objects.exists()
    assert not waiting.places.filter(person=gone).exists()


def test_the_directory_takes_as_many_queries_for_one_as_for_thirty(world, as_):
    browser = as_(world.ana)
    now = timezone.now()
    open_up(world.zed, now, themes=world.themes)

    def count():
        browser.get(MEET)
        with CaptureQueriesContext(connection) as queries:
            browser.get(MEET)
        return len(queries)

    before = count()
    for _ in range(30):
        open_up(make_person(world.hostel), now, themes=world.themes)
    assert count() == before <= 10


def test_paired_without_telling_tells_nobody(world):
    peer_meetings.pair_up(
        people=[world.ana, world.zed],
        question="Who opens?",
        by=world.cas,
        at=timezone.now(),
        tell=False,
    )
    assert not world.ana.notifications.exists()
    assert Post.objects.filter(person=world.ana).exists()
