"""A request to meet a leader on its pages: asked, decided, answered by link, met, kept."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from cohorts.actions.leader_requests import answering, asking, chasing, deciding
from cohorts.models import Commitment, LeaderRequest, TimeRequest
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Letter, Notification, SignedLink
from systemschangers.kernel.policy import Refused
from systemschangers.kernel.sending import message
from tests.factories.leader_requests import (
    make_commitment,
    make_leader,
    make_leader_request,
    token_in_letter,
)

State = LeaderRequest.State


@pytest.fixture
def leader(world):
    """Somebody with no account, who reads e-mail on a phone."""
    return make_leader(name="Lin Barrow", email="lin@example.org", meetings_a_month=1)


@pytest.fixture
def make(world, leader):
    """One of Ana's, in any state, at the time it is now."""

    def in_state(state, **fields):
        fields.setdefault("at", timezone.now())
        return make_leader_request(world.ana, leader, world.mo, state=state, **fields)

    return in_state


def page(browser, it) -> str:
    return browser.get(it.get_absolute_url()).content.decode()


def send_step(browser, it, step, **data):
    address = reverse("cohorts:leader_request_step", args=[it.pk])
    return browser.post(address, {"step": step, **data}, follow=True)


def through_link(token, step, **data):
    address = reverse("cohorts:leader_link", args=[token])
    return Client().post(address, {"step": step, **data}, follow=True)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_the_whole_life_of_a_request(world, leader, as_):
    ana, mo = as_(world.ana), as_(world.mo)
    written = {
        "leader": leader.pk,
        "purpose": "I would like to show what the form does.",
        "question": "Who can change it?",
        "hours": "2",
    }
    answer = ana.post(reverse("cohorts:leader_request_new"), written, follow=True)
    it = LeaderRequest.objects.get()
    assert "Send to Mo Rahman" in answer.content.decode()
    assert mo.get(it.get_absolute_url()).status_code == 404
    ana.post(reverse("cohorts:leader_request_check", args=[it.pk]))
    assert "With Mo Rahman since" in page(ana, it)
    answer = send_step(mo, it, "decide", decision="approve")
    assert "waiting for the leader" in answer.content.decode()
    token = token_in_letter("lin@example.org", "leader_asked")
    offered = {f"day_{n}": in_days(20 + n).isoformat() for n in (1, 2, 3)}
    offered |= {f"time_{n}": "10:30" for n in (1, 2, 3)}
    answer = through_link(token, "offer", where="Room 4", words="Glad to.", **offered)
    assert "That is done" in answer.content.decode()
    assert it.offered_dates.count() == 3
    picked = it.offered_dates.all()[1]
    answer = send_step(ana, it, "pick", date=picked.pk)
    assert "arranged" in answer.content.decode()
    it.refresh_from_db()
    assert it.time_request.state == TimeRequest.State.APPROVED
    assert it.time_request.starts_at == it.meets_at == picked.starts_at
    LeaderRequest.objects.update(meets_at=timezone.now() - timedelta(hours=5))
    chasing.ask_whether_held(timezone.now())
    send_step(ana, it, "met", met="yes")
    promised = {"promise_1": "Ask IT.", "due_1": in_days(9).isoformat()}
    promised |= {"promise_2": "Write back.", "due_2": in_days(19).isoformat()}
    send_step(ana, it, "note", notes="We looked at the form.", **promised)
    kept, open_still = Commitment.objects.all()
    ana.post(kept.get_absolute_url(), {"state": "kept", "words": "It is done."})
    answer = send_step(ana, it, "close", verdict="changed", words="The form is shorter.")
    text = answer.content.decode()
    assert "something changed" in text.lower()
    assert "The form is shorter." in text
    kept.refresh_from_db()
    it.refresh_from_db()
    assert (kept.state, open_still.state, it.state) == ("kept", "open", "closed")
    copy = token_in_letter("lin@example.org", "leader_copy")
    right = {
        f"promise_{kept.pk}": "Ask IT and finance.",
        f"due_{kept.pk}": kept.due_on.isoformat(),
        f"promise_{open_still.pk}": open_still.words,
        f"due_{open_still.pk}": open_still.due_on.isoformat(),
    }
    through_link(copy, "correct", **right)
    kept.refresh_from_db()
    assert kept.words == "Ask IT and finance."
    assert "It said: “Ask IT.”" in page(ana, it)


