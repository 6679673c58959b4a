"""Accounts: whose an e-mail address is, opening one, and letting its person in."""

from __future__ import annotations

from datetime import datetime

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from cohorts.models import Person


def has_account(email: str) -> bool:
    """Whether the address is somebody's here, as the one they sign in with or a second one."""
    return (
        Person.objects.filter(email=email.lower()).exists()
        or EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
    )


def open_account(*, email: str, name: str, at: datetime, **fields) -> Person:
    """A person who has shown that the address is theirs: it counts as verified."""
    person = Person.objects.create_user(email, name=name, joined_at=at, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def let_in(request: HttpRequest, person: Person, to: str) -> HttpResponse:
    """Sign `person` in on this browser, whoever was signed in before, and lead them `to`."""
    if request.user.is_authenticated:
        logout(request)
    person.backend = "allauth.account.auth_backends.AuthenticationBackend"  # type: ignore[attr-defined]
    record_authentication(request, person, method="code")
    return perform_login(request, person, email_verification="none", redirect_url=to)
