"""Live and ready are told apart; a database that is away costs a page, not the site.

A real server stands behind a gate to the database that can be shut, or fall silent."""

from __future__ import annotations

import http.client
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from time import monotonic, sleep

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from systemschangers.kernel.models import Submission
from tests.factories import build_world


def test_live_and_ready(client, db):
    assert client.get("/health/live/").json() == {"live": True}
    assert client.get("/health/ready/").json() == {"ready": True}


def test_live_asks_nothing_of_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/health/live/")


def test_an_old_database_is_not_ready(client, db):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'kernel' AND name ="
            " (SELECT max(name) FROM django_migrations WHERE app = 'kernel')"
        )
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "why": "migrations"})


class Gate:
    """Passes on what goes to PostgreSQL: open, shut (nobody answers), or silent (no word comes back)."""

    def __init__(self, host: str, port: int) -> None:
        self.behind = (host, port)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.silent = False
        self._listener: socket.socket | None = None
        self._lines: list[socket.socket] = []

    def open(self) -> None:
        self.silent = False
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def shut(self) -> None:
        if self._listener is not None:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._lines = []

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                self._lines.append(line)
                if not self.silent:
                    threading.Thread(target=self._pass_on, args=(line,), daemon=True).start()

    def _pass_on(self, line: socket.socket) -> None:
        with suppress(OSError, ValueError), socket.create_connection(self.behind) as database:
            ends = {line: database, database: line}
            while True:
                for end in select.select([*ends], [], [])[0]:
                    if not (words := end.recv(65536)):
                        line.close()
                        return
                    ends[end].sendall(words)


class Site:
    """A granian on its own port, with its database behind the gate."""

    def __init__(self, gate: Gate, port: int) -> None:
        self.gate, self.port = gate, port

    def ask(self, address: str, *, method: str = "GET", body: str = "", **headers: str):
        """Status, words and seconds."""
        began = monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(line):
            line.request(method, address, body or None, headers)
            answer = line.getresponse()
            words = answer.read().decode()
            return answer, words, monotonic() - began

    def until_ready(self) -> float:
        began = monotonic()
        while monotonic() - began < 30:
            with suppress(OSError, http.client.HTTPException):
                if self.ask("/health/ready/")[0].status == 200:
                    return monotonic() - began
            sleep(0.1)
        raise AssertionError("the site did not become ready")


@pytest.fixture
def site(transactional_db) -> Iterator[Site]:
    database = connection.settings_dict
    gate = Gate(database["HOST"] or "127.0.0.1", int(database["PORT"] or 5432))
    gate.open()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    user = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
    env = os.environ | {
        "SC_MODE": "development",
        "SERVE_STATIC": "1",
        "DATABASE_URL": f"postgres://{user}@127.0.0.1:{gate.port}/{database['NAME']}",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "2", "--no-ws"]
    process = subprocess.Popen(
        [*command, "systemschangers.wsgi:application"],
        env=env,
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    site = Site(gate, port)
    try:
        site.until_ready()
        yield site
    finally:
        gate.shut()
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        process.wait()


@pytest.fixture
def cookie() -> str:
    browser = Client()
    browser.force_login(build_world().ana)
    return f"sessionid={browser.cookies['sessionid'].value}"


def test_the_database_away_is_a_page_within_five_seconds_and_comes_back_by_itself(site, cookie):
    assert site.ask("/noticed/", cookie=cookie)[0].status == 200
    site.gate.shut()
    for address in ("/noticed/", "/wins/", "/noticed/1/"):
        answer, words, seconds = site.ask(address, cookie=cookie)
        assert answer.status == 503
        assert seconds < 5
        assert "Back in a moment" in words
        assert "css/main.css" in words
        assert answer.headers["Retry-After"] == "30"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Traceback" not in words
    assert site.ask("/health/live/")[0].status == 200
    answer, words, seconds = site.ask("/health/ready/")
    assert (answer.status, json.loads(words)["why"]) == (503, "database")
    assert seconds < 5
    site.gate.open()
    assert site.until_ready() < 5
    assert site.ask("/noticed/", cookie=cookie)[0].status == 200


def test_a_database_that_answers_no_word_is_given_up_within_five_seconds(site, cookie):
    site.gate.shut()
    site.gate.open()
    site.gate.silent = True
    answer, words, seconds = site.ask("/noticed/", cookie=cookie)
    assert answer.status == 503
    assert "Back in a moment" in words
    assert seconds < 5
    site.gate.shut()
    site.gate.open()
    assert site.until_ready() < 8
    assert site.ask("/noticed/", cookie=cookie)[0].status == 200


def test_a_form_sent_while_the_database_is_away_can_be_sent_again(site, cookie):
    token = "a" * 32
    key = "11111111-1111-4111-8111-111111111111"
    send = {
        "method": "POST",
        "body": f"csrfmiddlewaretoken={token}&submission_key={key}",
        "cookie": f"{cookie}; csrftoken={token}",
        "content-type": "application/x-www-form-urlencoded",
    }
    site.gate.shut()
    assert site.ask("/noticed/seen/", **send)[0].status == 503
    site.gate.open()
    site.until_ready()
    answer, _, _ = site.ask("/noticed/seen/", **send)
    assert (answer.status, answer.headers["Location"]) == (302, "/noticed/")
    assert Submission.objects.count() == 1
