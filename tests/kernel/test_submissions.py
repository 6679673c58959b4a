"""Pressing twice makes one row: one after the other, at the same moment, or after going back.

The form is "Mark all as seen" and a made-up one that writes an event each time it acts."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import include, path

from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.middleware import submissions
from systemschangers.kernel.models import Event, Submission
from systemschangers.kernel.policy import Refused

pause = threading.Event()


def act(request):
    """Records what it was sent; refuses, errs or breaks when asked to."""
    wish = request.POST.get("wish", "")
    activity.record("test.acted", actor=request.user, target=request.user, at=_now())
    if wish == "wait":
        pause.wait(5)
    if wish == "errors":
        return HttpResponse("Tell us more")
    if wish == "refused":
        raise Refused("Not yours")
    if wish == "wrong state":
        raise WrongState("Done already")
    if wish == "broken":
        raise ZeroDivisionError
    return HttpResponseRedirect(f"/acted/{Event.objects.count()}/{'x' * 500}/")


def _now():
    from django.utils import timezone

    return timezone.now()


urlpatterns = [
    path("act/", act),
    path("act/other/", act),
    path("act/new/", act),
    path("", include("systemschangers.urls")),
]
handler403 = "systemschangers.home.views.errors.forbidden"
handler500 = "systemschangers.home.views.errors.server_error"
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser(as_, ana):
    browser = as_(ana)
    browser.raise_request_exception = False
    return browser


def press(browser: Client, key=None, address="/act/", **words):
    return browser.post(address, {"submission_key": str(key or uuid.uuid4()), **words})


def test_pressing_twice_acts_once_and_leads_to_the_same_place(browser):
    key = uuid.uuid4()
    first, second = press(browser, key), press(browser, key)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Event.objects.count() == 1


def test_two_forms_act_twice(browser):
    press(browser)
    press(browser)
    assert Event.objects.count() == 2


def test_other_words_with_the_same_key_are_another_submission(browser):
    key = uuid.uuid4()
    press(browser, key, words="We got the form down")
    press(browser, key, words="We got the form down to one page")
    press(browser, key, address="/act/other/", words="We got the form down")
    assert Event.objects.count() == 3


def test_going_back_to_a_form_that_makes_something_leads_to_what_it_made(browser, as_, mo):
    """The page is drawn anew then, with another key, and the browser puts the old words back."""
    first = press(browser, address="/act/new/", words="We got the form down")
    again = press(browser, address="/act/new/", words="We got the form down")
    assert again.url == first.url
    assert "You sent the same a moment ago" in browser.get("/wins/").content.decode()
    assert Event.objects.count() == 1
    press(browser, address="/act/new/", words="We got the form down to one page")
    press(as_(mo), address="/act/new/", words="We got the form down")
    assert Event.objects.count() == 3


def test_the_same_words_are_meant_when_something_was_done_in_between(browser):
    press(browser, address="/act/new/", words="We got the form down")
    press(browser, address="/act/other/")
    press(browser, address="/act/new/", words="We got the form down")
    assert Event.objects.count() == 3


def test_the_same_words_a_while_later_are_meant(browser):
    press(browser, address="/act/new/", words="We got the form down")
    Submission.objects.update(made_at=_now() - submissions.LATELY)
    press(browser, address="/act/new/", words="We got the form down")
    assert Event.objects.count() == 2


def test_an_empty_field_more_is_no_other_submission(browser):
    key = uuid.uuid4()
    press(browser, key, words="We got the form down")
    press(browser, key, words="We got the form down", came_of="", helpers=["", ""])
    assert Event.objects.count() == 1


def test_the_same_words_with_another_photo_are_another_submission(browser):
    key = uuid.uuid4()
    for photo in (b"one", b"two", b"two"):
        press(browser, key, photo=SimpleUploadedFile("photo.jpg", photo))
    assert Event.objects.count() == 2


def test_somebody_else_with_the_same_key_acts_for_themselves(browser, as_, mo):
    key = uuid.uuid4()
    press(browser, key)
    answer = press(as_(mo), key)
    assert answer.status_code == 302
    assert list(Event.objects.values_list("actor__name", flat=True).order_by("id")) == [
        "Ana Okafor",
        "Mo Rahman",
    ]


def test_the_keeper_of_drafts_is_told_the_address_and_a_person_is_led_there(browser):
    key, header = str(uuid.uuid4()), {"X-Draft": "1"}
    for _ in range(2):
        answer = browser.post("/act/", {"submission_key": key}, headers=header)
        assert answer.status_code == 204
        assert answer["Sent-To"].startswith("/acted/1/")
    assert browser.post("/act/", {"submission_key": key}).url == answer["Sent-To"]
    refused = {"submission_key": str(uuid.uuid4()), "wish": "errors"}
    answer = browser.post("/act/", refused, headers=header)
    assert (answer.status_code, "Sent-To" in answer) == (200, False)


@pytest.mark.parametrize(
    ("wish", "status"), [("errors", 200), ("refused", 403), ("wrong state", 409), ("broken", 500)]
)
def test_what_was_not_done_leaves_nothing_and_can_be_sent_again(browser, wish, status):
    key = uuid.uuid4()
    for _ in range(2):
        assert press(browser, key, wish=wish).status_code == status
        assert not Event.objects.exists()
        assert not Submission.objects.exists()
    assert press(browser, key).status_code == 302
    assert Event.objects.count() == 1


def test_a_key_that_is_no_key_protects_from_nothing_and_breaks_nothing(browser):
    for key in ("", "nonsense", "1" * 10_000, "\x00", "00000000-0000-0000-0000-00000000000g"):
        assert browser.post("/act/", {"submission_key": key}).status_code == 302
    assert Event.objects.count() == 5
    assert not Submission.objects.exists()


def test_a_keyed_press_costs_two_queries(browser, django_assert_num_queries):
    def queries(**words) -> int:
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            browser.post("/act/", words)
        return len([q for q in captured if "SAVEPOINT" not in q["sql"]])

    assert queries(submission_key=str(uuid.uuid4())) == queries() + 2


def test_a_body_of_a_megabyte_is_refused_in_words_and_acts_not(browser):
    answer = press(browser, words="x" * 1_100_000)
    assert answer.status_code == 413
    assert "bigger than we can take" in answer.content.decode()
    assert not Event.objects.exists()


@pytest.fixture
def committed(transactional_db):
    """Rows are really committed, so that two connections see each other's."""
    from tests.factories import build_world

    pause.clear()
    return build_world()


