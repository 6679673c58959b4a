"""A plain cohort, and who is in it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cohorts.actions import cohorts, memberships
from cohorts.models import Cohort, Membership
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused


def test_members_see_it_strangers_do_not(world, as_):
    url = reverse("cohorts:cohort", args=[world.cohort.pk])
    for person, status in (
        (world.ana, 200),
        (world.zed, 200),
        (world.cas, 200),
        (world.ada, 200),
        (world.mo, 404),
        (world.sam, 404),
    ):
        assert as_(person).get(url).status_code == status


def test_staff_add_one_and_people_to_it_who_are_told(world, as_):
    browser = as_(world.cas)
    browser.post(reverse("cohorts:cohort_new"), {"name": "Northby one", "starts": "2026-01-05"})
    made = Cohort.objects.get(name="Northby one")
    response = browser.post(
        reverse("cohorts:member_new", args=[made.pk]),
        {"person": "sam@example.org", "role": "participant"},
    )
    assert response.status_code == 302
    assert Membership.objects.get(cohort=made).state == Membership.State.AWAITING_MANAGER
    assert Notification.objects.get().recipient == world.sam


def test_nobody_is_in_it_twice_and_who_was_taken_out_comes_back(world, now):
    arguments = {"cohort": world.cohort, "by": world.cas, "at": now}
    with pytest.raises(ValidationError, match="already in this cohort"):
        memberships.add(person=world.ana, role="participant", **arguments)
    memberships.take_out(membership=world.ana.memberships.get(), by=world.cas, at=now)
    assert not type(world.ana).objects.in_cohort(world.cohort.pk).filter(pk=world.ana.pk).exists()
    back = memberships.add(person=world.ana, role="facilitator", **arguments)
    assert (back.state, back.role) == ("active", "facilitator")


def test_taking_somebody_out_is_asked_first_and_says_what_follows(world, as_):
    browser, zed = as_(world.cas), world.zed.memberships.get()
    url = reverse("cohorts:member_taking_out", args=[zed.pk])
    page = browser.get(reverse("cohorts:cohort", args=[world.cohort.pk])).content.decode()
    assert f'href="{url}"' in page
    assert f'action="{url}"' not in page
    asked = browser.get(url).content.decode()
    assert "Take Zed Kowalski out?" in asked
    assert "They are told at once" in asked
    zed.refresh_from_db()
    assert zed.state == Membership.State.ACTIVE
    assert "Zed Kowalski is out" in browser.post(url, follow=True).content.decode()
    zed.refresh_from_db()
    assert zed.state == Membership.State.WITHDRAWN


def test_a_member_may_not_change_it(world, as_, now):
    browser = as_(world.ana)
    assert browser.get(reverse("cohorts:cohort_edit", args=[world.cohort.pk])).status_code == 403
    membership = world.zed.memberships.get()
    url = reverse("cohorts:member_taking_out", args=[membership.pk])
    assert browser.post(url).status_code == 403
    with pytest.raises(Refused):
        memberships.take_out(membership=membership, by=world.ana, at=now)


def test_it_does_not_end_before_it_starts(world, as_, now):
    response = as_(world.cas).post(
        reverse("cohorts:cohort_new"),
        {"name": "Backwards", "starts": "2026-02-01", "ends": "2026-01-01"},
    )
    assert "can’t end before it starts" in response.content.decode()
    with pytest.raises(ValidationError, match="can’t end"):
        cohorts.add(
            name="Backwards",
            place="",
            starts=date(2026, 2, 1),
            ends=date(2026, 1, 1),
            by=world.cas,
            at=now,
        )
