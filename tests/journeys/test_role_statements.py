"""A role written, talked through, agreed, compared and taken along; a clause written into a job. On phones,
with and without JavaScript."""

from __future__ import annotations

import pytest
from docx import Document
from playwright.sync_api import expect

from cohorts.models import RoleStatement

pytestmark = pytest.mark.browser


@pytest.fixture(params=["with_js", "without_js"])
def phone_for(request, open_browser, sign_in):
    def phone_of(person):
        page = open_browser(java_script_enabled=request.param == "with_js")
        sign_in(page, person)
        return page

    return phone_of


def write_in(page, number, words):
    """Open a condition in the builder, tick its first clause and fit the words."""
    group = page.locator(f"#condition-{number}")
    group.locator("summary").click()
    if not group.get_by_role("checkbox").first.is_checked():
        group.get_by_text("Put this in").first.click()
    group.get_by_label("In words that fit this job").first.fill(words)


def test_a_role_is_written_talked_through_agreed_compared_and_taken_along(
    world, phone_for, no_sideways
):
    ana, mo = phone_for(world.ana), phone_for(world.mo)
    ana.goto("/more/")
    ana.get_by_role("link", name="Role statements").click()
    ana.get_by_role("link", name="Write one").click()
    expect(ana.get_by_label("Job title")).to_have_value("Outreach worker")
    expect(ana.get_by_text("13 of 13 conditions have nothing picked")).to_be_visible()
    ana.get_by_label("What is the job for?").fill("To be there, at night too.")
    ana.get_by_text("A section for a job description").click()
    write_in(ana, 1, "Meets the hostel each month.")
    no_sideways(ana)
    ana.get_by_role("button", name="Keep it as a draft").click()
    expect(ana.get_by_text("Meets the hostel each month.")).to_be_visible()
    ana.get_by_text("12 of 13 conditions have nothing yet").click()
    expect(ana.get_by_text("Permission to meet leaders")).to_be_visible()
    ana.get_by_role("button", name="Propose it to my manager").click()

    mo.goto("/")
    mo.get_by_role("link", name="1 decision waits for you").click()
    mo.get_by_text("Read it 1 clause").click()
    expect(mo.get_by_text("Meets the hostel each month.")).to_be_visible()
    mo.get_by_text("Say something, or talk it through").click()
    mo.get_by_label("Your words").fill("Who covers the phone?")
    mo.get_by_role("button", name="Talk it through").click()
    expect(mo.get_by_text("You asked to talk it through")).to_be_visible()

    ana.goto("/")
    ana.get_by_role("link", name="Your role statement needs talking through").click()
    expect(ana.get_by_text("Who covers the phone?")).to_be_visible()
    ana.get_by_role("link", name="Change it").click()
    write_in(ana, 1, "Meets the hostel each month, when the phone is covered.")
    ana.get_by_role("button", name="Save").click()
    ana.get_by_role("button", name="Propose it to my manager").click()
    agree_to_the_role(mo)

    ana.reload()
    ana.get_by_role("button", name="Begin the next version").click()
    expect(ana.get_by_text("12 of 13 conditions have nothing picked")).to_be_visible()
    write_in(ana, 1, "Meets the hostel each week, when the phone is covered.")
    write_in(ana, 12, "Says what is not working.")
    ana.get_by_role("button", name="Save").click()
    ana.get_by_role("button", name="Propose it to my manager").click()
    mo.goto("/")
    mo.get_by_role("link", name="1 decision waits for you").click()
    agree_to_the_role(mo)

    ana.reload()
    ana.get_by_role("link", name="Versions 2 and 1 side by side").click()
    expect(ana.locator("del")).to_contain_text("month,")
    expect(ana.locator("ins").first).to_contain_text("week,")
    expect(ana.locator("ins").last).to_contain_text("Says what is not working.")
    ana.get_by_text("What is the same in both: 2 parts").click()
    expect(ana.get_by_text("To be there, at night too.")).to_be_visible()
    no_sideways(ana)
    ana.get_by_role("link", name="Outreach worker").first.click()
    insist_on_the_word_file(ana)
    ana.get_by_role("link", name="Print it").click()
    expect(ana.get_by_text("Ana Okafor. Version 2, agreed with Mo Rahman")).to_be_visible()
    expect(ana.get_by_text("Says what is not working.")).to_be_visible()
    no_sideways(ana)
    states = RoleStatement.objects.order_by("version").values_list("state", flat=True)
    assert list(states) == ["replaced", "agreed"]
    ana.goto(RoleStatement.objects.get(version=2).get_absolute_url())
    ana.get_by_role("button", name="Write it down for this job").click()
    expect(ana.get_by_text("Written down: 2 clauses.")).to_be_visible()
    no_sideways(ana)
    mo.goto("/noticed/")
    mo.get_by_text("Ana Okafor has written down what a job description says.").click()
    mo.get_by_role("button", name="Yes to all 2 of this job").click()
    expect(mo.get_by_text("Confirmed, all 2.")).to_be_visible()


