"""The stages of a cohort: three to begin with, and then its own."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cohorts.actions import stages
from cohorts.models import Cohort, Stage
from systemschangers.kernel.policy import Refused
from tests.factories.running import make_session


@pytest.fixture
def three(world):
    return list(Stage.begin(world.cohort))


def names(cohort) -> list[str]:
    return list(Stage.objects.filter(cohort=cohort).values_list("name", flat=True))


def test_a_new_cohort_has_the_three_of_the_programme_and_its_closing_date(world, as_):
    as_(world.cas).post(
        reverse("cohorts:cohort_new"),
        {"name": "Northby one", "starts": "2026-01-05", "applications_close_on": "2025-12-19"},
    )
    made = Cohort.objects.get(name="Northby one")
    assert names(made) == ["Seeing the system", "Finding the flex", "Experimenting"]
    assert made.applications_close_on == date(2025, 12, 19)
    page = as_(world.cas).get(reverse("cohorts:cohort", args=[made.pk])).content.decode()
    assert "Applications close on 19 December 2025" in page


def test_one_made_by_the_administrator_has_them_too(world, as_):
    as_(world.ada).post(
        reverse("admin:cohorts_cohort_add"),
        {
            "name": "Set up",
            "starts": "2026-01-05",
            "memberships-TOTAL_FORMS": "0",
            "memberships-INITIAL_FORMS": "0",
        },
    )
    assert len(names(Cohort.objects.get(name="Set up"))) == 3


def test_applications_do_not_close_after_it_has_ended(world, as_):
    response = as_(world.cas).post(
        reverse("cohorts:cohort_edit", args=[world.cohort.pk]),
        {
            "name": "Eastmere one",
            "starts": "2025-09-01",
            "ends": "2026-06-30",
            "applications_close_on": "2026-07-01",
        },
    )
    assert "can’t close after the cohort has ended" in response.content.decode()


def test_renamed_dated_moved_added_and_removed(world, three, as_):
    browser, here = as_(world.cas), reverse("cohorts:stages", args=[world.cohort.pk])
    browser.post(
        reverse("cohorts:stage_edit", args=[three[0].pk]),
        {"name": "Looking", "starts": "2026-01-01", "ends": "2026-02-28"},
    )
    browser.post(reverse("cohorts:stage_moving", args=[three[0].pk]), {"way": "later"})
    browser.post(here, {"name": "Passing it on"})
    browser.post(reverse("cohorts:stage_removal", args=[three[2].pk]))
    assert names(world.cohort) == ["Finding the flex", "Looking", "Passing it on"]
    assert Stage.objects.get(name="Looking").ends == date(2026, 2, 28)
    assert "Looking" in browser.get(here).content.decode()


def test_at_an_end_a_stage_stays_where_it_is(world, three, now):
    stages.move(stage=three[0], earlier=True, by=world.cas, at=now)
    stages.move(stage=three[2], earlier=False, by=world.cas, at=now)
    assert names(world.cohort) == list(Stage.DEFAULTS)


def test_one_that_sessions_belong_to_stays(world, three, now, as_):
    make_session(world.cohort, stage=three[0])
    with pytest.raises(ValidationError, match="1 session belongs"):
        stages.remove(stage=three[0], by=world.cas, at=now)
    url = reverse("cohorts:stage_removal", args=[three[0].pk])
    page = as_(world.cas).post(url, follow=True).content.decode()
    assert "Move them to another stage first" in page
    assert f'action="{url}"' not in page
    assert len(names(world.cohort)) == 3


def test_thirteen_are_too_many(world, now):
    for number in range(stages.MOST):
        stages.add(
            cohort=world.cohort, name=f"{number}", starts=None, ends=None, by=world.cas, at=now
        )
    with pytest.raises(ValidationError, match="12 stages at most"):
        stages.add(cohort=world.cohort, name="x", starts=None, ends=None, by=world.cas, at=now)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends": "2025-12-31"}, "can’t end before it starts"),
        ({"name": ""}, "is empty"),
        ({"starts": "0000-00-00"}, "a day we can read"),
        ({"starts": "9999-12-31", "ends": ""}, "Check the year"),
    ],
)
def test_what_makes_no_sense_is_said(changes, says, world, three, as_):
    given = {"name": "Looking", "starts": "2026-01-01", "ends": "2026-02-01"} | changes
    url = reverse("cohorts:stage_edit", args=[three[0].pk])
    assert says in as_(world.cas).post(url, given).content.decode()
    three[0].refresh_from_db()
    assert three[0].name == "Seeing the system"


def test_members_read_them_and_change_nothing(world, three, now, as_):
    page = as_(world.ana).get(reverse("cohorts:cohort", args=[world.cohort.pk])).content.decode()
    assert "Finding the flex" in page
    with pytest.raises(Refused):
        stages.remove(stage=three[0], by=world.ana, at=now)


def test_the_database_keeps_one_place_for_each_and_ends_after_starts(world, three):
    with transaction.atomic():
        Stage.objects.create(cohort=world.cohort, name="Again", position=1)
        with pytest.raises(IntegrityError):
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stage.objects.filter(pk=three[0].pk).update(starts=date(2026, 2, 1), ends=date(2026, 1, 1))


def test_a_cohort_that_is_deleted_takes_its_stages_and_sessions_along(world, three, as_):
    make_session(world.cohort, stage=three[0])
    url = reverse("admin:cohorts_cohort_delete", args=[world.cohort.pk])
    assert as_(world.ada).post(url, {"post": "yes"}).status_code == 302
    assert not Stage.objects.exists()
