"""A cohort run on a phone: a session planned, who came ticked in the room, a learning call written down.

With JavaScript and without."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cohorts.models import Attendance, LearningCall, Membership, Session, Stage
from tests.factories.cohorts import make_person
from tests.factories.running import make_call, make_session, make_visit, pair

pytestmark = pytest.mark.browser


def state_of(person) -> str | None:
    return Attendance.objects.filter(person=person).values_list("state", flat=True).first()


def way(page: Page, name: str, label: str):
    return page.get_by_role("group", name=name).get_by_role("radio", name=label, exact=True)


def test_staff_plan_a_session_and_tick_who_is_there(world, at_home):
    Stage.begin(world.cohort)
    cas = at_home(world.cas)
    cas.goto(f"/cohorts/{world.cohort.pk}/")
    cas.get_by_role("link", name="Sessions", exact=True).click()
    cas.get_by_role("link", name="Plan a session").first.click()
    cas.get_by_label("What is it?").fill("Drawing the map")
    cas.get_by_label("Which day?").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    cas.get_by_label("From", exact=True).fill("14:00")
    cas.get_by_label("To", exact=True).fill("13:00")
    cas.get_by_label("Where?").fill("Town Hall, room 4")
    cas.get_by_label("Which stage?").select_option(label="Seeing the system")
    cas.get_by_role("button", name="Plan this session").click()
    expect(cas.get_by_text("There is a problem")).to_be_visible()
    cas.get_by_label("To", exact=True).fill("16:00")
    cas.get_by_role("button", name="Plan this session").click()
    expect(cas.get_by_text("Planned. Everybody in the cohort is told.")).to_be_visible()

    ana = at_home(world.ana)
    ana.goto("/")
    ana.get_by_role("link", name="This week: Drawing the map").click()
    ana.get_by_role("button", name="I can’t come").click()
    expect(ana.get_by_text("You said that you can’t come.")).to_be_visible()

    cas.reload()
    expect(cas.get_by_text("Sent word: Ana Okafor.")).to_be_visible()
    Session.objects.update(
        starts_at=timezone.now() - timedelta(minutes=20),
        ends_at=timezone.now() + timedelta(hours=1),
    )
    cas.goto("/")
    cas.get_by_role("link", name="Tick who is at “Drawing the map”").click()
    expect(way(cas, "Ana Okafor", "Sent word")).to_be_checked()
    box = cas.locator(".tick__way").first.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 44
    way(cas, "Ana Okafor", "Here").check()
    way(cas, "Zed Kowalski", "Not there").check()
    if at_home.with_js:
        expect(cas.get_by_role("group", name="Zed Kowalski").get_by_text("Saved")).to_be_visible()
        expect(cas.get_by_role("group", name="Ana Okafor").get_by_text("Saved")).to_be_visible()
        way(cas, "Zed Kowalski", "Not there").click()
        expect(way(cas, "Zed Kowalski", "Not said")).to_be_checked()
        expect(cas.locator('[data-count="missed"]')).to_have_text("0")
        expect(cas.get_by_role("group", name="Zed Kowalski").get_by_text("Saved")).to_be_visible()
    else:
        cas.get_by_role("button", name="Save", exact=True).click()
        expect(cas.get_by_text("Saved for 2 people.")).to_be_visible()
        way(cas, "Zed Kowalski", "Not said").check()
        cas.get_by_role("button", name="Save", exact=True).click()
        expect(cas.get_by_text("Saved for 1 person.")).to_be_visible()
    cas.reload()
    expect(way(cas, "Ana Okafor", "Here")).to_be_checked()
    expect(way(cas, "Zed Kowalski", "Not said")).to_be_checked()
    assert (state_of(world.ana), state_of(world.zed)) == ("came", None)


def test_two_phones_in_one_room(world, at_home):
    """Both open the page; each ticks somebody else; both ticks stand."""
    helper = make_person(name="Maggie Thornhill")
    Membership.objects.create(
        cohort=world.cohort,
        person=helper,
        role="facilitator",
        state="active",
        joined_at=timezone.now(),
    )
    session = make_session(world.cohort, starts_at=timezone.now() - timedelta(minutes=20))
    phones = [at_home(world.cas), at_home(helper)]
    for phone in phones:
        phone.goto(f"/sessions/{session.pk}/attendance/")
    for phone, name in zip(phones, ("Ana Okafor", "Zed Kowalski"), strict=True):
        way(phone, name, "Here").check()
        if at_home.with_js:
            expect(phone.get_by_role("group", name=name).get_by_text("Saved")).to_be_visible()
        else:
            phone.get_by_role("button", name="Save", exact=True).click()
            expect(phone.get_by_text("Saved for 1 person.")).to_be_visible()
    assert (state_of(world.ana), state_of(world.zed)) == ("came", "came")


def test_with_no_signal_a_tick_says_so_and_goes_with_save(world, phone, sign_in):
    session = make_session(world.cohort, starts_at=timezone.now() - timedelta(minutes=20))
    sign_in(phone, world.cas)
    phone.goto(f"/sessions/{session.pk}/attendance/")
    phone.context.set_offline(True)
    way(phone, "Ana Okafor", "Here").check()
    row = phone.get_by_role("group", name="Ana Okafor")
    expect(row.get_by_text("Not saved yet. Press Save below.")).to_be_visible()
    assert state_of(world.ana) is None
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_text("Saved for 1 person.")).to_be_visible()
    assert state_of(world.ana) == "came"


def test_by_keyboard_alone(world, phone, sign_in):
    session = make_session(world.cohort, starts_at=timezone.now() - timedelta(minutes=20))
    sign_in(phone, world.cas)
    phone.goto(f"/sessions/{session.pk}/attendance/")
    way(phone, "Ana Okafor", "Not said").focus()
    phone.keyboard.press("ArrowRight")
    expect(way(phone, "Ana Okafor", "Here")).to_be_checked()
    expect(phone.get_by_role("group", name="Ana Okafor").get_by_text("Saved")).to_be_visible()
    assert state_of(world.ana) == "came"


def test_a_learning_partner_is_named_plans_a_call_and_writes_it_down(world, at_home):
    cas = at_home(world.cas)
    cas.goto(f"/cohorts/{world.cohort.pk}/learning-partners/")
    cas.get_by_text("Ana Okafor", exact=True).click()
    expect(cas.get_by_label("Ana Okafor")).to_be_checked()
    cas.get_by_label("Their learning partner").select_option(label="Cas Mendes")
    cas.get_by_role("button", name="Save for those I ticked").click()
    expect(cas.get_by_text("Saved: Cas Mendes is the learning partner")).to_be_visible()

    cas.goto("/")
    cas.get_by_role("link", name="A learning call is due this month").click()
    cas.get_by_role("link", name="Ana Okafor").click()
    cas.get_by_role("link", name="Plan or write down a call").click()
    cas.get_by_label("Which day?").fill((timezone.localdate() + timedelta(days=2)).isoformat())
    cas.get_by_role("button", name="Save this call").click()
    expect(cas.get_by_text("Say at what time you will speak.").last).to_be_visible()
    cas.get_by_label("At what time?").fill("10:00")
    cas.get_by_role("button", name="Save this call").click()
    expect(cas.get_by_text("Planned. Ana Okafor is told.")).to_be_visible()

    an_hour_ago = timezone.localtime() - timedelta(hours=1)  # of yesterday, just after midnight
    LearningCall.objects.update(planned_for=an_hour_ago)
    cas.goto("/learning-calls/")
    expect(cas.get_by_text("Did you speak?")).to_be_visible()
    cas.get_by_role("link", name="Ana Okafor").click()
    cas.get_by_role("link", name="Did you speak?").click()
    cas.get_by_role("link", name="Yes: write it down").click()
    cas.get_by_label("Me (optional)").fill("I say yes before I have thought.")
    cas.get_by_label("One next step").fill("Count the yeses for a week.")
    cas.get_by_role("button", name="Save this call").click()
    expect(
        cas.get_by_text("Written down. Ana Okafor can read it, and nobody else.")
    ).to_be_visible()

    ana = at_home(world.ana)
    ana.goto("/learning-calls/")
    ana.get_by_role("link", name="Cas Mendes").click()
    ana.get_by_role("link", name=f"{an_hour_ago:%a} {an_hour_ago.day}").click()
    expect(ana.get_by_text("I say yes before I have thought.")).to_be_visible()


def test_a_member_writes_down_a_visit_and_the_cohort_reads_it(world, at_home):
    ana = at_home(world.ana)
    ana.goto(f"/cohorts/{world.cohort.pk}/")
    ana.get_by_role("link", name="Visits").click()
    ana.get_by_role("link", name="Write down a visit").first.click()
    ana.get_by_label("Whom did you visit?").fill("The needle exchange")
    ana.get_by_label("When?").fill(timezone.localdate().isoformat())
    ana.get_by_label("What did you see?").fill("Nobody was asked for a form.")
    ana.get_by_role("button", name="Write it down").click()
    expect(ana.get_by_text("Written down. Your cohort can read it.")).to_be_visible()
    zed = at_home(world.zed)
    zed.goto(f"/cohorts/{world.cohort.pk}/visits/")
    expect(zed.get_by_text("Nobody was asked for a form.")).to_be_visible()


def test_pages_in_the_states_the_walk_of_all_pages_does_not_see(
    world, phone, sign_in, axe, no_sideways
):
    """Called off, due, held and missed calls, errors in forms, and ticks in every state."""
    now = timezone.now()
    seat = pair(world.ana, world.cas, world.cohort)
    due = make_call(seat, "planned", planned_for=now - timedelta(hours=2))
    missed = make_call(seat, "missed", planned_for=now - timedelta(days=3))
    off = make_session(world.cohort, "called_off", starts_at=now + timedelta(days=2))
    today = make_session(world.cohort, starts_at=now - timedelta(minutes=5), access="A lift.")
    for person, state in ((world.ana, "came"), (world.zed, "missed"), (world.cas, "sent_word")):
        Attendance.objects.create(
            session=today, person=person, state=state, ticked_at=now, ticked_by=world.cas
        )
    visit = make_visit(world.cohort, world.zed)
    sign_in(phone, world.cas)
    for address in (
        f"/sessions/{off.pk}/",
        f"/sessions/{today.pk}/",
        f"/sessions/{today.pk}/attendance/",
        f"/learning-calls/{due.pk}/",
        f"/learning-calls/{missed.pk}/",
        f"/visits/{visit.pk}/",
    ):
        assert phone.goto(address).status == 200, address
        no_sideways(phone)
        axe(phone)
    phone.goto(f"/cohorts/{world.cohort.pk}/learning-partners/")
    phone.get_by_role("button", name="Save for those I ticked").click()
    expect(phone.get_by_text("There is a problem")).to_be_visible()
    no_sideways(phone)
    axe(phone)
