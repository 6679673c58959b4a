"""The main job, as a person does it: on a phone, between two appointments."""

from __future__ import annotations

import re
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.factories import make_win
from tests.factories.photos import HEIC, phone_jpeg
from wins.models import Win

pytestmark = pytest.mark.browser
WORDS = "Got the bus pass through. Eleven weeks, but it came."


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def any_phone(request, open_browser) -> Page:
    return open_browser(java_script_enabled=request.param == "with JavaScript")


@pytest.fixture
def looked_at(axe, request):
    """axe, where it can run: it is JavaScript itself."""
    without = "without JavaScript" in request.node.name
    return (lambda page: None) if without else axe


def test_from_sign_in_to_a_logged_win_in_under_30_seconds(any_phone, ana, sign_in_by_code):
    any_phone.goto("/account/login/")
    start = time.monotonic()
    sign_in_by_code(any_phone, ana)
    any_phone.goto("/wins/new/")
    any_phone.get_by_label("What happened?").fill(WORDS)
    any_phone.get_by_role("button", name="Log this win").click()
    expect(
        any_phone.get_by_text("Logged. Seen by the service Street outreach: 3 people.")
    ).to_be_visible()
    seconds = time.monotonic() - start
    print(f"from sign-in to a logged win: {seconds:.1f} s of the machine's own time")
    assert seconds < 30
    assert Win.objects.get().what_happened == WORDS


def test_going_back_and_pressing_again_makes_one_win(any_phone, ana, sign_in):
    sign_in(any_phone, ana)
    any_phone.goto("/wins/new/")
    any_phone.get_by_label("What happened?").fill(WORDS)
    any_phone.get_by_role("button", name="Log this win").click()
    expect(any_phone.get_by_text("Logged. Seen by")).to_be_visible()
    any_phone.go_back()
    any_phone.get_by_label("What happened?").fill(WORDS)
    any_phone.get_by_role("button", name="Log this win").click()
    expect(any_phone.get_by_text("You sent the same a moment ago")).to_be_visible()
    assert Win.objects.count() == 1


def test_who_will_see_it_is_said_before_and_after(any_phone, ana, sign_in):
    sign_in(any_phone, ana)
    any_phone.goto("/wins/new/")
    expect(any_phone.get_by_label("My service, Street outreach (3 people)")).to_be_checked()
    any_phone.get_by_label("What happened?").fill(WORDS)
    any_phone.get_by_text("My cohort, Eastmere one (3 people)").click()
    any_phone.get_by_role("button", name="Log this win").click()
    expect(
        any_phone.get_by_text("Logged. Seen by the cohort Eastmere one: 3 people.")
    ).to_be_visible()


