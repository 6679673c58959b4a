"""The outbox: in development, letters are read here instead of sent."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from systemschangers.kernel import letters
from tests.home.production import PRODUCTION


@pytest.fixture
def letter(db, now):
    return letters.write(
        to="ana@example.org",
        kind="test",
        subject="Your code is 4711",
        text="Open http://localhost:8000/join/abc/ <script>alert(1)</script>",
        html="<style>p { color: red }</style><p>Hello <a href='/join/abc/'>join</a></p>",
        at=now,
    )


def test_anybody_reads_the_letters_without_signing_in(client, letter):
    listing = client.get("/outbox/").content.decode()
    assert "Your code is 4711" in listing
    assert "ana@example.org" in listing
    assert f'href="/outbox/{letter.pk}/"' in listing


def test_its_links_can_be_followed_and_nothing_else_in_it_is_live(client, letter):
    html = client.get(f"/outbox/{letter.pk}/").content.decode()
    assert '<a href="http://localhost:8000/join/abc/"' in html
    assert "<script>alert" not in html


def test_its_html_is_shown_apart_from_the_site(client, letter):
    answer = client.get(f"/outbox/{letter.pk}/html/")
    assert answer.content.decode() == letter.html
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


def test_a_letter_of_plain_words_has_no_html_to_show(client, db, now):
    plain = letters.write(to="a@example.org", kind="test", subject="s", text="t", at=now)
    assert client.get(f"/outbox/{plain.pk}/html/").status_code == 404


def test_an_empty_outbox_says_what_it_is_for(client, db):
    assert "No e-mails yet" in client.get("/outbox/").content.decode()


def test_there_is_no_outbox_in_production():
    code = (
        "import django; django.setup()\n"
        "from django.urls import resolve, Resolver404\n"
        "for path in ('/outbox/', '/outbox/1/', '/outbox/1/html/', '/demo/', '/components/'):\n"
        "    try: resolve(path)\n"
        "    except Resolver404: continue\n"
        "    raise SystemExit(path)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], **PRODUCTION},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
