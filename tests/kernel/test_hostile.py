"""Input no honest browser sends gets a 4xx or a form error, at every address; never a 500.

Each address is asked by somebody whom it lets in, of a thing that is there, so that what is sent gets as
far as it can; and what it reads of a query or a form is learned from itself (`keys_read`)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import cycle
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm
from django.http import QueryDict
from django.test import Client

from tests.kernel.addresses import fill, named_routes, routes
from tests.permissions import ROWS
from tests.permissions.asking import (
    UNSHAKEN,
    address_of,
    answer,
    browser_of,
    expected,
    poster_of,
    reader_of,
)

POSTED = "application/x-www-form-urlencoded"
LOGGED_OUT = {"account_logout", "labs:card_sign_out"}


@contextlib.contextmanager
def keys_read() -> Iterator[set[str]]:
    """The names of what is read of queries and forms meanwhile."""
    keys: set[str] = set()

    def noted(method):
        def read(self, key, *arguments, **options):
            keys.add(key)
            return method(self, key, *arguments, **options)

        return read

    with pytest.MonkeyPatch.context() as patch:
        for name in ("__getitem__", "__contains__", "get", "getlist"):
            patch.setattr(QueryDict, name, noted(getattr(QueryDict, name)), raising=False)
        yield keys


@pytest.fixture(scope="module")
def pages(scene) -> list[tuple[str, str, set[str]]]:
    """Each address that shows a page: who is shown it, and what it reads of its query."""
    found = []
    for name, row in ROWS.items():
        if who := reader_of(row):
            address = address_of(name, row, scene)
            with keys_read() as keys:
                answer(browser_of(scene, who), "GET", address + row.query)
            found.append((who, address, keys))
    return found


@pytest.fixture(scope="module")
def forms(scene) -> list[tuple[str, str, dict, set[str]]]:
    """Each address that takes a form: who may send it, what an honest one holds, and what is read."""
    found = []
    for name, row in ROWS.items():
        who = poster_of(row)
        if who and name not in LOGGED_OUT:
            address = address_of(name, row, scene) + row.query
            with keys_read() as keys:
                for data in ({}, row.data):
                    answer(browser_of(scene, who, UNSHAKEN), "POST", address, data)
            found.append((who, address, row.data, keys - {"csrfmiddlewaretoken"}))
    return found


def broken(scene: SimpleNamespace, sent) -> list[tuple[str, str, int]]:
    """What was answered by a 500. `sent` are (who, method, address, data)."""
    return [
        (method, address[:200], status)
        for who, method, address, data in sent
        if (status := _status(scene, who, method, address, data)) >= 500
    ]


def _status(scene: SimpleNamespace, who: str, method: str, address: str, data) -> int:
    return answer(browser_of(scene, who, UNSHAKEN), method, address, data).status_code


QUERIES = {
    "NUL": "%00",
    "NUL among words": "a%00b",
    "10^30": str(10**30),
    "just past bigint": str(2**63),
    "negative": "-1",
    "year 0": "0000-00-00",
    "a year of 10^30": f"{10**30}-01-01",
    "right-to-left marks": "%E2%80%AE%E2%81%A7",
    "broken UTF-8": "%FF%FE%ED%A0%80",
    "half a percent": "%z1%",
    "a long word": "x" * 2_000,
    "a forged page": "WyJvbGRlciIsIngiLDFd:x:y",
    "markup": "%3Cscript%3E';--",
}
EXCEPT_NUL = [name for name in QUERIES if not name.startswith("NUL")]
STRANGE = "&".join(["page[a]=2", "q[]=1", *(f"field{number}=1" for number in range(200))])


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.django_db
def test_no_query_breaks_any_page(scene, pages, query):
    sent = [
        (who, "get", f"{address}?" + "&".join(f"{key}={QUERIES[query]}" for key in keys), None)
        for who, address, keys in pages
        if keys
    ]
    assert len(sent) > 40
    assert broken(scene, sent) == []


@pytest.mark.django_db
def test_no_query_breaks_a_page_that_reads_none(scene, pages):
    sent = [(who, "get", f"{address}?{STRANGE}&q=%FF", None) for who, address, _ in pages]
    assert broken(scene, sent) == []


def test_a_thousand_fields_of_a_query_are_refused(client):
    assert client.get("/?" + "&".join(f"field{n}=1" for n in range(1000))).status_code == 413


PATHS = {
    "five thousand digits": {"number": "9" * 5000, "text": "9" * 5000},
    "just past bigint": {"number": str(2**63), "text": "x"},
    "NUL": {"number": "1", "text": "a%00b"},
    "right-to-left marks": {"number": "%E2%80%AE1", "text": "%E2%80%AE"},
    "broken UTF-8": {"number": "1", "text": "%FF%FE"},
    "other digits": {"number": "%D9%A1%D9%A2", "text": "%D9%A1"},
}


@pytest.mark.parametrize("blanks", PATHS)
@pytest.mark.django_db
def test_no_address_breaks_any_page(scene, blanks):
    routes = named_routes()
    sent = [
        (who, method, path, {})
        for name, row in ROWS.items()
        if (path := fill(routes[name], **PATHS[blanks])) != fill(routes[name])
        for method, who, spec in (
            ("get", reader_of(row), row.get),
            ("post", poster_of(row), row.post),
        )
        if who and 405 not in expected(spec, who)
    ]
    assert len(sent) > 10
    assert broken(scene, sent) == []


# Those in all fields at once; each of them, and the others, in one field of an honest form.
EVERYWHERE = ("NUL", "10^30", "markup, right-to-left marks, other planes")
VALUES = {
    "NUL": "a\x00b",
    "10^30": str(10**30),
    "negative": "-1",
    "year 0": "0000-01-01",
    "a year of 10^30": f"{10**30}-01-01",
    "markup, right-to-left marks, other planes": "\u202e\u2067<script>{{ 7|add:7 }}%s%n\U0001f692\uffff",
    "ten thousand letters": "Ω" * 10_000,
}


@pytest.mark.parametrize("value", EVERYWHERE)
@pytest.mark.django_db
def test_no_value_of_any_field_breaks_any_form(scene, forms, value):
    sent = [
        (who, "post", address, dict.fromkeys(keys, VALUES[value]))
        for who, address, _, keys in forms
        if keys
    ]
    assert len(sent) > 100
    assert broken(scene, sent) == []


@pytest.mark.django_db
def test_one_hostile_field_of_an_honest_form_does_not_break_it(scene, forms):
    values = cycle(VALUES.values())
    sent = [
        (who, "post", address, data | {key: next(values)})
        for who, address, data, keys in forms
        if len(data) > 1
        for key in sorted(keys)
    ]
    assert len(sent) > 200
    assert broken(scene, sent) == []


@pytest.mark.django_db
def test_none_of_it_breaks_the_pages_of_the_libraries_we_use(scene):
    """allauth's and the admin's, which others test too, meet all of it at once, whatever they read."""
    words = dict(zip(_names(), cycle(VALUES.values()), strict=False))
    query = "&".join(
        f"{key}={QUERIES[name]}" for key in ("q", "p", "o", "next") for name in EXCEPT_NUL
    )
    sent = []
    for route in routes():
        if route.startswith(("account/", "setting-up/")):
            who = "ada" if route.startswith("setting-up/") else "ana"
            for number in ("1", str(10**30)):
                path = fill(route, number=number, text="%FF%E2%80%AE")
                sent.append((who, "get", f"{path}?{query}", None))
                if "logout" not in route:
                    sent.append((who, "post", path, words))
    assert len(sent) > 100
    assert broken(scene, sent) == []


def _names() -> list[str]:
    """The names of all fields of all models and forms, as many as a form may have."""
    names = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    waiting = list(BaseForm.__subclasses__())
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        names |= set(getattr(form, "base_fields", {}))
    return sorted(names)[:290]


BODIES = {
    "a thousand fields": (POSTED, "&".join(f"f{n}=1" for n in range(1000)).encode(), 413),
    "a megabyte and a bit": (POSTED, b"words=" + b"x" * 1_100_000, 413),
    "another encoding": (POSTED + "; charset=utf-16", b"words=x", 400),
    "an encoding that is none": (POSTED + "; charset=hex", b"words=x", 400),
    "an encoding that nobody knows": (POSTED + "; charset=klingon", b"words=x", 400),
    "a multipart without a boundary": ("multipart/form-data", b"words=x", 400),
    "a multipart with a bad boundary": ("multipart/form-data; boundary=\xff", b"words=x", 400),
    "too many files": (
        "multipart/form-data; boundary=b",
        b"".join(
            b'--b\r\nContent-Disposition: form-data; name="f%d"; filename="f"\r\n\r\nx\r\n' % n
            for n in range(20)
        )
        + b"--b--\r\n",
        413,
    ),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.django_db
def test_a_body_that_cannot_be_read_is_refused_before_any_form(scene, body):
    """By what stands before all addresses, so it is asked of a few."""
    content_type, data, wanted = BODIES[body]
    for who in ("ana", "nobody"):
        for address in ("/wins/new/", "/account/login/", "/nowhere/"):
            browser = browser_of(scene, who, UNSHAKEN)
            got = answer(browser, "POST", address, data, content_type=content_type)
            assert got.status_code == wanted, (who, address)


ODD_BODIES = {
    "a multipart without an end": ("multipart/form-data; boundary=b", b"--b\r\nContent-Dis"),
    "a multipart of bad base64": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="words"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--b--\r\n",
    ),
    "JSON": ("application/json", b'{"words": "x"}'),
    "no type": ("", b"words=x"),
    "a type of nonsense": ("\u2028/;;;=", b"words=x"),
    "broken UTF-8": (POSTED, b"words=%FF%FE&\xff=\xfe"),
    "half a percent": (POSTED, b"words=%&%=%zz&&&==="),
}


@pytest.mark.parametrize("body", ODD_BODIES)
@pytest.mark.django_db
def test_no_body_breaks_any_form(scene, forms, body):
    content_type, data = ODD_BODIES[body]
    wrong = []
    for who, address, *_ in forms:
        browser = browser_of(scene, who, UNSHAKEN)
        got = answer(browser, "POST", address, data, content_type=content_type)
        if got.status_code >= 500:
            wrong.append((address, got.status_code))
    assert wrong == []


HEADERS = {
    "a strange host": {"HTTP_HOST": "evil.example"},
    "a host that is none": {"HTTP_HOST": "a b\\c"},
    "an empty host": {"HTTP_HOST": ""},
    "a forwarded host": {"HTTP_X_FORWARDED_HOST": "evil.example"},
    "a cookie with NUL in it": {"HTTP_COOKIE": 'sessionid="abcdefgh\\000ijkl"; csrftoken="\\000"'},
    "a cookie of noise": {"HTTP_COOKIE": "sessionid=\xff\xfe; ===; messages=x"},
    "a length that is none": {"CONTENT_LENGTH": "many"},
    "a language that is none": {"HTTP_ACCEPT_LANGUAGE": "x" * 5000},
    "a referrer of noise": {"HTTP_REFERER": "ht\xfftp://["},
    "an address of noise": {"REMOTE_ADDR": "not an address", "HTTP_X_FORWARDED_FOR": "\xff,,"},
}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("address", ["/", "/account/login/", "/wins/1/", "/noticed/seen/"])
def test_no_header_breaks_any_page(db, header, address):
    browser = Client(raise_request_exception=False)
    for send in (browser.get, browser.post):
        status = send(address, **HEADERS[header]).status_code
        assert status < 500
        if "host" in header and "forwarded" not in header and header != "an empty host":
            assert status == 400


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "NONSENSE"])
@pytest.mark.django_db
def test_no_method_breaks_any_page(scene, pages, method):
    """PUT, DELETE, PATCH and HEAD are in the permission matrix."""
    wrong = []
    for who, address, _ in pages:
        got = answer(browser_of(scene, who, UNSHAKEN), method, address)
        if got.status_code >= 500:
            wrong.append((address, got.status_code))
    assert wrong == []


@pytest.mark.django_db
def test_what_is_far_too_large_is_refused_before_it_is_kept(scene):
    photo = SimpleUploadedFile("photo.jpg", b"x" * (33 * 1024 * 1024))
    got = answer(browser_of(scene, "ana"), "post", "/noticed/seen/", {"photo": photo})
    assert got.status_code == 413
    assert "bigger than we can take" in got.content.decode()


@pytest.mark.django_db
def test_what_no_store_can_hold_is_told_in_words(scene, monkeypatch):
    from django.db import connection

    from systemschangers.home.views import notifications

    def see(*arguments, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::bigint", [10**30])

    monkeypatch.setattr(notifications, "page_by_key", see)
    got = answer(browser_of(scene, "ana"), "get", "/noticed/")
    assert got.status_code == 400
    assert "We could not read that" in got.content.decode()
