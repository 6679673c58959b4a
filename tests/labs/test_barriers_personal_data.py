"""What a person takes out about barriers, what leaving does to them, and what waits on whom."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cohorts.actions import leaving
from cohorts.models import Person
from cohorts.waiting import waiting
from labs import barrier_waiting
from labs import barriers_personal_data as personal
from labs.actions.barriers import answering
from labs.models import Barrier, BarrierWord, SameHere
from systemschangers.kernel.models import SignedLink
from tests.factories.barriers import hand_down, make_barrier, say_same
from tests.factories.leader_requests import make_leader

pytestmark = pytest.mark.django_db


def told(person) -> dict[str, list]:
    return {section.key: list(section.rows) for section in personal.tell_barriers(person)}


def waits(person) -> list[str]:
    return [
        row.label
        for row in waiting(barrier_waiting.KINDS, Person.objects.get(pk=person.pk), timezone.now())
    ]


def test_everything_one_said_is_told_and_nothing_anonymous(world, now):
    lee = make_leader(world.lee)
    barrier = make_barrier(world.ana, "No address.", leader=lee, way="hidden")
    say_same(barrier, world.zed, "With us too.")
    answering.say_cannot(barrier=barrier, words="The law.", by=world.lee, at=now)
    hand_down(barrier, lee, world.outreach)
    make_barrier(None, "Nobody’s.")
    [own] = told(world.ana)["barriers"]
    assert (own["what gets in the way"], own["hidden from"]) == (
        "No address.",
        ["Eastmere Council"],
    )
    assert told(world.zed)["same_here"][0]["words"] == "With us too."
    assert told(world.lee)["barrier_words"][0]["your words"] == "The law."
    assert told(world.lee)["handed_decisions"][0]["to"] == "Street outreach"
    assert told(world.mo) == {
        "barriers": [], "same_here": [], "barrier_words": [], "handed_decisions": []
    }  # fmt: skip


def test_leaving_takes_what_nobody_relies_on_and_the_name_from_the_rest(world, now, as_):
    lee = make_leader(world.lee)
    alone = make_barrier(world.ana, "Nobody answered.", way="hidden")
    relied_on = make_barrier(world.ana, "Zed meets it too.", leader=lee)
    say_same(relied_on, world.zed)
    say_same(make_barrier(world.zed), world.ana, "Mine.")
    leaving.leave(by=world.ana, went_to="left", at=now)
    assert not Barrier.objects.filter(pk=alone.pk).exists()
    assert not SameHere.objects.filter(person=world.ana).exists()
    page = as_(world.mo).get(relied_on.get_absolute_url()).content.decode()
    assert "Zed meets it too." in page
    assert "Ana" not in page
    assert "Someone who has left" in page


def test_a_leader_who_leaves_keeps_the_promise_without_a_name(world, now, as_):
    lee = make_leader(world.lee)
    barrier = make_barrier(world.ana, leader=lee)
    answering.promise(barrier=barrier, words="A box.", due_on=now.date(), by=world.lee, at=now)
    leaving.leave(by=world.lee, went_to="left", at=now)
    page = as_(world.mo).get(barrier.get_absolute_url()).content.decode()
    assert "A box." in page
    assert "Lee" not in page
    assert BarrierWord.objects.get().words == "A box."
    assert not SignedLink.objects.open(now).exists()


def test_what_waits_on_whom(world):
    lee = make_leader(world.lee)
    assert [waits(who) for who in (world.ana, world.lee, world.cas)] == [[], [], []]
    asked = make_barrier(world.ana, state="changed", leader=lee)
    make_barrier(world.ana, state="promised", leader=lee)
    make_barrier(world.zed, leader=lee)
    make_barrier(None, "Nobody is asked.")
    make_barrier(world.ana, "Hidden.", way="hidden", state="changed", asked_on=None)
    assert waits(world.ana) == ["Is your barrier fixed?"]
    assert set(waits(world.lee)) == {
        "A barrier you have the power to change",
        "What you promised about a barrier is due",
    }
    assert waits(world.cas) == ["Nobody is asked to answer this barrier"]
    assert waits(world.mo) == []
    asked.delete()
    assert waits(world.ana) == []
