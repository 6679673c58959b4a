"""Threads are told on both pages, and only where the reader may see both ends."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from systemschangers.kernel import threads
from systemschangers.kernel.models import Thread
from tests.factories import make_win
from wins.models import Outcome, Win

CAME_OF = Thread.Kind.CAME_OF


@pytest.fixture
def earlier(zed):
    return make_win(zed, "Reception kept a list of who was turned away.")


def test_a_thread_is_told_in_words_on_both_pages(ana, zed, win, earlier, now):
    threads.tie(win, CAME_OF, earlier, by=ana, at=now)
    [here] = threads.threads_of(win, ana)
    [there] = threads.threads_of(earlier, zed)
    assert (here.words, here.thing, here.url) == ("This came of", earlier, f"/wins/{earlier.pk}/")
    assert (there.words, there.thing, there.title) == ("This led to", win, win.excerpt)
    assert here.noun == "small win"
    assert here.a_noun == "a small win"
    assert threads.Tied(here.thread, Outcome(), from_here=True).a_noun == "an outcome"


def test_it_is_told_only_to_who_may_see_both_ends(ana, mo, zed, win, earlier, now):
    threads.tie(win, CAME_OF, earlier, by=ana, at=now)
    assert len(threads.threads_of(win, mo)) == 1
    Win.objects.filter(pk=earlier.pk).update(visibility="only_me")
    assert threads.threads_of(win, mo) == []
    assert threads.threads_of(win, ana) == []
    assert len(threads.threads_of(earlier, zed)) == 1
    assert threads.threads_of(earlier, mo) == []


def test_an_end_that_is_gone_is_left_out(ana, win, earlier, now):
    threads.tie(win, CAME_OF, earlier, by=ana, at=now)
    Thread.objects.create(
        source_type="labs.canvas",
        source_id=1,
        kind=Thread.Kind.STARTED_FROM,
        target_type="wins.win",
        target_id=win.pk,
        made_at=now,
    )
    earlier.delete()
    assert threads.threads_of(win, ana) == []


def test_tying_twice_ties_once_and_untying_unties(ana, win, earlier, now):
    first = threads.tie(win, CAME_OF, earlier, by=ana, at=now)
    assert threads.tie(win, CAME_OF, earlier, by=ana, at=now) == first
    assert threads.untie(win, CAME_OF, earlier)
    assert not threads.untie(win, CAME_OF, earlier)
    assert not Thread.objects.exists()


def test_a_thing_is_not_tied_to_itself(ana, win, now):
    with pytest.raises(ValueError, match="two ends"):
        threads.tie(win, CAME_OF, win, by=ana, at=now)


def test_nine_threads_take_as_many_queries_as_one(ana, zed, win, now, django_assert_num_queries):
    assert ana.reach
    for number in (1, 8):
        for _ in range(number):
            threads.tie(make_win(zed), CAME_OF, win, by=ana, at=now)
        with django_assert_num_queries(2):
            told = threads.threads_of(win, ana)
            render_to_string("kernel/_threads.html", {"threads": told})
    assert len(told) == 9


def test_a_page_without_threads_says_nothing_and_asks_once(ana, win, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert threads.threads_of(win, ana) == []
    assert render_to_string("kernel/_threads.html", {"threads": []}).strip() == ""


def test_the_words_of_the_other_end_are_escaped(ana, zed, win, now):
    threads.tie(win, CAME_OF, make_win(zed, "<b>Bold</b> words"), by=ana, at=now)
    html = render_to_string("kernel/_threads.html", {"threads": threads.threads_of(win, ana)})
    assert "&lt;b&gt;Bold" in html
    assert "This came of a small win" in html


def test_every_kind_has_words_for_both_ends():
    assert set(threads.WORDS) == set(Thread.Kind)