def agree_to_the_role(mo):
    mo.reload()
    mo.get_by_role("button", name="Agree to this role").click()
    expect(mo.get_by_text("You agreed")).to_be_visible()


def insist_on_the_word_file(page):
    """What was downloaded opens as a Word document, with headings and the words."""
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download for Word").click()
    assert waited.value.suggested_filename == "outreach-worker-version-2.docx"
    found = Document(waited.value.path()).paragraphs
    assert [one.text for one in found if one.style.name == "Heading 2"] == [
        "Meet frontline workers of other services",
        "Awareness of what’s not working, and power to change it",
    ]
    said = [one.text for one in found if one.style.name == "List Bullet"]
    assert said == [
        "Meets the hostel each week, when the phone is covered.",
        "Says what is not working.",
    ]


def test_a_clause_is_added_written_into_a_job_and_confirmed_by_who_manages_it(
    world, phone_for, no_sideways
):
    cas, mo, zed = phone_for(world.cas), phone_for(world.mo), phone_for(world.zed)
    cas.goto("/more/")
    cas.get_by_role("link", name="Clauses for job descriptions").click()
    cas.get_by_role("link", name="Add a clause").click()
    cas.get_by_label("Which condition does it serve?").select_option("12")
    cas.get_by_label("Level").select_option("working")
    cas.get_by_label("The clause").fill("Keeps a list of rules that nobody can find.")
    cas.get_by_role("button", name="Add").click()
    cas.get_by_role("link", name="An employer wrote this into a job").click()
    cas.get_by_label("Which employer?").select_option(label="Eastmere Council")
    cas.get_by_label("Which job?").fill("Outreach worker")
    words = "Keeps a list of rules nobody can find, and brings it to the team each quarter."
    cas.get_by_label("What does the job description say?").fill(words)
    cas.get_by_label("Since when?").fill("2026-01-05")
    cas.get_by_label("How do you know?").fill("The advert on the staff pages.")
    no_sideways(cas)
    cas.get_by_role("button", name="Write it down").click()
    expect(cas.get_by_text("Somebody else of Eastmere Council can confirm it")).to_be_visible()
    expect(cas.get_by_role("button", name="Yes, it says so")).to_have_count(0)

    mo.goto("/noticed/")
    mo.get_by_role("link", name="Cas Mendes has written down what a job description says.").click()
    mo.get_by_role("button", name="Yes, it says so").click()
    expect(mo.get_by_text("Confirmed. It says so on the page now.")).to_be_visible()

    zed.goto("/clauses/")
    zed.get_by_role("link", name="Which employers wrote what into which jobs").click()
    expect(zed.get_by_text("1 employer has written 1 clause into 1 job.")).to_be_visible()
    zed.get_by_label("Employer").select_option(label="Eastmere Council")
    zed.get_by_role("button", name="Show").click()
    expect(zed.get_by_text("Eastmere Council has written 1 clause")).to_be_visible()
    expect(zed.get_by_text("Since Mon 5 Jan")).to_be_visible()
    no_sideways(zed)
    zed.get_by_role("link", name="Outreach worker, Eastmere Council").click()
    expect(zed.get_by_text(words)).to_be_visible()
    zed.get_by_role("link", name="Keeps a list of rules").click()
    expect(zed.get_by_text("since Mon 5 Jan")).to_be_visible()
