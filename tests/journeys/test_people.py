"""People: from nothing to the first who joins, a list brought in, and leaving.

With and without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cohorts.models import Invitation, Person, Post
from cohorts.set_up_codes import set_up_code
from tests.factories.cohorts import make_person

pytestmark = pytest.mark.browser


@pytest.fixture(params=["with JavaScript", "without"])
def page(request, open_browser):
    return open_browser(java_script_enabled=request.param == "with JavaScript")


@pytest.fixture
def sound(request, axe):
    """`sound(page)`: axe finds nothing. It is a script itself: it looks where scripts run."""
    runs = "without" not in request.node.callspec.params.values()
    return axe if runs else lambda page: None


def link_in(letter) -> str:
    """The path of the link to join."""
    return "/join/" + letter.text.split("/join/")[1].split()[0]


def test_from_nothing_to_the_first_invitation_accepted(page, open_browser, latest_letter, sound):
    page.goto("/start/")
    sound(page)
    page.get_by_label("Your name").fill("Ada Lindqvist")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_label("Set-up code").fill("00000-00000-00000-00000")
    page.get_by_role("button", name="Open this place").click()
    expect(page.get_by_text("That is not the set-up code").first).to_be_visible()
    assert page.get_by_label("Your name").input_value() == "Ada Lindqvist"
    page.get_by_label("Set-up code").fill(set_up_code())
    page.get_by_role("button", name="Open this place").click()
    sound(page)
    page.get_by_role("link", name="Go on").click()
    page.get_by_label("Name of the organisation").fill("Eastmere Council")
    page.get_by_role("button", name="Add this organisation").click()
    page.get_by_label("Name of the service").fill("Street outreach")
    page.get_by_label("Place").fill("Eastmere")
    page.get_by_role("button", name="Add this service").click()
    sound(page)
    page.get_by_role("button", name="Use these themes").click()
    page.get_by_label("Your job title").fill("Convenor")
    page.get_by_role("button", name="Add my post").click()
    sound(page)
    page.get_by_label("Their name").fill("Ana Okafor")
    page.get_by_label("Their e-mail address").fill("ana@example.org")
    page.get_by_label("Their job title").fill("Outreach worker")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("heading", name="You are ready")).to_be_visible()

    ana = open_browser()
    ana.goto(link_in(latest_letter("ana@example.org")))
    expect(ana.get_by_role("heading", name="Ada Lindqvist has invited you")).to_be_visible()
    assert Invitation.objects.get().accepted_at is None
    ana.get_by_role("button", name="Yes, let me in").click()
    ana.wait_for_url("**/")
    expect(ana.get_by_text("Welcome, Ana").first).to_be_visible()
    assert Person.objects.get(email="ana@example.org").posts.get().service.name == "Street outreach"

    late = open_browser()
    late.goto(link_in(latest_letter("ana@example.org")))
    expect(late.get_by_role("heading", name="This invitation has been used")).to_be_visible()


LIST = "\n".join(
    [
        "organisation;service;place;name;email;job title;kind;line manager email;cohort",
        "Riverside Trust;Day centre;Westport;Bo Lind;bo@example.org;Manager;manager;;",
        "Riverside Trust;Day centre;Westport;Zoë Price;zoe@example.org;Worker;;bo@example.org;Eastmere one",
        "Riverside Trust;Day centre;Westport;Al Fox;al@example.org;Worker;;mo@example.org;",
        "",
        "Riverside Trust;;;No Service;a@example.org;Worker;;;",
        "Riverside Trust;Day centre;;Bad Address;not an address;Worker;;;",
        "Riverside Trust;Day centre;;Odd Kind;b@example.org;Worker;king;;",
        "Riverside Trust;Day centre;;Twice;bo@example.org;Worker;;;",
        "Riverside Trust;Day centre;;No Manager;c@example.org;Worker;;nobody@example.org;",
        "Eastmere Council;Street outreach;;Ana Okafor;ana@example.org;Outreach worker;;;",
    ]
)


def test_a_list_with_five_wrong_lines_is_brought_in(page, world, sign_in, sound, tmp_path):
    file = tmp_path / "people.csv"
    file.write_bytes(LIST.encode("cp1252"))
    sign_in(page, world.cas)
    page.goto("/invitations/")
    page.get_by_role("link", name="Bring in a list").click()
    sound(page)
    page.get_by_label("A CSV file").set_input_files(file)
    page.get_by_role("button", name="Look through the list").click()
    page.get_by_text("3 to add, 1 already here, 5 wrong").wait_for()
    sound(page)
    assert not Person.objects.filter(email="bo@example.org").exists()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the wrong lines").click()
    mended = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(mended) == 6
    page.get_by_role("button", name="Add 3 people and invite them").click()
    page.get_by_text("3 people are new here. 3 invitations are on the way.").wait_for()
    sound(page)
    zoe = Person.objects.get(email="zoe@example.org")
    assert (zoe.name, zoe.posts.get().line_manager.name) == ("Zoë Price", "Bo Lind")
    seat = zoe.memberships.get()
    assert (seat.cohort, seat.state) == (world.cohort, "awaiting_manager")


def test_somebody_who_was_brought_in_signs_in_by_code(phone, world, sign_in_by_code, now):
    from cohorts.actions import imports

    text = "organisation,service,name,email,job title\nRiverside,Day centre,Bo Lind,bo@example.org,Worker"
    imports.add(
        brought=imports.keep(text=text, by=world.cas, at=now), invite=False, by=world.cas, at=now
    )
    sign_in_by_code(phone, Person.objects.get(email="bo@example.org"))
    phone.goto("/me/")
    expect(phone.get_by_role("heading", name="Bo Lind")).to_be_visible()


def test_leaving_takes_everything_out_and_ends_every_session(
    page, open_browser, world, sign_in, sound
):
    elsewhere = open_browser()
    sign_in(elsewhere, world.ana)
    elsewhere.goto("/me/")
    sign_in(page, world.ana)
    page.goto("/me/")
    sound(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything about you").click()
    assert download.value.suggested_filename.endswith(".zip")
    page.get_by_role("link", name="Leave", exact=True).click()
    sound(page)
    page.get_by_text("To the frontline, somewhere else").click()
    page.get_by_label("Type your e-mail address").fill("wrong@example.org")
    page.get_by_role("button", name="Erase my account and leave").click()
    expect(page.get_by_text("That is not your e-mail address here").first).to_be_visible()
    page.get_by_label("Type your e-mail address").fill("ana@example.org")
    page.get_by_role("button", name="Erase my account and leave").click()
    page.get_by_role("heading", name="You have left").wait_for()
    sound(page)
    elsewhere.goto("/me/")
    assert "/account/login/" in elsewhere.url
    left = Person.objects.get(pk=world.ana.pk)
    assert left.name == "Someone who has left"
    assert left.posts.get().went_to == Post.WentTo.FRONTLINE_ELSEWHERE


def test_lee_names_a_deputy_and_calls_it_off(page, world, sign_in, sound):
    day = timezone.localdate().isoformat()
    sign_in(page, world.lee)
    page.goto("/me/deputies/")
    page.get_by_label("Your deputy").fill("Dee Hughes")
    page.get_by_label("First day").fill(day)
    page.get_by_label("Last day").fill(day)
    page.get_by_role("button", name="Name this deputy").click()
    page.get_by_text("Dee Hughes is your deputy").first.wait_for()
    sound(page)
    page.get_by_role("button", name="Call off").click()
    page.get_by_text("Called off. Dee Hughes has been told.").first.wait_for()


def test_every_other_page_is_sound_for_programme_staff(phone, world, sign_in, axe, no_sideways):
    for _ in range(30):
        make_person(world.outreach)
    sign_in(phone, world.cas)
    ana, post = world.ana.pk, world.ana.posts.get().pk
    for path in (
        "/me/edit/",
        "/people/",
        "/people/?q=nobody+at+all",
        f"/people/{ana}/",
        f"/people/{ana}/posts/new/",
        f"/posts/{post}/",
        f"/posts/{post}/ending/",
        f"/posts/{post}/title/",
        "/organisations/",
        f"/organisations/{world.council.pk}/",
        f"/organisations/{world.council.pk}/services/new/",
        f"/services/{world.outreach.pk}/",
        "/cohorts/",
        f"/cohorts/{world.cohort.pk}/",
        f"/cohorts/{world.cohort.pk}/members/new/",
        "/invitations/new/",
    ):
        assert phone.goto(path).status == 200
        axe(phone)
        no_sideways(phone)


def test_the_set_up_pages_keep_to_our_security_policy(phone, world, sign_in):
    sign_in(phone, world.ada)
    for path in (
        "/setting-up/",
        "/setting-up/cohorts/post/",
        f"/setting-up/cohorts/post/{world.ana.posts.get().pk}/change/",
        "/setting-up/cohorts/theme/add/",
        f"/setting-up/cohorts/cohort/{world.cohort.pk}/change/",
        f"/setting-up/cohorts/person/{world.ana.pk}/change/",
    ):
        assert phone.goto(path).status == 200
    phone.goto("/setting-up/cohorts/place/add/")
    phone.get_by_label("Name").fill("Westport")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_text("was added successfully").first).to_be_visible()