def test_what_is_missing_is_said_in_words(world, make, as_):
    it = make(State.AWAITING_MANAGER)
    assert (
        "Choose a reason."
        in send_step(as_(world.mo), it, "decide", decision="decline", words="No.").content.decode()
    )
    it = make(State.HELD)
    answer = send_step(as_(world.ana), it, "note", notes="x", promise_1="Ring.", due_1="2020-01-01")
    assert "has passed" in answer.content.decode()
    assert "Ring." in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"hours": "25"}, "Twelve hours at most"),
        ({"hours": "many"}, "as a number"),
        ({"purpose": ""}, "is empty"),
        ({"leader": "0"}, "valid choice"),
    ],
)
def test_the_helper_says_what_to_mend(changes, says, world, leader, as_):
    given = {"leader": leader.pk, "purpose": "A", "question": "B", "hours": "2"} | changes
    answer = as_(world.ana).post(reverse("cohorts:leader_request_new"), given)
    assert says in answer.content.decode()
    assert not LeaderRequest.objects.exists()


def test_a_leader_at_capacity_can_be_asked_for_a_later_month(world, leader, make, as_):
    now = timezone.now()
    make(State.ARRANGED, meets_at=now + timedelta(minutes=1))
    browser = as_(world.ana)
    text = browser.get(leader.get_absolute_url()).content.decode()
    assert "None left this month" in text
    assert "for a later month" in text
    draft = make(State.DRAFT)
    text = browser.get(reverse("cohorts:leader_request_check", args=[draft.pk])).content.decode()
    assert "no meeting left this month" in text


def test_a_manager_who_left_in_between_is_another_by_the_time_it_is_sent(world, make, as_):
    it = make(State.DRAFT)
    world.ana.posts.update(line_manager=world.dee)
    as_(world.ana).post(reverse("cohorts:leader_request_check", args=[it.pk]))
    it.refresh_from_db()
    assert it.manager == world.dee
    world.dee.is_active = False
    world.dee.save()
    assert "the manager has left" in page(as_(world.ana), it)
    deciding.approve(request=it, words="", by=world.cas, at=timezone.now())


def test_picking_a_date_with_time_approved_already_says_so(world, make, as_):
    it = make(State.DATES_OFFERED)
    date = it.offered_dates.first()
    make(State.ARRANGED, meets_at=date.starts_at + timedelta(minutes=30))
    answer = send_step(as_(world.ana), it, "pick", date=date.pk)
    assert "already approved time" in answer.content.decode()
    it.refresh_from_db()
    assert (it.state, it.time_request) == (State.DATES_OFFERED, None)


def test_calendar_letters_keep_one_uid_and_count_up(world, make):
    it = make(State.DATES_OFFERED)
    now = timezone.now()
    asking.pick(request=it, date=it.offered_dates.first(), by=world.ana, at=now)
    answering.rearrange(request=it, words="Ill.", by=world.ana, at=now)
    letters = Letter.objects.filter(to="ana@example.org").exclude(calendar="").order_by("pk")
    events = [Calendar.from_ical(letter.calendar) for letter in letters]
    assert [one["METHOD"] for one in events] == ["REQUEST", "CANCEL"]
    first, last = (one.walk("VEVENT")[0] for one in events)
    assert first["UID"] == last["UID"]
    assert last["SEQUENCE"] > first["SEQUENCE"]
    parts = list(message(letters.first()).message().walk())
    assert parts[-1].get_content_type() == "text/calendar"
    assert parts[-1].get_param("method") == "REQUEST"
    assert Letter.objects.filter(to="lin@example.org").exclude(calendar="").count() == 2


def test_the_feed_names_nobody_and_ends_at_once(world, make, as_):
    make(State.ARRANGED)
    ana = as_(world.ana)
    text = ana.post(reverse("cohorts:calendar"), {"what": "new"}, follow=True).content.decode()
    address = "/calendar/" + text.split("/calendar/")[1].split(".ics")[0] + ".ics"
    answer = Client().get(address)
    body = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert len(Calendar.from_ical(body).walk("VEVENT")) == 1
    for private in ("Ana", "Lin", "Barrow", "move-on", "letter"):
        assert private not in body
    assert address not in ana.get(reverse("cohorts:calendar")).content.decode()
    ana.post(reverse("cohorts:calendar"), {"what": "end"})
    assert Client().get(address).status_code == 404


