"""Input no honest browser sends gets a 4xx or a form error, at every address; never a 500."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.kernel.addresses import fill, routes

# Ours meet everything; allauth's and the admin's, which others test too, meet all of it at once.
OURS = [route for route in routes() if not route.startswith(("account/", "setting-up/"))]
THEIRS = [route for route in routes() if route not in OURS]
SET_UP = ("setting-up/", "start/", "imports/", "organisations/", "services/", "cohorts/", "posts/")
POSTED = "application/x-www-form-urlencoded"


@pytest.fixture
def ana_(world):
    """Ana in a browser that tells a 500 instead of raising it."""
    return _browser(world.ana)


@pytest.fixture
def ada_(world):
    """Ada, the administrator, who has forms that nobody else has."""
    return _browser(world.ada)


def _browser(person) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(person)
    return browser


QUERIES = {
    "nothing": "",
    "NUL": "q=%00&page=%00&theme=%00",
    "NUL among words": "q=a%00b",
    "10^30": f"q={10**30}&page={10**30}&theme={10**30}&place={10**30}&service={10**30}&of={10**30}",
    "negative": "page=-1&theme=-1&place=-1&service=-1&of=-1&year=-1&month=-1",
    "year 0": "year=0&month=0000-00&from=0000-00-00&period=0&date=0000-01-01",
    "a year of 10^30": f"year={10**30}&month={10**30}-01&period={10**30}",
    "right-to-left marks": "q=%E2%80%AE%E2%81%A7&page=%E2%80%AE",
    "broken UTF-8": "q=%FF%FE&page=%C3&theme=%ED%A0%80",
    "half a percent": "q=%&page=%z1&theme=%1",
    "a thousand fields": "&".join(f"field{number}=1" for number in range(1000)),
    "a long word": "q=" + "x" * 50_000,
    "arrays": "q[]=1&page[a]=2&theme=1&theme=2&sort=';--",
    "a forged page": "page=WyJvbGRlciIsIngiLDFd:x:y&before=eyJ9",
    "a lone surrogate": "q=%u0000&page=\\ud800",
}


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_breaks_any_page(ana_, query):
    broken = [
        (route, answer.status_code)
        for route in OURS
        if (answer := ana_.get(f"{fill(route)}?{QUERIES[query]}")).status_code >= 500
    ]
    assert broken == []


PATHS = {
    "10^30": {"number": str(10**30), "text": str(10**30)},
    "five thousand digits": {"number": "9" * 5000, "text": "9" * 5000},
    "just past bigint": {"number": str(2**63), "text": "x"},
    "NUL": {"number": "1", "text": "a%00b"},
    "right-to-left marks": {"number": "%E2%80%AE1", "text": "%E2%80%AE"},
    "broken UTF-8": {"number": "1", "text": "%FF%FE"},
    "other digits": {"number": "%D9%A1%D9%A2", "text": "%D9%A1"},
}


@pytest.mark.parametrize("blanks", PATHS)
def test_no_address_breaks_any_page(ana_, blanks):
    broken = []
    for route in OURS:
        if "<" in route:
            for send in (ana_.get, ana_.post):
                answer = send(fill(route, **PATHS[blanks]))
                if answer.status_code >= 500:
                    broken.append((route, send.__name__, answer.status_code))
    assert broken == []


def _names() -> list[str]:
    """The names of all fields of all forms, so that hostile values reach every one."""
    from django import forms
    from django.apps import apps

    names = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    waiting = list(forms.BaseForm.__subclasses__())
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        names |= set(getattr(form, "base_fields", {}))
    return sorted(names)[:290]


VALUES = {
    "NUL": "a\x00b",
    "10^30": str(10**30),
    "negative": "-1",
    "year 0": "0000-01-01",
    "a year of 10^30": f"{10**30}-01-01",
    "markup, right-to-left marks, other planes": "\u202e\u2067<script>{{ 7|add:7 }}%s%n\U0001f692\uffff",
}


@pytest.mark.parametrize("value", VALUES)
def test_no_value_of_any_field_breaks_any_form(ana_, ada_, value):
    words = dict.fromkeys(_names(), VALUES[value])
    broken = [
        (route, answer.status_code)
        for route in OURS
        if "logout" not in route
        and (answer := (ada_ if route.startswith(SET_UP) else ana_).post(fill(route), words))
        and answer.status_code >= 500
    ]
    assert broken == []


def test_none_of_it_breaks_the_pages_of_the_libraries_we_use(ana_, ada_):
    words = dict(zip(_names(), list(VALUES.values()) * 99, strict=False))
    query = "&".join(query for query in QUERIES.values() if len(query) < 500 and "%00" not in query)
    broken = []
    for route in THEIRS:
        browser = ada_ if route.startswith("setting-up/") else ana_
        for number in ("1", str(10**30)):
            path = fill(route, number=number, text="%FF%E2%80%AE")
            answers = [browser.get(f"{path}?{query}")]
            if "logout" not in route:
                answers.append(browser.post(path, words))
            broken += [
                (path, answer.status_code) for answer in answers if answer.status_code >= 500
            ]
    assert broken == []


BODIES = {
    "a thousand fields": (POSTED, "&".join(f"f{n}=1" for n in range(1000)).encode(), 413),
    "a megabyte and a bit": (POSTED, b"words=" + b"x" * 1_100_000, 413),
    "another encoding": (POSTED + "; charset=utf-16", b"words=x", 400),
    "an encoding that is none": (POSTED + "; charset=hex", b"words=x", 400),
    "an encoding that nobody knows": (POSTED + "; charset=klingon", b"words=x", 400),
    "a multipart without an end": ("multipart/form-data; boundary=b", b"--b\r\nContent-Dis", None),
    "a multipart without a boundary": ("multipart/form-data", b"words=x", 400),
    "a multipart with a bad boundary": ("multipart/form-data; boundary=\xff", b"words=x", 400),
    "a multipart of bad base64": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="words"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--b--\r\n",
        None,
    ),
    "too many files": (
        "multipart/form-data; boundary=b",
        b"".join(
            b'--b\r\nContent-Disposition: form-data; name="f%d"; filename="f"\r\n\r\nx\r\n' % n
            for n in range(20)
        )
        + b"--b--\r\n",
        413,
    ),
    "JSON": ("application/json", b'{"words": "x"}', None),
    "no type": ("", b"words=x", None),
    "a type of nonsense": ("\u2028/;;;=", b"words=x", None),
    "broken UTF-8": (POSTED, b"words=%FF%FE&\xff=\xfe", None),
    "half a percent": (POSTED, b"words=%&%=%zz&&&===", None),
}


@pytest.mark.parametrize("body", BODIES)
def test_no_body_breaks_any_form(ana_, body):
    content_type, data, expected = BODIES[body]
    broken = []
    for route in OURS:
        answer = ana_.generic("POST", fill(route), data, content_type)
        wanted = answer.status_code == expected if expected else answer.status_code < 500
        if not wanted and "logout" not in route:
            broken.append((route, answer.status_code))
    assert broken == []


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


@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "NONSENSE"]
)
def test_no_method_breaks_any_page(ana_, method):
    broken = [
        (route, answer.status_code)
        for route in OURS
        if (answer := ana_.generic(method, fill(route))).status_code >= 500
    ]
    assert broken == []


def test_what_is_far_too_large_is_refused_before_it_is_kept(as_, ana):
    photo = SimpleUploadedFile("photo.jpg", b"x" * (33 * 1024 * 1024))
    answer = as_(ana).post("/noticed/seen/", {"photo": photo})
    assert answer.status_code == 413
    assert "bigger than we can take" in answer.content.decode()


def test_what_no_store_can_hold_is_told_in_words(as_, ana, monkeypatch):
    from django.db import connection

    from systemschangers.home.views import notifications

    def see(*arguments, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::bigint", [10**30])

    monkeypatch.setattr(notifications, "page_by_key", see)
    answer = as_(ana).get("/noticed/")
    assert answer.status_code == 400
    assert "We could not read that" in answer.content.decode()
