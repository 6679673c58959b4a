from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from systemschangers.kernel.models import Event, Notification
from systemschangers.kernel.policy import Refused
from tests.factories import make_win
from wins.actions import appreciations as actions
from wins.models import Appreciation, Win

pytestmark = pytest.mark.django_db


def test_whoever_sees_a_win_may_thank_for_it_and_its_author_hears(ana, zed, now):
    win = make_win(ana)
    actions.appreciate(win=win, kind="thank", by=zed, at=now)
    assert list(win.appreciations.values_list("person", "kind")) == [(zed.pk, "thank")]
    assert Notification.objects.get().recipient == ana
    win.refresh_from_db()
    assert win.touched_at == now


def test_nobody_appreciates_their_own_win(ana, now):
    with pytest.raises(Refused, match="your own win"):
        actions.appreciate(win=make_win(ana), kind="thank", by=ana, at=now)


def test_a_win_off_the_wall_is_not_appreciated(ana, zed, now):
    win = make_win(ana, state=Win.State.TAKEN_BACK)
    with pytest.raises(Refused):
        actions.appreciate(win=win, kind="thank", by=zed, at=now)


def test_the_same_kind_twice_is_one_and_told_once(ana, zed, now):
    win = make_win(ana)
    for _ in range(2):
        actions.appreciate(win=win, kind="celebrate", by=zed, at=now)
    assert Appreciation.objects.count() == 1
    assert Notification.objects.count() == 1


def test_undone_leaves_neither_row_nor_notice_but_keeps_the_trail(ana, zed, now):
    win = make_win(ana)
    actions.appreciate(win=win, kind="try", by=zed, at=now)
    actions.undo(win=win, kind="try", by=zed, at=now)
    assert not Appreciation.objects.exists()
    assert not Notification.objects.exists()
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "win.appreciated",
        "win.appreciation_undone",
    ]


def test_undoing_what_never_was_changes_nothing(ana, zed, now):
    win = make_win(ana)
    actions.undo(win=win, kind="thank", by=zed, at=now)
    assert not Event.objects.exists()


def test_the_button_adds_and_takes_back_and_comes_back_to_where_it_was_pressed(as_, ana, zed):
    win = make_win(ana)
    browser = as_(zed)
    address = reverse("wins:appreciations", args=[win.pk])
    answer = browser.post(address, {"kind": "thank", "next": "/wins/?theme=x"})
    assert answer.url == f"/wins/?theme=x#win-{win.pk}"
    assert Appreciation.objects.count() == 1
    browser.post(address, {"undo": "thank"})
    assert Appreciation.objects.count() == 0


def test_the_way_back_never_leads_to_another_site(as_, ana, zed):
    win = make_win(ana)
    answer = as_(zed).post(
        reverse("wins:appreciations", args=[win.pk]),
        {"kind": "thank", "next": "https://elsewhere.example/"},
    )
    assert answer.url.startswith(win.get_absolute_url())


def test_the_page_names_people_and_counts_nobody(as_, ana, zed, mo, now):
    win = make_win(ana)
    for person in (zed, mo):
        actions.appreciate(win=win, kind="thank", by=person, at=now)
    page = as_(ana).get(reverse("wins:appreciations", args=[win.pk])).content.decode()
    assert "Zed Kowalski" in page
    assert "Mo Rahman" in page


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_are_one_appreciation(ana, zed):
    win = make_win(ana)
    problems = []

    def press():
        try:
            actions.appreciate(win=win, kind="thank", by=zed, at=timezone.now())
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert Appreciation.objects.count() == 1
    assert Notification.objects.count() == 1
