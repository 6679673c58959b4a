"""How often one hears by e-mail, chosen on a page; and stopped from a letter, signed out."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client

from cohorts import events
from systemschangers.kernel import activity
from systemschangers.kernel.models import NotificationChoice
from systemschangers.kernel.paces import KINDNESS, paces_of, stop_address
from tests.factories import make_win
from tests.factories.time import make_time
from wins.actions.appreciations import appreciate

pytestmark = pytest.mark.django_db


def pace(person, kind="kindness") -> str:
    person.refresh_from_db()
    return paces_of([person])[person.pk, kind]


@pytest.fixture
def outside():
    """A mail program: no cookies, and our own check on forms is on."""
    return Client(enforce_csrf_checks=True)


def path(address: str) -> str:
    return urlsplit(address).path


def test_every_kind_is_chosen_on_one_page(as_, ana):
    answer = as_(ana).post(
        "/noticed/choices/",
        {"waits": "daily", "news": "weekly", "kindness": "never", "exercise": "never"},
    )
    assert answer.status_code == 302
    assert [pace(ana, kind) for kind in ("waits", "news", "kindness")] == [
        "daily",
        "weekly",
        "never",
    ]
    assert 'value="weekly" selected' in as_(ana).get("/noticed/choices/").content.decode()


def test_a_pace_that_is_none_says_so_and_changes_nothing(as_, ana):
    answer = as_(ana).post(
        "/noticed/choices/", {"waits": "hourly", "news": "", "kindness": "never"}
    )
    assert answer.status_code == 200
    assert not NotificationChoice.objects.exists()


def test_opening_the_address_changes_nothing_and_a_press_stops(outside, ana):
    address = path(stop_address(ana, KINDNESS))
    page = outside.get(address)
    assert page.status_code == 200
    assert "Thanks and comments" in page.content.decode()
    assert ana.name not in page.content.decode()
    assert pace(ana) == "daily"
    assert "Stopped" in outside.post(address, follow=True).content.decode()
    assert pace(ana) == "never"
    assert pace(ana, "waits") == "at_once"


def test_a_mail_programs_own_button_works_without_cookies(outside, ana):
    address = path(stop_address(ana, None))
    answer = outside.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert {pace(ana, kind) for kind in ("waits", "news", "kindness")} == {"never"}


def test_it_is_undone_to_what_it_was(outside, ana):
    NotificationChoice.objects.create(person=ana, kind="kindness", pace="weekly")
    address = path(stop_address(ana, KINDNESS))
    undo = outside.post(address, follow=True).context["undo"]
    outside.post(address, {"undo": undo})
    assert pace(ana) == "weekly"


def test_a_forged_address_or_undo_does_nothing(outside, ana, mo):
    address = path(stop_address(ana, KINDNESS))
    forged = address[:-8] + "AAAAAAA/"
    assert outside.get(forged).status_code == 404
    assert outside.post(forged).status_code == 404
    assert outside.post(address, {"undo": "forged"}).status_code == 404
    of_another = outside.post(path(stop_address(mo, KINDNESS)), follow=True).context["undo"]
    assert outside.post(address, {"undo": of_another}).status_code == 404
    assert pace(ana) == "daily"


def test_what_waits_stands_apart_from_what_is_new(as_, ana, mo, now, world):
    asked = make_time(ana)
    with transaction.atomic():
        activity.record(events.TIME_ASKED, actor=ana, target=asked, at=now, notify=[mo])
    appreciate(win=make_win(mo), kind="thank", by=ana, at=now)
    page = as_(mo).get("/noticed/").content.decode()
    waits, new = page.index("Waits for you"), page.index("Also new, and earlier")
    assert waits < page.index("Ana Okafor asks for time") < new
    assert new < page.index("Ana Okafor thanked you")
