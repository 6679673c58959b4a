"""The promises of sign-in: by invitation, never telling who is here, counted, ended at once."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import allauth
import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from systemschangers.kernel.models import Letter, Submission
from tests.cohorts.signing_in import (
    CODE,
    LOGIN,
    PASSWORD,
    ask,
    code_for,
    is_signed_in,
    with_password,
)


@pytest.fixture(autouse=True)
def _counters(db):
    cache.clear()


# --- The code by e-mail ---------------------------------------------------------------------------


def test_a_code_goes_through_our_queue_and_signs_in(client, ana):
    assert ask(client, "Ana@Example.org").headers["Location"].startswith(CODE)
    letter = Letter.objects.get(to=ana.email)
    assert (letter.kind, letter.recipient) == ("sign_in.login_code", ana)
    code = code_for(ana.email)
    assert code in letter.html
    assert code not in letter.subject
    assert client.post(CODE, {"code": code}).headers["Location"] == "/"
    assert is_signed_in(client)
    assert EmailAddress.objects.get(user=ana).verified


def test_a_code_typed_with_spaces_is_the_same_code(client, ana):
    ask(client, ana.email)
    code = code_for(ana.email)
    client.post(CODE, {"code": f" {code[:3]} {code[3:]} "})
    assert is_signed_in(client)


def test_a_code_is_too_old_after_fifteen_minutes(client, ana):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client, ana.email)
        clock.shift(timedelta(minutes=16))
        answer = client.post(CODE, {"code": code_for(ana.email)})
        assert answer.status_code == 302
        assert (
            "The last one no longer works"
            in client.get(answer.headers["Location"]).content.decode()
        )
        assert not is_signed_in(client)


def test_a_code_works_once(client, ana):
    ask(client, ana.email)
    code = code_for(ana.email)
    client.post(CODE, {"code": code})
    client.post("/account/logout/")
    client.post(CODE, {"code": code})
    assert not is_signed_in(client)


def test_a_code_is_for_the_browser_that_asked(client, ana):
    ask(client, ana.email)
    other = Client()
    other.post(CODE, {"code": code_for(ana.email)})
    assert not is_signed_in(other)


def test_the_fifth_wrong_code_ends_it(client, ana):
    ask(client, ana.email)
    code = code_for(ana.email)
    wrong = "000000" if code != "000000" else "000001"
    answers = [client.post(CODE, {"code": wrong}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 302]
    client.post(CODE, {"code": code})
    assert not is_signed_in(client)


def test_asking_again_and_again_is_stopped_however_many_browsers_ask(ana):
    for _ in range(3):
        assert ask(Client(), ana.email).status_code == 302
    answer = ask(Client(), ana.email)
    assert answer.status_code == 200
    assert "too many tries" in answer.content.decode()
    assert Letter.objects.filter(to=ana.email).count() == 3


def test_a_submission_key_does_not_uncount_an_attempt(ana):
    """A keyed form that fails is rolled back; were sign-in keyed, so would be the count of tries."""
    with_password(ana)
    key = "6f2b1f3a-6a55-4ad1-9d3c-0f8f6f2f3c11"
    for _ in range(6):
        answer = Client().post(
            f"{LOGIN}?with=password",
            {"login": ana.email, "password": "wrong", "submission_key": key},
        )
    assert "too many tries" in answer.content.decode()
    assert not Submission.objects.exists()


# --- Nobody learns who is here --------------------------------------------------------------------


@pytest.mark.parametrize("path", [LOGIN, "/account/password/reset/"])
def test_the_answer_is_the_same_for_known_ended_and_unknown(path, ana, ended):
    with_password(ana)
    field = "login" if path == LOGIN else "email"
    pages = []
    for email in (ana.email, ended.email, "stranger@example.com"):
        browser = Client()
        answer = browser.post(path, {field: email}, follow=True)
        page = re.sub(r'value="[^"]{30,}"', "", answer.content.decode()).replace(email, "…")
        pages.append((answer.status_code, answer.redirect_chain, page))
    assert pages[0] == pages[1] == pages[2]


def test_a_stranger_is_told_by_letter_once_a_day(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    for _ in range(3):
        ask(Client(), "stranger@example.com")
    letter = Letter.objects.get(to="stranger@example.com")
    assert "no account" in letter.subject
    assert "invitation" in letter.text
    assert "stranger" not in letter.dedupe_key


def test_nobody_signs_themselves_up(client):
    page = client.get("/account/signup/")
    assert "You come in by invitation" in page.content.decode()
    client.post("/account/signup/", {"email": "stranger@example.com"})
    assert not EmailAddress.objects.exists()


# --- Ended accounts -------------------------------------------------------------------------------


def test_an_ended_account_gets_no_code(client, ended):
    ask(client, ended.email)
    assert [letter.kind for letter in Letter.objects.all()] == ["sign_in.unknown_account"]


def test_an_open_session_dies_when_the_account_ends(as_, ana):
    browser = as_(ana)
    assert is_signed_in(browser)
    type(ana).objects.filter(pk=ana.pk).update(is_active=False)
    assert not is_signed_in(browser)


def test_an_ended_account_cannot_use_its_password(client, ana):
    with_password(ana)
    type(ana).objects.filter(pk=ana.pk).update(is_active=False)
    client.post(f"{LOGIN}?with=password", {"login": ana.email, "password": PASSWORD})
    assert not is_signed_in(client)


def test_a_code_asked_for_before_the_end_no_longer_works(client, ana):
    ask(client, ana.email)
    type(ana).objects.filter(pk=ana.pk).update(is_active=False)
    client.post(CODE, {"code": code_for(ana.email)})
    assert not is_signed_in(client)


# --- Passwords, for those who want one ------------------------------------------------------------


def test_a_password_can_be_made_and_used(as_, ana):
    browser = as_(ana)
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    browser.post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert not is_signed_in(browser)
    letter = Letter.objects.get(to=ana.email)
    assert letter.kind == "sign_in.password_set"
    browser.post(f"{LOGIN}?with=password", {"login": ana.email, "password": PASSWORD})
    assert is_signed_in(browser)


def test_the_password_field_is_there_only_when_asked_for(client):
    assert 'type="password"' not in client.get(LOGIN).content.decode()
    assert 'type="password"' in client.get(f"{LOGIN}?with=password").content.decode()


def test_a_forgotten_password_is_replaced_by_a_link(client, ana):
    with_password(ana)
    client.post("/account/password/reset/", {"email": ana.email})
    link = re.search(r"http://\S+", Letter.objects.get(to=ana.email).text)[0]
    path = urlsplit(link).path
    form = client.get(path, follow=True)
    new = {"password1": "four loud herons", "password2": "four loud herons"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert "Your password is changed" in done.content.decode()
    client.post(f"{LOGIN}?with=password", {"login": ana.email, "password": "four loud herons"})
    assert is_signed_in(client)
    again = Client().get(path)
    assert "This link no longer works" in again.content.decode()


# --- The e-mail address ---------------------------------------------------------------------------


def test_the_address_changes_once_its_code_is_written_in(as_, ana):
    browser = as_(ana)
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    browser.post("/account/email/", {"email": "Ana.New@example.org", "action_add": "1"})
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    code = code_for("ana.new@example.org")
    browser.post("/account/confirm-email/", {"code": code})
    ana.refresh_from_db()
    assert ana.email == "ana.new@example.org"
    assert Letter.objects.filter(to="ana@example.org", kind="sign_in.email_changed").exists()


def test_somebody_elses_address_cannot_be_taken(as_, ana, mo):
    browser = as_(ana)
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    browser.post("/account/email/", {"email": mo.email, "action_add": "1"})
    answer = browser.post("/account/confirm-email/", {"code": code_for(mo.email)})
    assert "Somebody here already has that" in answer.content.decode()
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"


# --- Words kept -----------------------------------------------------------------------------------


def test_words_sent_after_the_session_ran_out_come_back_after_sign_in(client, ana):
    path = reverse("wins:new")
    key = "0b0ff3a5-6c1f-4f0c-8a53-0f7ab1f7f111"
    words = {"what_happened": "A landlord agreed to wait.", "submission_key": key, "form_at": path}
    answer = client.post(path, words)
    assert answer.headers["Location"].startswith(LOGIN)
    client.post(answer.headers["Location"], {"login": ana.email})
    signed_in = client.post(f"{CODE}?next={path}", {"code": code_for(ana.email)})
    assert signed_in.headers["Location"] == path
    assert "A landlord agreed to wait." in client.get(path).content.decode()
    assert client.session.get_expiry_age() == 60 * 60 * 24 * 30


# --- The demonstration's short cut ----------------------------------------------------------------


def test_the_demonstration_lists_the_cast_and_one_press_is_them(client, world):
    page = client.get("/demo/").content.decode()
    assert "Be Ana" in page
    assert "Outreach worker, Street outreach" in page
    assert "Be Eve" not in page
    client.post(f"/demo/{world.ana.pk}/")
    assert is_signed_in(client)


def test_the_demonstration_opens_no_ended_account(client, ended):
    assert client.post(f"/demo/{ended.pk}/").status_code == 404
    assert client.get(f"/demo/{ended.pk}/").status_code == 405


# --- Every page in our words ----------------------------------------------------------------------

NEVER_SHOWN = re.compile(
    r"phone|signup_by_passkey|webauthn/signup_form|mfa/trust|email_confirm\.html|account/email\.html"
    r"|verification_sent|verified_email_required|confirm_password_reset_code|base_|/base\.html"
    r"|snippets/|account/signup\.html|socialaccount/signup\.html|login_redirect"
)


def test_every_page_and_letter_of_allauth_is_in_our_words():
    theirs = Path(allauth.__file__).parent / "templates"
    ours = Path(__file__).resolve().parents[2] / "templates"
    for folder in ("account", "mfa", "socialaccount", "usersessions"):
        for template in (theirs / folder).rglob("*.*"):
            name = template.relative_to(theirs)
            unused = NEVER_SHOWN.search(str(name)) or "password_reset_code" in name.name
            assert unused or (ours / name).exists(), f"{name} would be shown as allauth wrote it"