@pytest.mark.parametrize(
    ("name", "sent"),
    [("IMG_0042.HEIC", HEIC), ("IMG_0043.jpg", phone_jpeg((4000, 3000)))],
    ids=["HEIC", "rotated JPEG with GPS"],
)
def test_a_phones_photo_appears_upright_bare_and_only_to_those_who_may_see_it(
    any_phone, open_browser, ana, mo, zed, sign_in, tmp_path: Path, name, sent
):
    file = tmp_path / name
    file.write_bytes(sent)
    sign_in(any_phone, ana)
    any_phone.goto("/wins/new/")
    any_phone.get_by_label("What happened?").fill(WORDS)
    any_phone.get_by_text("Say more").click()
    any_phone.get_by_label("Photo", exact=False).first.set_input_files(file)
    any_phone.get_by_label("What does the photo show?").fill("The bus pass on a table")
    any_phone.get_by_role("button", name="Log this win").click()
    picture = any_phone.get_by_alt_text("The bus pass on a table")
    expect(picture).to_be_visible()
    width, height = (int(picture.get_attribute(side) or 0) for side in ("width", "height"))
    assert height > width, "upright"

    other = open_browser()
    sign_in(other, mo)
    answer = other.request.get(f"/wins/{Win.objects.get().pk}/photo/")
    assert b"Fruit" not in answer.body()
    image = Image.open(BytesIO(answer.body()))
    assert not image.getexif()
    assert max(image.size) <= 1600
    red, green, blue = image.convert("RGB").getpixel((image.width * 3 // 4, image.height // 4))
    assert red > 200
    assert max(green, blue) < 80
    sign_in(other, zed)
    assert other.request.get(f"/wins/{Win.objects.get().pk}/photo/").status == 404


def test_a_file_that_is_no_photo_is_told_on_the_field_and_loses_no_words(
    any_phone, ana, sign_in, tmp_path: Path
):
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"%PDF-1.7 not a photo")
    sign_in(any_phone, ana)
    any_phone.goto("/wins/new/")
    any_phone.get_by_label("What happened?").fill(WORDS)
    any_phone.get_by_text("Say more").click()
    any_phone.get_by_label("What made it hard?").fill("The website.")
    any_phone.get_by_label("Photo", exact=False).first.set_input_files(file)
    any_phone.get_by_role("button", name="Log this win").click()
    expect(
        any_phone.get_by_role("link", name="This file is not a photo we can read.")
    ).to_be_visible()
    expect(any_phone.get_by_label("What happened?")).to_have_value(WORDS)
    expect(any_phone.get_by_label("What made it hard?")).to_have_value("The website.")
    any_phone.get_by_role("button", name="Log this win").click()
    expect(any_phone.get_by_text("Logged. Seen by")).to_be_visible()


def test_details_that_may_show_who_somebody_is_are_pointed_out_once(
    any_phone, ana, sign_in, looked_at
):
    sign_in(any_phone, ana)
    any_phone.goto("/wins/new/")
    any_phone.get_by_label("What happened?").fill(
        "Took Mrs Begum to 14 Canal Street and it went well."
    )
    any_phone.get_by_role("button", name="Log this win").click()
    expect(any_phone.get_by_role("heading", level=1)).to_have_text(
        "Look this over before others see it"
    )
    expect(any_phone.locator("mark")).to_have_text(["Mrs Begum", "14 Canal Street"])
    looked_at(any_phone)
    any_phone.get_by_role("link", name="Change it").click()
    any_phone.get_by_label("What happened?").fill("Took somebody to a viewing. Mr Ali was kind.")
    any_phone.get_by_role("button", name="Log this win").click()
    expect(any_phone.locator("mark")).to_have_text(["Mr Ali"])
    any_phone.get_by_role("button", name="It is fine, log it").click()
    expect(any_phone.get_by_text("Logged. Seen by")).to_be_visible()


def test_taken_back_by_a_slip_and_put_back_with_one_press(any_phone, ana, mo, sign_in):
    win = make_win(ana, WORDS)
    sign_in(any_phone, ana)
    any_phone.goto(f"/wins/{win.pk}/")
    any_phone.get_by_role("button", name="Take it back").click()
    expect(any_phone.get_by_text("Taken back. Only you can see it now.")).to_be_visible()
    assert win not in Win.objects.visible_to(mo)
    any_phone.get_by_role("button", name="Undo").click()
    expect(any_phone.get_by_text("Back on the wall, where it was.")).to_be_visible()
    assert win in Win.objects.visible_to(mo)


def test_a_draft_is_kept_and_logged_later(any_phone, ana, sign_in):
    sign_in(any_phone, ana)
    any_phone.goto("/wins/new/")
    any_phone.get_by_label("What happened?").fill(WORDS)
    any_phone.get_by_role("button", name="Keep as a draft").click()
    expect(any_phone.get_by_text("Kept as a draft. Only you can see it.")).to_be_visible()
    any_phone.goto(f"/wins/{Win.objects.get().pk}/edit/")
    any_phone.get_by_role("button", name="Log this win").click()
    expect(any_phone.get_by_text("Logged. Seen by")).to_be_visible()


def test_two_windows_on_one_win_show_both_versions(any_phone, ana, sign_in, looked_at):
    win = make_win(ana, "First words.")
    sign_in(any_phone, ana)
    any_phone.goto(f"/wins/{win.pk}/edit/")
    desk = any_phone.context.new_page()
    desk.goto(f"/wins/{win.pk}/edit/")
    desk.get_by_label("What happened?").fill("Saved at the desk.")
    desk.get_by_role("button", name="Save the change").click()
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()
    any_phone.get_by_label("What happened?").fill("Typed on the bus.")
    any_phone.get_by_role("button", name="Save the change").click()
    expect(any_phone.get_by_role("heading", level=1)).to_have_text("This win was changed meanwhile")
    expect(any_phone.get_by_text("Saved at the desk.")).to_be_visible()
    looked_at(any_phone)
    any_phone.get_by_role("button", name="Go on writing from what I typed").click()
    box = any_phone.get_by_label("What happened?")
    expect(box).to_have_value("Typed on the bus.")
    box.fill("Typed on the bus. Saved at the desk.")
    any_phone.get_by_role("button", name="Save the change").click()
    expect(any_phone).to_have_url(re.compile(rf"/wins/{win.pk}/$"))
    win.refresh_from_db()
    assert (win.what_happened, win.version) == ("Typed on the bus. Saved at the desk.", 3)


def test_a_win_can_be_logged_by_keyboard_alone(phone_without_js, ana, sign_in):
    page = phone_without_js
    sign_in(page, ana)
    page.goto("/wins/new/")
    page.get_by_label("What happened?").focus()
    page.keyboard.type("By keyboard.")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator(":focus").text_content() == "Log this win":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("Logged. Seen by")).to_be_visible()


def test_every_page_of_a_win_is_for_everybody(phone, ana, mo, zed, sign_in, axe, no_sideways, now):
    win = make_win(ana, "W" * 200 + " " + WORDS, made_hard="Rain.", depth="flex", lens="me")
    win.comments.create(author=mo, words="Well done.", made_at=now)
    win.appreciations.create(person=zed, kind="thank", made_at=now)
    draft = make_win(ana, "Not yet.", state="draft")
    back = make_win(ana, "Hm.", state="taken_back")
    sign_in(phone, ana)
    for address in (
        *("/wins/new/", f"/wins/{win.pk}/", f"/wins/{win.pk}/edit/", f"/wins/{win.pk}/links/"),
        *(f"/wins/{draft.pk}/", f"/wins/{draft.pk}/edit/", f"/wins/{draft.pk}/logging/"),
        *(f"/wins/{back.pk}/", f"/wins/{back.pk}/removal/", "/wins/year/"),
    ):
        phone.goto(address)
        no_sideways(phone)
        axe(phone)


def test_a_comment_that_shows_who_somebody_is_is_looked_at_before_others_read_it(
    any_phone, ana, zed, sign_in
):
    win = make_win(ana)
    sign_in(any_phone, zed)
    any_phone.goto(win.get_absolute_url())
    any_phone.get_by_label("Say something").fill("Mrs Jones said so too.")
    any_phone.get_by_role("button", name="Add your comment").click()
    expect(any_phone.get_by_text("Before you add it: does this show")).to_be_visible()
    any_phone.get_by_label("Say something").fill("She said so too.")
    any_phone.get_by_role("button", name="Add your comment").click()
    expect(any_phone.get_by_text("She said so too.").first).to_be_visible()
    assert [one.words for one in win.comments.all()] == ["She said so too."]
