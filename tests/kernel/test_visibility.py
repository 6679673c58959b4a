"""Things of several kinds are fetched in one query, whole, and only for who may see them."""

from __future__ import annotations

import pytest

from cohorts.models import Deputyship, Post
from systemschangers.kernel.visibility import visible
from tests.factories import make_win
from wins.models import ThankYou, Win


@pytest.fixture
def things(world, win, now):
    """One of each of five kinds, all visible to Mo."""
    thanks = ThankYou.objects.create(
        giver=world.mo, receiver=world.ana, words="For “staying late” \\ éß", made_at=now
    )
    return [
        win,
        thanks,
        Deputyship.objects.get(),
        world.ana,
        Post.objects.get(person=world.mo),
    ]


def wanted(things) -> dict[str, list[int]]:
    return {thing._meta.label_lower: [thing.pk] for thing in things}


def test_all_kinds_come_in_one_query_with_all_their_columns(mo, things, django_assert_num_queries):
    assert mo.reach
    things = [thing for thing in things if hasattr(type(thing).objects, "visible_to")]
    assert len(things) >= 4
    with django_assert_num_queries(1):
        found = visible(wanted(things), mo)
    assert len(found) == len(things)
    for thing in things:
        same = found[thing._meta.label_lower, str(thing.pk)]
        thing.refresh_from_db()
        for field in thing._meta.concrete_fields:
            if field.attname in same.__dict__ and field.name != "search":
                assert getattr(same, field.attname) == getattr(thing, field.attname), field


def test_what_may_not_be_seen_is_not_among_them(zed, win, things):
    Win.objects.filter(pk=win.pk).update(visibility="only_me")
    found = visible(wanted(things[:2]), zed)
    assert found == {}


def test_kinds_that_are_no_more_and_numbers_that_never_were_are_not_there(ana, win):
    found = visible({"labs.canvas": [1], "wins.win": [win.pk, 10**9]}, ana)
    assert list(found) == [("wins.win", str(win.pk))]


def test_asking_for_nothing_asks_nothing(ana, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert visible({}, ana) == {}


def test_many_of_one_kind_come_in_one_query(ana, django_assert_num_queries):
    wins = [make_win(ana) for _ in range(30)]
    assert ana.reach
    with django_assert_num_queries(1):
        assert len(visible({"wins.win": [win.pk for win in wins]}, ana)) == 30
