"""Organisations and services: who adds them, and each only once."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cohorts.actions import organisations
from cohorts.models import Organisation, Place, Service, Theme
from systemschangers.kernel.policy import Refused


@pytest.mark.parametrize("name", ["cas", "ada"])
def test_programme_staff_and_administrators_add_an_organisation(name, world, as_):
    response = as_(getattr(world, name)).post(
        reverse("cohorts:organisation_new"), {"name": "  Riverside   Trust "}
    )
    made = Organisation.objects.get(name="Riverside Trust")
    assert response.url == reverse("cohorts:organisation", args=[made.pk])


@pytest.mark.parametrize("name", ["ana", "mo", "lee", "sam"])
def test_nobody_else_does(name, world, as_, now):
    person = getattr(world, name)
    page = as_(person).get(reverse("cohorts:organisation_new"))
    assert page.status_code == 403
    assert "Only programme staff and administrators" in page.content.decode()
    with pytest.raises(Refused):
        organisations.add_organisation(name="X", by=person, at=now)


def test_one_of_that_name_is_refused_in_the_form_and_in_the_database(world, as_, now):
    response = as_(world.cas).post(
        reverse("cohorts:organisation_new"), {"name": "EASTMERE council"}
    )
    assert "already here" in response.content.decode()
    with pytest.raises(ValidationError, match="already here"):
        organisations.add_organisation(name="EASTMERE council", by=world.cas, at=now)


def test_a_service_may_have_the_name_of_another_organisations(world, now):
    made = organisations.add_service(
        organisation=world.charity, name="Street outreach", place="", by=world.cas, at=now
    )
    assert made.organisation == world.charity
    with pytest.raises(ValidationError, match="already has a service"):
        organisations.add_service(
            organisation=world.council, name="street OUTREACH", by=world.cas, at=now
        )


def test_a_place_is_found_however_it_is_written_and_made_when_new(world, now):
    args = {"organisation": world.charity, "by": world.cas, "at": now}
    assert organisations.add_service(name="One", place="EASTMERE", **args).place == world.eastmere
    assert organisations.add_service(name="Two", place="Westport", **args).place.name == "Westport"
    assert Place.objects.filter(name__iexact="eastmere").count() == 1


def test_a_service_is_changed_on_its_page(world, as_):
    response = as_(world.cas).post(
        reverse("cohorts:service_edit", args=[world.outreach.pk]),
        {"name": "Street outreach team", "place": "Northby"},
    )
    assert response.status_code == 302
    service = Service.objects.get(pk=world.outreach.pk)
    assert (service.name, service.place) == ("Street outreach team", world.northby)


def test_an_organisation_keeps_its_own_name_when_saved_again(world, as_):
    url = reverse("cohorts:organisation_edit", args=[world.council.pk])
    assert as_(world.cas).post(url, {"name": "Eastmere Council"}).status_code == 302


def test_themes_are_added_once_with_slugs_of_their_own(world, now):
    names = ["Move-on housing", "Mental health", "mental HEALTH", "Mental-health", "日本"]
    added = organisations.add_themes(names=names, by=world.ada, at=now)
    assert [theme.slug for theme in added] == ["mental-health", "mental-health-2", "theme"]
    assert Theme.objects.count() == 5


def test_the_pages_list_what_is_there(world, as_):
    browser = as_(world.ana)
    page = browser.get(reverse("cohorts:organisations")).content.decode()
    assert "Eastmere Council" in page
    assert "Canal Street hostel" in page
    assert "Add an organisation" not in page
    page = browser.get(reverse("cohorts:service", args=[world.outreach.pk])).content.decode()
    assert "Ana Okafor" in page
    assert "Zed Kowalski" not in page


@pytest.mark.parametrize("pk", [0, 10**18, 10**30])
def test_what_is_not_there_is_not_found(pk, ana, as_):
    for name in ("organisation", "service", "person", "cohort"):
        assert as_(ana).get(reverse(f"cohorts:{name}", args=[pk])).status_code == 404
