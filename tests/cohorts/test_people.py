"""One's own page, the directory, and a person's page."""

import pytest
from django.urls import reverse

from cohorts.models import Person
from tests.factories.cohorts import make_person


def test_ana_changes_her_profile_and_nobody_elses(ana, zed, as_):
    response = as_(ana).post(
        reverse("cohorts:me_edit"),
        {
            "name": "Ana\u200b  Okafor-Lee",
            "about": "I walk the early shift.",
            "shows_email": "on",
            "is_staff": "on",
            "email": "other@example.org",
            "id": zed.pk,
        },
    )
    assert response.status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.about) == ("Ana Okafor-Lee", "I walk the early shift.")
    assert ana.shows_email
    assert not ana.hears_by_email
    assert not ana.is_staff
    assert ana.email == "ana@example.org"


@pytest.mark.parametrize(
    ("name", "about"),
    [("", ""), ("x" * 101, ""), ("Ana\x00", ""), ("Ana", "x" * 1001), ("\u202e", "")],
)
def test_a_profile_that_cannot_be_saved_says_why_and_keeps_the_words(name, about, ana, as_):
    response = as_(ana).post(reverse("cohorts:me_edit"), {"name": name, "about": about})
    assert response.status_code == 200
    assert response.context["form"].errors
    ana.refresh_from_db()
    assert ana.name == "Ana Okafor"


def test_an_address_is_shown_only_when_its_owner_says_so(ana, zed, cas, as_):
    url = reverse("cohorts:person", args=[ana.pk])
    assert "ana@example.org" not in as_(zed).get(url).content.decode()
    assert "ana@example.org" in as_(cas).get(url).content.decode()
    Person.objects.filter(pk=ana.pk).update(shows_email=True)
    assert "ana@example.org" in as_(zed).get(url).content.decode()


def test_my_page_leads_to_all_that_is_mine(mo, as_):
    page = as_(mo).get(reverse("cohorts:me")).content.decode()
    for name in (
        "usersessions_list",
        "mfa_index",
        "account_email",
        "cohorts:download",
        "cohorts:leaving",
        "cohorts:deputyships",
        "cohorts:me_edit",
    ):
        assert f'href="{reverse(name)}"' in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ana oka", {"Ana Okafor"}),
        ("OKAFOR", {"Ana Okafor"}),
        ("outreach", {"Ana Okafor", "Mo Rahman", "Dee Hughes"}),
        ("mo street", {"Mo Rahman"}),
        ("northby doorway", {"Cas Mendes", "Zed Kowalski"}),
        ("eve", set()),
        ("%", set()),
        ("_", set()),
        ("'; drop table", set()),
        ("x" * 5000, set()),
        ("\u202e", set()),
    ],
)
def test_people_are_found_by_name_and_service(words, found, world, as_):
    response = as_(world.ana).get(reverse("cohorts:people"), {"q": words})
    assert response.status_code == 200
    assert {person.name for person in response.context["page"]} == found


def test_the_directory_pages_there_and_back_without_losing_anybody(world, as_):
    for number in range(60):
        make_person(name="Same Name" if number % 2 else f"Worker {number:02}")
    browser, seen, url = as_(world.ana), [], reverse("cohorts:people")
    page = browser.get(url).context["page"]
    first = [person.pk for person in page]
    while True:
        seen += [person.pk for person in page]
        if not page.after:
            break
        page = browser.get(url, {"after": page.after}).context["page"]
    everybody = Person.objects.here().order_by("name", "id").values_list("pk", flat=True)
    assert seen == list(everybody)
    while page.before:
        page = browser.get(url, {"before": page.before}).context["page"]
    assert [person.pk for person in page][:10] == first[:10]


@pytest.mark.parametrize("cursor", ["x", "-1", "10" * 40, "²", "%00", "1.5"])
def test_a_broken_cursor_gives_the_first_page(cursor, ana, as_):
    response = as_(ana).get(reverse("cohorts:people"), {"after": cursor})
    assert response.status_code == 200
    assert response.context["page"].rows


def test_somebody_whose_account_ended_is_not_found(ana, ended, as_):
    assert as_(ana).get(reverse("cohorts:person", args=[ended.pk])).status_code == 404


def test_who_does_not_want_to_be_listed_is_found_by_staff_and_themselves_alone(
    ana, zed, cas, ada, as_
):
    told = {"name": ana.name, "about": "", "hears_by_email": "on"}
    as_(ana).post(reverse("cohorts:me_edit"), told)
    found = reverse("cohorts:people") + "?q=okafor"
    listed = {
        who.name: "Ana Okafor" in as_(who).get(found).content.decode()
        for who in (ana, zed, cas, ada)
    }
    assert listed == {ana.name: True, zed.name: False, cas.name: True, ada.name: True}
    as_(ana).post(reverse("cohorts:me_edit"), told | {"listed": "on"})
    assert "Ana Okafor" in as_(zed).get(found).content.decode()
