"""Paces and digests: each notice mailed once at most, as often as its reader chose, never when over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from systemschangers.kernel import activity, digests, letters, notices
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.notices import Notice
from systemschangers.kernel.paces import KINDNESS, NEWS, WAITS, choose, stop_address
from tests.factories import make_win
from wins.models import Win

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# A Tuesday, half past two in the afternoon: `now` of the cast.
NEXT_MORNING = datetime(2026, 3, 11, 7, 3, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 3, 16, 7, 3, tzinfo=UTC)


@pytest.fixture
def daily(waved, monkeypatch):
    """Waving is a kindness, which one hears of once a day."""
    notice = Notice(waved.verb, words=waved.words, url=waved.url, quote=waved.quote, kind=KINDNESS)
    monkeypatch.setitem(notices._notices, waved.verb, notice)
    return notice


def written(person) -> list[Letter]:
    return list(Letter.objects.filter(recipient=person).order_by("pk"))


def test_what_one_hears_of_daily_waits_for_the_morning_and_comes_in_one_letter(
    ana, zed, mo, daily, wave, now
):
    for waver, words in ((zed, "The bus pass came."), (mo, "One page now.")):
        event = wave(waver, make_win(ana, words))
        assert letters.write_about(event, [ana.pk], at=now) == []
    assert digests.write_digests(at=now + timedelta(hours=3)) == 0
    assert digests.write_digests(at=NEXT_MORNING) == 1
    [letter] = written(ana)
    assert letter.subject == "2 things are new for you"
    for words in (letter.text, letter.html):
        assert words.index("Mo Rahman waved") < words.index("Zed Kowalski waved")
        assert "bus pass" not in words
        assert "Thanks and comments" in words
    assert digests.write_digests(at=NEXT_MORNING + timedelta(hours=1)) == 0
    assert digests.write_digests(at=NEXT_MORNING + DAY) == 0


def test_a_morning_missed_is_made_up_for(ana, zed, daily, wave):
    wave(zed, make_win(ana))
    assert digests.write_digests(at=NEXT_MORNING + timedelta(hours=5)) == 1


def test_weekly_waits_for_monday(ana, zed, daily, wave):
    choose(person=ana, paces={"kindness": "weekly"})
    wave(zed, make_win(ana))
    assert digests.write_digests(at=NEXT_MORNING) == 0
    assert digests.write_digests(at=NEXT_MONDAY) == 1


def test_at_once_is_written_at_once_and_not_again(ana, zed, daily, wave, now):
    choose(person=ana, paces={"kindness": "at_once"})
    event = wave(zed, make_win(ana))
    assert len(letters.write_about(event, [ana.pk], at=now)) == 1
    assert digests.write_digests(at=NEXT_MONDAY) == 0


def test_never_is_never_and_stays_on_the_page(ana, zed, daily, wave, now):
    choose(person=ana, paces={"kindness": "never"})
    event = wave(zed, make_win(ana))
    assert letters.write_about(event, [ana.pk], at=now) == []
    assert digests.write_digests(at=NEXT_MONDAY) == 0
    assert ana.notifications.unseen().count() == 1


def test_whoever_switched_e_mail_off_hears_nothing_until_they_choose_again(
    ana, zed, daily, wave, now
):
    ana.hears_by_email = False
    ana.save()
    wave(zed, make_win(ana))
    assert digests.write_digests(at=NEXT_MORNING) == 0
    choose(person=ana, paces={"kindness": "daily"})
    wave(zed, make_win(ana), when=NEXT_MORNING)
    assert digests.write_digests(at=NEXT_MORNING + DAY) == 1


def test_what_was_seen_is_over_or_may_no_longer_be_read_is_left_out(
    ana, mo, zed, daily, wave, now, monkeypatch
):
    gone, over, seen, left = (make_win(ana, f"Win {n}.") for n in range(4))
    for win in (gone, over, seen, left):
        wave(zed, win, notify=[mo])
    Win.objects.filter(pk=gone.pk).update(visibility="only_me")
    Notification.objects.filter(event__target_id=str(seen.pk)).update(seen_at=now)
    ended = Notice(
        daily.verb,
        words=daily.words,
        url=daily.url,
        kind=KINDNESS,
        over=lambda event: event.target_id == str(over.pk),
    )
    monkeypatch.setitem(notices._notices, daily.verb, ended)
    assert digests.write_digests(at=NEXT_MORNING) == 1
    [letter] = written(mo)
    assert f"/wins/{left.pk}/" in letter.text
    for win in (gone, over, seen):
        assert f"/wins/{win.pk}/" not in letter.text + letter.html


def test_nothing_left_to_tell_is_no_letter_and_is_not_asked_again(ana, zed, daily, wave):
    win = make_win(ana)
    wave(zed, win, notify=[zed, ana])
    Win.objects.filter(pk=win.pk).delete()
    assert digests.write_digests(at=NEXT_MORNING) == 0
    assert not Notification.objects.to_mail().exists()


def test_an_account_that_ended_is_not_written_to(ana, zed, daily, wave):
    wave(zed, make_win(ana))
    ana.is_active = False
    ana.save()
    assert digests.write_digests(at=NEXT_MORNING) == 0


def test_a_letter_says_how_to_stop_it_in_its_head_and_its_foot(ana, zed, daily, wave, now):
    from systemschangers.kernel.sending import message

    wave(zed, make_win(ana))
    digests.write_digests(at=NEXT_MORNING)
    [letter] = written(ana)
    stop = stop_address(ana, None)
    assert stop in letter.text
    assert stop in letter.html
    mail = message(letter).message()
    assert mail["List-Unsubscribe"] == f"<{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_two_hundred_people_take_no_more_queries_a_batch_than_two(
    ana, zed, daily, wave, django_assert_max_num_queries
):
    wave(zed, make_win(ana), notify=[ana, zed])
    with django_assert_max_num_queries(20):
        digests.write_digests(at=NEXT_MORNING)


def test_of_very_many_the_newest_are_told_and_the_rest_is_done_with(
    ana, zed, daily, wave, now, monkeypatch
):
    """What waits for a weekly letter goes on waiting, however much else there is."""
    monkeypatch.setattr(digests, "MOST_READ", 3)
    notice = Notice("test.weekly", words=daily.words, url=daily.url, kind=NEWS)
    monkeypatch.setitem(notices._notices, notice.verb, notice)
    choose(person=ana, paces={NEWS.key: "weekly"})
    wins = [make_win(ana) for _ in range(6)]
    for win in wins[:5]:
        wave(zed, win)
    with transaction.atomic():
        weekly = activity.record(notice.verb, actor=zed, target=wins[5], at=now, notify=[ana])
    assert digests.write_digests(at=NEXT_MORNING) == 1
    [letter] = written(ana)
    assert letter.subject == "At least 3 things are new for you"
    assert [f"/wins/{win.pk}/" in letter.text for win in wins] == [False] * 2 + [True] * 3 + [False]
    assert digests.write_digests(at=NEXT_MORNING + DAY) == 0
    assert list(Notification.objects.to_mail().values_list("event", flat=True)) == [weekly.pk]


PEOPLE = ("ana", "mo", "cas")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wave"), st.sampled_from(PEOPLE)),
        st.tuples(
            st.just("choose"),
            st.sampled_from(PEOPLE),
            st.sampled_from([NEWS.key, WAITS.key, KINDNESS.key]),
            st.sampled_from(["at_once", "daily", "weekly", "never"]),
        ),
        st.tuples(st.just("see"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("end"), st.integers(0, 9)),
        st.tuples(st.just("wait"), st.integers(1, 100)),
        st.tuples(st.just("digest")),
    ),
    max_size=25,
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_happens_each_is_mailed_once_at_most_and_never_when_over(
    steps, world, wave, daily, now, monkeypatch
):
    from django.db import transaction

    with transaction.atomic():
        _walk(steps, world, wave, daily, now, monkeypatch)
        transaction.set_rollback(True)


def _walk(steps, world, wave, daily, now, monkeypatch):
    over: set[str] = set()
    notice = Notice(
        daily.verb,
        words=lambda event: f"waved about <{event.target_id}>",
        url=daily.url,
        kind=KINDNESS,
        over=lambda event: event.target_id in over,
    )
    monkeypatch.setitem(notices._notices, daily.verb, notice)
    at, mailed, wins = now, set(), []

    def read_letters(since: int) -> None:
        for letter in Letter.objects.filter(pk__gt=since).order_by("pk"):
            about = [part.split(">")[0] for part in letter.text.split("<")[1:]]
            about = list(dict.fromkeys(one for one in about if one.isdigit()))
            assert about == sorted(about, key=int, reverse=True)
            for target in about:
                assert (letter.recipient_id, target) not in mailed
                assert target not in over
                mailed.add((letter.recipient_id, target))

    for kind, *what in steps:
        newest = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        at += timedelta(minutes=1)
        if kind == "wave":
            win = make_win(world.zed)
            wins.append(str(win.pk))
            hearer = getattr(world, what[0])
            letters.write_about(wave(world.zed, win, notify=[hearer], when=at), [hearer.pk], at=at)
        elif kind == "choose":
            choose(person=getattr(world, what[0]), paces={what[1]: what[2]})
        elif kind == "see":
            Notification.objects.filter(recipient=getattr(world, what[0])).update(seen_at=at)
        elif kind == "end" and len(wins) > what[0]:
            over.add(wins[what[0]])
        elif kind == "wait":
            at += timedelta(hours=what[0])
        elif kind == "digest":
            digests.write_digests(at=at)
        read_letters(newest)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_letter(world, daily, wave):
    import threading

    for _ in range(5):
        wave(world.zed, make_win(world.ana))
    start = threading.Barrier(2)
    faults = []

    def work():
        try:
            start.wait()
            digests.write_digests(at=NEXT_MORNING)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert len(written(world.ana)) == 1
