from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from systemschangers.kernel import digests
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Letter, Notification, NotificationChoice
from systemschangers.kernel.policy import Refused
from tests.factories import make_win
from wins.actions import comments as actions
from wins.models import Comment, Win

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken(ana, zed, now) -> Comment:
    return actions.comment(win=make_win(ana), words="We do this too.", by=zed, at=now)


def test_the_author_and_those_who_spoke_hear_of_a_comment(ana, zed, mo, spoken, now):
    Notification.objects.all().delete()
    actions.comment(win=spoken.win, words="And us.", by=mo, at=now)
    assert set(Notification.objects.values_list("recipient", flat=True)) == {ana.pk, zed.pk}


def test_whoever_no_longer_sees_the_win_hears_nothing(ana, zed, mo, spoken, now):
    Win.objects.filter(pk=spoken.win_id).update(visibility="service")
    Notification.objects.all().delete()
    actions.comment(win=spoken.win, words="Between us.", by=mo, at=now)
    assert set(Notification.objects.values_list("recipient", flat=True)) == {ana.pk}


def test_a_private_win_has_no_talk(ana, now):
    with pytest.raises(Refused):
        actions.comment(win=make_win(ana, visibility="only_me"), words="x", by=ana, at=now)


def test_only_its_author_changes_a_comment(mo, zed, spoken, now):
    with pytest.raises(Refused):
        actions.edit(comment=spoken, words="No.", version=1, by=mo, at=now)
    actions.edit(comment=spoken, words="We do this too, on Mondays.", version=1, by=zed, at=now)
    spoken.refresh_from_db()
    assert spoken.words.endswith("Mondays.")
    assert spoken.edited_at == now


def test_a_change_made_on_an_old_version_overwrites_nothing(zed, spoken, now):
    actions.edit(comment=spoken, words="First.", version=1, by=zed, at=now)
    with pytest.raises(WrongState):
        actions.edit(comment=spoken, words="Second.", version=1, by=zed, at=now)
    spoken.refresh_from_db()
    assert spoken.words == "First."


def test_removed_is_gone_for_everyone_and_can_be_put_back(ana, zed, cas, spoken, now):
    actions.remove(comment=spoken, by=zed, at=now)
    for person in (ana, zed, cas):
        assert not Comment.objects.visible_to(person).exists()
    actions.put_back(comment=spoken, by=zed, at=now)
    assert Comment.objects.visible_to(ana).exists()


def test_only_its_author_removes_a_comment(ana, cas, spoken, now):
    for person in (ana, cas):
        with pytest.raises(Refused):
            actions.remove(comment=spoken, by=person, at=now)


def test_programme_staff_hide_with_a_reason_its_author_reads(ana, zed, cas, spoken, now):
    actions.hide(comment=spoken, reason="It names a flat.", by=cas, at=now)
    assert not Comment.objects.visible_to(ana).exists()
    assert Comment.objects.visible_to(zed).get().hidden_reason == "It names a flat."
    with pytest.raises(WrongState, match="Cas"):
        actions.hide(comment=spoken, reason="Again.", by=cas, at=now)
    with pytest.raises(Refused):
        actions.put_back(comment=spoken, by=zed, at=now)
    actions.put_back(comment=spoken, by=cas, at=now)
    assert Comment.objects.visible_to(ana).exists()


@pytest.mark.parametrize("name", ["ana", "mo", "lee", "ada", "zed"])
def test_nobody_else_hides_a_comment(world, spoken, now, name):
    with pytest.raises(Refused):
        actions.hide(comment=spoken, reason="No.", by=getattr(world, name), at=now)


def test_the_pages(as_, ana, zed, cas):
    win = make_win(ana)
    browser = as_(zed)
    answer = browser.post(reverse("wins:comments", args=[win.pk]), {"words": "Well done to all."})
    comment = Comment.objects.get()
    assert answer.url.endswith(f"#comment-{comment.pk}")
    page = browser.get(win.get_absolute_url()).content.decode()
    assert "Well done to all." in page
    empty = browser.post(reverse("wins:comments", args=[win.pk]), {"words": " "})
    assert "Write your comment first." in empty.content.decode()
    edited = browser.post(
        reverse("wins:comment_edit", args=[comment.pk]), {"words": "Well done.", "version": 1}
    )
    assert edited.status_code == 302
    hidden = as_(cas).post(reverse("wins:comment_hiding", args=[comment.pk]), {"reason": "No."})
    assert hidden.status_code == 302
    assert "No." in browser.get(win.get_absolute_url()).content.decode()
    removed = browser.post(reverse("wins:comment_removal", args=[comment.pk]), follow=True)
    assert "Undo" in removed.content.decode()
    browser.post(reverse("wins:comment_putting_back", args=[comment.pk]))
    comment.refresh_from_db()
    assert comment.removed_at is None


def test_details_in_a_comment_are_pointed_out_before_others_read_it_and_stop_nobody(as_, ana, zed):
    win = make_win(ana)
    browser, address = as_(zed), reverse("wins:comments", args=[win.pk])
    words = "Mrs Jones of SW1A 1AA was glad. Well done, Ana Okafor."
    shown = browser.post(address, {"words": words})
    page = shown.content.decode()
    assert not Comment.objects.exists()
    assert "Before you add it: does this show who somebody is?" in page
    assert "<mark>SW1A 1AA</mark>" in page
    assert "<mark>Ana Okafor</mark>" not in page
    assert shown.context["form"]["words"].value() == words
    checked = shown.context["form"]["checked"].value()
    more = {"words": f"{words} Ring 07700 900123.", "checked": checked}
    assert "07700 900123</mark>" in browser.post(address, more).content.decode()
    assert browser.post(address, {"words": words, "checked": checked}).status_code == 302
    assert Comment.objects.get().words == words


def test_a_changed_comment_points_out_only_what_is_new(as_, ana, zed, now):
    spoken = actions.comment(win=make_win(ana), words="Mrs Jones was glad.", by=zed, at=now)
    browser, address = as_(zed), reverse("wins:comment_edit", args=[spoken.pk])
    assert browser.post(address, {"words": "Mrs Jones is glad.", "version": 1}).status_code == 302
    page = browser.post(address, {"words": "Mrs Jones of SW1A 1AA.", "version": 2}).content.decode()
    assert "Before you save" in page
    assert "<mark>SW1A 1AA</mark>" in page
    assert "<mark>Mrs Jones</mark>" not in page


def test_no_letter_tells_of_a_hiding_that_was_undone(world, spoken, cas, zed, now):
    NotificationChoice.objects.create(person=zed, kind="news", pace="daily")
    actions.hide(comment=spoken, reason="It names a street.", by=cas, at=now)
    actions.put_back(comment=spoken, by=cas, at=now)
    digests.write_digests(at=now + timedelta(days=2))
    assert not [one for one in Letter.objects.filter(to=zed.email) if "hid your" in one.text]
