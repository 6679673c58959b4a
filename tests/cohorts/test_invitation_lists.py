"""Asking many people into a cohort: looked through first, wrong lines mended in place, each asked once."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import invitation_lists as lists
from cohorts.actions import invitations, leaving
from cohorts.address_lists import read
from cohorts.invitation_plans import plan
from cohorts.models import Cohort, Invitation, InvitationList, Membership, Person, Service
from systemschangers.kernel.models import Event, Letter, Notification
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_invitation, make_person, token_in_last_letter
from tests.factories.memberships import make_member


def looked_at(world, text, at):
    sheet = read(text)
    return plan([line.stored() for line in sheet.lines], world.cohort, at)


def only(world, text, at):
    (row,) = looked_at(world, text, at).rows
    return row.verdict, row.words


def bring(world, text, at, by=None):
    return lists.keep(cohort=world.cohort, sheet=read(text), by=by or world.cas, at=at)


def letters_written(brought, at):
    """What the queue does."""
    pks = list(Invitation.objects.filter(cohort=brought.cohort_id).values_list("pk", flat=True))
    return invitations.write_letters(invitations=pks, key=f"{brought.pk}:1", at=at)


# --- What would happen ---------------------------------------------------------------------------


def test_who_has_no_account_gets_a_letter_under_a_name_made_of_the_address(world, now):
    assert only(world, "bo.lind@example.org", now) == ("letter", "Gets a letter as Bo Lind.")


def test_who_has_an_account_is_asked_here_by_either_of_their_addresses(world, now):
    EmailAddress.objects.create(user=world.lee, email="Lee@home.example", verified=True)
    for address in ("lee@example.org", "lee@home.example"):
        verdict, words = only(world, address, now)
        assert verdict == "ask"
        assert "Has an account as Lee Whitaker" in words


@pytest.mark.parametrize(
    ("state", "verdict", "says"),
    [
        ("invited", "here", "asked already, on 1 September"),
        ("applied", "here", "Has applied"),
        ("awaiting_manager", "here", "waits for a manager"),
        ("active", "here", "in this cohort already"),
        ("paused", "here", "paused"),
        ("alumni", "here", "been through"),
        ("withdrawn", "ask", "asked again"),
    ],
)
def test_who_is_there_already_is_said_by_where_they_stand(state, verdict, says, world, now):
    make_member(world.cohort, world.sam, state)
    got, words = only(world, "sam@example.org", now)
    assert (got, says in words) == (verdict, True), words


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("email\nnot an address", "is not an e-mail address"),
        ("name,email\nBo,", "Give their e-mail address"),
        ("bo@example.org\nBO@example.org", "same address is on line 1"),
        ("ana@example.org\nana@second.example", "same person is on line 1"),
        ("eve@example.org", "account is closed"),
        ("name,email\n=cmd(),bo@example.org", "can’t begin with"),
        ("name,email\n" + "x" * 101 + ",bo@example.org", "100 characters at most"),
        ("email,service\nbo@example.org,Street outreach", "Give their job title too"),
        ("email,service,job title\nbo@example.org,Nowhere,Worker", "no service called"),
        ("email,service,job title\nbo@example.org,Team,Worker", "More than one service"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(text, says, world, now):
    EmailAddress.objects.create(user=world.ana, email="ana@second.example", verified=True)
    for organisation in (world.council, world.charity):
        Service.objects.create(organisation=organisation, name="Team")
    last = looked_at(world, text, now).rows[-1]
    assert last.verdict == "wrong"
    assert says in last.words


def test_a_service_is_found_by_its_name_with_its_organisation_where_two_share_it(world, now):
    for organisation in (world.council, world.charity):
        Service.objects.create(organisation=organisation, name="Team")
    text = "name;email;service;job title\nBo;bo@example.org;{};Worker"
    row = looked_at(world, text.format("street OUTREACH"), now).rows[0]
    assert row.service == world.outreach
    row = looked_at(world, text.format("Team, Northby Doorway"), now).rows[0]
    assert row.service.organisation == world.charity


def test_an_open_invitation_is_led_into_the_cohort_and_one_elsewhere_is_left_alone(world, now):
    make_invitation(world.cas, now)
    assert "A new letter asks into this cohort too" in only(world, "nia@example.org", now)[1]
    brought = bring(world, "nia@example.org", now)
    lists.send(brought=brought, by=world.cas, at=now)
    invitation = Invitation.objects.get()
    assert invitation.cohort == world.cohort
    assert only(world, "nia@example.org", now)[0] == "here"
    other = Cohort.objects.create(name="Northby two", starts=world.cohort.starts)
    whole = plan([[0, 1, "", "nia@example.org", "", "", ""]], other, now)
    assert "open invitation into Eastmere one" in whole.wrong[0].words


def test_one_that_ran_out_gives_way_to_a_new_letter(world, now):
    make_invitation(world.cas, now - timedelta(days=40), cohort=world.cohort)
    brought = bring(world, "nia@example.org", now)
    lists.send(brought=brought, by=world.cas, at=now)
    assert sorted(one.state(now) for one in Invitation.objects.all()) == ["called off", "open"]


# --- Sending -------------------------------------------------------------------------------------

MIXED = """name,email,service,job title
Bo Lind,bo@example.org,Street outreach,Worker
Nia Price,nia@,,
Sam,sam@example.org,,
Ana,ana@example.org,,
Zoë,zoe@example.org,,
"""


def test_good_lines_are_sent_and_wrong_ones_stay(world, now):
    brought = lists.send(brought=bring(world, MIXED, now), by=world.cas, at=now)
    assert (brought.letters_sent, brought.people_asked) == (2, 1)
    assert [line[1:4] for line in brought.lines] == [[3, "Nia Price", "nia@"]]
    asked = Membership.objects.get(person=world.sam)
    assert (asked.state, asked.asked_by) == ("invited", world.cas)
    assert Notification.objects.get().recipient == world.sam
    assert {one.email for one in Invitation.objects.all()} == {"bo@example.org", "zoe@example.org"}
    assert letters_written(brought, now) == 2
    bo = invitations.accept(token=token_in_last_letter("bo@example.org"), name="Bo Lind", at=now)
    assert bo.posts.get().service == world.outreach
    assert bo.memberships.get().state == "awaiting_manager"
    assert "Eastmere one" in Letter.objects.filter(to="zoe@example.org").get().text


def test_pressing_twice_asks_nobody_twice(world, now):
    brought = bring(world, MIXED, now)
    for _ in range(2):
        brought = lists.send(brought=brought, by=world.cas, at=now)
    assert (brought.letters_sent, brought.people_asked) == (2, 1)
    assert Invitation.objects.count() == 2
    assert letters_written(brought, now) == 2
    assert letters_written(brought, now) == 0
    assert Letter.objects.filter(kind="invitation").count() == 2


def test_the_link_that_counts_is_the_one_in_the_letter(world, now):
    brought = lists.send(brought=bring(world, "bo@example.org", now), by=world.cas, at=now)
    invitation = Invitation.objects.get()
    letters_written(brought, now + timedelta(minutes=5))
    token = token_in_last_letter("bo@example.org")
    assert Invitation.objects.by_token(token).get() == invitation


def test_what_was_called_off_before_its_letter_gets_none(world, now):
    brought = lists.send(brought=bring(world, "bo@example.org", now), by=world.cas, at=now)
    invitations.call_off(invitation=Invitation.objects.get(), by=world.cas, at=now)
    assert letters_written(brought, now) == 0


def test_who_gave_up_a_place_is_asked_again(world, now):
    make_member(
        world.cohort,
        world.sam,
        "withdrawn",
        answer="Not now.",
        answered_at=now,
        answered_by=world.cas,
    )
    lists.send(brought=bring(world, "sam@example.org", now), by=world.cas, at=now)
    asked = world.sam.memberships.get()
    assert (asked.state, asked.answer, asked.answered_at) == ("invited", "", None)


def test_a_line_mended_in_place_is_sent_with_the_next_press(world, now):
    brought = lists.send(brought=bring(world, MIXED, now), by=world.cas, at=now)
    key = brought.lines[0][0]
    changes = {
        key: {"name": "Nia Price", "email": " <Nia@Example.org> ", "service": "", "job_title": ""}
    }
    brought = lists.mend(brought=brought, changes=changes, by=world.cas, at=now)
    assert Invitation.objects.count() == 2
    brought = lists.send(brought=brought, by=world.cas, at=now)
    assert brought.lines == []
    assert brought.letters_sent == 3
    assert Invitation.objects.filter(email="nia@example.org").exists()


def test_a_line_mended_after_it_was_sent_elsewhere_changes_no_other(world, now):
    brought = bring(world, MIXED, now)
    lists.send(brought=brought, by=world.cas, at=now)
    stale = {4: {"email": "wrong@example.org"}}
    brought = lists.mend(brought=brought, changes=stale, by=world.cas, at=now)
    assert [line[3] for line in brought.lines] == ["nia@"]


def test_a_line_that_is_emptied_is_left_out(world, now):
    brought = bring(world, "nonsense\nbo@example.org", now)
    brought = lists.mend(
        brought=brought, changes={0: {"name": "", "email": ""}}, by=world.cas, at=now
    )
    assert [line[3] for line in brought.lines] == ["bo@example.org"]


def test_two_lists_at_once_with_the_same_new_address_are_refused_in_words(world, now, monkeypatch):
    brought = bring(world, "bo@example.org", now)
    seen = plan(brought.lines, world.cohort, now)
    lists.send(brought=bring(world, "bo@example.org", now), by=world.cas, at=now)
    monkeypatch.setattr(lists, "plan", lambda *_: seen)
    with pytest.raises(ValidationError, match="open invitation to that address"):
        lists.send(brought=brought, by=world.cas, at=now)


def test_only_those_who_invite_bring_a_list(world, now):
    with pytest.raises(Refused):
        bring(world, "bo@example.org", now, by=world.ana)


def test_a_list_is_seen_by_who_brought_it_goes_after_a_week_and_with_who_is_on_it(world, now, as_):
    brought = bring(world, "Sam <sam@example.org>", now)
    url = reverse("cohorts:invitation_list", args=[brought.pk])
    assert as_(world.cas).get(url).status_code == 200
    assert as_(world.ada).get(url).status_code == 404
    bring(world, "bo@example.org", now + timedelta(days=8))
    assert not InvitationList.objects.filter(pk=brought.pk).exists()
    bring(world, "Sam <sam@example.org>", now)
    leaving.leave(by=Person.objects.get(pk=world.sam.pk), went_to="left", at=now)
    assert not InvitationList.objects.filter(lines__icontains="sam@example.org").exists()


# --- On the page ---------------------------------------------------------------------------------


def test_from_a_file_to_the_letters_on_the_pages(world, as_):
    browser = as_(world.cas)
    new = reverse("cohorts:invitation_list_new", args=[world.cohort.pk])
    file = SimpleUploadedFile("list.csv", MIXED.encode("cp1252"), content_type="text/csv")
    report = browser.post(new, {"file": file, "pasted": ""}, follow=True)
    page = report.content.decode()
    assert "Of 5 lines: 3 to ask, 1 there already, 1 wrong." in page
    assert "Line 3: “nia” is not an e-mail address." in page or "Line 3: “nia@” is not" in page
    url = report.redirect_chain[-1][0]
    browser.post(f"{url}sending/")
    page = browser.get(url).content.decode()
    assert "2 letters are on the way, and 1 person has been asked here." in page
    csv = browser.get(f"{url}wrong-lines/").content.decode("utf-8-sig")
    assert csv.splitlines()[0] == "line,name,email,service,job title,why"
    key = InvitationList.objects.get().lines[0][0]
    browser.post(
        f"{url}lines/", {f"name-{key}": "Nia", f"email-{key}": "nia@example.org"}, follow=True
    )
    assert "Ask 1 person" in browser.get(url).content.decode()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"pasted": ""}, "The list is empty"),
        ({"pasted": "a@b.org\x00"}, "Null characters|not a CSV"),
        ({"pasted": "\n".join(f"p{n}@example.org" for n in range(1001))}, "more than 1,000"),
    ],
)
def test_what_can_not_be_read_is_said_and_nothing_typed_is_lost(given, says, world, as_):
    import re

    new = reverse("cohorts:invitation_list_new", args=[world.cohort.pk])
    answer = as_(world.cas).post(new, given)
    assert answer.status_code == 200
    assert re.search(says, answer.content.decode())
    assert not InvitationList.objects.exists()


def test_a_wrong_line_too_long_to_keep_is_said_at_its_field(world, as_, now):
    brought = bring(world, "nonsense", now)
    url = reverse("cohorts:invitation_list_lines", args=[brought.pk])
    answer = as_(world.cas).post(url, {"name-0": "x" * 101, "email-0": "bo@example.org"})
    assert "100 characters at most" in answer.content.decode()
    assert "bo@example.org" in answer.content.decode()


def test_five_hundred_take_as_many_queries_as_ten_and_letters_go_by_the_queue(world):
    at = timezone.now()

    def many(start, count):
        lines = [f"New {n} <new{n}@example.org>" for n in range(start, start + count // 2)]
        here = [make_person().email for _ in range(count - count // 2)]
        return "\n".join([*lines, *here, "not an address"])

    counts = []
    for start, count in ((0, 10), (1000, 90), (2000, 500)):
        brought = bring(world, many(start, count), at)
        with CaptureQueriesContext(connection) as queries:
            lists.send(brought=brought, by=world.cas, at=at)
        counts.append(len(queries))
        brought.refresh_from_db()
        assert brought.letters_sent + brought.people_asked == count
    assert counts[1] == counts[0]
    assert counts[2] <= counts[0] + 12, counts  # one job for each hundred letters
    assert not Letter.objects.exists()
    assert Event.objects.filter(verb="membership.asked").count() == 300
    report = reverse("cohorts:invitation_list", args=[bring(world, many(5000, 500), at).pk])
    from django.test import Client

    browser = Client()
    browser.force_login(world.cas)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(report).status_code == 200
    assert len(queries) <= 10
