"""“Same here”, and duplicates put together and taken apart."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from cohorts.models import Person
from labs.actions import same_heres
from labs.actions.barriers import tidying
from labs.models import Barrier, SameHere
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests.factories.barriers import make_barrier, say_same

pytestmark = pytest.mark.django_db
ALL = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def anew(person) -> Person:
    return Person.objects.get(pk=person.pk)


def seers(world, barrier) -> set[str]:
    return {
        who
        for who in ALL
        if Barrier.objects.visible_to(anew(getattr(world, who))).filter(pk=barrier.pk).exists()
    }


def test_same_here_is_said_changed_taken_back_and_put_back(world, as_):
    barrier = make_barrier(world.ana)
    zed, url = as_(world.zed), f"{barrier.get_absolute_url()}same-here/"
    zed.post(url, {"words": "With us it is the bank card.", "service": world.hostel.pk})
    zed.post(url, {"words": "With us it is the bank card, too.", "service": world.hostel.pk})
    assert SameHere.objects.get().words == "With us it is the bank card, too."
    assert Notification.objects.filter(recipient=world.ana).count() == 1, "told once"
    page = zed.post(f"{url}removal/", follow=True).content.decode()
    assert "bank card" not in page.split("Undo")[1].split("<details")[0]
    zed.post(f"{url}removal/?undo=1")
    assert SameHere.objects.get().removed_at is None
    assert "bank card, too" in zed.get(barrier.get_absolute_url()).content.decode()


def test_same_here_is_not_for_ones_own_nor_without_a_service(world, now):
    barrier = make_barrier(world.ana)
    for who in (world.ana, world.sam):
        with pytest.raises(Refused):
            same_heres.say(barrier=barrier, words="Yes.", service=world.outreach, by=who, at=now)
    with pytest.raises(ValidationError, match="a service you work in"):
        same_heres.say(barrier=barrier, words="Yes.", service=world.outreach, by=world.zed, at=now)


def test_duplicates_are_put_together_and_nobodys_words_are_lost(world, now, as_):
    stands, other = make_barrier(world.ana, "No address."), make_barrier(world.zed, "No postcode.")
    say_same(other, world.mo, "The bank asks for one.")
    tidying.merge(barrier=other, into=stands, by=world.cas, at=now)
    page = as_(world.dee).get(stands.get_absolute_url()).content.decode()
    for words in (
        "No address.",
        "No postcode.",
        "The bank asks for one.",
        "Zed Kowalski",
        "Mo Rahman",
    ):
        assert words in page
    assert (
        "Put together with another" in as_(world.dee).get(other.get_absolute_url()).content.decode()
    )
    board = as_(world.dee).get("/barriers/").content.decode()
    assert "No postcode." not in board
    tidying.unmerge(barrier=other, by=world.cas, at=now)
    assert "No postcode." in as_(world.dee).get("/barriers/").content.decode()
    assert "No postcode." not in as_(world.dee).get(stands.get_absolute_url()).content.decode()


def test_nothing_hangs_in_a_chain(world, now):
    first, second, third = (make_barrier(world.ana, f"Number {n}.") for n in range(3))
    with pytest.raises(ValidationError, match="another barrier than this"):
        tidying.merge(barrier=first, into=first, by=world.cas, at=now)
    tidying.merge(barrier=second, into=first, by=world.cas, at=now)
    with pytest.raises(ValidationError, match="does not stand"):
        tidying.merge(barrier=third, into=second, by=world.cas, at=now)
    with pytest.raises(ValidationError, match="Others are merged"):
        tidying.merge(barrier=first, into=third, by=world.cas, at=now)
    with pytest.raises(ValidationError, match="Take them apart"):
        tidying.set_aside(barrier=first, words="A name.", by=world.cas, at=now)


def test_being_looked_at_is_not_lost_by_putting_together(world, now):
    stands, other = make_barrier(world.ana), make_barrier(world.zed, state="looking")
    tidying.merge(barrier=other, into=stands, by=world.cas, at=now)
    tidying.unmerge(barrier=other, by=world.cas, at=now)
    assert Barrier.objects.get(pk=other.pk).state == "looking"


def test_what_is_set_aside_only_its_raiser_and_staff_read(world, now, as_):
    barrier = make_barrier(world.ana)
    tidying.set_aside(barrier=barrier, words="It names a street.", by=world.cas, at=now)
    assert seers(world, barrier) == {"ana", "cas"}
    assert "It names a street." in as_(world.ana).get(barrier.get_absolute_url()).content.decode()
