"""Agreements: proposed, talked through, agreed, renewed; never lapsing silently."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import manager_agreements as actions
from cohorts.models import ManagerAgreement, Membership, Post
from cohorts.policy.manager_agreements import may_activate
from systemschangers.kernel import batches
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests.conftest import NOW
from tests.factories.memberships import without_agreement
from tests.factories.time import make_agreement

TERMS = {
    "hours_a_month": 8,
    "cover": "Dee takes my calls.",
    "gives_back": "A short talk.",
    "review_on": date(2026, 9, 30),
}
TYPED = TERMS | {"review_on": "2026-09-30"}
NEW = "/agreements/new/"


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _nothing_agreed_yet(world):
    without_agreement(world.ana)
    without_agreement(world.zed)


def heard(verb):
    return {n.recipient for n in Notification.objects.filter(event__verb=verb)}


def test_a_proposal_goes_to_the_line_manager_and_todays_deputy(world, now):
    proposed = actions.propose(**TERMS, by=world.ana, at=now)
    assert (proposed.manager, proposed.state) == (world.mo, "proposed")
    assert heard("agreement.proposed") == {world.mo, world.dee}


def test_a_second_proposal_waits_for_the_first(world, now):
    actions.propose(**TERMS, by=world.ana, at=now)
    with pytest.raises(Refused, match="proposal waiting already"):
        actions.propose(**TERMS, by=world.ana, at=now)


def test_without_a_line_manager_the_page_says_who_can_set_one(world, as_):
    Post.objects.filter(person=world.ana).update(line_manager=None)
    browser = as_(world.ana)
    page = browser.get(NEW).content.decode()
    assert "Nobody is set as your line manager" in page
    assert "Cas Mendes" in page
    assert browser.post(NEW, TYPED).status_code == 403
    assert not ManagerAgreement.objects.exists()


def test_talked_through_proposed_again_and_agreed(world, now, as_):
    as_(world.ana).post(NEW, TYPED)
    agreement = ManagerAgreement.objects.get()
    page, decide = (
        reverse(f"cohorts:agreement{part}", args=[agreement.pk]) for part in ("", "_decision")
    )
    manager, worker = as_(world.mo), as_(world.ana)
    without = manager.post(decide, {"decision": "talk"})
    assert "Say what needs talking through" in without.content.decode()
    manager.post(decide, {"decision": "talk", "words": "Who covers Mondays?"})
    assert "Who covers Mondays?" in worker.get(page).content.decode()
    again = reverse("cohorts:agreement_proposal", args=[agreement.pk])
    assert "Dee takes my calls." in worker.get(again).content.decode()
    worker.post(again, TYPED | {"hours_a_month": 6})
    manager.post(decide, {"decision": "agree"})
    agreement.refresh_from_db()
    assert (agreement.state, agreement.hours_a_month) == ("agreed", 6)
    assert "Agree to" not in manager.get(page).content.decode()


def test_a_renewal_ends_the_old_one_only_when_it_is_agreed(world, now):
    old = make_agreement(world.ana)
    new = actions.propose(**TERMS | {"hours_a_month": 10}, by=world.ana, at=now)
    old.refresh_from_db()
    assert old.state == "agreed"
    actions.agree(agreement=new, words="Gladly.", by=world.dee, at=now)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state, old.ended_at) == ("ended", "agreed", new.agreed_at)
    assert new.decider == "Dee Hughes, deputy for Mo Rahman"
    assert ManagerAgreement.objects.agreed_for(world.ana).get() == new


def test_either_ends_it_and_the_other_is_told(world, as_):
    for who, other in ((world.ana, world.mo), (world.mo, world.ana)):
        agreement = make_agreement(world.ana)
        ending = reverse("cohorts:agreement_ending", args=[agreement.pk])
        browser = as_(who)
        assert "End this agreement?" in browser.get(ending).content.decode()
        browser.post(ending)
        agreement.refresh_from_db()
        assert (agreement.state, agreement.ended_by) == ("ended", who)
        assert other in heard("agreement.ended")
        assert browser.post(ending).status_code == 409


def test_who_comes_second_reads_who_decided(world, now):
    agreement = make_agreement(world.ana, "proposed")
    actions.agree(agreement=agreement, words="", by=world.dee, at=now)
    with pytest.raises(WrongState, match="Dee Hughes, deputy for Mo Rahman has already agreed"):
        actions.talk_through(agreement=agreement, words="Wait.", by=world.mo, at=now)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"hours_a_month": "0"}, "hours_a_month", "one hour"),
        ({"hours_a_month": "81"}, "hours_a_month", "80 hours"),
        ({"hours_a_month": "1e30"}, "hours_a_month", "whole hours"),
        ({"cover": "  "}, "cover", "is empty"),
        ({"gives_back": ""}, "gives_back", "is empty"),
        ({"gives_back": "x" * 1001}, "gives_back", "too long"),
        ({"review_on": "2026-03-10"}, "review_on", "has passed"),
        ({"review_on": "9999-12-31"}, "review_on", "two years"),
        ({"review_on": "0000-01-01"}, "review_on", "day we can read"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(changes, field, says, world, as_):
    response = as_(world.ana).post(NEW, TYPED | changes)
    assert says in str(response.context["form"].errors[field])
    if "cover" not in changes:
        assert "Dee takes my calls." in response.content.decode()
    assert not ManagerAgreement.objects.exists()


def days(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=8)


def test_both_are_asked_once_a_month_before_and_weekly_after(world):
    """Walked day by day, as the schedule does it."""
    agreement = make_agreement(world.ana, review_on=date(2026, 9, 30))
    asked_on = [
        day
        for day in (date(2026, 8, 1) + timedelta(days=n) for n in range(85))
        if actions.ask_to_renew(at=days(day))
    ]
    assert asked_on == [
        date(2026, 8, 31),
        *(date(2026, 10, 1) + timedelta(days=7 * n) for n in range(4)),
    ]
    assert heard("agreement.renewal_asked") == {world.ana, world.mo}
    agreement.refresh_from_db()
    assert agreement.state == "agreed"


def test_nobody_is_asked_while_a_renewal_is_on_the_table(world, now):
    make_agreement(world.ana, review_on=date(2026, 4, 1))
    actions.propose(**TERMS, by=world.ana, at=now)
    assert actions.ask_to_renew(at=now) == 0


def test_asking_takes_all_of_them_in_batches(world, now, monkeypatch):
    from tests.factories.cohorts import make_person

    monkeypatch.setattr(batches, "BATCH", 3)
    for _ in range(7):
        make_agreement(make_person(), manager=world.mo, review_on=date(2026, 4, 1))
    assert actions.ask_to_renew(at=now) == 7
    assert actions.ask_to_renew(at=now) == 0


def test_past_its_review_day_it_stands_and_says_so(world, as_):
    agreement = make_agreement(world.ana, review_on=date(2026, 3, 1))
    page = as_(world.ana).get(reverse("cohorts:agreement", args=[agreement.pk])).content.decode()
    assert "It stands until you renew or end it" in page
    assert "Propose to renew" in page
    assert "Dee takes my calls." in as_(world.ana).get(NEW).content.decode()


def test_a_membership_becomes_active_only_with_an_agreement(world):
    membership = Membership.objects.get(person=world.ana)
    assert "no agreement with a manager yet" in may_activate(membership).reason
    make_agreement(world.ana, "talk")
    assert not may_activate(membership)
    ManagerAgreement.objects.all().delete()
    make_agreement(world.ana)
    assert may_activate(membership)
    assert may_activate(Membership.objects.get(person=world.cas))


def test_a_race_of_two_proposals_is_refused_in_words(world, now):
    from cohorts.clashes import clashes_in_words

    make_agreement(world.ana, "proposed")
    with (
        pytest.raises(ValidationError, match="already a proposal"),
        clashes_in_words(ManagerAgreement),
    ):
        make_agreement(world.ana, "proposed")


def test_strangers_do_not_see_it(world, as_):
    url = reverse("cohorts:agreement", args=[make_agreement(world.ana).pk])
    answers = {
        name: as_(getattr(world, name)).get(url).status_code
        for name in ("ana", "mo", "dee", "cas", "lee", "sam", "zed", "ada")
    }
    sees = {name for name, status in answers.items() if status == 200}
    assert sees == {"ana", "mo", "dee", "cas"}
    assert set(answers.values()) == {200, 404}
