"""One exercise a week: only for who asked, only on what they logged, once, and stopped with one press."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.waiting import waiting
from labs import prompt_waiting
from labs.actions import weekly_prompts
from labs.models import Canvas, PromptChoice, WeeklyPrompt
from labs.weekly_prompting import EVERY, choose, fitting_barrier, fitting_win
from systemschangers.home import tasks
from systemschangers.home.weekly_exercises import offer
from systemschangers.kernel import letters
from systemschangers.kernel.models import Event, Letter, Notification
from tests.factories import make_win
from tests.factories.barriers import make_barrier
from tests.factories.cohorts import make_person
from tests.factories.tools import built_in
from wins.models import Win

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 9, 9, 40, tzinfo=timezone.get_default_timezone())
LAST_WEEK = MONDAY - timedelta(days=4)


@pytest.fixture(autouse=True)
def _seven(db):
    built_in()


def asks(person, way: str = "home") -> None:
    weekly_prompts.choose(way=way, by=person, at=MONDAY)


def logged(person, words: str = "The door stayed open.", at: datetime = LAST_WEEK, **more) -> Win:
    win = make_win(person, words, **more)
    Win.objects.filter(pk=win.pk).update(logged_at=at)
    return win


def test_who_did_not_ask_is_offered_nothing_and_who_logged_nothing_neither(world):
    logged(world.ana)
    asks(world.zed)
    assert offer(at=MONDAY) == 0
    assert not WeeklyPrompt.objects.exists()


def test_once_a_week_on_the_newest_thing_however_often_it_runs(world):
    asks(world.ana)
    logged(world.ana, at=LAST_WEEK - timedelta(days=2))
    newest = logged(world.ana, "The newest.", made_hard="The rota.")
    logged(world.ana, "This week: not yet.", at=MONDAY)
    assert [offer(at=MONDAY + timedelta(hours=hour)) for hour in range(3)] == [1, 0, 0]
    prompt = WeeklyPrompt.objects.get()
    assert (prompt.thing_type, prompt.thing_id) == ("wins.win", newest.pk)
    assert prompt.tool.key == "five-whys"
    assert offer(at=MONDAY + timedelta(weeks=1)) == 1
    assert offer(at=MONDAY + timedelta(weeks=2)) == 0


def test_a_newer_barrier_comes_before_an_older_win(world):
    asks(world.ana)
    logged(world.ana, at=LAST_WEEK - timedelta(days=2))
    barrier = make_barrier(world.ana, shown_on=LAST_WEEK.date(), rule="habit")
    make_barrier(world.zed, shown_on=LAST_WEEK.date())
    make_barrier(None, shown_on=LAST_WEEK.date())
    offer(at=MONDAY)
    prompt = WeeklyPrompt.objects.get()
    assert (prompt.thing_type, prompt.thing_id) == ("labs.barrier", barrier.pk)
    assert prompt.tool.key == "rule-or-habit"


def test_which_exercise_fits_is_a_plain_list_and_comes_round(world):
    nothing = {"lens": "", "made_hard": "", "depth": ""}
    assert fitting_win(**nothing)[0] == "from-their-chair"
    assert fitting_win(**nothing | {"lens": "system"})[0] == "feedback-loop"
    assert fitting_win(**nothing | {"lens": "organisation"})[0] == "zoom-out"
    assert fitting_win(**nothing | {"depth": "flex"})[0] == "rule-or-habit"
    assert fitting_win(**nothing | {"made_hard": "The rota."})[0] == "five-whys"
    assert fitting_barrier(make_barrier(world.ana))[0] == "who-holds-the-power"
    known = make_barrier(world.ana, power="The board.", reported="no")
    assert fitting_barrier(known)[0] == "iceberg"
    for fitting in (fitting_win(**nothing), fitting_barrier(known)):
        assert sorted(fitting) == sorted(EVERY)
        seen: list[str] = []
        for _ in EVERY:
            seen.append(choose(fitting, seen))
        assert seen == fitting
        assert choose(fitting, seen) == fitting[0]


def test_by_e_mail_only_where_that_was_chosen_with_the_way_to_stop_it(world):
    asks(world.ana, "email")
    asks(world.zed, "home")
    for person in (world.ana, world.zed):
        logged(person, "Nobody reads this in a letter.")
    assert offer(at=MONDAY) == 2
    event = Event.objects.get(verb="weekly_prompt.offered")
    [told] = Notification.objects.all()
    assert told.recipient == world.ana
    [letter] = letters.write_about(event, [world.ana.pk], at=MONDAY)
    assert "/letters/stopping/" in letter.stop
    assert "Nobody reads" not in letter.text + letter.subject
    assert letter.subject == "A five-minute exercise on something you logged this week."


def test_stopping_the_letters_stops_these_and_no_others(world, client):
    asks(world.ana, "email")
    logged(world.ana)
    offer(at=MONDAY)
    event = Event.objects.get(verb="weekly_prompt.offered")
    [letter] = letters.write_about(event, [world.ana.pk], at=MONDAY)
    client.post(letter.stop.removeprefix("http://localhost:8000"))
    logged(world.ana, at=MONDAY)
    offer(at=MONDAY + timedelta(weeks=1))
    again = Event.objects.filter(verb="weekly_prompt.offered").latest("id")
    assert letters.write_about(again, [world.ana.pk], at=MONDAY + timedelta(weeks=1)) == []
    assert Letter.objects.count() == 1


def test_it_is_a_row_at_home_for_that_week_until_begun_or_left(world, as_, monkeypatch):
    asks(world.ana)
    win = logged(world.ana)
    offer(at=MONDAY)
    prompt = WeeklyPrompt.objects.get()
    assert [row.label for row in waiting(prompt_waiting.KINDS, world.ana, MONDAY)] == [
        "Five minutes: How it looks from their chair"
    ]
    assert waiting(prompt_waiting.KINDS, world.ana, MONDAY + timedelta(weeks=1)) == []
    assert waiting(prompt_waiting.KINDS, world.mo, MONDAY) == []
    ana, url = as_(world.ana), prompt.get_absolute_url()
    assert win.excerpt in ana.get(url).content.decode()
    assert as_(world.mo).get(url).status_code == 404
    ana.post(url, {"step": "not_this_week"})
    assert waiting(prompt_waiting.KINDS, world.ana, MONDAY) == []
    ana.post(url, {"step": "begin"})
    ana.post(url, {"step": "begin"})
    canvas = Canvas.objects.get()
    assert win.excerpt in ana.get(canvas.get_absolute_url()).content.decode()
    assert ana.post(url, {"step": "nonsense"}).status_code == 404


def test_stopped_at_the_row_nothing_is_offered_any_more(world, as_):
    asks(world.ana)
    logged(world.ana)
    offer(at=MONDAY)
    as_(world.ana).post(WeeklyPrompt.objects.get().get_absolute_url(), {"step": "stop"})
    logged(world.ana, at=MONDAY)
    assert offer(at=MONDAY + timedelta(weeks=1)) == 0
    assert not PromptChoice.objects.exists()


def test_what_it_was_tied_to_may_be_gone(world, as_):
    asks(world.ana)
    win = logged(world.ana)
    offer(at=MONDAY)
    win.delete()
    url = WeeklyPrompt.objects.get().get_absolute_url()
    assert "is gone" in as_(world.ana).get(url).content.decode()
    assert as_(world.ana).post(url, {"step": "begin"}).status_code == 302


@pytest.mark.parametrize(
    ("when", "many"),
    [
        (MONDAY, 1),
        (MONDAY.replace(hour=3), 0),
        (MONDAY + timedelta(days=1), 1),
        (MONDAY + timedelta(days=2), 0),
    ],
)
def test_the_queue_offers_when_the_working_week_begins(when, many, world, monkeypatch):
    asks(world.ana)
    logged(world.ana)
    monkeypatch.setattr("systemschangers.home.tasks.timezone.now", lambda: when)
    tasks.offer_exercises(0)
    assert WeeklyPrompt.objects.count() == many


def test_a_hundred_people_cost_a_few_questions_and_a_row_each(world):
    people = [make_person(world.hostel) for _ in range(20)]
    for person in people:
        asks(person)
        logged(person)
    with CaptureQueriesContext(connection) as queries:
        assert offer(at=MONDAY) == 20
    print(f"\n20 people: {len(queries)} queries")
    assert len(queries) <= 20 * 5 + 10


@pytest.mark.django_db(transaction=True)
def test_two_workers_of_the_queue_at_once_offer_it_once(world):
    asks(world.ana, "email")
    logged(world.ana)
    together, offered = Barrier(2), []

    def run() -> None:
        try:
            together.wait(timeout=20)
            offered.append(offer(at=MONDAY))
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(offered) == [0, 1]
    assert WeeklyPrompt.objects.count() == Notification.objects.count() == 1
