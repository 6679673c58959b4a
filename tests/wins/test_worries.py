from __future__ import annotations

import pytest
from django.urls import reverse

from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests.factories import make_win
from wins.actions import worries as actions
from wins.models import Win, Worry

pytestmark = pytest.mark.django_db


@pytest.fixture
def worry(ana, mo, now) -> Worry:
    win = make_win(ana, visibility="service")
    return actions.raise_worry(win=win, kind="names", words="The street.", by=mo, at=now)


def test_programme_staff_are_told_and_its_author_is_not(ana, cas, worry):
    assert list(Notification.objects.values_list("recipient", flat=True)) == [cas.pk]


def test_while_it_is_open_programme_staff_read_a_win_they_would_not_see(cas, worry, now):
    seen = Win.objects.visible_to(cas)
    assert seen.filter(pk=worry.win_id).exists()
    actions.answer(worry=worry, outcome="left", words="No name in it.", by=cas, at=now)
    assert not seen.all().filter(pk=worry.win_id).exists()


def test_a_worry_opens_no_private_win(ana, cas, worry):
    Win.objects.filter(pk=worry.win_id).update(visibility="only_me")
    assert not Win.objects.visible_to(cas).filter(pk=worry.win_id).exists()


def test_raising_twice_is_one_worry(mo, worry, now):
    again = actions.raise_worry(win=worry.win, kind="other", words="Still.", by=mo, at=now)
    assert again == worry
    assert Worry.objects.count() == 1


def test_nobody_worries_programme_staff_about_their_own_win(ana, now):
    with pytest.raises(Refused):
        actions.raise_worry(win=make_win(ana), kind="names", words="", by=ana, at=now)


def test_set_aside_takes_the_win_off_the_wall_and_its_author_hears(ana, mo, cas, worry, now):
    Notification.objects.all().delete()
    actions.answer(worry=worry, outcome="set_aside", words="Leave the street out.", by=cas, at=now)
    win = Win.objects.get(pk=worry.win_id)
    assert win.state == Win.State.SET_ASIDE
    assert not Win.objects.visible_to(mo).filter(pk=win.pk).exists()
    assert Win.objects.visible_to(ana).filter(pk=win.pk).exists()
    assert set(Notification.objects.values_list("recipient", flat=True)) == {ana.pk, mo.pk}


def test_it_is_answered_once(cas, worry, now):
    actions.answer(worry=worry, outcome="left", words="Fine.", by=cas, at=now)
    with pytest.raises(WrongState):
        actions.answer(worry=worry, outcome="set_aside", words="No.", by=cas, at=now)


@pytest.mark.parametrize("name", ["ana", "mo", "dee", "lee", "zed", "ada"])
def test_only_programme_staff_answer(world, worry, now, name):
    with pytest.raises(Refused):
        actions.answer(worry=worry, outcome="left", words="x", by=getattr(world, name), at=now)


def test_programme_staff_do_not_answer_about_their_own_win(cas, zed, now):
    worry = actions.raise_worry(win=make_win(cas), kind="other", words="", by=zed, at=now)
    with pytest.raises(Refused, match="your own win"):
        actions.answer(worry=worry, outcome="left", words="x", by=cas, at=now)


def test_the_pages(as_, ana, mo, cas):
    win = make_win(ana, visibility="service")
    raised = as_(mo).post(reverse("wins:raise_worry", args=[win.pk]), {"kind": "names"})
    assert raised.url == win.get_absolute_url()
    worry = Worry.objects.get()
    staff = as_(cas)
    assert win.excerpt in staff.get(reverse("wins:worries")).content.decode()
    page = reverse("wins:worry", args=[worry.pk])
    assert win.what_happened in staff.get(page).content.decode()
    assert "Choose what should happen" in staff.post(page, {}).content.decode()
    staff.post(page, {"outcome": "left", "words": "Nobody could tell."})
    assert "Nobody could tell." in as_(mo).get(page).content.decode()
    assert as_(ana).get(page).status_code == 404
    assert as_(mo).get(reverse("wins:worries")).status_code == 403
