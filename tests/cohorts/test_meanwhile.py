"""Things several people look after and that count no versions: an edit made on what somebody has changed
since overwrites nothing unseen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cohorts.models import Cohort, Leader
from tests.factories.leader_requests import make_leader

pytestmark = pytest.mark.django_db


def filled(browser, url) -> dict[str, object]:
    """The form as its page shows it, to be sent."""
    form = browser.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "")}


def a_cohort(world):
    return reverse("cohorts:cohort_edit", args=[world.cohort.pk]), "name", "Eastmere"


def an_opening(world):
    world.cohort.about, world.cohort.asks = "Twelve workers.", "One day a month."
    world.cohort.save()
    return reverse("cohorts:cohort_opening", args=[world.cohort.pk]), "about", "Ten workers"


def a_leader(world):
    leader = make_leader(world.lee, welcome="One example.")
    return reverse("cohorts:leader_edit", args=[leader.pk]), "welcome", "Two examples"


@pytest.mark.parametrize("thing", [a_cohort, an_opening, a_leader], ids=lambda it: it.__name__)
def test_of_two_edits_on_the_same_page_the_second_sees_both_and_may_go_on(thing, world, as_):
    url, field, words = thing(world)
    browser, other = as_(world.cas), as_(world.ada)
    first, second = filled(browser, url), filled(other, url)
    assert browser.post(url, first | {field: f"{words}, said first"}).status_code == 302
    answer = other.post(url, second | {field: f"{words}, said second"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this after you opened it" in page
    assert f"{words}, said first" in page
    assert f"{words}, said second" in page
    kept = [*Cohort.objects.values_list("name", "about"), *Leader.objects.values_list("welcome")]
    assert "said first" in str(kept)
    assert "said second" not in str(kept)
    going_on = filled_again(answer)
    assert other.post(url, going_on).status_code == 302
    kept = [*Cohort.objects.values_list("name", "about"), *Leader.objects.values_list("welcome")]
    assert "said second" in str(kept)


def filled_again(answer) -> dict[str, object]:
    form = answer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "")}


def test_saving_what_nobody_changed_meanwhile_just_saves(world, as_):
    url, field, words = a_leader(world)
    browser = as_(world.cas)
    for said in ("once", "twice"):
        assert browser.post(url, filled(browser, url) | {field: f"{words}, {said}"}).url
    assert Leader.objects.get(person=world.lee).welcome == f"{words}, twice"
