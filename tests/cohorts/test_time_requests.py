"""Protected time: asked, decided, answered, withdrawn, taken or lost; and the ledger of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts import ledger, time_waiting
from cohorts.actions import time_requests as actions
from cohorts.hours import Asked
from cohorts.models import Post, TimeRequest
from cohorts.waiting import waiting
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests.conftest import NOW
from tests.factories.cohorts import make_person
from tests.factories.memberships import without_agreement
from tests.factories.time import SLOT, make_agreement, make_time

NEW = "/time/new/"
TYPED = {
    "purpose": "stand_back",
    "day": "2026-03-17",
    "starts": "14:00",
    "ends": "17:00",
    "hours": "",
    "weeks": "1",
    "cover": "Dee takes my calls.",
    "note": "Look at who comes back.",
}


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(NOW, tick=False):
        yield


def test_three_hours_are_asked_and_the_manager_and_deputy_told(world, as_):
    response = as_(world.ana).post(NEW, TYPED, follow=True)
    asked = TimeRequest.objects.get()
    assert (asked.hours, asked.manager, asked.slot) == (3, world.mo, "Tue 17 Mar, 2pm to 5pm")
    assert "Mo Rahman has been told" in response.content.decode()
    assert {n.recipient for n in Notification.objects.all()} == {world.mo, world.dee}


def test_hours_instead_of_an_end_and_twelve_weeks(world, as_):
    """By the clock on the wall, across the day the clocks go forward."""
    as_(world.ana).post(NEW, TYPED | {"ends": "", "hours": "1.5", "weeks": "12"})
    slots = list(TimeRequest.objects.order_by("starts_at"))
    assert len(slots) == 12
    assert len({slot.series for slot in slots}) == 1
    assert {timezone.localtime(slot.starts_at).hour for slot in slots} == {14}
    assert {slot.hours for slot in slots} == {Decimal("1.5")}
    assert Notification.objects.filter(recipient=world.mo).count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"day": "2026-03-09"}, "day", "has passed"),
        ({"day": "2026-03-10", "starts": "09:00"}, "starts", "has passed"),
        ({"day": "2028-01-01"}, "day", "within a year"),
        ({"day": "0000-00-00"}, "day", "day we can read"),
        ({"ends": "13:00"}, "ends", "ends before it starts"),
        ({"ends": "14:00"}, "ends", "ends before it starts"),
        ({"ends": "14:05"}, "ends", "quarter of an hour"),
        ({"starts": "06:00", "ends": "20:00"}, "ends", "up to 12 hours"),
        ({"ends": "", "hours": "25"}, "hours", "A day has 24 hours"),
        ({"ends": "", "hours": "13"}, "hours", "up to 12 hours"),
        ({"ends": "", "hours": "11"}, "hours", "past midnight"),
        ({"ends": "", "hours": "0"}, "hours", "quarter of an hour"),
        ({"ends": "", "hours": "-1"}, "hours", "quarter of an hour"),
        ({"ends": "", "hours": "1.1"}, "hours", "in quarters"),
        ({"ends": "", "hours": "NaN"}, "hours", "as a number"),
        ({"ends": "", "hours": "1e30"}, "hours", "24 hours"),
        ({"ends": "", "hours": ""}, "ends", "when it ends"),
        ({"hours": "2"}, "hours", "Leave one of them empty"),
        ({"starts": "half two"}, "starts", "time we can read"),
        ({"weeks": "13"}, "weeks", "valid choice"),
        ({"purpose": "sleep"}, "purpose", "valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(changes, field, says, world, as_):
    response = as_(world.ana).post(NEW, TYPED | changes)
    assert says in str(response.context["form"].errors[field])
    assert "Look at who comes back." in response.content.decode()
    assert not TimeRequest.objects.exists()


def test_without_a_line_manager_the_page_says_who_can_set_one(world, as_):
    page = as_(world.zed).get(NEW)
    assert "Nobody is set as your line manager" in page.content.decode()
    assert as_(world.zed).post(NEW, TYPED).status_code == 403


def test_approved_time_is_named_when_it_is_in_the_way(world, as_, now):
    make_time(world.ana, "approved")
    page = as_(world.ana).post(NEW, TYPED).content.decode()
    assert "already has approved time on Tue 17 Mar, 2pm to 4pm" in page
    asked = make_time(world.ana, starts_at=SLOT + timedelta(hours=1))
    with pytest.raises(ValidationError, match="approved time on Tue 17 Mar, 2pm to 4pm"):
        actions.approve(request=asked, by=world.mo, at=now)
    asked.refresh_from_db()
    assert asked.state == "requested"
    url = reverse("cohorts:time_request_decision", args=[asked.pk])
    page = as_(world.mo).post(url, {"decision": "approve"}).content.decode()
    assert "approved time on Tue 17 Mar, 2pm to 4pm" in page


def test_one_after_the_other_is_no_overlap(world, now):
    make_time(world.ana, "approved")
    asked = make_time(world.ana, starts_at=SLOT + timedelta(hours=2))
    assert actions.approve(request=asked, by=world.mo, at=now)


def test_two_approvals_at_the_same_moment_are_stopped_by_the_database(world, now, monkeypatch):
    """Between the look and the write: the constraint speaks, and the words name the other slot."""
    make_time(world.ana, "approved")
    asked = make_time(world.ana, starts_at=SLOT + timedelta(hours=1))
    with pytest.raises(ValidationError, match="Tue 17 Mar, 2pm to 4pm"):
        actions.approve(request=asked, by=world.dee, at=now)


def test_beyond_the_agreed_hours_is_marked_never_blocked(world, now, as_):
    make_agreement(world.ana)
    make_time(world.ana, "approved", starts_at=SLOT - timedelta(days=2), hours=4)
    make_time(world.ana, "taken", starts_at=SLOT - timedelta(days=9), hours=3)
    asked = make_time(world.ana, hours=3)
    row = TimeRequest.objects.with_hours().get(pk=asked.pk)
    assert Asked.of([row], now).beyond == "2 hours beyond the 8 you agreed for March"
    page = as_(world.mo).get(reverse("cohorts:decisions")).content.decode()
    assert "2 hours beyond the 8 you agreed for March" in page
    assert actions.approve(request=asked, by=world.mo, at=now)


def test_within_the_agreed_hours_nothing_is_marked_and_without_any_it_says_so(world, now):
    without_agreement(world.ana)
    asked = make_time(world.ana)
    read = TimeRequest.objects.with_hours()
    assert Asked.of([read.get(pk=asked.pk)], now).beyond == "No hours are agreed yet"
    make_agreement(world.ana)
    assert Asked.of([read.get(pk=asked.pk)], now).beyond == ""


def test_the_manager_sees_who_else_is_away_then(world, as_):
    other = make_person(name="Bea Lund")
    make_time(other, "approved", manager=world.mo, starts_at=SLOT + timedelta(hours=1))
    make_time(world.ana)
    assert "Also away then: Bea Lund" in as_(world.mo).get("/decisions/").content.decode()


def test_more_is_asked_answered_and_approved(world, as_):
    asked = make_time(world.ana, "more_asked")
    answer = reverse("cohorts:time_request_answer", args=[asked.pk])
    assert "Who covers the phone?" in as_(world.ana).get(answer).content.decode()
    as_(world.ana).post(answer, {"answer": "Dee does.", "cover": "Dee"})
    page = as_(world.mo).get("/decisions/").content.decode()
    assert "Dee does." in page
    assert "Who covers the phone?" in page
    assert as_(world.ana).post(answer, {"answer": "Again.", "cover": ""}).status_code == 409


def test_withdrawn_after_approval_and_the_manager_is_told(world, as_):
    asked = make_time(world.ana, "approved")
    as_(world.ana).post(reverse("cohorts:time_request_withdrawal", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert Notification.objects.filter(recipient=world.mo).exists()


def test_time_that_has_begun_is_told_not_withdrawn(world, now):
    asked = make_time(world.ana, "approved")
    with pytest.raises(Refused, match="Say whether you took it"):
        actions.withdraw(request=asked, by=world.ana, at=SLOT + timedelta(hours=1))
    with pytest.raises(Refused, match="still to come"):
        actions.take(request=asked, by=world.ana, at=now)


def test_taken_with_a_tap_and_corrected_with_another(world, as_):
    asked = make_time(world.ana, "approved", starts_at=NOW - timedelta(days=1))
    url = reverse("cohorts:time_request_outcome", args=[asked.pk])
    for outcome in ("taken", "lost", "taken"):
        as_(world.ana).post(url, {"outcome": outcome})
        asked.refresh_from_db()
        assert asked.state == outcome
    assert as_(world.ana).post(url, {"outcome": "taken"}).status_code == 409


def test_lost_time_cannot_become_taken_over_other_taken_time(world, as_):
    day = NOW - timedelta(days=1)
    lost = make_time(world.ana, "lost", starts_at=day)
    make_time(world.ana, "taken", starts_at=day + timedelta(hours=1))
    url = reverse("cohorts:time_request_outcome", args=[lost.pk])
    page = as_(world.ana).post(url, {"outcome": "taken"}, follow=True).content.decode()
    assert "already has approved time" in page
    lost.refresh_from_db()
    assert lost.state == "lost"


def march(world):
    """Agreed 8, asked 12, approved 7, taken 3, lost 2; and 5 in April."""
    make_agreement(world.ana)
    for day, (state, hours) in enumerate(
        [
            ("approved", 2),
            ("taken", 3),
            ("lost", 2),
            ("declined", 4),
            ("requested", 1),
            ("withdrawn", 6),
        ]
    ):
        make_time(world.ana, state, starts_at=SLOT - timedelta(days=day), hours=hours)
    make_time(world.ana, "approved", starts_at=SLOT + timedelta(days=20), hours=5)


def test_the_ledger_of_a_month(world):
    march(world)
    april, this, february = ledger.of_worker(
        world.ana, [date(2026, 4, 1), date(2026, 3, 1), date(2026, 2, 1)]
    )
    assert (this.agreed, this.asked, this.approved, this.taken, this.lost) == (8, 12, 7, 3, 2)
    assert (april.agreed, april.asked, april.approved) == (8, 5, 5)
    assert february.is_empty


def test_a_slot_counts_in_the_month_of_its_local_day(world):
    """Half past midnight on 1 July in London is still June in UTC."""
    make_time(
        world.ana, "taken", starts_at=timezone.make_aware(timezone.datetime(2026, 7, 1, 0, 30))
    )
    july, june = ledger.of_worker(world.ana, [date(2026, 7, 1), date(2026, 6, 1)])
    assert (july.taken, june.taken) == (2, 0)


def test_agreed_hours_end_with_the_agreement(world):
    ended = NOW + timedelta(days=40)
    make_agreement(world.ana, "ended", ended_at=ended, at=NOW - timedelta(days=40))
    make_agreement(world.ana, hours_a_month=5, at=ended)
    months = [date(2026, month, 1) for month in (1, 2, 3, 4, 5)]
    assert [line.agreed for line in ledger.of_worker(world.ana, months)] == [8, 8, 8, 5, 5]


def test_a_proposal_that_was_talked_away_was_never_agreed(world):
    without_agreement(world.ana)
    agreement = make_agreement(world.ana, "talk")
    agreement.end(by=world.ana, at=NOW)
    agreement.save()
    (line,) = ledger.of_worker(world.ana, [date(2026, 3, 1)])
    assert line.agreed == 0


def test_the_worker_sees_her_months_and_the_manager_the_teams_figures_only(world, as_):
    march(world)
    TimeRequest.objects.update(note="About my own manager.", cover="Private cover.")
    own = as_(world.ana).get("/ledger/").content.decode()
    assert "Mar 2026" in own
    for who in (world.mo, world.dee):
        page = as_(who).get("/ledger/team/?month=2026-03").content.decode()
        assert "Ana Okafor" in page
        assert "About my own manager." not in page
        assert "Private cover." not in page
        assert "stand back" not in page
    assert "Ana Okafor" not in as_(world.lee).get("/ledger/team/").content.decode()


@pytest.mark.parametrize("month", ["2026-13", "x", "0000-00", "99999-01", "2026-1e9", "-", "²-1"])
def test_a_month_we_cannot_read_is_this_one(month, world, as_):
    response = as_(world.mo).get("/ledger/team/", {"month": month})
    assert response.status_code == 200
    assert response.context["month"] == date(2026, 3, 1)


def test_what_waits_on_the_worker_and_the_manager(world):
    make_time(world.ana, "approved", starts_at=NOW - timedelta(days=1))
    make_time(world.ana, "more_asked")
    make_agreement(world.ana, "talk")
    labels = [row.label for row in waiting(time_waiting.KINDS, world.ana, NOW)]
    assert labels == [
        "Your manager asks about your time",
        "Did you take your time?",
        "Your agreement needs talking through",
    ]
    make_time(world.ana)
    assert [row.label for row in waiting(time_waiting.KINDS, world.mo, NOW)] == [
        "1 decision waits for you"
    ]
    assert waiting(time_waiting.KINDS, world.zed, NOW) == []


def more_rows(world):
    for number in range(30):
        worker = make_person()
        Post.objects.create(
            person=worker,
            service=world.outreach,
            title="Worker",
            line_manager=world.mo,
            started=date(2025, 1, 6),
        )
        make_time(worker, "taken")
        make_agreement(worker)
        make_time(world.ana, starts_at=SLOT + timedelta(days=number))


@pytest.mark.parametrize(
    ("url", "who"),
    [("/time/", "ana"), ("/agreements/", "mo"), ("/ledger/", "ana"), ("/ledger/team/", "mo")],
)
def test_thirty_rows_cost_no_more_queries_than_one(url, who, world, as_):
    browser = as_(getattr(world, who))
    make_time(world.ana, "approved", starts_at=NOW - timedelta(days=1))
    make_agreement(world.ana)
    browser.get(url)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    before = count()
    more_rows(world)
    assert count() == before <= 8


def test_time_of_a_meeting_goes_with_the_meeting(world, now, as_):
    """It is neither withdrawn nor told of on its own; the request to meet does both."""
    from tests.factories.leader_requests import make_leader, make_leader_request

    meeting = make_leader_request(world.ana, make_leader(), world.mo, now, state="arranged")
    slot = meeting.time_request
    with pytest.raises(Refused, match="belongs to a meeting"):
        actions.withdraw(request=slot, by=world.ana, at=now)
    with pytest.raises(Refused, match="Say there whether you met"):
        actions.take(request=slot, by=world.ana, at=slot.ends_at)
    with time_machine.travel(slot.ends_at + timedelta(hours=1)):
        assert "Did you take your time?" not in [
            row.label
            for row in waiting(time_waiting.KINDS, world.ana, slot.ends_at + timedelta(hours=1))
        ]
        page = as_(world.ana).get(reverse("cohorts:time_request", args=[slot.pk])).content.decode()
    assert "Lost to cover" not in page
