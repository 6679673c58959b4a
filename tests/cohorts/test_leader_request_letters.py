"""Who is written to about a request to meet a leader, and how often: each once, and as they chose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts import events
from cohorts.actions.leader_requests import chasing, deciding
from cohorts.models import Deputyship, LeaderRequest
from systemschangers.kernel import activity, digests
from systemschangers.kernel.letters import write_about
from systemschangers.kernel.models import Letter, Notification, NotificationChoice
from tests.factories.leader_requests import (
    make_commitment,
    make_leader,
    make_leader_request,
)

pytestmark = pytest.mark.django_db
State = LeaderRequest.State


def write_letters(at):
    """What the queue does with everything that was told at that moment."""
    for row in Notification.objects.select_related("event__actor").filter(made_at=at):
        write_about(row.event, [row.recipient_id], at=at)


def letters_to(person):
    return sorted(Letter.objects.filter(to=person.email).values_list("kind", flat=True))


def test_a_leaders_deputy_hears_by_e_mail_and_the_leader_gets_one_letter(world):
    """The letter with the link is the leader's own; her deputy signs in, and has to know."""
    today, now = timezone.localdate(), timezone.now()
    Deputyship.objects.create(person=world.lee, deputy=world.cas, starts=today, ends=today)
    it = make_leader_request(world.ana, make_leader(world.lee), world.mo, now)
    deciding.approve(request=it, words="", by=world.mo, at=now)
    write_letters(now)
    assert letters_to(world.lee) == ["leader_asked"]
    assert letters_to(world.cas) == ["leader_request.reached_leader"]
    assert "Ana Okafor asks to meet Lee Whitaker." in Letter.objects.get(to=world.cas.email).subject


def test_a_leader_with_an_account_is_asked_once_whether_they_met(world):
    now = timezone.now()
    it = make_leader_request(world.ana, make_leader(world.lee), world.mo, now, state=State.ARRANGED)
    LeaderRequest.objects.filter(pk=it.pk).update(meets_at=now - timedelta(hours=9))
    chasing.ask_whether_held(now)
    write_letters(now)
    assert letters_to(world.lee) == ["leader_met"]
    assert letters_to(world.ana) == ["leader_request.asked_whether_held"]


@pytest.fixture
def kept_too_long(world):
    now = timezone.now()
    it = make_leader_request(world.ana, make_leader(world.lee), world.mo, now)
    LeaderRequest.objects.filter(pk=it.pk).update(waiting_since=now - timedelta(days=20))
    return it


def choose(person, pace):
    NotificationChoice.objects.create(person=person, kind="waits", pace=pace)


def test_what_waits_too_long_is_told_at_once_to_who_wants_it_so(world, kept_too_long):
    now = timezone.now()
    chasing.escalate(now)
    digests.write_digests(at=now + timedelta(days=8))
    assert letters_to(world.cas) == ["leader_escalated"]
    letter = Letter.objects.get(to=world.cas.email)
    assert letter.stop
    assert letter.stop in letter.text
    assert letter.stop in letter.html


def test_it_comes_with_the_letter_of_the_day_to_who_wants_that(world, kept_too_long):
    now = timezone.now()
    choose(world.cas, "daily")
    chasing.escalate(now)
    assert letters_to(world.cas) == []
    digests.write_digests(at=now + timedelta(days=1))
    assert letters_to(world.cas) == ["digest"]
    assert "has waited for ten working days" in Letter.objects.get(to=world.cas.email).text


def test_it_comes_by_no_letter_to_who_wants_none_and_stays_on_the_page(world, kept_too_long):
    now = timezone.now()
    choose(world.cas, "never")
    chasing.escalate(now)
    digests.write_digests(at=now + timedelta(days=8))
    assert letters_to(world.cas) == []
    assert Notification.objects.filter(recipient=world.cas).count() == 1


def test_of_what_moved_on_meanwhile_no_letter_of_the_day_tells(world, kept_too_long):
    now = timezone.now()
    choose(world.cas, "daily")
    chasing.escalate(now)
    LeaderRequest.objects.filter(pk=kept_too_long.pk).update(state=State.MANAGER_ASKS)
    digests.write_digests(at=now + timedelta(days=1))
    assert letters_to(world.cas) == []


def test_many_notices_of_requests_and_promises_take_as_many_queries_as_one(world, as_):
    """The names of who asks, and whom, come along with the requests."""
    now, leader = timezone.now(), make_leader(world.lee)

    def tell(number):
        at = now + timedelta(days=number)
        it = make_leader_request(
            world.ana, leader, world.mo, at, state=State.FOLLOWED_UP, meets_at=at - timedelta(30)
        )
        promise = make_commitment(it, at)
        with transaction.atomic():
            for verb, target in (
                (events.LEADER_REQUEST_SENT, it),
                (events.LEADER_REQUEST_REACHED_LEADER, it),
                (events.COMMITMENT_LEADERS_VIEW, promise),
            ):
                activity.record(verb, actor=None, target=target, at=at, notify=[world.cas])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = browser.get(reverse("home:notifications")).content.decode()
        assert "asks to meet Lee Whitaker" in page
        return len(captured)

    browser = as_(world.cas)
    tell(0)
    browser.get(reverse("home:notifications"))
    one = queries()
    for number in range(1, 8):
        tell(number)
    assert queries() == one