def test_the_leader_is_reminded_of_a_promise_once(world, make):
    now = timezone.now()
    make_commitment(make(State.FOLLOWED_UP), now, due_on=in_days(2))
    assert chasing.remind_leaders(now) == 1
    assert chasing.remind_leaders(now + timedelta(days=1)) == 0
    token = token_in_letter("lin@example.org", "leader_reminder")
    address = reverse("cohorts:leader_link", args=[token])
    Client().get(address)
    assert Commitment.objects.get().leaders_view == ""
    Client().post(address, {"words": "It is in hand."})
    assert Commitment.objects.get().leaders_view == "It is in hand."


def test_both_are_asked_whether_they_met_once(world, make):
    now = timezone.now()
    make(State.ARRANGED, meets_at=now - timedelta(hours=1))  # begun, not over
    it = make(State.ARRANGED, meets_at=now - timedelta(hours=9))
    assert chasing.ask_whether_held(now) == 1
    assert chasing.ask_whether_held(now) == 0
    assert Notification.objects.filter(recipient=world.ana).count() == 1
    through_link(token_in_letter("lin@example.org", "leader_met"), "met", met="no", words="Ill.")
    it.refresh_from_db()
    assert (it.state, it.time_request) == (State.DID_NOT_HAPPEN, None)


def test_two_deciders_make_one_decision(world, make):
    it = make(State.AWAITING_MANAGER)
    now = timezone.now()
    deciding.approve(request=it, words="", by=world.mo, at=now)
    with pytest.raises(WrongState, match="Mo Rahman has already decided this"):
        deciding.decline(request=it, ground="cover", words="No.", by=world.mo, at=now)


@pytest.mark.django_db(transaction=True)
def test_a_crowd_of_deciders_makes_one_decision_and_all_read_whose(world, leader):
    from cohorts.models import Deputyship

    now = timezone.now()
    Deputyship.objects.all().delete()
    Deputyship.objects.create(
        person=world.mo, deputy=world.dee, starts=timezone.localdate(), ends=in_days(2)
    )
    it = make_leader_request(world.ana, leader, world.mo, now)
    start, outcomes = Barrier(8), []

    def decide(number):
        who = (world.mo, world.dee)[number % 2]
        try:
            start.wait()
            if number % 4 < 2:
                deciding.approve(request=it, words="", by=who, at=now)
            else:
                deciding.decline(request=it, ground="cover", words="No.", by=who, at=now)
            outcomes.append("decided")
        except WrongState as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("decided") == 1
    assert sum("has already decided this" in outcome for outcome in outcomes) == 7


# --- Signed links ---------------------------------------------------------------------------------


@pytest.fixture
def asked(world, make):
    """A request that has come to the leader, and the token in her letter."""
    it = make(State.AWAITING_MANAGER)
    deciding.approve(request=it, words="", by=world.mo, at=timezone.now())
    return it, token_in_letter("lin@example.org", "leader_asked")


def refused(answer, status, says):
    text = answer.content.decode()
    assert answer.status_code == status
    assert says in text
    assert "Nothing was changed" in text


def test_opening_a_link_decides_nothing(asked):
    it, token = asked
    address = reverse("cohorts:leader_link", args=[token])
    for _ in range(3):
        assert Client().get(address).status_code == 200
        assert Client().head(address).status_code == 200
    it.refresh_from_db()
    assert it.state == State.AWAITING_LEADER
    assert SignedLink.objects.get().used_at is None


def test_a_link_works_once(asked):
    it, token = asked
    through_link(token, "ask", words="Who else?")
    before = LeaderRequest.objects.values().get(pk=it.pk)
    refused(through_link(token, "refuse", words="No."), 410, "has been used")
    assert LeaderRequest.objects.values().get(pk=it.pk) == before


def test_a_link_that_ran_out(asked):
    it, token = asked
    SignedLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1), made_at=it.made_at)
    refused(through_link(token, "refuse", words="No."), 410, "run out")
    it.refresh_from_db()
    assert it.state == State.AWAITING_LEADER


def test_a_link_for_another_purpose(asked, world):
    it, token = asked
    refused(through_link(token, "met", met="yes"), 403, "something else")
    SignedLink.objects.update(purpose="manager_agreement")
    refused(through_link(token, "refuse", words="No."), 403, "something else")
    it.refresh_from_db()
    assert it.state == State.AWAITING_LEADER


def test_a_link_called_off_when_the_request_is_taken_back(asked, world):
    it, token = asked
    asking.withdraw(request=it, words="", by=world.ana, at=timezone.now())
    refused(through_link(token, "refuse", words="No."), 410, "moved on")


