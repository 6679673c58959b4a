"""Who was in the room: one tap each, several hands at once, and taken back by tapping again."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from cohorts.actions import attendance, memberships, sessions
from cohorts.actions.attendance import Tick
from cohorts.models import Attendance, Person
from systemschangers.kernel.policy import Refused
from tests.conftest import NOW
from tests.factories.cohorts import make_person
from tests.factories.memberships import make_members
from tests.factories.running import make_session, make_tick

IN_THE_ROOM = NOW + timedelta(hours=1)


@pytest.fixture
def session(world):
    return make_session(world.cohort, starts_at=NOW - timedelta(minutes=30))


def states() -> dict[str, str]:
    return dict(Attendance.objects.values_list("person__name", "state"))


def tick(session, by, at=NOW, **ticks) -> attendance.Ticked:
    people = {person.name.split()[0].lower(): person.pk for person in Person.objects.all()}
    given = {people[name]: Tick(*pair) for name, pair in ticks.items()}
    return attendance.tick(session=session, ticks=given, by=by, at=at)


def test_each_is_ticked_and_taken_back_by_ticking_again(world, session):
    done = tick(session, world.cas, ana=("", "came"), zed=("", "missed"), cas=("", ""))
    assert done.saved == 2
    assert states() == {"Ana Okafor": "came", "Zed Kowalski": "missed"}
    tick(session, world.cas, ana=("came", ""), zed=("missed", "sent_word"))
    assert states() == {"Zed Kowalski": "sent_word"}


def test_two_on_the_same_page_keep_each_others_ticks(world, session):
    """Both opened it empty. The second did not touch Ana, and overrules the first about Zed."""
    tick(session, world.cas, ana=("", "came"), zed=("", "missed"))
    done = tick(session, world.cas, ana=("", ""), zed=("", "came"))
    assert states() == {"Ana Okafor": "came", "Zed Kowalski": "came"}
    assert (done.saved, done.overruled) == (1, ["Zed Kowalski"])
    same = tick(session, world.cas, ana=("", "came"))
    assert (same.saved, same.overruled) == (0, [])


def test_who_withdrew_is_left_out_and_all_others_are_saved(world, session, as_):
    memberships.take_out(membership=world.zed.memberships.get(), by=world.cas, at=NOW)
    done = tick(session, world.cas, ana=("", "came"), zed=("", "came"), mo=("", "came"))
    assert states() == {"Ana Okafor": "came"}
    assert done.left_out == ["Mo Rahman", "Zed Kowalski"]
    url = reverse("cohorts:attendance", args=[session.pk])
    with time_machine.travel(NOW, tick=False):
        typed = {f"tick-{world.zed.pk}": "came", f"was-{world.zed.pk}": ""}
        page = as_(world.cas).post(url, typed, follow=True).content.decode()
        assert "Zed Kowalski has left this cohort" in page
        alone = as_(world.cas).post(url, typed, headers={"X-Draft": "1"})
        assert alone.status_code == 200


def test_who_was_there_and_left_since_stays_on_the_page(world, session, as_):
    make_tick(session, world.zed)
    memberships.take_out(membership=world.zed.memberships.get(), by=world.cas, at=NOW)
    with time_machine.travel(NOW, tick=False):
        page = as_(world.cas).get(reverse("cohorts:attendance", args=[session.pk])).content.decode()
    assert "has left the cohort" in page
    tick(session, world.cas, zed=("came", "missed"))
    assert states() == {"Zed Kowalski": "missed"}


def test_before_the_day_only_word_that_was_sent(world):
    session = make_session(world.cohort)
    with pytest.raises(ValidationError, match="still to come"):
        tick(session, world.cas, ana=("", "came"))
    tick(session, world.cas, ana=("", "sent_word"))
    assert states() == {"Ana Okafor": "sent_word"}


def test_of_one_called_off_there_is_nothing_to_tick(world, session, as_):
    sessions.call_off(session=session, words="", by=world.cas, at=NOW)
    with pytest.raises(Refused, match="called off"):
        tick(session, world.cas, ana=("", "came"))
    assert as_(world.cas).get(reverse("cohorts:attendance", args=[session.pk])).status_code == 409


@pytest.mark.parametrize("who", ["ana", "ada", "mo"])
def test_only_staff_of_the_cohort_tick(who, world, session):
    with pytest.raises(Refused):
        tick(session, getattr(world, who), ana=("", "came"))


def test_everybody_reads_their_own_and_staff_read_all(world, session):
    make_tick(session, world.ana)
    make_tick(session, world.zed, "missed")
    for who, seen in (("ana", 1), ("zed", 1), ("cas", 2), ("ada", 0), ("mo", 0)):
        assert Attendance.objects.visible_to(getattr(world, who)).count() == seen, who


@pytest.mark.parametrize(
    "typed",
    [
        {"tick-1": "flying"},
        {"tick-abc": "came"},
        {"tick-" + "9" * 30: "came"},
        {"tick-1": "came", "was-1": "x"},
        {f"tick-{number}": "" for number in range(101)},
    ],
    ids=["state", "word", "number", "was", "many"],
)
def test_what_no_page_of_ours_sends_is_refused_in_words(typed, world, session, as_):
    with time_machine.travel(NOW, tick=False):
        answer = as_(world.cas).post(reverse("cohorts:attendance", args=[session.pk]), typed)
    assert "Nothing was saved" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_one_tap_saved_by_itself_leads_nowhere_and_says_nothing_later(world, session, as_):
    browser, url = as_(world.cas), reverse("cohorts:attendance", args=[session.pk])
    with time_machine.travel(NOW, tick=False):
        typed = {
            f"tick-{world.ana.pk}": "came",
            f"was-{world.ana.pk}": "",
            "submission_key": "6b0f2c1e-7f0f-4a53-8a57-0c6d3ad8b001",
        }
        answer = browser.post(url, typed, headers={"X-Draft": "1"})
        assert answer.status_code == 204
        assert states() == {"Ana Okafor": "came"}
        assert "Saved for" not in browser.get(url).content.decode()


def test_five_hundred_come_a_page_at_a_time_with_as_many_queries(
    world, session, as_, django_assert_max_num_queries
):
    people = [make_person(name=f"Worker {number:03}") for number in range(3)]
    people += Person.objects.bulk_create(
        Person(email=f"w{number}@example.org", name=f"Worker {number:03}")
        for number in range(3, 500)
    )
    make_members(world.cohort, people, at=NOW)
    browser, url = as_(world.cas), reverse("cohorts:attendance", args=[session.pk])
    with time_machine.travel(NOW, tick=False):
        with django_assert_max_num_queries(9):
            page = browser.get(url)
        assert len(page.context["page"].rows) == 40
        following = page.context["page"].after
        typed = {f"tick-{world.ana.pk}": "came", f"was-{world.ana.pk}": "", "next": following}
        assert f"after={following}" in browser.post(url, typed).url
        second = browser.get(url, {"after": following})
        assert second.context["page"].rows[0].name > page.context["page"].rows[-1].name
        found = browser.get(url, {"q": "worker 321"})
        assert [row.name for row in found.context["page"]] == ["Worker 321"]
        members = browser.get(reverse("cohorts:cohort", args=[world.cohort.pk]))
        assert len(members.context["members"].rows) == 25


@pytest.mark.django_db(transaction=True)
def test_ten_hands_at_once_lose_nothing(world):
    session = make_session(world.cohort, starts_at=NOW)
    people = [make_person() for _ in range(10)]
    make_members(world.cohort, people, at=NOW)
    problems: list[Exception] = []
    together = threading.Barrier(10)

    def one_hand(mine) -> None:
        """Sees everybody as not said, and ticks one."""
        ticks = {person.pk: Tick("", "came" if person == mine else "") for person in people}
        try:
            together.wait()
            attendance.tick(
                session=session, ticks=ticks, by=Person.objects.get(pk=world.cas.pk), at=NOW
            )
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    hands = [threading.Thread(target=one_hand, args=[person]) for person in people]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert problems == []
    assert set(states().values()) == {"came"}
    assert len(states()) == 10
