"""Learning partners: named for many at once, shared out evenly, and never one's own."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.actions import learning_partners as actions
from cohorts.models import LearningCall, Membership
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_person
from tests.factories.memberships import make_member
from tests.factories.running import make_call, pair


@pytest.fixture
def seats(world):
    """Ana's and Zed's."""
    return [world.ana.memberships.get(), world.zed.memberships.get()]


def url(world) -> str:
    return reverse("cohorts:learning_partners", args=[world.cohort.pk])


def join(world, role="participant", **fields):
    person = make_person(**fields)
    make_member(world.cohort, person, role=role, joined_at=person.joined_at)
    return person


def test_two_get_one_in_one_go_and_all_three_are_told(world, seats, as_):
    typed = {"members": [seat.pk for seat in seats], "partner": world.cas.pk}
    page = as_(world.cas).post(url(world), typed, follow=True).content.decode()
    assert "Cas Mendes is the learning partner of 2 people more" in page
    assert set(Membership.objects.filter(learning_partner=world.cas)) == set(seats)
    assert {n.recipient for n in Notification.objects.all()} == {world.ana, world.zed}
    told = as_(world.ana).get(reverse("home:notifications")).content.decode()
    assert "has named your learning partner in Eastmere one" in told


def test_the_partner_hears_of_how_many(world, seats, now):
    maggie = join(world, "learning_partner", name="Maggie Thornhill")
    actions.name(
        cohort=world.cohort, members=[s.pk for s in seats], partner=maggie, by=world.cas, at=now
    )
    event = Notification.objects.get(recipient=maggie).event
    assert event.data == {"people": 2}


def test_taken_away_nobody_is_told(world, seats, now):
    pair(world.ana, world.cas, world.cohort)
    actions.name(cohort=world.cohort, members=[seats[0].pk], partner=None, by=world.cas, at=now)
    assert not Membership.objects.filter(learning_partner__isnull=False).exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"partner": "nobody"}, "Tick at least one person"),
        ({"members": [0], "partner": "nobody"}, "has left this cohort"),
        ({"members": ["x"], "partner": "nobody"}, "has left this cohort"),
        ({"members": ["ana"], "partner": ""}, "Choose an answer"),
        ({"members": ["ana"], "partner": "zed"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_said(typed, says, world, seats, as_):
    keys = {"ana": seats[0].pk, "zed": world.zed.pk}
    given = {
        "members": [keys.get(one, one) for one in typed.get("members", [])],
        "partner": keys.get(typed["partner"], typed["partner"]),
    }
    assert says in as_(world.cas).post(url(world), given).content.decode()


def test_nobody_is_their_own_or_the_partner_of_a_cohort_they_do_not_help_run(world, seats, now):
    common = {"cohort": world.cohort, "by": world.cas, "at": now}
    own = world.cas.memberships.get()
    with pytest.raises(ValidationError, match="their own learning partner"):
        actions.name(members=[own.pk], partner=world.cas, **common)
    with pytest.raises(ValidationError, match="not a learning partner"):
        actions.name(members=[seats[0].pk], partner=world.mo, **common)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=seats[0].pk).update(learning_partner=world.ana)


def test_who_withdrew_is_passed_over(world, seats, now):
    Membership.objects.filter(pk=seats[1].pk).update(state="withdrawn")
    changed = actions.name(
        cohort=world.cohort, members=[s.pk for s in seats], partner=world.cas, by=world.cas, at=now
    )
    assert [one.person for one in changed] == [world.ana]


def test_shared_out_to_whoever_has_fewest(world, now):
    one = join(world, "learning_partner", name="Abi One")
    two = join(world, "learning_partner", name="Bea Two")
    pair(world.ana, one, world.cohort)
    for _ in range(4):
        join(world)
    given = actions.share_out(cohort=world.cohort, by=world.cas, at=now)
    assert len(given) == 5  # Zed and the four; not Ana, who has one, and no staff
    loads = [Membership.objects.filter(learning_partner=who).count() for who in (one, two)]
    assert loads == [3, 3]
    assert actions.share_out(cohort=world.cohort, by=world.cas, at=now) == []


def test_without_anybody_to_be_one_it_says_what_to_do(world, now):
    make_member(world.cohort, world.cas, manager=world.mo, role="participant")
    with pytest.raises(ValidationError, match="Add one to the cohort first"):
        actions.share_out(cohort=world.cohort, by=world.cas, at=now)


def test_a_call_planned_with_the_one_before_does_not_happen(world, now):
    maggie = join(world, "learning_partner")
    seat = pair(world.ana, world.cas, world.cohort)
    call = make_call(seat, "planned")
    actions.name(cohort=world.cohort, members=[seat.pk], partner=maggie, by=world.cas, at=now)
    call.refresh_from_db()
    assert (call.state, call.partner) == (LearningCall.State.MISSED, world.cas)


def test_staff_see_the_day_of_the_last_call_and_none_of_its_words(world, as_):
    make_call(pair(world.ana, world.cas, world.cohort), me="I rush past people.")
    programme = join(world, "facilitator")
    page = as_(programme).get(url(world)).content.decode()
    assert "last call" in page
    assert "I rush past people." not in page


def test_a_participant_may_not(world, seats, now):
    with pytest.raises(Refused):
        actions.share_out(cohort=world.cohort, by=world.ana, at=now)
