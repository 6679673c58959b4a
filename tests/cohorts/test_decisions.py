"""Everything that waits for one person: who sees it, in which order, decided in place."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.actions import decisions as handing_over
from cohorts.actions import time_requests as actions
from cohorts.decisions import count_waiting, waiting_for
from cohorts.models import Deputyship, ManagerAgreement, Person, Post, TimeRequest
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Notification
from systemschangers.kernel.policy import Refused
from tests.conftest import NOW
from tests.factories.cohorts import make_person
from tests.factories.memberships import without_agreement
from tests.factories.roles import make_statement
from tests.factories.time import ASKED, SLOT, make_agreement, make_time

LIST = "/decisions/"


@pytest.fixture
def that_day():
    with time_machine.travel(NOW, tick=False):
        yield


def worker_of(world, manager, **fields):
    person = make_person(**fields)
    Post.objects.create(
        person=person,
        service=world.outreach,
        title="Worker",
        line_manager=manager,
        started=date(2025, 1, 6),
    )
    return person


def things(person, now, **options):
    return [decision.thing for decision in waiting_for(person, now, **options)]


def test_the_manager_sees_both_kinds_oldest_first(world, now):
    later = make_time(world.ana, asked_at=ASKED + timedelta(hours=2))
    agreement = make_agreement(world.ana, "proposed", at=ASKED + timedelta(hours=1))
    first = make_time(world.ana, asked_at=ASKED, starts_at=SLOT + timedelta(days=1))
    assert things(world.mo, now) == [first, agreement, later]
    assert count_waiting(world.mo, now) == 3


def test_a_role_statement_waits_beside_time_and_is_agreed_in_place(world, now, that_day, as_):
    asked = make_time(world.ana, asked_at=ASKED)
    role = make_statement(world.ana, world.mo, ASKED + timedelta(hours=1), "proposed")
    make_statement(world.ana, world.mo, ASKED, "talk")
    make_statement(world.ana, world.mo, ASKED)
    assert things(world.mo, now) == [asked, role]
    assert things(world.ana, now) == []
    (_, decision) = waiting_for(world.dee, now)
    assert (decision.thing, decision.deputy_for) == (role, world.mo)
    browser = as_(world.mo)
    assert "Meets other services each quarter." in browser.get(LIST).content.decode()
    said = {"decision": "agree", "edition": role.edition, "form_at": LIST}
    at = reverse("cohorts:role_statement_decision", args=[role.pk])
    assert browser.post(at, said | {"edition": 9}).status_code == 200, "other words than were read"
    assert browser.post(at, said).url == LIST
    role.refresh_from_db()
    assert (role.state, role.decided_by) == ("agreed", world.mo)
    assert things(world.mo, now) == [asked]


def test_the_deputy_sees_it_for_the_manager_while_he_is_away(world, now):
    asked = make_time(world.ana)
    (decision,) = waiting_for(world.dee, now)
    assert (decision.thing, decision.deputy_for) == (asked, world.mo)
    after = now + timedelta(days=30)
    assert things(world.dee, after) == []
    assert things(world.mo, after) == [asked]


def test_what_has_been_decided_or_is_others_does_not_wait(world, now):
    for state in ("more_asked", "approved", "declined", "withdrawn", "taken", "lost"):
        make_time(world.ana, state, starts_at=SLOT + timedelta(days=len(state)), asked_at=ASKED)
    make_agreement(world.ana, "talk")
    make_time(worker_of(world, world.lee))
    assert things(world.mo, now) == []
    assert things(world.ana, now) == []


def test_a_deputy_never_decides_her_own(world, now):
    """Dee asks Mo, and stands in for him that day."""
    Post.objects.filter(person=world.dee).update(line_manager=world.mo)
    own = make_time(world.dee)
    assert things(world.dee, now) == []
    with pytest.raises(Refused, match="Mo Rahman decides this"):
        actions.approve(request=own, by=world.dee, at=now)


def test_the_database_refuses_it_too(world):
    from django.db import IntegrityError, transaction

    own = make_time(world.ana)
    with pytest.raises(IntegrityError, match="time_nobody_decides_their_own"), transaction.atomic():
        TimeRequest.objects.filter(pk=own.pk).update(
            state="approved", decided_by=world.ana, decided_at=ASKED
        )
    agreement = make_agreement(world.ana, "proposed")
    with pytest.raises(IntegrityError, match="agreement_nobody_decides_their_own"):
        ManagerAgreement.objects.filter(pk=agreement.pk).update(
            state="agreed", decided_by=world.ana, decided_at=ASKED, agreed_at=ASKED
        )


def test_a_series_is_one_decision(world, now):
    asked = ask_weekly(world, now, 4)
    (decision,) = waiting_for(world.mo, now)
    assert decision.thing == asked[0]
    assert decision.more["asked"].hours == 8
    actions.approve(request=decision.thing, by=world.mo, at=now)
    assert set(TimeRequest.objects.values_list("state", flat=True)) == {"approved"}
    assert things(world.mo, now) == []


def ask_weekly(world, now, weeks):
    slots = [
        (SLOT + timedelta(weeks=week), SLOT + timedelta(weeks=week, hours=2))
        for week in range(weeks)
    ]
    return actions.ask(purpose="lab", slots=slots, cover="", note="", by=world.ana, at=now)


def test_one_day_of_a_series_may_be_decided_alone(world, now):
    asked = ask_weekly(world, now, 3)
    actions.decline(
        request=asked[1], ground="cover", words="No cover.", alone=True, by=world.mo, at=now
    )
    actions.approve(request=asked[0], by=world.mo, at=now)
    states = TimeRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["approved", "declined", "approved"]


def test_pages_follow_each_other_without_gap_or_repeat(world, now):
    """Also where many began to wait at the same moment."""
    for number in range(30):
        make_time(world.ana, asked_at=ASKED, starts_at=SLOT + timedelta(days=number))
    make_agreement(world.ana, "proposed", at=ASKED)
    first = waiting_for(world.mo, now, size=10)
    second = waiting_for(world.mo, now, after=first.after, size=10)
    third = waiting_for(world.mo, now, after=second.after, size=11)
    seen = [(decision.kind, decision.thing.pk) for decision in [*first, *second, *third]]
    assert len(seen) == len(set(seen)) == 31
    assert third.after == ""
    assert len(waiting_for(world.mo, now, after="nonsense", size=10)) == 10


@pytest.mark.usefixtures("that_day")
def test_approved_in_place_with_a_press_and_back_to_the_list(world, as_):
    asked = make_time(world.ana)
    url = reverse("cohorts:time_request_decision", args=[asked.pk])
    response = as_(world.dee).post(url, {"decision": "approve", "form_at": LIST}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Approved 2 hours for Ana Okafor" in response.content.decode()
    page = as_(world.ana).get(reverse("cohorts:time_request", args=[asked.pk])).content.decode()
    assert "Dee Hughes, deputy for Mo Rahman" in page
    heard = Notification.objects.filter(event__verb="time.approved")
    assert {n.recipient for n in heard} == {world.ana, world.mo}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"decision": "decline", "words": "Not then."}, "Choose a ground"),
        ({"decision": "decline", "ground": "busy"}, "Say in a sentence why not now"),
        (
            {"decision": "decline", "ground": "nonsense", "words": "x"},
            "Choose a ground|valid choice",
        ),
        ({"decision": "more", "words": "  "}, "Say what you need to know"),
        ({"words": "Yes"}, "Press one of the buttons"),
    ],
)
@pytest.mark.usefixtures("that_day")
def test_a_decision_without_its_words_keeps_what_was_typed(given, says, world, as_):
    import re

    asked = make_time(world.ana)
    url = reverse("cohorts:time_request_decision", args=[asked.pk])
    page = as_(world.mo).post(url, given | {"form_at": LIST}).content.decode()
    assert re.search(says, page)
    assert given.get("words", "").strip() in page
    assert not Event.objects.exists()


@pytest.mark.usefixtures("that_day")
def test_who_comes_second_reads_who_decided(world, as_):
    asked = make_time(world.ana)
    url = reverse("cohorts:time_request_decision", args=[asked.pk])
    as_(world.dee).post(url, {"decision": "approve"})
    response = as_(world.mo).post(url, {"decision": "decline", "ground": "busy", "words": "No."})
    assert response.status_code == 409
    assert "Dee Hughes, deputy for Mo Rahman has already approved this" in response.content.decode()


@pytest.mark.usefixtures("that_day")
def test_the_way_back_never_leads_elsewhere(world, as_):
    asked = make_time(world.ana)
    url = reverse("cohorts:time_request_decision", args=[asked.pk])
    response = as_(world.mo).post(
        url, {"decision": "approve", "form_at": "//evil.example/decisions/"}
    )
    assert response.url == reverse("cohorts:time_request", args=[asked.pk])


@pytest.mark.usefixtures("that_day")
def test_three_hundred_waiting_page_and_stay_flat(world, as_):
    browser = as_(world.mo)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(LIST).status_code == 200
        return len(captured)

    make_agreement(world.ana, "proposed")
    make_time(world.ana)
    browser.get(LIST)
    one = queries()
    workers = [worker_of(world, world.mo) for _ in range(10)]
    for number in range(298):
        worker = workers[number % 10]
        make_time(worker, manager=world.mo, starts_at=SLOT + timedelta(days=number))
    assert queries() == one <= 10, one
    page = browser.get(LIST)
    assert len(page.context["page"]) == 25
    cards, after = 25, page.context["page"].after
    while after:
        page = browser.get(LIST, {"after": after})
        cards, after = cards + len(page.context["page"]), page.context["page"].after
    assert cards == 300


def test_a_manager_who_left_hands_over_to_the_next(world, now):
    """What was decided stays his; what is open goes to her, and both are told."""
    open_, old = (
        make_time(world.ana),
        make_time(world.ana, "taken", starts_at=SLOT - timedelta(days=30)),
    )
    agreement = make_agreement(world.ana)
    Post.objects.filter(person=world.ana).update(line_manager=world.lee)
    assert handing_over.hand_over(worker=world.ana, by=world.cas, at=now) == 2
    for row in (open_, old, agreement):
        row.refresh_from_db()
    assert (open_.manager, agreement.manager, old.manager) == (world.lee, world.lee, world.mo)
    assert agreement.decider == "Mo Rahman"
    heard = Notification.objects.filter(event__verb="time.moved")
    assert {n.recipient for n in heard} == {world.ana, world.lee}
    assert things(world.lee, now) == [open_]
    with pytest.raises(Refused, match="Lee Whitaker decides this"):
        actions.approve(request=open_, by=world.mo, at=now)


def test_what_was_left_behind_is_found_by_the_schedule(world, now):
    without_agreement(world.ana)
    asked = make_time(world.ana)
    assert handing_over.hand_over_left_behind(at=now) == 0
    Post.objects.filter(person=world.ana).update(line_manager=world.lee)
    assert handing_over.hand_over_left_behind(at=now) == 1
    asked.refresh_from_db()
    assert asked.manager == world.lee
    assert handing_over.hand_over_left_behind(at=now) == 0


@pytest.mark.usefixtures("that_day")
def test_without_a_line_manager_it_stays_and_the_page_says_so(world, as_, now):
    asked = make_time(world.ana)
    Post.objects.filter(person=world.ana).update(line_manager=None)
    assert handing_over.hand_over(worker=world.ana, by=None, at=now) == 0
    page = as_(world.ana).get(reverse("cohorts:time_request", args=[asked.pk])).content.decode()
    assert "Your line manager has changed" in page


@pytest.mark.django_db(transaction=True)
def test_a_hundred_and_fifty_at_once_make_ten_decisions(world, now):
    """Mo and Dee, together fifteen times on each of ten requests; the slower read who was quicker."""
    asked = [make_time(world.ana, starts_at=SLOT + timedelta(days=n)) for n in range(10)]
    tries = [
        (request, who, n % 2)
        for n in range(15)
        for request in asked
        for who in [world.mo if n % 3 else world.dee]
    ]
    assert len(tries) == 150
    threads_count, outcomes = 15, []
    start = Barrier(threads_count)

    def work(mine):
        try:
            start.wait()
            for request, who, declines in mine:
                by = Person.objects.get(pk=who.pk)
                try:
                    if declines:
                        actions.decline(request=request, ground="busy", words="No.", by=by, at=now)
                    else:
                        actions.approve(request=request, by=by, at=now)
                    outcomes.append(None)
                except WrongState as told:
                    outcomes.append((request.pk, str(told)))
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=[tries[n::threads_count]]) for n in range(threads_count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [outcome for outcome in outcomes if outcome]
    assert (len(outcomes), len(told)) == (150, 140)
    decided = {request.pk: request for request in TimeRequest.objects.for_list()}
    for pk, words in told:
        did = "approved this" if decided[pk].state == "approved" else "declined this"
        assert words == f"{decided[pk].decider} has already {did}."
    verbs = Event.objects.filter(target_type="cohorts.timerequest")
    assert verbs.count() == 10


def test_a_deputy_for_two_managers_sees_both(world, now):
    Deputyship.objects.create(
        person=world.lee, deputy=world.dee, starts=now.date(), ends=now.date()
    )
    one, two = make_time(world.ana), make_time(worker_of(world, world.lee))
    assert set(things(world.dee, now)) == {one, two}