def _at_once(*presses) -> list:
    """Run them in threads of their own, each with its connection; their answers in order."""
    answers = [None] * len(presses)

    def run(number: int) -> None:
        try:
            answers[number] = presses[number]()
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(number,), daemon=True) for number in range(len(presses))
    ]
    for thread in threads:
        thread.start()
    return SimpleNamespace(
        answers=answers, threads=threads, end=lambda: [thread.join(20) for thread in threads]
    )


def test_two_presses_in_the_same_moment_act_once(committed):
    key, browsers = uuid.uuid4(), [Client() for _ in range(6)]
    for browser in browsers:
        browser.force_login(committed.ana)
    run = _at_once(*(lambda b=browser: press(b, key, wish="wait") for browser in browsers))
    pause.wait(0.5)  # all six are at it; the first holds the key
    assert not Event.objects.exists()
    pause.set()
    run.end()
    assert {answer.status_code for answer in run.answers} == {302}
    assert len({answer.url for answer in run.answers}) == 1
    assert Event.objects.count() == 1


def test_when_the_first_of_two_fails_the_second_acts(committed, monkeypatch):
    key, browsers = uuid.uuid4(), [Client(), Client()]
    for browser in browsers:
        browser.force_login(committed.ana)
    tries = iter((True, False))
    monkeypatch.setattr(
        "tests.kernel.test_submissions._now",
        lambda: _fail() if next(tries) else committed.ana.joined_at,
    )
    for browser in browsers:
        browser.raise_request_exception = False
    run = _at_once(*(lambda b=browser: press(b, key) for browser in browsers))
    run.end()
    assert sorted(answer.status_code for answer in run.answers) == [302, 500]
    assert Event.objects.count() == 1


def _fail():
    raise ZeroDivisionError


def test_a_second_press_that_waits_too_long_is_told_so(committed, monkeypatch):
    impatient = submissions._take

    def take(*arguments):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 100")
        return impatient(*arguments)

    monkeypatch.setattr(submissions, "_take", take)
    key, browsers = uuid.uuid4(), [Client(), Client()]
    for browser in browsers:
        browser.force_login(committed.ana)
    run = _at_once(*(lambda b=browser: press(b, key, wish="wait") for browser in browsers))
    for _ in range(200):
        if any(run.answers):
            break
        pause.wait(0.05)
    pause.set()
    run.end()
    assert sorted(answer.status_code for answer in run.answers) == [302, 409]
    told = next(answer for answer in run.answers if answer.status_code == 409)
    assert "still being saved" in told.content.decode()
    assert Event.objects.count() == 1


def test_submissions_are_forgotten_after_two_days(browser, ana, now):
    from systemschangers.kernel.sweeping import sweep

    for age in (timedelta(hours=47), timedelta(hours=49)):
        Submission.objects.create(
            key=uuid.uuid4(), digest="0" * 64, person=ana, location="/", made_at=now - age
        )
    assert sweep(at=now)["submissions"] == 1
    assert Submission.objects.get().made_at == now - timedelta(hours=47)
