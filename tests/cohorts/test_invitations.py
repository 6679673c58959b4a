"""A link that lets one person in, once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import invitations
from cohorts.models import Invitation, Membership, Person, Post
from cohorts.models.invitations import hashed
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter, Notification
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_invitation, token_in_last_letter


def join(token):
    return reverse("cohorts:joining", args=[token])


def test_the_letter_has_the_link_and_the_database_only_its_hash(cas, now):
    invitation, token = make_invitation(cas, now)
    letter = Letter.objects.get(to="nia@example.org")
    assert f"/join/{token}/" in letter.text
    assert f"/join/{token}/" in letter.html
    assert invitation.token_hash == hashed(token)
    assert token not in str(Invitation.objects.values_list())
    assert token not in str(Event.objects.values_list())


def test_accepting_makes_the_person_their_post_and_their_place_in_the_cohort(world, cas, mo, now):
    _, token = make_invitation(
        cas, now, service=world.outreach, line_manager=mo, cohort=world.cohort
    )
    nia = invitations.accept(token=token, name="Nia Pryce", at=now)
    assert nia.name == "Nia Pryce"
    assert not nia.has_usable_password()
    post = nia.posts.get()
    assert (post.service, post.line_manager, post.title) == (world.outreach, mo, "Support worker")
    assert Membership.objects.get(person=nia).state == Membership.State.AWAITING_MANAGER
    assert EmailAddress.objects.get(user=nia).verified
    told = Notification.objects.filter(event__verb="invitation.accepted")
    assert {notification.recipient for notification in told} == {cas, mo}


def test_only_those_who_invite_may_invite(ana, now, world):
    with pytest.raises(Refused):
        make_invitation(ana, now, service=world.outreach)


def test_an_address_with_an_account_is_not_invited(cas, ana, now):
    with pytest.raises(ValidationError, match="already has an account"):
        make_invitation(cas, now, email="ANA@example.org")


def test_a_second_open_invitation_is_refused_in_words(cas, now):
    make_invitation(cas, now)
    with pytest.raises(ValidationError, match="already an open invitation"):
        make_invitation(cas, now)


def test_one_that_ran_out_gives_way_to_a_new_one(cas, now):
    make_invitation(cas, now)
    later = now + timedelta(days=31)
    make_invitation(cas, later)
    assert Invitation.objects.open(later).count() == 1


def test_sending_again_makes_a_new_link_and_ends_the_old(cas, now):
    invitation, old = make_invitation(cas, now)
    invitations.send_again(invitation=invitation, by=cas, at=now + timedelta(days=40))
    new = token_in_last_letter(invitation.email)
    assert new != old
    with pytest.raises(WrongState, match="don’t know"):
        invitations.accept(token=old, name="Nia", at=now)
    assert invitations.accept(token=new, name="Nia", at=now + timedelta(days=41)).name == "Nia"


@pytest.mark.parametrize(
    ("happened", "status", "words"),
    [
        ("used", 410, b"has been used"),
        ("called off", 410, b"was called off"),
        ("expired", 410, b"has run out"),
        ("has account", 409, b"already have an account"),
        ("unknown", 404, b"don\xe2\x80\x99t know this invitation"),
    ],
)
def test_a_link_that_no_longer_works_says_why(happened, status, words, cas):
    now = timezone.now()
    invitation, token = make_invitation(cas, now)
    if happened == "used":
        invitations.accept(token=token, name="Nia", at=now)
    elif happened == "called off":
        invitations.call_off(invitation=invitation, by=cas, at=now)
    elif happened == "expired":
        Invitation.objects.update(expires_at=now)
    elif happened == "has account":
        Person.objects.create_user("nia@example.org", name="Nia")
    else:
        token = "x" * 43
    people = Person.objects.count()
    for response in (Client().get(join(token)), Client().post(join(token), {"name": "Nia"})):
        assert response.status_code == status
        assert words in response.content
    assert Person.objects.count() == people


def test_opening_the_page_changes_nothing_and_says_what_happens(cas, world):
    invitation, token = make_invitation(cas, timezone.now(), service=world.outreach)
    response = Client().get(join(token))
    assert response.status_code == 200
    assert "Cas Mendes has invited you" in response.content.decode()
    assert "Street outreach" in response.content.decode()
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_accepting_on_the_page_signs_in(cas):
    _, token = make_invitation(cas, timezone.now())
    browser = Client()
    response = browser.post(join(token), {"name": "Nia Price"})
    assert response.status_code == 302
    nia = Person.objects.get(email="nia@example.org")
    assert browser.session["_auth_user_id"] == str(nia.pk)
    assert nia.usersession_set.count() == 1


def test_pressing_twice_signs_the_same_person_in_once(cas):
    _, token = make_invitation(cas, timezone.now())
    browser = Client()
    sent = {"name": "Nia", "submission_key": "0d0b2c51-0e45-4b5a-8ee5-5a0d1f0a1b11"}
    first = browser.post(join(token), sent)
    second = browser.post(join(token), sent)
    assert (first.status_code, second.status_code) in {(302, 302), (302, 410)}
    assert Person.objects.filter(email="nia@example.org").count() == 1


def test_somebody_who_is_signed_in_is_not_turned_into_another(cas, ana, as_):
    _, token = make_invitation(cas, timezone.now())
    response = as_(ana).post(join(token), {"name": "Nia"})
    assert response.status_code == 409
    assert not Person.objects.filter(email="nia@example.org").exists()


def test_a_manager_who_has_gone_is_not_given(cas, mo, now, world):
    _, token = make_invitation(cas, now, service=world.outreach, line_manager=mo)
    Person.objects.filter(pk=mo.pk).update(is_active=False)
    assert invitations.accept(token=token, name="Nia", at=now).posts.get().line_manager is None


def test_the_form_invites_and_says_so(cas, as_, world, mo):
    response = as_(cas).post(
        reverse("cohorts:invitation_new"),
        {
            "name": "Nia\u202e Price",
            "email": "Nia@Example.org",
            "service": world.outreach.pk,
            "job_title": "Support worker",
            "kind": "frontline",
            "line_manager": "Mo Rahman",
            "cohort": world.cohort.pk,
        },
    )
    assert response.status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.name, invitation.email) == ("Nia Price", "nia@example.org")
    assert invitation.line_manager == mo


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "ana@example.org"),
        ("email", "not an address"),
        ("email", "a\x00@example.org"),
        ("name", ""),
        ("name", "x" * 101),
        ("name", "Nia\x00"),
        ("service", "99999999999999999999999999"),
        ("kind", "king"),
        ("line_manager", "Nobody Known"),
        ("line_manager", "nobody@example.org"),
        ("cohort", "-1"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_and_nothing_is_sent(field, value, cas, as_, world):
    given = {
        "name": "Nia",
        "email": "nia@example.org",
        "service": world.outreach.pk,
        "job_title": "Worker",
        "kind": "frontline",
    }
    response = as_(cas).post(reverse("cohorts:invitation_new"), given | {field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_the_same_moment_make_one_person(world, now):
    _, token = make_invitation(world.cas, now, service=world.outreach)
    start, outcomes = Barrier(2), []

    def accept():
        try:
            start.wait()
            outcomes.append(invitations.accept(token=token, name="Nia", at=now))
        except (WrongState, ValidationError) as refused:
            outcomes.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(outcome, Person) for outcome in outcomes) == 1
    assert Person.objects.filter(email="nia@example.org").count() == 1
    assert Post.objects.filter(person__email="nia@example.org").count() == 1
