"""The headers of safety are on every kind of answer, in production exactly as meant."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from systemschangers.kernel.lifecycle import WrongState
from tests.factories import make_win
from tests.home.production import PRODUCTION

CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def _raise(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("broken/", _raise(ZeroDivisionError())),
    path("done/", _raise(WrongState("This is already “approved”."))),
    path("plain/", lambda request: HttpResponse("hello")),
    path("", include("systemschangers.urls")),
]
handler400 = "systemschangers.home.views.errors.bad_request"
handler403 = "systemschangers.home.views.errors.forbidden"
handler404 = "systemschangers.home.views.errors.not_found"
handler500 = "systemschangers.home.views.errors.server_error"


def policy_of(answer) -> dict[str, str]:
    parts = (part.split(maxsplit=1) for part in answer["Content-Security-Policy"].split(";"))
    return {name: sources.strip() for name, sources in parts}


@pytest.fixture
def ask(as_, ana, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"a photo")
    win = make_win(ana, photo="photo.jpg", photo_width=4, photo_height=3)
    signed_in = as_(ana)
    signed_in.raise_request_exception = False
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(ana)

    def without_the_database():
        from django.db import OperationalError

        from systemschangers.home.views import notifications

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                notifications, "page_by_key", lambda *a, **k: _raise(OperationalError())(a)
            )
            return signed_in.get("/noticed/")

    return {
        "page": (200, lambda: signed_in.get("/noticed/")),
        "sign-in page": (200, lambda: Client().get("/account/login/")),
        "redirect to sign-in": (302, lambda: Client().get("/noticed/")),
        "redirect after a form": (302, lambda: signed_in.post("/noticed/seen/")),
        "health": (200, lambda: Client().get("/health/live/")),
        "400": (400, lambda: signed_in.get("/noticed/?q=%00")),
        "bad host": (400, lambda: signed_in.get("/", headers={"host": "evil.example"})),
        "403": (403, lambda: strict.post("/noticed/seen/")),
        "404": (404, lambda: signed_in.get("/nowhere/")),
        "405": (405, lambda: signed_in.get("/noticed/seen/")),
        "409": (409, lambda: signed_in.get("/done/")),
        "413": (413, lambda: signed_in.post("/noticed/seen/", {"x": "x" * 1_100_000})),
        "500": (500, lambda: signed_in.get("/broken/")),
        "503": (503, without_the_database),
        "photo": (200, lambda: signed_in.get(f"/wins/{win.pk}/photo/")),
        "admin's sign-in": (302, lambda: Client().get("/setting-up/")),
        "plain text": (200, lambda: signed_in.get("/plain/")),
    }


KINDS = [
    "page",
    "sign-in page",
    "redirect to sign-in",
    "redirect after a form",
    "health",
    "400",
    "bad host",
    "403",
    "404",
    "405",
    "409",
    "413",
    "500",
    "503",
    "photo",
    "admin's sign-in",
    "plain text",
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_them(ask, kind):
    status, send = ask[kind]
    answer = send()
    assert answer.status_code == status
    answer.close()
    for name, value in HEADERS.items():
        if (kind, name) != ("photo", "Cache-Control"):
            assert value in answer[name], name
    if kind == "photo":  # stricter still: a photo is no page
        assert "default-src 'none'" in answer["Content-Security-Policy"]
    else:
        assert policy_of(answer) == CSP
    assert "camera=(self)" in answer["Permissions-Policy"]
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("kind", ["400", "bad host", "403", "404", "409", "413", "500", "503"])
def test_every_error_is_a_page_in_the_look_of_the_product(ask, kind):
    _, send = ask[kind]
    html = send().content.decode()
    assert 'lang="en-GB"' in html
    assert "css/main.css" in html
    assert html.count("<h1") == 1
    assert 'href="/"' in html
    assert "Traceback" not in html


@pytest.mark.urls(__name__)
def test_a_step_out_of_turn_says_why(ask):
    assert "This is already “approved”." in ask["409"][1]().content.decode()


@pytest.mark.urls(__name__)
def test_a_form_that_was_open_too_long_says_so(ask):
    assert "open too long" in ask["403"][1]().content.decode()


def _in_production(code: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], **PRODUCTION}
    for name, value in changes.items():
        env.pop(name, None)
        if value is not None:
            env[name] = value
    command = [sys.executable, *(["-c", code] if code else ["manage.py", "check"])]
    return subprocess.run(
        command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60
    )


SHOW = """
import json, django
django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client
from django.urls import path
import systemschangers.urls as urls

