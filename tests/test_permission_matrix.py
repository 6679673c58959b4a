"""Every address × method × person, with the answer expected. The addresses are read from the resolver:
one without a row in tests/permissions.py fails here.

Invisible is 404, visible but not allowed is 403, signed out is sent to sign in (302)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from http.cookies import SimpleCookie
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.scene import build_scene
from tests.permissions import ADMIN, NOBODY_ADDS, ROWS, Row

CAST = ("nobody", "ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada", "ended")
SIGNED_OUT = {"nobody", "ended"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def addresses(resolver=None, namespace: str = "") -> list[str]:
    """The name of every pattern, or its route where it has none."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += addresses(pattern, inner)
        elif isinstance(pattern, URLPattern):
            found.append(namespace + (pattern.name or str(pattern.pattern)))
    return found


def expected(spec: str, who: str) -> set[int]:
    """ "404 ana,mo=200|302 nobody=302": the first word is for whoever is not named.

    Signed-out people are sent to sign in (302) unless the row names nobody."""
    default, *named = spec.split()
    answers = {
        name: statuses
        for part in named
        for names, _, statuses in [part.partition("=")]
        for name in names.split(",")
    }
    if who in SIGNED_OUT:
        who = "nobody"
    statuses = answers.get(who, "302" if who == "nobody" else default)
    return {int(status) for status in statuses.split("|")}


def test_every_address_has_a_row():
    named = {name for name in addresses() if not name.startswith("admin:")}
    assert named - set(ROWS) == set(), "add a row to tests/permissions.py"
    assert set(ROWS) - named == set(), "these rows are of addresses that are gone"


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """One scene for every address: what an answer changed is undone, so that none meets another's.
    `cookies` are those of the cast, signed in."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = build_scene()
        scene.cookies = {who: signed_in(getattr(scene, who)) for who in CAST[1:]}
        yield scene
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROWS))
def test_who_may_what(name: str, scene, caplog):
    caplog.set_level(logging.CRITICAL, "django.request")
    row: Row = ROWS[name]
    address = row.path or reverse(name, args=[getattr(scene, row.of)] if row.of else [])
    address += row.query
    surprises, cells = [], 0
    for who in CAST:
        for method in METHODS:
            spec = {"GET": row.get, "HEAD": row.get, "POST": row.post}.get(method, "405 nobody=405")
            want = expected(spec, who) | ({405} if method == "HEAD" else set())
            data = row.data if method == "POST" else {}
            got = answer(browser_of(scene, who), method, address, data)
            cells += 1
            if got not in want:
                surprises.append(f"{who} {method} {address}: {got}, not {sorted(want)}")
    assert cells == len(CAST) * len(METHODS)
    assert not surprises, "\n" + "\n".join(surprises)


def signed_in(person) -> SimpleCookie:
    """What the browser holds of somebody who signed in; of the ended account, while it ended."""
    client = Client()
    client.force_login(person)
    return client.cookies


BROWSER = Client()


def browser_of(scene, who: str) -> Client:
    """A browser that has seen no other page yet. One serves all: to make one is dear."""
    BROWSER.cookies = SimpleCookie()
    BROWSER.cookies.update(scene.cookies.get(who, {}))
    return BROWSER


def answer(client: Client, method: str, address: str, data: dict) -> int:
    """The status `client` gets. What it changed is undone."""
    with transaction.atomic():
        response = getattr(client, method.lower())(address, data)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.django_db
def test_the_admin_opens_for_the_administrator_only(scene, caplog):
    """Every page of setting up: the administrator, and nobody else in the cast."""
    caplog.set_level(logging.CRITICAL, "django.request")
    pages = [name for name in addresses() if name.startswith("admin:")]
    cells = 0
    for name in ADMIN:
        for who in CAST:
            got = answer(browser_of(scene, who), "GET", reverse(name), {})
            cells += 1
            assert got == (200 if who == "ada" else 302), (name, who, got)
    listed = {name for name in pages if name.endswith(("_changelist", "_add"))}
    assert listed - NOBODY_ADDS == set(ADMIN) - {"admin:index"}
    for name in NOBODY_ADDS:
        assert answer(browser_of(scene, "ada"), "GET", reverse(name), {}) == 403
    assert cells == len(ADMIN) * len(CAST)


def test_the_size_of_the_matrix(capsys):
    cells = len(ROWS) * len(CAST) * len(METHODS) + len(ADMIN) * len(CAST)
    with capsys.disabled():
        print(f"\npermission matrix: {cells} cells, {len(ROWS) + len(ADMIN)} addresses")
    assert cells > 4000
