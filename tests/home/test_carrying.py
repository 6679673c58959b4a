"""What a worker takes along to a leader: who reads it, also by letter, and until when."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.actions.leader_requests import letters
from systemschangers.kernel.models import Thread
from systemschangers.kernel.threads import tie
from tests.factories.barriers import make_barrier
from tests.factories.leader_requests import make_leader, make_leader_request, token_in_letter
from tests.factories.wins import make_win

pytestmark = pytest.mark.django_db


def take(it, thing, world):
    tie(it, Thread.Kind.CARRIES, thing, by=world.ana, at=timezone.now())


def letters_page(it) -> str:
    letters.ask_leader(it, at=timezone.now())
    token = token_in_letter("lin@example.org", "leader_asked")
    return Client().get(reverse("cohorts:leader_link", args=[token])).content.decode()


@pytest.fixture
def asked(world):
    """Ana asks somebody of the council who has no account."""
    leader = make_leader(name="Lin Barrow", email="lin@example.org", organisation=world.council)
    now = timezone.now()
    return make_leader_request(world.ana, leader, world.mo, now, state="awaiting_leader")


def test_a_leader_reads_by_letter_what_is_taken_along_in_full(asked, world):
    long = "We got the form down to one page. " * 9 + "It took a year."
    take(asked, make_win(world.ana, long), world)
    take(asked, make_barrier(world.zed, "No address, no flat."), world)
    page = letters_page(asked)
    assert "What Ana Okafor takes along" in page
    assert "It took a year." in page
    assert page.index("It took a year.") < page.index("No address, no flat.")


def test_by_letter_nothing_shows_that_is_not_for_everyone_here(asked, world):
    """The letter may be passed on, and whoever opens it may not be who it was for."""
    for visibility in ("only_me", "service", "cohort"):
        take(asked, make_win(world.ana, f"A win for {visibility}.", visibility=visibility), world)
    take(asked, make_win(world.ana, "A win taken back.", state="taken_back"), world)
    take(asked, make_barrier(world.ana, "A hidden barrier.", way="hidden"), world)
    page = letters_page(asked)
    assert "takes along" not in page
    assert "A win" not in page
    assert "A hidden barrier" not in page


@pytest.mark.parametrize("state", ["closed", "withdrawn", "declined_by_leader"])
def test_nothing_more_is_taken_along_once_it_is_over(state, asked, world, as_):
    browser, over = (
        as_(world.ana),
        make_leader_request(world.ana, asked.leader, world.mo, timezone.now(), state=state),
    )
    url = reverse("home:carrying", args=[over.pk])
    assert url not in browser.get(over.get_absolute_url()).content.decode()
    win = make_win(world.ana)
    answer = browser.post(url, {"take": win.pk})
    assert answer.status_code == 403
    assert "It is over" in answer.content.decode()
    assert not Thread.objects.exists()
    open_ = reverse("home:carrying", args=[asked.pk])
    assert open_ in browser.get(asked.get_absolute_url()).content.decode()


def test_what_the_leader_does_not_see_is_said_where_it_is_chosen(asked, world, as_):
    page = lambda: as_(world.ana).get(reverse("home:carrying", args=[asked.pk])).content.decode()  # noqa: E731
    says = "Lin Barrow does not see this one"
    take(asked, make_win(world.ana), world)
    assert says not in page()
    take(asked, make_win(world.ana, "For us.", visibility="cohort"), world)
    take(asked, make_barrier(world.ana, "A hidden barrier.", way="hidden"), world)
    assert page().count(says) == 2
    mine = make_win(world.zed, "For everyone.")
    assert mine.excerpt not in page()
