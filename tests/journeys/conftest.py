"""Journeys: a real browser, the real server, a real PostgreSQL.

The server runs beside the tests on the same test database, so whatever a test or the page saves is
seen by both. Each journey starts with empty tables (the cast comes from `tests/conftest.py`) and
fails when the server logged an error or the page broke its own content security policy."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from systemschangers.kernel.models import Letter
from tests.journeys.server import Server, running_server

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-GB",
    "timezone_id": "Europe/London",
}
WIDTHS, SCHEMES = (320, 1280), ("light", "dark")
# Without preload: axe would fetch style sheets from wrong addresses, which come back signed out.
HOW_AXE_LOOKS = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
# What a dark page may do wrong that the same page in the light does not: its colours.
IN_THE_DARK = HOW_AXE_LOOKS | {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}


@pytest.fixture(autouse=True)
def _rows_that_both_see(transactional_db: None) -> None:
    """Rows are committed, so that the server sees them; counters of sign-in attempts start anew."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    caches["default"].clear()


@pytest.fixture(scope="session")
def _media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="session")
def _running_server(django_db_setup: None, _media: Path) -> Iterator[Server]:
    with running_server(media=_media) as server:
        yield server


@pytest.fixture
def server(_running_server: Server, _media: Path, settings: Any) -> Iterator[Server]:
    """The running server. The journey fails when it logged an error meanwhile."""
    settings.MEDIA_ROOT = str(_media)
    start = _running_server.log.stat().st_size
    yield _running_server
    assert _running_server.errors_since(start) == []


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*CHROMIUM_FLAGS]}


@dataclass
class Faults:
    """What pages did against their own security policy, and scripts that broke.

    axe measures with styles of its own, which our policy refuses: those are not the page's."""

    found: list[str]
    axe_measured: bool = False

    def note(self, kind: str, text: str) -> None:
        of_axe = self.axe_measured and "inline style" in text
        if kind == "error" and "Content Security Policy" in text and not of_axe:
            self.found.append(text)


@pytest.fixture
def page_faults() -> Iterator[Faults]:
    faults = Faults([])
    yield faults
    assert faults.found == []


@pytest.fixture
def open_browser(
    browser: Browser, server: Server, page_faults: Faults
) -> Iterator[Callable[..., Page]]:
    """`open_browser(**options)` is a page of a new browser with no cookies; options are Playwright's."""
    contexts: list[BrowserContext] = []

    def new_page(**options: Any) -> Page:
        context = browser.new_context(base_url=server.url, **(PHONE | options))
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: page_faults.found.append(str(error)))
        page.on("console", lambda said: page_faults.note(said.type, said.text))
        return page

    yield new_page
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_browser: Callable[..., Page]) -> Page:
    """A page on a phone, signed out."""
    return open_browser()


@pytest.fixture
def phone_without_js(open_browser: Callable[..., Page]) -> Page:
    """A page on a phone that runs no JavaScript, signed out."""
    return open_browser(java_script_enabled=False)


@pytest.fixture
def sign_in(server: Server) -> Callable[[Page, Any], None]:
    """`sign_in(page, person)`: signed in at once by a session made here, not through the pages."""

    def with_session(page: Page, person: Any) -> None:
        EmailAddress.objects.get_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": server.url}
        page.context.add_cookies([cookie])

    return with_session


@pytest.fixture(params=["with_js", "without_js"])
def at_home(request: pytest.FixtureRequest, open_browser: Any, sign_in: Any) -> Callable:
    """`at_home(person)`: a phone for each person, for nobody one that is signed out; with and without
    JavaScript (`at_home.with_js`)."""
    with_js = request.param == "with_js"

    def phone_of(person: Any = None) -> Page:
        page = open_browser(java_script_enabled=with_js)
        if person is not None:
            sign_in(page, person)
        return page

    phone_of.with_js = with_js  # type: ignore[attr-defined]
    return phone_of