def cookies(request):
    get_token(request)
    response = HttpResponse("x")
    response.set_cookie(settings.SESSION_COOKIE_NAME, "x", secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.SESSION_COOKIE_HTTPONLY, samesite=settings.SESSION_COOKIE_SAMESITE)
    return response

cookies.login_required = False
urls.urlpatterns.insert(0, path("cookies/", cookies))
call_command("collectstatic", "--no-input", verbosity=0)
client = Client(raise_request_exception=False)
answers = {}
for name, address, secure in (
    ("plain", "/wins/", False),
    ("live", "/health/live/", False),
    ("static", static("css/main.css"), True),
    ("page", "/cookies/", True),
    ("missing", "/nowhere/", True),
    ("ready", "/health/ready/", True),
):
    answer = client.get(address, secure=secure, headers={"host": "changers.example"})
    sent = [cookie.OutputString() for cookie in answer.cookies.values()]
    answers[name] = [answer.status_code, dict(answer.headers), sent]
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    run = _in_production(SHOW, STATIC_ROOT=str(tmp_path_factory.mktemp("static")))
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def test_production_sends_every_visitor_to_https(production):
    status, headers, _ = production["plain"]
    assert status == 301
    assert headers["Location"] == "https://changers.example/wins/"
    assert production["live"][0] == 200


@pytest.mark.parametrize("kind", ["page", "missing", "ready"])
def test_production_insists_on_https_for_a_year(production, kind):
    _, headers, _ = production[kind]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    for name, value in HEADERS.items():
        assert value in headers[name]


def test_production_keeps_static_files_for_ever_under_a_name_of_their_content(production):
    status, headers, _ = production["static"]
    assert status == 200
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    for name in HEADERS.keys() - {"Cache-Control"}:
        assert headers[name] == HEADERS[name]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_production_names_its_cookies_so_that_no_neighbour_can_set_them(production):
    _, _, cookies = production["page"]
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-session", "__Host-csrf"}
    for cookie in cookies:
        for wanted in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert wanted in cookie
        assert "Domain" not in cookie


def test_production_is_live_but_not_ready_without_its_database(production):
    assert production["live"][0] == 200
    assert production["ready"][0] == 503


@pytest.mark.parametrize(
    "name", [n for n in PRODUCTION if n not in {"DJANGO_SETTINGS_MODULE", "SC_MODE"}]
)
@pytest.mark.parametrize("value", [None, ""])
def test_production_refuses_to_start_without_its_secrets_and_names_them(name, value):
    run = _in_production("", **{name: value})
    assert run.returncode != 0
    assert name in run.stderr


@pytest.mark.parametrize(
    "weak", ["short", "a" * 60, "only-for-development-and-tests-never-for-people"]
)
def test_production_refuses_a_weak_secret_key(weak):
    run = _in_production("", SECRET_KEY=weak)
    assert run.returncode != 0
    assert "SECRET_KEY" in run.stderr


def test_production_is_what_runs_when_nobody_says_otherwise():
    run = _in_production("", SC_MODE=None, SECRET_KEY=None)
    assert run.returncode != 0
    assert "SECRET_KEY" in run.stderr


def test_the_deployment_check_has_nothing_to_say():
    run = _in_production(
        "import sys; from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "no issues" in run.stdout
