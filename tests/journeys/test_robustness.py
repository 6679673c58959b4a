"""Cut off at the worst moment, nothing that was acknowledged is lost and nothing is done twice."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from time import monotonic, sleep
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from systemschangers.kernel import letters
from systemschangers.kernel.models import Letter
from tests.kernel.fake_smtp import FakeMailServer
from wins.models import Win

pytestmark = pytest.mark.browser
TOKEN = "a" * 32


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """`start(*command, **env)` is a process of ours on the test database, gone after the test."""
    processes = []
    database = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(
        **connection.settings_dict
    )

    def run(*command: str, **env: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": database} | env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        processes.append(process)
        return process

    yield run
    for process in processes:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As the machine does when its plug is pulled: the process and all it started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, 9)
    process.wait()


def until(happened: Callable[[], object], seconds: float = 40) -> None:
    deadline = monotonic() + seconds
    while not happened():
        assert monotonic() < deadline, "it did not happen in time"
        sleep(0.05)


def is_up(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def test_no_win_that_was_acknowledged_is_lost_when_the_server_is_killed(start, world):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    granian = [
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--blocking-threads",
        "4",
    ]
    site = ["systemschangers.wsgi:application"]
    server = start(*granian, *site, SC_MODE="development", ALLOWED_HOSTS="127.0.0.1")
    until(lambda: is_up(port))
    browser = Client()
    browser.force_login(world.ana)
    cookie = f"sessionid={browser.cookies['sessionid'].value}; csrftoken={TOKEN}"
    sent, acknowledged, stop = {}, [], threading.Event()

    def write(writer: int) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            words = f"Win {number} of writer {writer}."
            sent[words] = str(uuid.uuid4())
            if pressed(port, cookie, words, sent[words]):
                acknowledged.append(words)

    writers = [threading.Thread(target=write, args=(number,), daemon=True) for number in range(3)]
    for writer in writers:
        writer.start()
    until(lambda: len(acknowledged) >= 15)
    kill(server)
    stop.set()
    for writer in writers:
        writer.join(30)
    there = set(Win.objects.values_list("what_happened", flat=True))
    assert set(acknowledged) <= there

    start(*granian, *site, SC_MODE="development", ALLOWED_HOSTS="127.0.0.1")
    until(lambda: is_up(port))
    for words in set(sent) - set(
        acknowledged
    ):  # nobody told the writer: they press again, and again
        until(lambda words=words: pressed(port, cookie, words, sent[words]))
    assert sorted(Win.objects.values_list("what_happened", flat=True)) == sorted(sent)


def pressed(port: int, cookie: str, words: str, key: str) -> bool:
    """Whether the writer was told that it is logged."""
    with suppress(OSError, http.client.HTTPException):
        return log_win(port, cookie, words, key) == 302
    return False


def log_win(port: int, cookie: str, words: str, key: str) -> int:
    form = {
        "csrfmiddlewaretoken": TOKEN,
        "submission_key": key,
        "what_happened": words,
        "visibility": "everyone",
        "log": "1",
    }
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        headers = {"cookie": cookie, "content-type": "application/x-www-form-urlencoded"}
        line.request("POST", "/wins/new/", urlencode(form), headers)
        return line.getresponse().status


def test_no_letter_is_lost_or_sent_twice_when_the_worker_is_killed(start, world):
    mail = FakeMailServer().start()
    mail.seconds = 0.05
    for number in range(60):
        letters.write(
            to=f"person{number}@example.org", kind="test", subject="s", text="t", at=timezone.now()
        )
    worker = ("manage.py", "procrastinate", "worker")
    by_smtp = {"SC_MODE": "development", "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}"}
    try:
        for received in (5, 20):
            process = start(*worker, **by_smtp)
            until(lambda enough=received: len(mail.received) >= enough)
            kill(process)
        process = start(*worker, **by_smtp)
        until(lambda: not Letter.objects.filter(sent_at=None, claimed_at=None).exists(), 90)
        kill(process)
    finally:
        mail.stop()
    to = [message["To"] for message in mail.received]
    assert len(to) == len(set(to))
    in_its_hands = Letter.objects.filter(sent_at=None).count()
    assert in_its_hands <= 3  # one for each time the plug was pulled
    assert len(to) >= 60 - in_its_hands
