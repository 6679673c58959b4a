"""Asking many people into a cohort from a CSV file: forty good lines and five wrong ones, on a phone, with
and without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from cohorts.models import Invitation, Membership
from systemschangers.kernel.models import Letter

pytestmark = pytest.mark.browser

WRONG = (
    "Nia Price,nia at example.org,,",
    "No Address,,,Outreach worker",
    "Odd Service,odd@example.org,A service nobody knows,Worker",
    "Twice,worker3@example.org,,",
    "Two Ats,two@@example.org,,",
)


def forty_and_five() -> str:
    lines = [f"Worker {n},worker{n}@example.org,Street outreach,Worker" for n in range(1, 41)]
    for number, line in enumerate(WRONG):
        lines.insert(7 * (number + 1), line)
    return "\r\n".join(["Name,E-mail,Service,Job title", *lines, ""])


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_forty_are_asked_and_five_wrong_lines_are_mended(
    kind, request, world, sign_in, axe, no_sideways, tmp_path
):
    page = request.getfixturevalue(kind)
    look = axe if kind == "phone" else lambda *_, **__: None
    file = tmp_path / "people.csv"
    file.write_text(forty_and_five(), encoding="utf-8", newline="")
    sign_in(page, world.cas)
    page.goto(f"/cohorts/{world.cohort.pk}/")
    page.get_by_role("link", name="Ask many people at once").click()
    look(page)
    page.get_by_label("Or choose a CSV file").set_input_files(file)
    page.get_by_role("button", name="Look through the list").click()
    expect(page.get_by_text("Of 45 lines: 40 to ask, 0 there already, 5 wrong.")).to_be_visible()
    for why in (
        "“nia at example.org” is not an e-mail address",
        "Give their e-mail address.",
        "There is no service called “A service nobody knows”",
        "The same address is on line",
        "“two@@example.org” is not an e-mail address",
    ):
        expect(page.get_by_text(why).first).to_be_visible()
    look(page)
    no_sideways(page)
    assert not Invitation.objects.exists()

    page.get_by_role("button", name="Ask 40 people").click()
    expect(page.get_by_text("40 letters are on the way")).to_be_visible()
    assert Invitation.objects.filter(cohort=world.cohort).count() == 40
    # Whoever was there twice is asked now: their second line is no longer wrong.
    expect(page.get_by_role("heading", name="4 lines are wrong")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="download them").click()
    kept = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(kept) == 5
    wrong = page.get_by_role("group", name="nia at example.org")
    wrong.get_by_label("E-mail address").fill("nia@example.org")
    page.get_by_role("button", name="Look through them again").click()
    page.get_by_role("button", name="Ask 1 person").click()
    expect(page.get_by_role("heading", name="3 lines are wrong")).to_be_visible()
    assert Invitation.objects.filter(cohort=world.cohort).count() == 41
    assert not Membership.objects.filter(person__email__startswith="worker").exists()
    assert Letter.objects.filter(to__startswith="worker").values("to").distinct().count() == (
        Letter.objects.filter(to__startswith="worker").count()
    )
