"""Who may do what: the whole cast against every rule."""

from datetime import date

import pytest

from cohorts import policy
from cohorts.models import Deputyship, Person

STAFF = {"cas", "ada"}
EVERYBODY = {"ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada"}


@pytest.mark.parametrize("name", sorted(EVERYBODY))
@pytest.mark.parametrize(
    ("may", "who"),
    [
        (policy.may_set_up, {"ada"}),
        (policy.may_change_organisations, STAFF),
        (policy.may_run_cohorts, STAFF),
        (policy.may_invite, STAFF),
        (policy.may_import, STAFF),
        (policy.may_change_posts, STAFF),
        (policy.may_name_deputy, {"mo", "dee", "lee", "cas"}),
        (policy.may_leave, EVERYBODY - {"ada"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_only_these_may(may, who, name, world):
    verdict = may(getattr(world, name))
    assert bool(verdict) == (name in who)
    assert verdict.allowed or verdict.reason.endswith((".", "one."))


def test_one_corrects_ones_own_job_title_and_nobody_elses(ana, mo, cas):
    post = ana.posts.get()
    assert policy.may_correct_title(ana, post)
    assert policy.may_correct_title(cas, post)
    assert not policy.may_correct_title(mo, post)


def test_the_only_administrator_cannot_leave_but_one_of_two_can(ada, mo):
    assert not policy.may_leave(ada)
    Person.objects.filter(pk=mo.pk).update(is_staff=True)
    assert policy.may_leave(ada)


def test_a_manager_and_the_deputy_of_that_day_decide(mo, dee):
    assert policy.deciders_for(mo, date(2026, 3, 10)) == [mo, dee]
    assert policy.deciders_for(mo, date(2026, 3, 21)) == [mo]
    assert policy.deciders_for(None, date(2026, 3, 10)) == []


def test_a_deputyship_that_was_called_off_decides_nothing(mo, now):
    Deputyship.objects.filter(person=mo).update(called_off_at=now)
    assert policy.deciders_for(mo, date(2026, 3, 10)) == [mo]


def test_only_who_is_away_calls_a_deputyship_off(mo, dee):
    deputyship = Deputyship.objects.get(person=mo)
    assert policy.may_call_off_deputyship(mo, deputyship)
    assert not policy.may_call_off_deputyship(dee, deputyship)