@pytest.fixture
def latest_letter() -> Callable[[str], Letter]:
    """`latest_letter(email)`: the newest letter written to that address; its words are in `.text`."""

    def newest(email: str) -> Letter:
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            letter = Letter.objects.filter(to=email).order_by("-id").first()
            if letter:
                return letter
            time.sleep(0.05)
        pytest.fail(f"No letter was written to {email}.")

    return newest


@pytest.fixture
def sign_in_by_code(latest_letter: Callable[[str], Letter]) -> Callable[[Page, Any], None]:
    """`sign_in_by_code(page, person)`: as a person does it, from the sign-in page to Home."""

    def by_code(page: Page, person: Any) -> None:
        if "/account/login/" not in page.url:
            page.goto("/account/login/")
        page.get_by_label("Your e-mail address").fill(person.email)
        page.get_by_role("button", name="E-mail me a code").click()
        page.get_by_label("Your code").fill(code_in(latest_letter(person.email)))
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/account/login/" not in url)

    return by_code


def code_in(letter: Letter) -> str:
    """The six digits of a letter."""
    return next(word for word in letter.text.split() if word.isdigit() and len(word) == 6)


@pytest.fixture
def axe(page_faults: Faults) -> Callable[..., None]:
    """`axe(page)`: no accessibility fault at 320 px in the light, which is what a state met on the way
    is looked at in. `axe(page, WIDTHS, SCHEMES)` looks at 1280 px too, and in the dark: every rule in
    the first scheme, and those about colour in the other, which differs in nothing else.

    The window is put back after."""

    def look(page: Page, widths: tuple = WIDTHS[:1], schemes: tuple = SCHEMES[:1]) -> None:
        page.wait_for_load_state()  # a click waits for the answer's first byte, not for its page
        size, faults = page.viewport_size or PHONE["viewport"], []
        page_faults.axe_measured = True
        page.evaluate(AXE_SCRIPT)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in schemes:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                looks = HOW_AXE_LOOKS if scheme == schemes[0] else IN_THE_DARK
                found = page.evaluate("looks => axe.run(looks).then(all => all.violations)", looks)
                faults += [_in_words(page, width, scheme, fault) for fault in found]
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        assert not faults, "\n".join(faults)

    return look


@pytest.fixture
def everything(axe: Callable[..., None]) -> Callable[[Page], None]:
    """`everything(page)`: axe at both widths, in the light and in the dark."""
    return lambda page: axe(page, WIDTHS, SCHEMES)


def _in_words(page: Page, width: int, scheme: str, fault: dict[str, Any]) -> str:
    places = "; ".join(" ".join(node["html"].split())[:160] for node in fault["nodes"][:4])
    return f"{page.url} at {width} px, {scheme}: {fault['id']}: {fault['help']} ({places})"


@pytest.fixture
def no_sideways(request: pytest.FixtureRequest) -> Callable[[Page], None]:
    """`no_sideways(page)`: nothing has to be scrolled sideways, at 320 px and where the rooms move up
    beside the name (768)."""

    def look(page: Page) -> None:
        page.wait_for_load_state()
        size = page.viewport_size or PHONE["viewport"]
        extra = {}
        for width in (320, 768):
            page.set_viewport_size({"width": width, "height": 900})
            # Not window.innerWidth: a phone zooms out until what is too wide fits into it.
            extra[width] = page.evaluate("document.documentElement.scrollWidth") - width
        page.set_viewport_size(size)
        assert max(extra.values()) <= 0, f"{page.url} is so many px too wide: {extra}"

    return look


@pytest.fixture
def passkey() -> Callable[..., None]:
    """`passkey(page)`: the device has a lock that says yes when asked who is there.

    `passkey(page, agrees=False)`: it finds that somebody else is there."""

    def plug_in(page: Page, agrees: bool = True) -> None:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": agrees,
            "automaticPresenceSimulation": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    return plug_in
