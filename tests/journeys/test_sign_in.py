"""Signing in as people do it: a code on a phone, a passkey, and what happens when it goes wrong."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import expect

from systemschangers.kernel.models import Letter
from tests.journeys.conftest import code_in

pytestmark = pytest.mark.browser


def ask_for_a_code(page, email):
    page.goto("/account/login/")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="E-mail me a code").click()
    expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()


def write_code(page, code):
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_code_signs_in_on_a_phone(phone, ana, latest_letter):
    ask_for_a_code(phone, ana.email)
    field = phone.get_by_label("Your code")
    expect(field).to_have_attribute("autocomplete", "one-time-code")
    expect(field).to_have_attribute("inputmode", "numeric")
    write_code(phone, code_in(latest_letter(ana.email)))
    expect(phone).to_have_url(re.compile(r"/$"))
    expect(phone.get_by_role("navigation", name="Main")).to_be_visible()


def test_a_code_signs_in_without_javascript(phone_without_js, ana, latest_letter):
    ask_for_a_code(phone_without_js, ana.email)
    expect(phone_without_js.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    write_code(phone_without_js, code_in(latest_letter(ana.email)))
    expect(phone_without_js).to_have_url(re.compile(r":\d+/$"))


def test_sign_in_leads_on_to_the_page_that_was_asked_for(phone, ana, sign_in_by_code):
    phone.goto("/account/2fa/")
    sign_in_by_code(phone, ana)
    expect(phone.get_by_role("heading", name="How you sign in")).to_be_visible()


def test_a_wrong_code_says_what_to_do_and_the_right_one_still_works(phone, ana, latest_letter, axe):
    ask_for_a_code(phone, ana.email)
    right = code_in(latest_letter(ana.email))
    write_code(phone, f"{(int(right) + 1) % 1_000_000:06}")
    expect(phone.get_by_role("alert")).to_contain_text("That is not the code we sent")
    axe(phone)
    write_code(phone, right)
    expect(phone).to_have_url(re.compile(r":\d+/$"))


def test_another_code_can_be_sent_and_the_first_then_fails(phone, ana, latest_letter):
    ask_for_a_code(phone, ana.email)
    first = code_in(latest_letter(ana.email))
    phone.get_by_role("button", name="Send another code").click()
    expect(phone.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
    assert Letter.objects.filter(to=ana.email).count() == 2
    write_code(phone, first)
    expect(phone.get_by_role("alert")).to_be_visible()
    write_code(phone, code_in(latest_letter(ana.email)))
    expect(phone).to_have_url(re.compile(r":\d+/$"))


def test_nobody_learns_who_has_an_account(phone, ana, ended, latest_letter):
    pages = []
    for email in (ana.email, ended.email, "stranger@example.com"):
        phone.context.clear_cookies()
        ask_for_a_code(phone, email)
        pages.append(phone.locator("main").inner_text().replace(email, "…"))
    assert pages[0] == pages[1] == pages[2]
    assert "no account" in latest_letter("stranger@example.com").subject
    assert "no account" in latest_letter(ended.email).subject


def test_a_passkey_is_added_and_signs_in(phone, ana, sign_in, passkey, axe):
    sign_in(phone, ana)
    passkey(phone)
    phone.goto("/account/2fa/")
    phone.get_by_role("link", name="Passkeys").click()
    phone.get_by_label("A name for this passkey").fill("Work phone")
    axe(phone)
    phone.get_by_role("button", name="Add a passkey to this device").click()
    expect(phone.get_by_text("Your passkey is ready")).to_be_visible()
    expect(phone.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    phone.goto("/account/2fa/webauthn/")
    expect(phone.get_by_role("heading", name="Work phone")).to_be_visible()
    axe(phone)
    phone.goto("/account/logout/")
    phone.get_by_role("button", name="Sign out").click()
    phone.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone).to_have_url(re.compile(r":\d+/$"))
    expect(phone.get_by_role("navigation", name="Main")).to_be_visible()


def test_a_passkey_leaves_the_code_as_a_way_in(phone, ana, sign_in, passkey, sign_in_by_code):
    sign_in(phone, ana)
    passkey(phone)
    phone.goto("/account/2fa/webauthn/add/")
    phone.get_by_role("button", name="Add a passkey to this device").click()
    expect(phone.get_by_text("Your passkey is ready")).to_be_visible()
    phone.context.clear_cookies()
    sign_in_by_code(phone, ana)
    expect(phone).to_have_url(re.compile(r":\d+/$"))


def test_a_passkey_refused_by_its_owner_says_so(phone, ana, sign_in, passkey):
    sign_in(phone, ana)
    passkey(phone, agrees=False)
    phone.goto("/account/2fa/webauthn/add/")
    phone.get_by_role("button", name="Add a passkey to this device").click()
    expect(phone.get_by_text(re.compile("You can try again|did not work"))).to_be_visible()
    assert not Authenticator.objects.exists()


def test_an_account_that_ends_is_signed_out_at_once(phone, ana, sign_in_by_code):
    sign_in_by_code(phone, ana)
    assert phone.goto("/account/2fa/").status == 200
    type(ana).objects.filter(pk=ana.pk).update(is_active=False)
    phone.goto("/account/2fa/")
    expect(phone).to_have_url(re.compile("/account/login/"))


def test_one_tap_signs_out(phone, ana, sign_in):
    sign_in(phone, ana)
    phone.goto("/account/2fa/")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_text("You are signed out.")).to_be_visible()
    phone.goto("/account/2fa/")
    expect(phone).to_have_url(re.compile("/account/login/"))


def test_one_tap_is_somebody_in_the_demonstration(phone, ana, axe):
    phone.goto("/demo/")
    axe(phone)
    phone.get_by_role("button", name="Be Ana").click()
    expect(phone).to_have_url(re.compile(r":\d+/$"))
    assert phone.goto("/account/2fa/").status == 200


def test_words_sent_after_the_session_ran_out_come_back(phone, ana, sign_in, sign_in_by_code):
    sign_in(phone, ana)
    phone.goto("/wins/new/")
    phone.get_by_label("What happened?").fill("A landlord agreed to wait.")
    phone.context.clear_cookies(name="sessionid")
    phone.get_by_role("button", name=re.compile("Log this win|Log|Save|Share")).first.click()
    expect(phone).to_have_url(re.compile("/account/login/"))
    sign_in_by_code(phone, ana)
    expect(phone.get_by_label("What happened?")).to_have_value("A landlord agreed to wait.")


def test_an_app_is_a_second_step_without_javascript(phone_without_js, ana, latest_letter):
    phone = phone_without_js
    ask_for_a_code(phone, ana.email)
    write_code(phone, code_in(latest_letter(ana.email)))
    phone.goto("/account/2fa/totp/activate/")
    secret = phone.locator("p.card").inner_text().replace(" ", "")
    counter = max(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value(secret, counter))
    phone.get_by_label("The code your app shows now").fill(code)
    phone.get_by_role("button", name="Turn it on").click()
    expect(phone.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    kept = phone.locator("ul.card li").first.inner_text()
    phone.goto("/account/logout/")
    phone.get_by_role("button", name="Sign out").click()
    ask_for_a_code(phone, ana.email)
    write_code(phone, code_in(latest_letter(ana.email)))
    expect(phone.get_by_role("heading", name="One more step")).to_be_visible()
    phone.get_by_label("Your code").fill(kept)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone).to_have_url(re.compile(r":\d+/$"))


def test_sign_in_works_by_keyboard_alone(phone, ana, latest_letter):
    phone.goto("/account/login/")
    phone.get_by_label("Your e-mail address").focus()
    phone.keyboard.type(ana.email)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
    phone.get_by_label("Your code").focus()
    phone.keyboard.type(code_in(latest_letter(ana.email)))
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile(r":\d+/$"))
