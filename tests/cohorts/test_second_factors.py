"""Second steps, the devices one is signed in on, and getting back in when a phone is lost."""

from __future__ import annotations

import io
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from cohorts.sign_in import must_have_second_factor
from cohorts.templatetags.devices import device, network
from systemschangers.kernel.models import Event, Letter
from tests.cohorts.signing_in import (
    CODE,
    app_code,
    ask,
    code_for,
    is_signed_in,
    with_app,
)


@pytest.fixture(autouse=True)
def _counters(db):
    cache.clear()


# --- The second step ------------------------------------------------------------------------------


def test_an_app_is_turned_on_and_asked_for(as_, ana, client):
    browser = as_(ana)
    page = browser.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert '<svg class="qr"' in page.content.decode()
    assert "img-src 'self'" in page.headers["Content-Security-Policy"]
    counter = max(yield_hotp_counters_from_time())
    answer = browser.post(
        "/account/2fa/totp/activate/", {"code": format_hotp_value(hotp_value(secret, counter))}
    )
    assert answer.headers["Location"] == "/account/2fa/recovery-codes/"
    codes = browser.get("/account/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    ask(client, ana.email)
    client.post(CODE, {"code": code_for(ana.email)})
    assert not is_signed_in(client)
    client.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert is_signed_in(client)


def test_recovery_codes_download_as_text(as_, ana):
    browser = as_(ana)
    page = browser.get("/account/2fa/totp/activate/")
    counter = max(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value(page.context["form"].secret, counter))
    browser.post("/account/2fa/totp/activate/", {"code": code})
    answer = browser.get("/account/2fa/recovery-codes/download/")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert len(re.findall(r"^\d{8}$", answer.content.decode(), re.MULTILINE)) == 10


def test_trusted_roles(ana, mo, lee, cas, ada):
    assert [must_have_second_factor(person) for person in (ana, mo, lee, cas, ada)] == [
        False,
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("who", ["cas", "ada"])
def test_trusted_roles_set_up_a_second_factor_before_anything_else(who, world, as_, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    browser = as_(getattr(world, who))
    for path in ("/", "/wins/", "/setting-up/", "/me/"):
        assert browser.get(path).headers["Location"] == "/account/2fa/"
    for path in ("/account/2fa/", "/account/2fa/webauthn/add/", "/account/2fa/totp/activate/"):
        assert browser.get(path).status_code == 200
    assert "needs a second way" in browser.get("/", follow=True).content.decode()


def test_trusted_roles_go_on_once_they_have_one(cas, as_, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    with_app(cas)
    assert as_(cas).get("/more/").status_code == 200


def test_others_need_none(ana, as_, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert as_(ana).get("/more/").status_code == 200


@pytest.mark.parametrize(("who", "asked"), [("ana", False), ("cas", True)])
def test_a_passkey_is_a_second_step_only_for_trusted_roles(who, asked, world, client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    person = getattr(world, who)
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
    )
    ask(client, person.email)
    answer = client.post(CODE, {"code": code_for(person.email)})
    assert (answer.headers["Location"] == "/account/2fa/authenticate/") is asked


def test_changing_how_one_signs_in_asks_again(as_, ana):
    with_app(ana)
    browser = as_(ana)
    answer = browser.get("/account/2fa/webauthn/add/")
    assert answer.headers["Location"].startswith("/account/2fa/reauthenticate/")
    browser.post(answer.headers["Location"], {"code": app_code()})
    assert browser.get("/account/2fa/webauthn/add/").status_code == 200


def test_somebody_elses_passkey_is_not_there(as_, ana, mo):
    key = Authenticator.objects.create(
        user=mo, type=Authenticator.Type.WEBAUTHN, data={"name": "Mo’s", "credential": {}}
    )
    for verb in ("edit", "remove"):
        assert as_(ana).get(f"/account/2fa/webauthn/keys/{key.pk}/{verb}/").status_code == 404


# --- Sessions -------------------------------------------------------------------------------------


def test_other_devices_can_be_signed_out(ana):
    phone, library = Client(), Client()
    for browser in (phone, library):
        ask(browser, ana.email)
        browser.post(CODE, {"code": code_for(ana.email)})
    page = phone.get("/account/sessions/").content.decode()
    assert page.count('<li class="card">') == 2
    phone.post("/account/sessions/")
    assert is_signed_in(phone)
    assert not is_signed_in(library)


@pytest.mark.parametrize(
    ("said", "known_as"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A145R) Chrome/126.0 Mobile Safari/537.36",
            "Chrome on an Android phone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Mobile Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/126.0 Safari/537.36 Edg/126.0",
            "Edge on a Windows computer",
        ),
        ("", "A browser"),
    ],
)
def test_a_device_is_named_as_its_owner_would(said, known_as):
    assert device(said) == known_as


def test_the_network_is_told_only_roughly():
    assert network("81.2.69.142") == "81.2.x.x"
    assert network("2001:db8:85a3::8a2e:370:7334") == "2001:0db8:85a3:…"
    assert network("nonsense") == ""


# --- A lost second step ---------------------------------------------------------------------------


def test_a_lost_second_step_is_taken_off_and_its_owner_told(client, ana):
    with_app(ana)
    call_command("take_off_second_step", "Ana@example.org", stdout=io.StringIO())
    assert not Authenticator.objects.exists()
    assert Event.objects.get(verb="second_step.taken_off").target_id == str(ana.pk)
    assert Letter.objects.get(to=ana.email).kind == "sign_in.second_step_taken_off"
    ask(client, ana.email)
    client.post(CODE, {"code": code_for(ana.email)})
    assert is_signed_in(client)


def test_no_second_step_is_taken_off_a_stranger(ended):
    for email in ("stranger@example.com", ended.email):
        with pytest.raises(CommandError, match="Nobody"):
            call_command("take_off_second_step", email)
