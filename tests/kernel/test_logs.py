"""Logs are JSON lines, and hold nobody's words, addresses, tokens or searches."""

from __future__ import annotations

import json
import logging
import sys
from time import process_time

import pytest
from django.test import Client

from systemschangers.kernel.logs import JsonFormatter, without_personal_data

TOKEN = "f3Zk9QmTb2XwLr7VnYc1AaPd"


def line(message: str, *arguments, **more) -> dict:
    record = logging.LogRecord(
        "django.request", logging.WARNING, "x.py", 1, message, arguments, None
    )
    record.__dict__.update(more)
    return json.loads(JsonFormatter().format(record))


def test_a_line_is_one_json_object_that_says_when_and_what():
    said = line("Not Found: %s", "/wins/7/", status_code=404)
    assert said["message"] == "Not Found: /wins/7/"
    assert (said["level"], said["logger"], said["status"]) == ("warning", "django.request", 404)
    assert said["at"].endswith("+00:00")


def test_a_line_stays_one_line_whatever_is_in_it():
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "one\ntwo\u2028three", (), None)
    assert "\n" not in JsonFormatter().format(record)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("from Ana.O'Hara+work@sub.example.org now", "from <e-mail> now"),
        ("GET /wins/?q=methadone+clinic HTTP/1.1", "GET /wins/?… HTTP/1.1"),
        (f"Not Found: /join/{TOKEN}/", "Not Found: /join/…/"),
        (f"/account/password/reset/key/1-{TOKEN}/", "/account/password/reset/key/…/"),
        ("/account/2fa/recovery-codes/generate/", "/account/2fa/recovery-codes/generate/"),
        ("/comments/17/putting-back/", "/comments/17/putting-back/"),
    ],
)
def test_addresses_searches_and_tokens_are_taken_out(text, kept):
    assert without_personal_data(text) == kept


def test_a_line_is_not_longer_and_takes_no_longer_than_it_must():
    began = process_time()
    said = without_personal_data("/" + "9" * 1_000_000 + "@" * 1_000_000)
    assert len(said) < 5000
    assert process_time() - began < 20  # with the square of its length it would be hours


def test_of_an_exception_its_kind_and_place_are_told_but_not_what_it_held():
    try:
        raise ValueError("ana@example.org said: my neighbour Joan")
    except ValueError:
        said = line("went wrong", exc_info=sys.exc_info())
    assert said["exception"] == "ValueError"
    assert "test_logs.py" in said["trace"][-1]
    assert "Joan" not in json.dumps(said)


SECRETS = ("ana.secret@example.org", "methadone", TOKEN, "Joan Smith", "9434765919")


def test_nothing_of_a_request_that_goes_wrong_is_in_the_logs(as_, ana, capfd, monkeypatch):
    logging.getLogger().setLevel(logging.INFO)
    stream = _everything(monkeypatch)
    email, word, token, name, number = SECRETS
    browser = as_(ana)
    browser.raise_request_exception = False
    strict = Client(enforce_csrf_checks=True)
    browser.get(f"/nowhere/?q={word}&email={email}", headers={"referer": f"http://x/?q={word}"})
    browser.get(f"/join/{token}/")
    browser.get(f"/{email}/")
    strict.post("/account/login/", {"email": email, "login": email, "words": name})
    browser.post("/noticed/seen/", {"words": f"{name} {number}" + "x" * 1_100_000})
    browser.get("/", headers={"host": f"{word}.example"})
    monkeypatch.setattr(
        "systemschangers.home.views.notifications.page_by_key",
        lambda *a, **k: (_ for _ in ()).throw(ZeroDivisionError(f"{name} {email}")),
    )
    assert browser.get(f"/noticed/?q={word}", headers={"user-agent": email}).status_code == 500
    said = "".join(stream)
    assert said.count("\n") >= 4
    for secret in SECRETS:
        assert secret not in said
    for one in said.splitlines():
        assert json.loads(one)["level"]


def _everything(monkeypatch) -> list[str]:
    """What our handler writes, from every logger."""
    [handler] = [h for h in logging.getLogger().handlers if isinstance(h.formatter, JsonFormatter)]
    said: list[str] = []
    monkeypatch.setattr(handler, "emit", lambda record: said.append(handler.format(record) + "\n"))
    return said
