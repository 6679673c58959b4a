"""One scene for all addresses, its cast signed in, and an answer whose effects are undone.

What an address answers is asked a few ten thousand times: the things are made once a module, and each
answer is rolled back, so that none meets another's."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from types import SimpleNamespace

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories.scene import build_scene

from .row import Row

CAST = ("nobody", "ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada", "ended")
SIGNED_OUT = {"nobody", "ended"}
# Who is asked for first when somebody is needed whom an address lets in.
READERS = ("ana", "mo", "cas", "ada", "nobody")


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


def reader_of(row: Row) -> str | None:
    """Who of the cast gets a page."""
    return next((who for who in READERS + CAST if expected(row.get, who) == {200}), None)


def poster_of(row: Row) -> str | None:
    """Who of the cast may send its form: they are neither refused nor sent to sign in."""
    for who in READERS + CAST:
        spec_names_them = who not in SIGNED_OUT or "nobody=" in row.post
        if spec_names_them and expected(row.post, who) <= {200, 302}:
            return who
    return None


def address_of(name: str, row: Row, scene: SimpleNamespace) -> str:
    return row.path or reverse(name, args=[getattr(scene, row.of)] if row.of else [])


def made() -> Iterator[SimpleNamespace]:
    """The scene, for as long as it is wanted. `cookies` are those of the cast, signed in."""
    with transaction.atomic():
        scene = build_scene()
        scene.cookies = {who: _signed_in(getattr(scene, who)) for who in CAST[1:]}
        yield scene
        transaction.set_rollback(True)


def _signed_in(person) -> SimpleCookie:
    """What the browser holds of somebody who signed in; of the ended account, while it ended."""
    client = Client()
    client.force_login(person)
    return client.cookies


SENT_AS_FORMS = {"get", "head", "post", "put", "patch", "delete"}
BROWSER = Client()
# Tells a 500 instead of raising what led to it.
UNSHAKEN = Client(raise_request_exception=False)


def browser_of(scene: SimpleNamespace, who: str, browser: Client = BROWSER) -> Client:
    """A browser that has seen no other page yet. One serves all: to make one is dear."""
    browser.cookies = SimpleCookie()
    browser.cookies.update(scene.cookies.get(who, {}))
    return browser


def answer(client: Client, method: str, address: str, data=None, **more) -> HttpResponse:
    """What `client` gets, read to its end. What it changed is undone. A body of bytes goes as it is."""
    with transaction.atomic():
        if isinstance(data, bytes) or method.lower() not in SENT_AS_FORMS:
            response = client.generic(method, address, data or b"", **more)
        else:
            response = getattr(client, method.lower())(address, data, **more)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response
