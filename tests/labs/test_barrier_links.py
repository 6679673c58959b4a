"""A barrier carried by a request to meet a leader, and answered by signed link."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cohorts.models import Person
from labs.actions import handed_decisions
from labs.actions.barriers import raising, tidying
from labs.models import Barrier
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter, Thread
from systemschangers.kernel.threads import threads_of, tie
from tests.factories.barriers import answers, make_barrier
from tests.factories.leader_requests import make_leader, make_leader_request

pytestmark = pytest.mark.django_db


def anew(person) -> Person:
    return Person.objects.get(pk=person.pk)


def raised(world, now, **more) -> Barrier:
    given = {"way": "named", "service": world.outreach, "by": world.ana, "at": now} | more
    return raising.raise_barrier(answers=answers("The form asks for an address."), **given)


def test_a_leader_request_carries_a_barrier(world, as_, now):
    barrier = make_barrier(world.ana, "No address, no flat.")
    foreign = make_barrier(world.zed, "Not mine.")
    request = make_leader_request(world.ana, make_leader(world.lee), world.mo, now)
    ana, url = as_(world.ana), f"/leader-requests/{request.pk}/carrying/"
    assert "No address, no flat." in ana.get(url).content.decode()
    ana.post(url, {"kind": "barrier", "take": barrier.pk})
    assert Thread.objects.get().target_id == barrier.pk
    assert "No address, no flat." in as_(world.mo).get(request.get_absolute_url()).content.decode()
    assert "This is carried by" in as_(world.mo).get(barrier.get_absolute_url()).content.decode()
    assert "carried by" not in as_(world.zed).get(barrier.get_absolute_url()).content.decode()
    assert ana.post(url, {"kind": "barrier", "take": foreign.pk}).status_code == 404
    ana.post(url, {"kind": "barrier", "leave": barrier.pk})
    assert not Thread.objects.exists()


def test_a_hidden_barrier_is_carried_past_those_it_is_hidden_from(world, now):
    hidden = make_barrier(world.ana, "My manager’s habit.", way="hidden")
    request = make_leader_request(world.ana, make_leader(world.lee), world.mo, now)
    tie(request, Thread.Kind.CARRIES, hidden, by=world.ana, at=now)
    assert len(threads_of(request, anew(world.ana))) == 1
    assert threads_of(request, anew(world.mo)) == []


@pytest.fixture
def by_link(world, now, client):
    """A barrier whose leader has no account, and the address in her letter."""
    ruth = make_leader(name="Ruth", email="ruth@example.org", organisation=world.charity)
    barrier = raising.raise_barrier(
        way="named", answers=answers("No address.", leader=ruth), by=world.ana, at=timezone.now()
    )
    return barrier, address_in_letter("ruth@example.org")


def address_in_letter(email: str) -> str:
    text = Letter.objects.filter(to=email).latest("pk").text
    return "/barrier-links/" + text.split("/barrier-links/")[1].split()[0]


def test_a_leader_without_an_account_answers_by_link_once_and_gets_the_next(by_link, client):
    barrier, address = by_link
    assert "No address." in client.get(address).content.decode()
    assert Barrier.objects.get(pk=barrier.pk).state == "raised", "opening decides nothing"
    done = client.post(address, {"step": "look", "words": "Thank you."}, follow=True)
    assert "It is on the board" in done.content.decode()
    assert barrier.words.get().by_name == "Ruth"
    assert client.post(address, {"step": "cannot", "words": "No."}).status_code == 410
    following = address_in_letter("ruth@example.org")
    assert following != address
    client.post(following, {"step": "cannot", "words": "The law asks for one."})
    assert Barrier.objects.get(pk=barrier.pk).state == "cannot"


def test_a_link_passed_on_to_somebody_here_shows_them_nothing(by_link, world, as_):
    _, address = by_link
    page = as_(world.mo).get(address)
    assert page.status_code == 403
    assert "No address." not in page.content.decode()


def test_a_link_ends_when_it_is_hidden_from_the_leader_or_another_is_asked(
    by_link, world, client, now
):
    barrier, address = by_link
    ruth = barrier.leader
    ruth.organisation = world.council
    ruth.save()
    Barrier.objects.filter(pk=barrier.pk).update(way="hidden")
    barrier.hidden_from.set([world.council])
    assert client.get(address).status_code == 410
    Barrier.objects.filter(pk=barrier.pk).update(way="named")
    assert client.get(address).status_code == 200
    raising.name_holder(
        barrier=barrier, leader=make_leader(world.lee), by=world.cas, at=timezone.now()
    )
    assert client.get(address).status_code == 410


def test_random_keys_tell_no_order(world):
    keys = [make_barrier(world.ana).pk for _ in range(20)]
    assert keys != sorted(keys)
    assert all(len(str(key)) == 16 for key in keys)


def test_every_step_is_recorded(world, now):
    barrier = raised(world, now)
    tidying.set_aside(barrier=barrier, words="A name.", by=world.cas, at=now)
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "barrier.raised",
        "barrier.set_aside",
    ]


def test_an_answer_too_late_is_told_in_words(world, as_):
    lee = make_leader(world.lee)
    fixed = make_barrier(world.ana, state="fixed", leader=lee)
    page = as_(world.lee).post(f"{fixed.get_absolute_url()}response/", {"step": "look"})
    assert page.status_code == 409
    assert "already “fixed”" in page.content.decode()
    with pytest.raises(WrongState):
        handed_decisions.hand_down(
            barrier=fixed,
            service=world.outreach,
            decision="A.",
            limits="B.",
            by=world.lee,
            at=timezone.now(),
        )
