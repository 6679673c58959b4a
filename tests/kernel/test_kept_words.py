"""Words sent after the session ran out come back after signing in, once, on their own form."""

from __future__ import annotations

import uuid

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import include, path

from systemschangers.kernel.forms import open_form
from systemschangers.kernel.middleware.kept_words import LONGEST, SESSION_KEY
from systemschangers.kernel.models import Submission
from tests.factories import make_win


class Wish(forms.Form):
    words = forms.CharField()
    kinds = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    photo = forms.FileField(required=False)


def wish(request):
    form = open_form(Wish, request, initial={"words": "as it was", "kinds": ["b"]})
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect("/done/")
    return HttpResponse(repr((form["words"].value(), form["kinds"].value(), form.is_bound)))


@login_not_required
def open_wish(request):
    return wish(request)


urlpatterns = [
    path("wish/", wish),
    path("wish/sending/", wish),
    path("open/", open_wish),
    path("", include("systemschangers.urls")),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser(db):
    return Client()


def send(browser, address="/wish/", **words):
    words = {"submission_key": str(uuid.uuid4()), "words": "Mine", "kinds": ["a", "b"]} | words
    return browser.post(address, words)


def test_a_signed_out_form_leads_to_sign_in_and_its_words_come_back_once(browser, ana):
    answer = send(browser, form_at="/wish/?from=7", csrfmiddlewaretoken="x")
    assert answer.status_code == 302
    assert answer.url == "/account/login/?next=%2Fwish%2F%3Ffrom%3D7"
    kept = browser.session[SESSION_KEY]
    assert "csrf" not in kept["words"]
    assert "submission_key" not in kept["words"]
    browser.force_login(ana)
    assert browser.get("/wish/").content.decode() == repr(("Mine", ["a", "b"], False))
    assert browser.get("/wish/").content.decode() == repr(("as it was", ["b"], False))


def test_a_password_is_never_kept_nor_shown(browser, ana):
    send(browser, password1="correct horse battery", new_password="staple by heart")
    assert "horse" not in browser.session[SESSION_KEY]["words"]
    assert "staple" not in browser.session[SESSION_KEY]["words"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    typed, headers = {"password1": "correct horse battery"}, {"Origin": "http://testserver"}
    assert "horse" not in strict.post("/wish/", typed, headers=headers).content.decode()


def test_they_come_back_on_the_page_the_form_was_on_not_where_it_was_sent(browser, ana):
    send(browser, "/wish/sending/", form_at="/wish/")
    browser.force_login(ana)
    assert "as it was" in browser.get("/wish/sending/").content.decode()
    assert "Mine" in browser.get("/wish/").content.decode()


def test_on_a_page_whose_form_takes_none_they_are_shown_to_be_copied_once(browser, ana, world):
    send(browser, "/noticed/seen/", form_at="/noticed/", words="It took <a> year.", step="decide")
    browser.force_login(ana)
    page = browser.get("/noticed/").content.decode()
    assert "What you wrote was not sent" in page
    assert "It took &lt;a&gt; year." in page
    assert "decide" not in page
    assert "What you wrote" not in browser.get("/noticed/").content.decode()


def test_a_comment_is_back_in_its_form(browser, ana, zed):
    win = make_win(zed)
    address = f"/wins/{win.pk}/"
    send(browser, f"{address}comments/", form_at=address, words="We do this too.")
    browser.force_login(ana)
    page = browser.get(address)
    assert page.context["comment_form"]["words"].value() == "We do this too."
    assert "What you wrote was not sent" not in page.content.decode()


@pytest.mark.parametrize(
    ("origin", "shown"),
    [("http://testserver", True), ("http://evil.example", False), (None, False)],
)
def test_what_was_written_on_a_form_that_was_open_too_long_is_shown(origin, shown, ana):
    """Signing in again in another window draws another token. Not what another site wrote."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ana)
    headers = {"Origin": origin} if origin else {}
    answer = browser.post(
        "/wish/", {"words": "It took a year.", "form_at": "/wish/"}, headers=headers
    )
    assert answer.status_code == 403
    assert ("It took a year." in answer.content.decode()) == shown
    assert ('href="/wish/"' in answer.content.decode()) == shown


def test_they_can_then_be_sent_with_the_key_that_did_not_work_before(browser, ana):
    key = str(uuid.uuid4())
    send(browser, submission_key=key)
    assert not Submission.objects.exists()
    browser.force_login(ana)
    assert send(browser, submission_key=key).url == "/done/"
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    "form_at", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "x"]
)
def test_nobody_is_led_off_the_site(browser, form_at):
    assert send(browser, form_at=form_at).url == "/account/login/?next=%2Fwish%2F"


def test_too_many_words_are_not_kept_and_nothing_breaks(browser, ana):
    answer = send(browser, words="x" * LONGEST)
    assert answer.status_code == 302
    assert SESSION_KEY not in browser.session


def test_nothing_is_kept_of_an_open_page_or_a_form_without_a_key(browser):
    assert send(browser, "/open/").url == "/done/"
    browser.post("/wish/", {"words": "Mine"})
    assert SESSION_KEY not in browser.session


def test_nothing_is_shown_to_who_has_not_signed_in(browser):
    send(browser, form_at="/open/")
    assert "as it was" in browser.get("/open/").content.decode()


def test_words_of_somebody_who_never_signs_in_go_within_the_hour(browser):
    send(browser)
    assert browser.session.get_expiry_age() <= 3600


def test_a_form_that_was_sent_is_bound_with_its_files(as_, ana):
    answer = as_(ana).post("/wish/", {"words": ""})
    assert answer.content.decode() == repr(("", [], True))
