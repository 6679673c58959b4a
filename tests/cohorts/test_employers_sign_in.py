"""An employer's sign-in opens an account that is here, and makes none."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache

from tests.cohorts.signing_in import (
    LOGIN,
    is_signed_in,
)


@pytest.fixture(autouse=True)
def _counters(db):
    cache.clear()


# --- Employers' sign-in ---------------------------------------------------------------------------

GOOGLE = {"google": {"APPS": [{"client_id": "an-id", "secret": "a-secret"}], "SCOPE": ["email"]}}


def microsoft(tenant):
    app = {"client_id": "an-id", "secret": "a-secret", "settings": {"tenant": tenant}}
    return {"microsoft": {"APPS": [app]}}


class Answer:
    def __init__(self, said):
        self.said, self.status_code, self.ok = said, 200, True
        self.headers = {"content-type": "application/json"}
        self.text = str(said)

    def json(self):
        return self.said


def come_back(client, provider, monkeypatch, profile):
    """Press the button, and return as the provider would send one back."""

    def reached(session, method, url, **options):
        if isinstance(profile, Exception):
            raise profile
        return Answer(
            {"access_token": "token", "token_type": "Bearer"} if "token" in url else profile
        )

    monkeypatch.setattr(requests.Session, "request", reached)
    pressed = client.post(f"/account/{provider}/login/")
    state = parse_qs(urlsplit(pressed.headers["Location"]).query)["state"][0]
    return client.get(f"/account/{provider}/login/callback/", {"code": "x", "state": state})


def test_the_buttons_are_there_only_when_set_up(client, settings):
    assert "Google" not in client.get(LOGIN).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = GOOGLE
    assert "Sign in with Google" in client.get(LOGIN).content.decode()


def test_a_provider_nobody_set_up_is_not_there(client):
    assert client.get("/account/google/login/").status_code == 404
    assert client.post("/account/microsoft/login/").status_code == 404


def test_a_provider_that_does_not_answer_gives_a_page(client, settings, monkeypatch):
    settings.SOCIALACCOUNT_PROVIDERS = microsoft("eastmere")
    answer = come_back(client, "microsoft", monkeypatch, requests.ConnectionError("away"))
    assert answer.status_code == 401
    assert "That sign-in did not work" in answer.content.decode()


def test_the_employers_own_directory_opens_the_account(client, ana, settings, monkeypatch):
    settings.SOCIALACCOUNT_PROVIDERS = microsoft("eastmere")
    come_back(client, "microsoft", monkeypatch, {"id": "1", "mail": ana.email})
    assert is_signed_in(client)
    assert SocialAccount.objects.get(user=ana).provider == "microsoft"


def test_a_directory_of_anybodys_opens_nothing(client, ana, settings, monkeypatch):
    """Whoever runs a directory can write Ana's address into it."""
    settings.SOCIALACCOUNT_PROVIDERS = microsoft("organizations")
    answer = come_back(client, "microsoft", monkeypatch, {"id": "1", "mail": ana.email})
    assert not is_signed_in(client)
    assert "You come in by invitation" in answer.content.decode()


def test_an_employers_sign_in_makes_no_account(client, settings, monkeypatch, world):
    settings.SOCIALACCOUNT_PROVIDERS = microsoft("eastmere")
    answer = come_back(client, "microsoft", monkeypatch, {"id": "1", "mail": "new@example.com"})
    assert "You come in by invitation" in answer.content.decode()
    assert not SocialAccount.objects.exists()
