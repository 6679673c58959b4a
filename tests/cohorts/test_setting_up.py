"""From nothing to the first invitation, and the pages for set-up only."""

from io import StringIO
from threading import Barrier, Thread

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import setting_up
from cohorts.models import Invitation, Organisation, Person, Post, Theme
from cohorts.set_up_codes import is_set_up_code, set_up_code
from cohorts.setting_up_site import shown_models
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event
from tests.factories import make_win


def start(**changes):
    return {
        "name": "Ada Lindqvist",
        "email": "ada@example.org",
        "code": set_up_code(),
    } | changes


def step(name):
    return reverse("cohorts:start_step", args=[name])


@pytest.mark.django_db
def test_the_command_prints_the_code_and_the_page_does_not():
    out = StringIO()
    call_command("set_up_code", stdout=out, stderr=StringIO())
    code = out.getvalue().strip()
    assert is_set_up_code(code)
    assert code not in Client().get(reverse("cohorts:start")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "0" * 23, "x", "é" * 20, "\x00", "x" * 5000])
def test_without_the_code_the_place_stays_closed(code):
    response = Client().post(reverse("cohorts:start"), start(code=code))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_the_code_may_be_typed_with_spaces_and_capitals():
    assert is_set_up_code(set_up_code().upper().replace("-", " "))


@pytest.mark.django_db
def test_the_code_depends_on_the_secret_of_the_place(settings):
    here = set_up_code()
    settings.SECRET_KEY = "another-secret"
    assert set_up_code() != here


@pytest.mark.django_db
def test_from_nothing_to_the_first_invitation():
    browser = Client()
    assert browser.post(reverse("cohorts:start"), start()).url == reverse("cohorts:start_steps")
    ada = Person.objects.get()
    assert ada.is_staff
    assert not ada.is_superuser
    assert browser.post(step("organisation"), {"name": "Eastmere Council"}).url == step("service")
    sent = {"name": "Street outreach", "place": "Eastmere"}
    assert browser.post(step("service"), sent).url == step("themes")
    themes = browser.get(step("themes")).context["form"].initial or {}
    assert themes == {}
    offered = [
        value for value, _ in browser.get(step("themes")).context["form"]["themes"].field.choices
    ]
    assert browser.post(step("themes"), {"themes": offered, "more": "Night shelters"}).url == step(
        "you"
    )
    assert Theme.objects.count() == 13
    service = Organisation.objects.get().services.get()
    own = {"service": service.pk, "title": "Convenor", "kind": "programme"}
    assert browser.post(step("you"), own).url == step("invitation")
    assert ada.posts.get().kind == Post.Kind.PROGRAMME
    invitation = {
        "name": "Ana",
        "email": "ana@example.org",
        "service": service.pk,
        "job_title": "Worker",
        "kind": "frontline",
    }
    assert browser.post(step("invitation"), invitation).url == reverse("cohorts:start_steps")
    assert Invitation.objects.get().email == "ana@example.org"
    assert "You are ready" in browser.get(reverse("cohorts:start_steps")).content.decode()


def test_once_there_is_somebody_the_door_is_closed(ana, ada, as_, now):
    for browser in (Client(), as_(ana)):
        assert browser.get(reverse("cohorts:start")).status_code == 404
        assert browser.post(reverse("cohorts:start"), start()).status_code == 404
    assert as_(ada).get(reverse("cohorts:start")).status_code == 302
    with pytest.raises(WrongState):
        setting_up.first_administrator(**start(), at=now)


def test_the_steps_are_for_administrators(cas, as_):
    assert as_(cas).get(reverse("cohorts:start_steps")).status_code == 403
    assert as_(cas).post(step("organisation"), {"name": "X"}).status_code == 403


@pytest.mark.django_db
def test_a_step_that_needs_another_leads_back():
    browser = Client()
    browser.post(reverse("cohorts:start"), start())
    for name in ("service", "you", "invitation"):
        assert browser.get(step(name)).url == reverse("cohorts:start_steps")
    assert browser.get(step("nothing")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_first_administrators_at_the_same_moment_are_one():
    start_together, outcomes = Barrier(2), []

    def be_first(email):
        try:
            start_together.wait()
            outcomes.append(setting_up.first_administrator(**start(email=email), at=timezone.now()))
        except (WrongState, ValidationError) as refused:
            outcomes.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=be_first, args=[f"a{n}@example.org"]) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Person.objects.count() == 1
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1


def test_the_set_up_pages_show_exactly_these_nouns():
    assert set(admin.site._registry) == set(shown_models())


def test_only_administrators_open_the_set_up_pages(world, as_):
    signed_out = Client().get("/setting-up/", follow=True)
    assert signed_out.redirect_chain[-1][0].startswith(reverse("account_login"))
    for person in (world.ana, world.mo, world.cas):
        response = as_(person).get("/setting-up/", follow=True)
        assert response.status_code == 403
    assert as_(world.ada).get("/setting-up/").status_code == 200


def test_every_set_up_page_opens(world, as_):
    browser = as_(world.ada)
    for model in shown_models():
        base = f"/setting-up/cohorts/{model._meta.model_name}/"
        one = model.objects.first()
        assert browser.get(base, {"q": "a"}).status_code == 200
        assert browser.get(f"{base}{one.pk}/change/").status_code == 200
        adding = browser.get(f"{base}add/").status_code
        assert adding == (403 if model is Person else 200)


def test_an_administrator_cannot_take_over_an_address(world, as_):
    url = f"/setting-up/cohorts/person/{world.ana.pk}/change/"
    as_(world.ada).post(
        url, {"email": "ada2@example.org", "name": "X", "password": "x", "is_active": "on"}
    )
    world.ana.refresh_from_db()
    assert (world.ana.email, world.ana.name) == ("ana@example.org", "Ana Okafor")


def test_closing_an_account_ends_its_sessions_at_once(world, as_):
    ana = as_(world.ana)
    assert ana.get(reverse("cohorts:me")).status_code == 200
    as_(world.ada).post(f"/setting-up/cohorts/person/{world.ana.pk}/change/", {})
    assert ana.get(reverse("cohorts:me")).status_code == 302


def test_what_is_set_up_goes_into_the_record_and_not_into_djangos_log(world, as_):
    as_(world.ada).post("/setting-up/cohorts/place/add/", {"name": "Westport"})
    event = Event.objects.get(verb="setting_up.added")
    assert (event.actor, event.target_type) == (world.ada, "cohorts.place")
    assert not LogEntry.objects.exists()


def test_what_stands_in_the_way_of_deleting_is_not_shown(world, as_):
    make_win(world.ana, "A secret of mine", visibility="only_me")
    page = as_(world.ada).get(f"/setting-up/cohorts/service/{world.outreach.pk}/delete/")
    assert "it has to stay" in page.content.decode()
    assert "secret" not in page.content.decode()
