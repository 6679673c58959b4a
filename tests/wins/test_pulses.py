"""The pulse: answered once, by nobody anyone can tell, and shown for groups of five or more."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.models import Organisation, Person, Service
from systemschangers.kernel.models import Event
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_person
from wins.actions import pulses
from wins.models import PulseAnswer, PulseTurn
from wins.models.pulses import quarter_after, quarter_of

THEN = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)
AFTER = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
SPRING = date(2026, 1, 1)


def say(person: Person, step: int = 4, at: datetime = THEN) -> None:
    pulses.answer(steps=dict.fromkeys(range(1, 14), step), by=person, at=at)


@pytest.fixture
def crowd(world):
    """Two services of one organisation, of seven people and of six; two services of another: 5 and 2."""
    trust, small = (Organisation.objects.create(name=name) for name in ("Trust", "Small"))
    world.of = {}
    for name, organisation, many in (
        ("A", trust, 7),
        ("B", trust, 6),
        ("C", small, 5),
        ("D", small, 2),
    ):
        service = Service.objects.create(organisation=organisation, name=name)
        world.of[name] = [make_person(service) for _ in range(many)]
    world.trust, world.small = trust, small
    return world


def test_each_answers_once_a_quarter(world):
    say(world.ana)
    with pytest.raises(Refused, match="You have answered this time"):
        say(Person.objects.get(pk=world.ana.pk))
    say(Person.objects.get(pk=world.ana.pk), at=AFTER)
    assert PulseTurn.objects.filter(person=world.ana).count() == 2


def test_only_who_holds_a_post_answers(world):
    with pytest.raises(Refused, match="a job in a service"):
        say(world.sam)


def test_an_answer_holds_nothing_that_identifies(world):
    """No person, no time, no running number, and no event beside it."""
    before = Event.objects.count()
    say(world.ana)
    assert {field.name for field in PulseAnswer._meta.fields} == {
        "id", "round", "condition", "step", "organisation", "service"
    }  # fmt: skip
    assert {field.name for field in PulseTurn._meta.fields} == {"id", "round", "person"}
    assert Event.objects.count() == before
    ids = list(PulseAnswer.objects.order_by("condition").values_list("id", flat=True))
    assert len(ids) == 13
    assert ids != sorted(ids)
    # Fewer than five people work in her service, and in her organisation: neither is kept.
    assert set(PulseAnswer.objects.values_list("organisation", "service")) == {(None, None)}


@pytest.mark.django_db(transaction=True)
def test_after_a_night_neither_order_nor_transaction_joins_who_and_what(world):
    people = [world.ana, world.mo, world.dee, world.zed]
    for step, person in enumerate(people, 1):
        say(person, step)
    with connection.cursor() as cursor:

        def told(table: str) -> list:
            cursor.execute(f"SELECT id, xmin::text, ctid::text FROM {table} ORDER BY ctid")
            return cursor.fetchall()

        before = told("wins_pulseturn"), told("wins_pulseanswer")
        assert len({row[1] for row in before[0]}) == len(people)
        pulses.mix(at=THEN)
        after = told("wins_pulseturn"), told("wins_pulseanswer")
    assert len({row[1] for table in after for row in table}) == 1
    assert not {row[0] for row in before[1]} & {row[0] for row in after[1]}
    assert sorted(PulseAnswer.objects.values_list("step", flat=True)) == sorted([1, 2, 3, 4] * 13)


def test_groups_of_fewer_than_five_lose_their_name_and_none_is_left_over(crowd):
    for person in [*crowd.of["A"], *crowd.of["B"][:3], *crowd.of["C"], *crowd.of["D"]]:
        say(person)
    pulses.mix(at=AFTER)
    first = PulseAnswer.objects.filter(condition=1)
    # Three of B are fewer than five: so A, whose rest would be those three, goes with them.
    assert not first.filter(organisation=crowd.trust, service__isnull=False).exists()
    assert first.filter(organisation=crowd.trust).count() == 10
    # Two of D never had a name; C, whose rest they would be, loses its own.
    assert not first.filter(organisation=crowd.small, service__isnull=False).exists()


def test_an_open_round_is_not_shown_and_one_that_is_over_is(crowd, as_):
    for person in [*crowd.of["A"], *crowd.of["B"]]:
        say(person, 2)
    browser = as_(crowd.ana)
    with time_machine.travel(THEN, tick=False):
        assert b"The first round is open" in browser.get("/pulse/").content
    with time_machine.travel(AFTER, tick=False):
        page = browser.get("/pulse/")
        assert "Rarely true" in page.content.decode()
        assert [name for _, name in page.context["columns"]] == ["Trust"]
        inside = browser.get("/pulse/", {"of": crowd.trust.pk})
        assert [name for _, name in inside.context["columns"]] == ["A", "B"]
        over = browser.get("/pulse/conditions/8/").content.decode()
        assert "Hours taken" in over


def test_a_rest_of_one_is_never_left_between_the_whole_and_its_groups(crowd, as_):
    """Thirteen of the trust and one of elsewhere: with the trust shown, the one could be worked out."""
    for person in [*crowd.of["A"], *crowd.of["B"], crowd.ana]:
        say(person, 5)
    with time_machine.travel(AFTER, tick=False):
        assert not list(as_(crowd.ana).get("/pulse/").context["columns"])


def test_the_pages_take_as_many_queries_for_one_group_as_for_many(crowd, as_):
    browser = as_(crowd.ana)
    counted = []
    for people in ([*crowd.of["A"], *crowd.of["C"]], crowd.of["B"]):
        for person in people:
            say(person)
        with time_machine.travel(AFTER, tick=False), CaptureQueriesContext(connection) as queries:
            assert browser.get("/pulse/").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8, counted


def test_quarters():
    assert [quarter_of(date(2026, month, 9)).month for month in (1, 3, 4, 9, 12)] == [
        1,
        1,
        4,
        7,
        10,
    ]
    assert quarter_after(date(2026, 10, 1)) == date(2027, 1, 1)
    assert quarter_after(date(2026, 7, 1)) == date(2026, 10, 1)
