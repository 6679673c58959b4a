"""What a person is told, in the words of today, and only of what they may see."""

from __future__ import annotations

import pytest
from django.core import mail as outbox

from systemschangers.kernel import letters, notices, sending
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.notices import Notice
from tests.conftest import NOW
from tests.factories import make_win
from wins.models import Win


def told(person):
    rows = Notification.objects.visible_to(person).for_list().order_by("-made_at", "-id")
    return notices.tell(person, rows, at=NOW)


def test_words_are_made_from_how_things_are_today(ana, zed, win, wave):
    wave(zed, win)
    zed.name = "Zed Nowak"
    zed.save()
    [item] = told(ana)
    assert item.words == "Zed Nowak waved at your small win."
    assert item.quote == win.excerpt
    assert item.url == f"/wins/{win.pk}/"
    assert item.notification.recipient_id == ana.pk


def test_who_has_left_is_not_named(ana, zed, win, wave, now):
    wave(zed, win)
    zed.left_at, zed.is_active = now, False
    zed.save()
    assert told(ana)[0].words == "Someone who has left waved at your small win."


def test_what_may_no_longer_be_seen_is_left_out(ana, zed, mo, win, wave):
    wave(zed, win, notify=[ana, mo])
    assert len(told(mo)) == 1
    Win.objects.filter(pk=win.pk).update(visibility="only_me")
    assert told(mo) == []
    assert len(told(ana)) == 1


def test_what_is_gone_or_has_no_words_any_more_is_left_out(ana, zed, win, wave, monkeypatch):
    wave(zed, win)
    with monkeypatch.context() as patch:
        patch.delitem(notices._notices, "test.waved")
        assert told(ana) == []
    assert len(told(ana)) == 1
    Win.objects.filter(pk=win.pk).delete()
    assert told(ana) == []


def test_thirty_are_told_in_as_many_queries_as_one(ana, zed, wave, django_assert_num_queries):
    wave(zed, make_win(ana))
    assert ana.reach
    with django_assert_num_queries(2):
        assert len(told(ana)) == 1
    for _ in range(29):
        wave(zed, make_win(ana))
    with django_assert_num_queries(2):
        assert len(told(ana)) == 30


def test_a_verb_has_one_wording(waved):
    notices.register(waved)
    with pytest.raises(ValueError, match="already"):
        notices.register(Notice("test.waved", words=str, url=str))


def test_a_letter_says_what_happened_without_anybodys_words(ana, zed, win, wave, now, settings):
    settings.SITE_ADDRESS = "https://changers.example"
    [letter] = letters.write_about(wave(zed, win), [ana.pk], at=now)
    assert letter.to == ana.email
    assert letter.subject == "Zed Kowalski waved at your small win."
    for words in (letter.text, letter.html):
        assert "Zed Kowalski waved at your small win." in words
        assert f"https://changers.example/wins/{win.pk}/" in words
        assert "See your win" in words
        assert "pharmacist" not in words


def test_a_letter_is_sent_to_those_who_want_it_and_may_see_it(
    ana, zed, mo, dee, lee, ended, win, wave, now
):
    event = wave(zed, win, notify=[ana, mo, dee, lee, ended])
    mo.hears_by_email = False
    mo.save()
    Notification.objects.filter(recipient=dee).update(seen_at=now)
    written = letters.write_about(event, [ana.pk, mo.pk, dee.pk, lee.pk, ended.pk], at=now)
    assert {letter.recipient for letter in written} == {ana, lee}
    Win.objects.filter(pk=win.pk).update(visibility="only_me")
    event = wave(zed, win, notify=[ana, lee])
    assert [
        letter.recipient for letter in letters.write_about(event, [ana.pk, lee.pk], at=now)
    ] == [ana]


def test_a_job_that_runs_twice_writes_each_letter_once(ana, zed, win, wave, now):
    event = wave(zed, win)
    assert len(letters.write_about(event, [ana.pk], at=now)) == 1
    assert letters.write_about(event, [ana.pk], at=now) == []
    assert sending.send_due(at=now) == 1
    assert letters.write_about(event, [ana.pk], at=now) == []
    assert len(outbox.outbox) == 1


def test_some_things_are_not_worth_a_letter(ana, zed, win, wave, waved, now, monkeypatch):
    quiet = Notice("test.waved", words=waved.words, url=waved.url, by_email=False)
    monkeypatch.setitem(notices._notices, "test.waved", quiet)
    assert letters.write_about(wave(zed, win), [ana.pk], at=now) == []
    assert not Letter.objects.exists()
    assert len(told(ana)) == 1
