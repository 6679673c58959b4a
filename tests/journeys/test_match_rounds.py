"""Programme staff run a match round: last round’s pairs, a pause, and two who would rather not meet."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cohorts.models import MatchRound, PeerMeeting, Person
from systemschangers.kernel.models import Notification
from tests.factories.match_rounds import QUESTION, make_cohort_of, make_round

pytestmark = pytest.mark.browser


def pairs_of(round_) -> set[frozenset[int]]:
    groups = [match.places.values_list("person", flat=True) for match in round_.matches.all()]
    return {frozenset(two) for group in groups for two in combinations(group, 2)}


@pytest.mark.parametrize("java_script", [True, False], ids=["with_js", "without_js"])
def test_twenty_one_people_one_trio_and_no_repeats(
    java_script, world, open_browser, sign_in, axe, no_sideways
):
    """Twenty-two are in the cohort; one rests, so that twenty-one meet."""
    look = axe if java_script else lambda *_, **__: None
    cohort = make_cohort_of(22, 7)
    before = make_round(world.cas, timezone.now(), "sent", cohort=cohort, name="October")
    one, two, resting, *_ = Person.objects.filter(memberships__cohort=cohort).order_by("pk")

    def phone_of(person):
        page = open_browser(java_script_enabled=java_script)
        sign_in(page, person)
        return page

    page = phone_of(resting)
    page.goto("/me/matching/")
    day = timezone.localdate() + timedelta(days=30)
    page.get_by_label("Until and with which day?").fill(day.isoformat())
    page.get_by_role("button", name="Pause until then").click()
    look(page)
    page = phone_of(one)
    page.goto("/me/matching/")
    page.get_by_label("Whom would you rather not be matched with?").fill(two.name)
    page.get_by_role("button", name="Never match us").click()
    expect(page.get_by_text(two.name).first).to_be_visible()

    cas = phone_of(world.cas)
    cas.goto("/match-rounds/")
    cas.get_by_role("link", name="Begin a round").click()
    cas.get_by_label("Name of the round").fill("November")
    cas.get_by_label("Which question do they compare?").fill(QUESTION)
    cas.locator("label").get_by_text("Everybody in one cohort").click()
    cas.get_by_label("Which cohort?").select_option(label=str(cohort))
    cas.get_by_role("button", name="Save, and see who it is for").click()
    expect(cas.get_by_text("21 people would be in it. 1 has a pause")).to_be_visible()
    cas.get_by_role("button", name="See who would meet whom").click()
    expect(cas.get_by_text("Three", exact=True)).to_have_count(1)
    expect(cas.get_by_text("Have met before")).to_have_count(0)
    look(cas)
    no_sideways(cas)
    it = MatchRound.objects.get(name="November")
    assert it.places.count() == 21
    assert not it.places.filter(person=resting).exists()
    assert sorted(match.places.count() for match in it.matches.all()) == [*[2] * 9, 3]
    assert not pairs_of(it) & pairs_of(before)
    assert frozenset({one.pk, two.pk}) not in pairs_of(it)

    cas.get_by_role("link", name="Send it").click()
    expect(cas.get_by_text("21 people in 10 groups are told whom they meet")).to_be_visible()
    cas.get_by_role("button", name="Send it now").click()
    expect(cas.get_by_role("heading", name="What became of it")).to_be_visible()
    look(cas)
    assert PeerMeeting.objects.filter(match__round=it).count() == 10
    told = Notification.objects.filter(event__target_type="cohorts.matchplace")
    newest = told.filter(event__at__gte=MatchRound.objects.get(pk=it.pk).sent_at)
    assert newest.values("recipient").distinct().count() == newest.count() == 21

    page = phone_of(one)
    page.goto("/")
    page.goto(it.places.get(person=one).get_absolute_url())
    expect(page.get_by_role("heading", name="You meet")).to_be_visible()
    expect(page.get_by_text(QUESTION)).to_be_visible()
    page.get_by_role("link", name="Find a date").click()
    expect(page.get_by_text(QUESTION).first).to_be_visible()
