"""Cards: kept by win and version, never shown to who may not see the win, and in few queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.models import Membership, Theme
from tests.conftest import NOW
from tests.factories import make_win
from wins import cards
from wins.models import Appreciation, Comment, Win

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_cards_kept():
    caches["cards"].clear()


def appreciate(win, *people, kind="thank"):
    for person in people:
        Appreciation.objects.create(win=win, person=person, kind=kind, made_at=timezone.now())


def card(person, win) -> str:
    rows = cards.thin(Win.objects.visible_to(person).filter(pk=win.pk), person)
    made = cards.cards(rows, person=person, now=timezone.now())
    return made[0] if made else ""


def test_a_card_says_who_where_what_and_when(ana, mo):
    theme = Theme.objects.get(slug="prison-release")
    win = make_win(
        ana,
        "We got it down to one page.",
        made_hard="Nobody owned the form.",
        depth=Win.Depth.WRITTEN,
        themes=[theme],
    )
    shown = card(mo, win)
    for words in (
        "Ana Okafor",
        "Street outreach, Eastmere Council",
        "We got it down to one page.",
        "Nobody owned the form.",
        "Written policy",
        "Prison release",
        "<time datetime=",
        f'href="/wins/{win.pk}/"',
    ):
        assert words in shown


def test_long_words_are_cut_at_a_word(ana, mo):
    shown = card(mo, make_win(ana, "word " * 100))
    assert shown.count("word ") < 62
    assert "word …" in shown


def test_thanks_are_names_and_never_numbers(ana, mo, dee, lee, zed, cas):
    win = make_win(ana)
    appreciate(win, mo, dee)
    assert "Thanked by Mo and Dee." in card(zed, win)
    appreciate(win, lee, cas)
    appreciate(win, zed, kind="try")
    caches["cards"].clear()
    shown = card(zed, win)
    assert "Thanked by Mo, Dee, Lee and others. Zed will try this." in shown


def test_who_left_is_not_named_among_the_thanks(ana, mo, dee, zed):
    win = make_win(ana)
    appreciate(win, mo, dee)
    type(mo).objects.filter(pk=mo.pk).update(is_active=False, left_at=timezone.now())
    assert "Thanked by Dee." in card(zed, win)


def test_comments_that_all_may_read_are_counted(ana, mo, cas):
    win = make_win(ana)
    now = timezone.now()
    Comment.objects.create(win=win, author=mo, words="Well done.", made_at=now)
    Comment.objects.create(win=win, author=mo, words="Removed.", made_at=now, removed_at=now)
    Comment.objects.create(
        win=win, author=mo, words="Hidden.", made_at=now, hidden_at=now, hidden_by=cas,
        hidden_reason="It names somebody.",
    )  # fmt: skip
    assert "1 comment." in card(mo, win)


def test_my_own_win_has_no_buttons_but_says_who_sees_it(ana):
    shown = card(ana, make_win(ana, visibility=Win.Visibility.SERVICE))
    assert "<button" not in shown
    assert "Seen by your service" in shown


def test_what_i_pressed_is_pressed_for_me_and_not_for_others(ana, mo, zed):
    win = make_win(ana)
    appreciate(win, mo)
    mine = card(mo, win)
    assert 'name="undo" value="thank" aria-pressed="true"' in mine
    assert 'name="kind" value="try" aria-pressed="false"' in mine
    assert f'formaction="/wins/{win.pk}/appreciations/"' in mine
    assert 'name="kind" value="thank" aria-pressed="false"' in card(zed, win)
    assert card(mo, win) == mine


def test_a_card_is_kept_until_its_win_is_touched(ana, mo):
    win = make_win(ana, "Before.")
    card(mo, win)
    Win.objects.filter(pk=win.pk).update(what_happened="After.")
    assert "Before." in card(mo, win)
    Win.objects.filter(pk=win.pk).update(touched_at=win.touched_at + timedelta(microseconds=1))
    assert "After." in card(mo, win)


def test_how_long_ago_is_never_kept(ana, mo):
    now = NOW
    win = make_win(ana, at=now - timedelta(minutes=5))
    rows = list(cards.thin(Win.objects.all(), mo).filter(pk=win.pk))
    assert "5 minutes ago" in cards.cards(rows, person=mo, now=now)[0]
    later = cards.cards(rows, person=mo, now=now + timedelta(hours=3))[0]
    assert "3 hours ago" in later
    assert cards.TIME not in later


def test_a_kept_card_is_not_shown_to_who_may_no_longer_see_the_win(as_, ana, zed):
    make_win(ana, "Only for our cohort.", visibility=Win.Visibility.COHORT)
    assert "Only for our cohort." in as_(zed).get("/wins/").content.decode()
    Membership.objects.filter(person=zed).update(state=Membership.State.PAUSED)
    assert "Only for our cohort." not in as_(zed).get("/wins/").content.decode()


def test_a_kept_card_of_a_win_made_private_or_taken_back_is_not_shown(as_, ana, zed):
    win = make_win(ana, "For everyone, at first.")
    assert "at first." in as_(zed).get("/wins/").content.decode()
    for change in ({"visibility": Win.Visibility.ONLY_ME}, {"state": Win.State.TAKEN_BACK}):
        Win.objects.filter(pk=win.pk).update(**change)
        assert "at first." not in as_(zed).get("/wins/").content.decode()


def test_a_win_made_private_between_the_two_queries_is_left_out(ana, zed):
    win = make_win(ana, "For everyone, at first.")
    rows = list(cards.thin(Win.objects.visible_to(zed), zed))
    Win.objects.filter(pk=win.pk).update(visibility=Win.Visibility.ONLY_ME)
    assert cards.cards(rows, person=zed, now=timezone.now()) == []


def test_what_people_wrote_is_escaped(ana, mo):
    type(ana).objects.filter(pk=ana.pk).update(name="<b>Ana</b>")
    shown = card(mo, make_win(ana, "<script>alert(1)</script>", made_hard="<i>hard</i>"))
    for markup in ("<b>", "<script>", "<i>"):
        assert markup not in shown


def queries(browser, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


@pytest.fixture
def log(ana, mo, zed):
    """`log(3)`: three wins with all that a card can show, of each of two authors."""
    themes = list(Theme.objects.all())

    def make(number: int) -> None:
        for _ in range(number):
            for author in (ana, mo):
                win = make_win(author, depth="flex", at=timezone.now(), themes=themes)
                appreciate(win, zed, mo)
                Comment.objects.create(win=win, author=zed, words="Yes.", made_at=timezone.now())

    return make


@pytest.mark.parametrize(
    "path", ["/wins/", "/wins/?scope=service&depth=flex&period=year", "/wins/mine/"]
)
def test_as_few_queries_for_thirty_wins_as_for_one(as_, mo, log, path):
    reader = as_(mo)
    log(1)
    cold, warm = queries(reader, path), queries(reader, path)
    assert warm == cold - 1
    log(30)
    make_win(mo, state=Win.State.DRAFT)
    assert queries(reader, path) == cold
    assert queries(reader, path) == warm
    assert cold <= 8


def test_a_search_takes_as_few_queries_for_thirty_wins_as_for_six(as_, mo, log):
    reader = as_(mo)
    log(3)
    few = queries(reader, "/wins/?q=form")
    log(30)
    assert queries(reader, "/wins/?q=form") <= few <= 8
    assert queries(reader, "/wins/?q=form&depth=flex") <= few


def test_a_search_with_a_typo_is_eight_queries_at_most(as_, ana, mo):
    make_win(ana, "The landlord signed.")
    assert queries(as_(mo), "/wins/?q=landlrod") <= 8
