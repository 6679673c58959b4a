"""An agreed section becomes what an employer wrote into a job, in one step, and is confirmed in another."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cohorts.actions import clause_adoptions as actions
from cohorts.models import ClauseAdoption, Post
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests.factories.roles import make_adoption, make_statement

SINCE = date(2026, 1, 5)


@pytest.fixture
def section(world, now):
    return make_statement(world.ana, world.mo, now, "agreed", kind="job")


def written(section, by, at):
    return actions.record_section(statement=section, since=SINCE, by=by, at=at)


def test_each_clause_is_written_down_in_its_words_and_managers_are_asked_once(section, world, now):
    made = written(section, world.ana, now)
    found = ClauseAdoption.objects.order_by("pk")
    assert [one.words for one in found] == [line.words for line in section.lines.all()]
    assert {(one.organisation, one.job_title, one.since, one.state) for one in found} == {
        (world.council, "Outreach worker", SINCE, "recorded")
    }
    assert Notification.objects.filter(recipient=world.mo).count() == 1 < len(made)
    with pytest.raises(ValidationError, match="written down for that job already"):
        written(section, world.mo, now)


def test_the_worker_hears_of_it_when_the_manager_writes_it_down(section, world, now):
    written(section, world.mo, now)
    assert Notification.objects.filter(recipient=world.ana).count() == 1


def test_what_was_written_down_before_is_left_as_it_is(section, world, now):
    line = section.lines.first()
    kept = make_adoption(
        world.council,
        world.cas,
        now,
        clause=line.clause,
        job_title="OUTREACH WORKER",
        words="Ours.",
    )
    (made,) = written(section, world.ana, now)
    assert made.clause != kept.clause
    kept.refresh_from_db()
    assert kept.words == "Ours."


@pytest.mark.parametrize("who", ["dee", "cas", "zed"])
def test_others_do_not_write_it_down(who, section, world, now):
    with pytest.raises(Refused):
        written(section, getattr(world, who), now)
    assert not ClauseAdoption.objects.exists()


@pytest.mark.parametrize(
    ("state", "kind"), [("proposed", "job"), ("replaced", "job"), ("agreed", "role")]
)
def test_only_an_agreed_section_for_a_job(state, kind, world, now):
    with pytest.raises(WrongState):
        written(make_statement(world.ana, world.mo, now, state, kind=kind), world.ana, now)


def test_without_an_employer_it_says_so(section, world, now):
    Post.objects.filter(person=world.ana).update(ended=now.date(), went_to="unknown")
    with pytest.raises(ValidationError, match="no employer here now"):
        written(section, world.mo, now)


def test_one_press_and_another_confirms_all_of_it(section, world, now, as_):
    ana, mo = as_(world.ana), as_(world.mo)
    at = reverse("cohorts:role_statement_adoption", args=[section.pk])
    assert at in ana.get(section.get_absolute_url()).content.decode()
    assert "still to come" in ana.post(at, {"since": "2999-01-01"}).content.decode()
    ana.post(at, {"since": "2026-01-05"})
    assert at not in ana.get(section.get_absolute_url()).content.decode()
    others = make_adoption(world.council, world.cas, now, clause=None, job_title="Hostel worker")
    first = ClauseAdoption.objects.exclude(pk=others.pk).first()
    confirming = reverse("cohorts:clause_adoption_confirmation", args=[first.pk])
    assert ana.post(confirming, {"all": "1"}).status_code == 403, "nobody confirms their own"
    assert "Yes to all 2 of this job" in mo.get(first.get_absolute_url()).content.decode()
    mo.post(confirming, {"all": "1"})
    state = dict(ClauseAdoption.objects.values_list("job_title", "state"))
    assert state == {"Outreach worker": "confirmed", "Hostel worker": "recorded"}
    assert Notification.objects.filter(recipient=world.ana).count() == 1


def test_the_clauses_of_one_job_are_told_together(section, world, now, as_):
    written(section, world.ana, now)
    make_adoption(world.council, world.cas, now, job_title="Hostel worker")
    page = as_(world.zed).get(reverse("cohorts:clause_adoptions")).content.decode()
    assert page.count("Outreach worker, Eastmere Council") == 1
    assert page.count("Hostel worker, Eastmere Council") == 1
    assert "2 clauses" in page
    for one in ClauseAdoption.objects.all():
        assert page.count(f'href="{one.get_absolute_url()}"') == 1
    first, second = (page.index(line.words) for line in section.lines.all())
    assert first < second, "in the order of the conditions"
