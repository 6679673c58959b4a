"""Noticed: what others did that is for you, and what you have not seen yet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from systemschangers.kernel.models import Notification
from tests.factories import make_win
from wins.models import Win


@pytest.fixture
def read(as_, ana):
    browser = as_(ana)
    return lambda address="/noticed/": browser.get(address).content.decode()


def test_the_newest_comes_first_with_what_was_said_and_a_word_for_new(
    ana, zed, mo, wave, read, now
):
    wave(zed, make_win(ana, "The bus pass came."))
    wave(mo, make_win(ana, "The form is one page."), when=now + timedelta(hours=1))
    html = read()
    assert html.index("Mo Rahman waved") < html.index("Zed Kowalski waved")
    assert html.index("The form is one page.") < html.index("The bus pass came.")
    assert html.count(">New<") == 2


def test_opening_one_leads_to_its_thing_and_marks_it_seen(ana, zed, win, wave, read, as_):
    wave(zed, win)
    notification = Notification.objects.get()
    address = f"/noticed/{notification.pk}/"
    assert f'href="{address}"' in read()
    answer = as_(ana).get(address)
    assert (answer.status_code, answer.url) == (302, f"/wins/{win.pk}/")
    notification.refresh_from_db()
    assert notification.seen_at is not None
    assert ">New<" not in read()


def test_nobody_opens_somebody_elses(ana, zed, win, wave, as_):
    wave(zed, win)
    notification = Notification.objects.get()
    assert as_(zed).get(f"/noticed/{notification.pk}/").status_code == 404
    notification.refresh_from_db()
    assert notification.seen_at is None


def test_one_whose_thing_was_taken_back_leads_back_and_says_so(ana, mo, zed, win, wave, as_):
    wave(zed, win, notify=[mo])
    Win.objects.filter(pk=win.pk).update(visibility="only_me")
    answer = as_(mo).get(f"/noticed/{Notification.objects.get().pk}/", follow=True)
    assert answer.redirect_chain == [("/noticed/", 302)]
    assert "taken back" in answer.content.decode()


def test_all_can_be_marked_as_seen(ana, mo, zed, win, wave, as_):
    wave(zed, win, notify=[ana, mo])
    answer = as_(ana).post("/noticed/seen/")
    assert (answer.status_code, answer.url) == (302, "/noticed/")
    assert not ana.notifications.unseen().exists()
    assert mo.notifications.unseen().count() == 1


def test_what_can_not_be_shown_does_not_count_as_new_for_ever(mo, zed, win, wave, as_):
    wave(zed, win, notify=[mo])
    Win.objects.filter(pk=win.pk).update(visibility="only_me")
    html = as_(mo).get("/noticed/").content.decode()
    assert "waved" not in html
    assert "Nothing here yet" in html
    assert not mo.notifications.unseen().exists()


def test_an_empty_page_says_what_it_is_for(ana, read):
    assert "When somebody thanks you" in read()
    assert "Mark all as seen" not in read()


def test_every_notification_is_on_one_page_of_many(ana, zed, wave, read):
    wins = [make_win(ana, f"Win number {number} of sixty.") for number in range(60)]
    for one in wins:
        wave(zed, one)  # all in the same moment
    seen, address, pages = [], "/noticed/", 0
    while address:
        html = read(address)
        seen += [one.pk for one in wins if one.what_happened in html]
        pages += 1
        address = _older(html)
    assert pages == 3
    assert sorted(seen) == sorted(one.pk for one in wins)


def test_thirty_take_as_many_queries_as_one_and_no_more_than_eight(ana, zed, wave, as_):
    browser, counts = as_(ana), []
    for more in (1, 29):
        for _ in range(more):
            wave(zed, make_win(ana))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/noticed/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8, counts


def _older(html: str) -> str:
    if "pager__older" not in html:
        return ""
    link = html.split('class="button button--secondary pager__older" href="')[1].split('"')[0]
    return f"/noticed/{link}"