def test_a_link_passed_on_to_somebody_signed_in(asked, world, as_):
    it, token = asked
    address = reverse("cohorts:leader_link", args=[token])
    refused(as_(world.ana).get(address), 403, "This link is for Lin Barrow")
    refused(as_(world.ana).post(address, {"step": "refuse", "words": "No."}), 403, "for Lin Barrow")
    it.refresh_from_db()
    assert it.state == State.AWAITING_LEADER


def test_a_link_nobody_knows(world):
    refused(Client().get("/leader-links/nothing-like-it/"), 404, "don’t know this link")


def test_the_leader_hears_that_the_link_was_used(asked):
    _, token = asked
    through_link(token, "ask", words="Who else?")
    assert "asked for more" in Letter.objects.get(to="lin@example.org", kind="leader_used").text


def test_only_a_hash_of_the_token_is_kept(asked):
    _, token = asked
    assert token not in str(SignedLink.objects.values().get())


def test_pointing_to_another_leader_asks_them_and_the_yes_stands(asked, world):
    it, token = asked
    other = make_leader(world.lee)
    through_link(token, "point", leader=other.pk, words="Housing is Lee’s.")
    it.refresh_from_db()
    assert (it.leader, it.state) == (other, State.AWAITING_LEADER)
    assert it.manager_decided_by == world.mo
    assert Letter.objects.filter(to="lee@example.org", kind="leader_asked").count() == 1
    assert LeaderRequest.objects.visible_to(world.lee).get() == it


# --- Silence --------------------------------------------------------------------------------------


def test_silence_is_delayed_then_long_overdue_then_told_once(world, make, as_):
    it = make(State.AWAITING_MANAGER)
    now = timezone.now()
    for days, says in ((1, ""), (8, "Delayed"), (20, "Long overdue")):
        LeaderRequest.objects.update(waiting_since=now - timedelta(days=days))
        assert says in page(as_(world.ana), it)
    LeaderRequest.objects.update(waiting_since=now)
    with pytest.raises(Refused, match="Only Mo Rahman"):
        deciding.approve(request=it, words="", by=world.cas, at=now)
    assert chasing.escalate(now) == 0
    LeaderRequest.objects.update(waiting_since=now - timedelta(days=20))
    assert [chasing.escalate(now + timedelta(hours=n)) for n in range(3)] == [1, 0, 0]
    assert Notification.objects.filter(recipient=world.cas).count() == 1
    assert Letter.objects.filter(to="cas@example.org", kind="leader_escalated").count() == 1
    deciding.approve(request=it, words="Mo is ill.", by=world.cas, at=now)
    assert "(deputy, for Mo Rahman)" in page(as_(world.ana), it)


def test_thirty_requests_cost_no_more_queries_than_one(world, make, as_):
    browsers = [(as_(world.ana), "mine"), (as_(world.cas), "others"), (as_(world.cas), "late")]
    old = timezone.now() - timedelta(days=30)
    make(State.AWAITING_MANAGER, waiting_since=old)

    def counts():
        found = []
        for browser, show in browsers:
            with CaptureQueriesContext(connection) as queries:
                text = browser.get(f"{reverse('cohorts:leader_requests')}?show={show}").content
            assert b"Ana Okafor and Lin Barrow" in text
            found.append(len(queries))
        return found

    before = counts()
    for _ in range(29):
        make(State.AWAITING_MANAGER, waiting_since=old)
    assert counts() == before
    assert max(before) <= 8


def test_thirty_leaders_cost_no_more_queries_than_one(world, leader, as_):
    browser, address = as_(world.ana), reverse("cohorts:leaders")

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    leader.themes.set(world.themes)
    before = count()
    for _ in range(24):
        make_leader().themes.set(world.themes)
    assert count() == before <= 8


def test_who_asked_nobody_begins_with_the_requests_they_have_a_part_in(world, make, as_):
    make(State.AWAITING_MANAGER)
    address = reverse("cohorts:leader_requests")
    assert "Ana Okafor and Lin Barrow" in as_(world.mo).get(address).content.decode()
    mine = as_(world.mo).get(address, {"show": "mine"}).content.decode()
    assert "You have asked nobody yet" in mine or "line manager" in mine
    assert "Ana Okafor and Lin Barrow" in as_(world.ana).get(address).content.decode()
