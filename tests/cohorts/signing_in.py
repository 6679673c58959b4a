"""What tests of sign-in do over and over, in words."""

from __future__ import annotations

import re

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from systemschangers.kernel.models import Letter

LOGIN, CODE = "/account/login/", "/account/login/code/confirm/"
PASSWORD = "three quiet herons"


def ask(client, email):
    return client.post(LOGIN, {"login": email})


def code_for(email):
    text = Letter.objects.filter(to=email).latest("id").text
    return re.search(r"\b(\d{6})\b", text)[1]


def is_signed_in(client):
    return client.get("/account/2fa/").status_code == 200


def with_password(person):
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def with_app(person):
    return TOTP.activate(person, "JBSWY3DPEHPK3PXP").instance


def app_code():
    return format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", max(yield_hotp_counters_from_time())))
