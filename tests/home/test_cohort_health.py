"""How people are doing: who needs attention first, why in words, nothing private, whatever the size."""

from datetime import date, timedelta
from time import monotonic

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.models import (
    Attendance,
    Cohort,
    LearningCall,
    ManagerAgreement,
    Membership,
    Person,
    Session,
)
from systemschangers.home.cohort_health import health_of, stuck
from tests.conftest import NOW
from tests.factories import make_win
from tests.factories.cohorts import make_person
from tests.factories.memberships import LOOKED_AT_AGAIN, make_member, without_agreement
from tests.factories.time import make_agreement, make_time

WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(NOW, tick=False):
        yield


def of(person, now=NOW):
    cohort = person.memberships.get().cohort_id
    return next(row for row in health_of([cohort], now) if row.person == person.pk)


def url(world):
    return reverse("home:cohort_health", args=[world.cohort.pk])


def logged(person, ago, **fields):
    win = make_win(person, **fields)
    type(win).objects.filter(pk=win.pk).update(logged_at=NOW - ago, made_at=NOW - ago)
    return win


def called(person, ago):
    LearningCall.objects.create(
        membership=person.memberships.get(),
        partner=person.memberships.get().asked_by or Person.objects.get(email="cas@example.org"),
        held_on=(NOW - ago).date(),
        me="More time.",
        made_at=NOW,
    )


def session(world, ago, **ticks):
    held = Session.objects.create(
        cohort=world.cohort,
        title="Together",
        starts_at=NOW - ago,
        ends_at=NOW - ago + timedelta(hours=3),
    )
    for name, state in ticks.items():
        Attendance.objects.create(
            session=held,
            person=getattr(world, name),
            state=state,
            ticked_at=NOW,
            ticked_by=world.cas,
        )


def test_somebody_who_takes_part_needs_nothing(world):
    logged(world.ana, WEEK)
    called(world.ana, 2 * WEEK)
    session(world, WEEK, ana="came")
    row = of(world.ana)
    assert (row.why, row.score) == ("", 0)
    assert (row.came, row.sessions, row.agreement) == (1, 1, "until 31 January")


def test_no_win_for_six_weeks_and_an_agreement_past_its_day(world):
    make_agreement(world.ana, review_on=date(2026, 3, 1))
    logged(world.ana, 6 * WEEK)
    session(world, WEEK, ana="came")
    called(world.ana, WEEK)
    assert of(world.ana).why == "No win for six weeks; agreement was to be looked at by 1 March."


def test_a_private_win_counts_as_none_and_its_day_is_nowhere(world, as_):
    logged(world.ana, timedelta(days=1), visibility="only_me")
    logged(world.ana, 20 * WEEK)
    row = of(world.ana)
    assert row.last_win == (NOW - 20 * WEEK).date()
    assert "nothing heard for 20 weeks" in row.why.lower()
    page = as_(world.cas).get(url(world)).content.decode()
    assert "9 Mar" not in page


def test_a_draft_and_a_win_taken_back_count_as_none(world):
    for state in ("draft", "taken_back"):
        make_win(world.ana, state=state)
    assert of(world.ana).last_win is None


@pytest.mark.parametrize(
    ("ticks", "says"),
    [
        (("missed", "missed"), "Not there at the last two sessions"),
        (("missed", "came"), "ot there at the last session"),
        (("sent_word", "missed"), ""),
        (("came", "missed"), ""),
    ],
)
def test_who_was_not_in_the_room(ticks, says, world):
    logged(world.ana, WEEK)
    called(world.ana, WEEK)
    for weeks, tick in enumerate(ticks, start=1):
        session(world, weeks * WEEK, ana=tick)
    assert (says in of(world.ana).why) if says else of(world.ana).why == ""


def test_waiting_for_a_manager_says_for_what_and_since_when(world):
    without_agreement(world.ana)
    without_agreement(world.zed)
    Membership.objects.filter(person=world.ana).update(state_at=NOW - 2 * WEEK)
    assert of(world.ana).why == "No agreement proposed since 24 February."
    assert of(world.zed).why == "No line manager is set, so nobody can agree."
    proposed = make_agreement(world.ana, "proposed", at=NOW - 2 * WEEK)
    assert of(world.ana).why == "Agreement waits since 24 February."
    proposed.talk_through(by=world.mo, at=NOW - WEEK, words="Mondays?")
    proposed.save()
    assert of(world.ana).why == "Agreement needs talking through since 3 March."


def test_applications_and_people_asked_who_wait_for_long(world):
    make_member(world.cohort, world.sam, "applied", state_at=NOW - 2 * WEEK)
    make_member(world.cohort, world.lee, "invited", state_at=NOW - 3 * WEEK)
    make_member(world.cohort, world.mo, "invited", state_at=NOW - WEEK)
    make_member(world.cohort, world.dee, "paused", state_at=NOW - 9 * WEEK)
    assert of(world.sam).why == "Application waits since 24 February."
    assert of(world.lee).why == "Asked on 17 February, no answer yet."
    assert of(world.mo).why == ""
    assert of(world.dee).why == "Paused since 6 January."


def test_a_request_that_waits_is_counted_and_named_without_its_words(world, as_):
    logged(world.ana, WEEK)
    called(world.ana, WEEK)
    make_time(world.ana, note="My reasons.", asked_at=NOW - 2 * WEEK)
    row = of(world.ana)
    assert row.open_requests == 1
    assert row.why == "A request waits since 24 February."
    assert "My reasons." not in as_(world.cas).get(url(world)).content.decode()


