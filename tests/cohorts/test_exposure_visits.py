"""Visits: written down by who went, read by the cohort, changed by nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from cohorts.actions import exposure_visits as visits
from cohorts.models import ExposureVisit, Membership, Person
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests.conftest import NOW, TODAY
from tests.factories.running import make_visit

TYPED = {
    "whom": "The needle exchange",
    "visited_on": "2026-03-06",
    "saw": "Nobody was asked for a form.",
    "changed": "We ask before we listen.",
}


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_member_writes_one_down_and_the_cohort_reads_it(world, as_):
    new = reverse("cohorts:visit_new", args=[world.cohort.pk])
    page = as_(world.ana).get(new).content.decode()
    assert "Seen by people in Eastmere one (3 people)" in page
    as_(world.ana).post(new, TYPED)
    visit = ExposureVisit.objects.get()
    assert visit.person == world.ana
    assert not Notification.objects.exists()
    for who, status in (("zed", 200), ("cas", 200), ("mo", 404), ("ada", 404)):
        assert as_(getattr(world, who)).get(visit.get_absolute_url()).status_code == status, who
    listed = as_(world.zed).get(reverse("cohorts:visits", args=[world.cohort.pk])).content.decode()
    assert "The needle exchange" in listed
    assert "We ask before we listen." in listed


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"visited_on": "2026-03-11"}, "still to come"),
        ({"visited_on": "1066-10-14"}, "Check the year"),
        ({"saw": ""}, "is empty"),
        ({"whom": "\u200b "}, "is empty"),
        ({"saw": "x" * 2001}, "too long"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(changes, says, world, as_):
    new = reverse("cohorts:visit_new", args=[world.cohort.pk])
    page = as_(world.ana).post(new, TYPED | changes).content.decode()
    assert says in page
    assert "We ask before we listen." in page
    assert not ExposureVisit.objects.exists()


def test_a_day_to_come_is_refused_by_the_action_too(world, now):
    given = {"whom": "x", "saw": "y", "changed": "", "by": world.ana, "at": now}
    with pytest.raises(ValidationError, match="still to come"):
        visits.write(cohort=world.cohort, visited_on=TODAY + timedelta(days=1), **given)


def test_only_who_wrote_it_changes_it_or_takes_it_out(world, now, as_):
    visit = make_visit(world.cohort, world.ana)
    for other in (world.zed, world.cas):
        with pytest.raises(Refused, match="their words"):
            visits.remove(visit=visit, by=other, at=now)
    as_(world.ana).post(
        reverse("cohorts:visit_edit", args=[visit.pk]), TYPED | {"saw": "A bell.", "version": "1"}
    )
    visit.refresh_from_db()
    assert (visit.saw, visit.version) == ("A bell.", 2)
    page = as_(world.ana).post(
        reverse("cohorts:visit_edit", args=[visit.pk]), TYPED | {"saw": "A door.", "version": "1"}
    )
    assert page.status_code == 409
    assert "A bell." in page.content.decode()
    assert "A door." in page.content.decode()
    as_(world.ana).post(reverse("cohorts:visit_removal", args=[visit.pk]))
    assert not ExposureVisit.objects.exists()


def test_who_withdrew_keeps_their_own_words_and_writes_no_new_ones(world, now, as_):
    visit = make_visit(world.cohort, world.ana)
    others = make_visit(world.cohort, world.zed)
    Membership.objects.filter(person=world.ana).update(state="withdrawn")
    ana = Person.objects.get(pk=world.ana.pk)
    assert as_(ana).get(visit.get_absolute_url()).status_code == 200
    assert as_(ana).get(others.get_absolute_url()).status_code == 404
    with pytest.raises(Refused, match="people in this cohort"):
        visits.write(
            cohort=world.cohort, whom="x", visited_on=TODAY, saw="y", changed="", by=ana, at=now
        )
    assert as_(ana).post(reverse("cohorts:visit_removal", args=[visit.pk])).status_code == 302