def test_who_needs_most_comes_first_and_those_who_are_out_not_at_all(world, as_):
    logged(world.ana, WEEK)
    called(world.ana, WEEK)
    make_member(world.cohort, world.sam, "withdrawn")
    make_member(world.cohort, world.lee, "alumni")
    rows = as_(world.cas).get(url(world)).context["rows"]
    assert [row.name for row in rows] == ["Zed Kowalski", "Ana Okafor"]
    page = as_(world.cas).get(url(world)).content.decode()
    assert "1 of 2 needs attention" in page


def test_members_and_administrators_do_not_read_it(world, as_):
    for who, status in (("ana", 403), ("ada", 403), ("mo", 404), ("sam", 404), ("cas", 200)):
        assert as_(getattr(world, who)).get(url(world)).status_code == status, who


def test_home_shows_staff_the_five_who_need_attention_most(world, as_):
    for number in range(7):
        make_member(
            world.cohort,
            make_person(world.outreach, name=f"Waits {number}"),
            "applied",
            state_at=NOW - (10 + number) * WEEK,
        )
    found = stuck(Person.objects.get(pk=world.cas.pk), NOW, 5)
    quiet = {"Ana Okafor", "Zed Kowalski"}  # nothing heard of either since September
    assert {row.name for row in found[:2]} == quiet
    assert [row.name for row in found[2:]] == ["Waits 6", "Waits 5", "Waits 4"]
    page = as_(world.cas).get("/").content.decode()
    assert page.index("Who needs attention") < page.index("New small wins")
    assert "Waits 6" in page
    assert "Who needs attention" not in as_(world.ana).get("/").content.decode()


def test_programme_staff_who_run_no_cohort_see_all_that_have_not_ended(world):
    Membership.objects.filter(person=world.cas).update(state="alumni")
    over = Cohort.objects.create(name="Over", starts=date(2024, 1, 1), ends=date(2025, 1, 1))
    make_member(over, make_person(), "applied", state_at=NOW - 5 * WEEK)
    make_member(world.cohort, world.sam, "applied", state_at=NOW - 5 * WEEK)
    names = {row.name for row in stuck(Person.objects.get(pk=world.cas.pk), NOW, 5)}
    assert "Sam" in names
    assert not any(name.startswith("Person") for name in names)


def test_five_hundred_people_take_as_many_queries_as_three_and_no_time(world, as_, capsys):
    """In every state, with wins, sessions and requests: the page, the home page of staff, the cohort’s
    own page and the list of its people."""
    browser = as_(world.cas)
    home = reverse("home:home")
    paths = [
        url(world),
        home,
        *(reverse(f"cohorts:{name}", args=[world.cohort.pk]) for name in ("cohort", "memberships")),
    ]

    def count(path):
        with CaptureQueriesContext(connection) as queries:
            began = monotonic()
            assert browser.get(path).status_code == 200
        return len(queries), monotonic() - began

    session(world, WEEK, ana="came", zed="missed")
    for path in paths:
        browser.get(path)
    few = [count(path)[0] for path in paths]
    people = Person.objects.bulk_create(
        Person(email=f"many{n}@example.org", name=f"Many {n:03}") for n in range(500)
    )
    states = ["invited", "applied", "awaiting_manager", "paused", *["active"] * 6]
    ManagerAgreement.objects.bulk_create(
        ManagerAgreement(
            worker=person, manager=world.mo, hours_a_month=8, cover="Dee.", gives_back="A talk.",
            review_on=LOOKED_AT_AGAIN, state="agreed", proposed_at=NOW, decided_at=NOW,
            decided_by=world.mo, agreed_at=NOW,
        )
        for person in people
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(
            cohort=world.cohort, person=person, state=states[number % len(states)], why="To see.",
            joined_at=NOW - 20 * WEEK, state_at=NOW - (number % 30) * WEEK,
        )
        for number, person in enumerate(people)
    )  # fmt: skip
    for number in range(6):
        held = Session.objects.create(
            cohort=world.cohort,
            title="T",
            starts_at=NOW - (number + 1) * WEEK,
            ends_at=NOW - (number + 1) * WEEK + timedelta(hours=1),
        )
        Attendance.objects.bulk_create(
            Attendance(
                session=held,
                person=person,
                state=("came", "came", "missed", "sent_word")[(place + number) % 4],
                ticked_at=NOW,
                ticked_by=world.cas,
            )
            for place, person in enumerate(people)
        )
    counted = [count(path) for path in paths]
    assert [queries for queries, _ in counted] == few
    health, _, own_page, people_in_it = few  # home shows every room: flat, and more than one list
    assert max(health, own_page, people_in_it) <= 10
    with capsys.disabled():
        took = " and ".join(f"{seconds * 1000:.0f} ms" for _, seconds in counted)
        print(f"\n502 people: health, home, cohort and people in it: {took}; {few} queries")
    shown, after, seen = browser.get(url(world)), "", []
    while True:
        seen += [row.person for row in shown.context["rows"]]
        after = shown.context["after"]
        if not after:
            break
        shown = browser.get(url(world), {"after": after})
    assert len(seen) == len(set(seen)) == 502
    first = browser.get(url(world), {"after": "99999999"})
    assert [row.person for row in first.context["rows"]] == seen[:25]
