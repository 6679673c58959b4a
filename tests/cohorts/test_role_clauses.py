"""The clause library and the jobs its clauses were written into."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import cohorts
from cohorts.actions import clause_adoptions, role_clauses
from cohorts.models import ClauseAdoption, Condition, Person, RoleClause
from systemschangers.kernel.models import Notification
from systemschangers.kernel.personal_data import everything_about
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.roles import make_adoption

WORDS = {"level": "lead", "words": "Makes room for it in the rota."}
EVERYBODY = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def test_a_place_begins_with_two_clauses_for_each_condition_and_every_level(db):
    library = RoleClause.objects.in_library().filter(made_by=None)
    many = Counter(library.values_list("condition", flat=True))
    assert set(many) == set(Condition.values)
    assert min(many.values()) >= 2
    assert sum(many.values()) >= 26
    assert set(library.values_list("level", flat=True)) == set(RoleClause.Level.values)


def test_the_clauses_that_come_are_each_written_once_and_fit():
    path = Path(cohorts.__file__).parent / "role_clauses.toml"
    words = [one["words"] for one in tomllib.loads(path.read_text())["clauses"]]
    assert len(set(words)) == len(words)
    assert all(len(one) <= 600 and one.endswith(".") and "!" not in one for one in words)


def test_reworded_is_a_new_version_and_the_old_one_keeps_its_words(world, now):
    old = RoleClause.objects.earliest("pk")
    words = old.words
    new = role_clauses.reword(clause=old, **WORDS, by=world.cas, at=now)
    old.refresh_from_db()
    assert (old.words, new.version, new.replaces) == (words, 2, old)
    assert new in RoleClause.objects.in_library()
    assert old not in RoleClause.objects.in_library()
    with pytest.raises(Refused):
        role_clauses.reword(clause=old, **WORDS, by=world.cas, at=now)


def test_a_retired_clause_is_no_longer_offered_and_can_still_be_read(world, now, as_):
    clause = RoleClause.objects.earliest("pk")
    role_clauses.retire(clause=clause, by=world.cas, at=now)
    assert clause not in RoleClause.objects.in_library()
    page = as_(world.sam).get(clause.get_absolute_url())
    assert "This clause is retired" in page.content.decode()
    with pytest.raises(Refused):
        role_clauses.retire(clause=clause, by=world.cas, at=now)


@pytest.mark.parametrize("who", [one for one in EVERYBODY if one != "cas"])
def test_only_programme_staff_keep_the_library(who, world, now):
    clause, person = RoleClause.objects.earliest("pk"), getattr(world, who)
    with pytest.raises(Refused):
        role_clauses.add(condition=1, **WORDS, by=person, at=now)
    with pytest.raises(Refused):
        role_clauses.reword(clause=clause, **WORDS, by=person, at=now)
    with pytest.raises(Refused):
        role_clauses.retire(clause=clause, by=person, at=now)


def make_in(world, now, state, by="cas"):
    own = {"confirmed_by": world.mo} if state == "confirmed" else {}
    return make_adoption(world.council, getattr(world, by), now, state, **own)


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_step_of_an_adoption_by_everybody(who, world, now):
    """People of the council confirm it; nobody else does."""
    person = Person.objects.get(pk=getattr(world, who).pk)
    for case in steps.cases(ClauseAdoption):
        with transaction.atomic():
            steps.check(
                case,
                make=lambda state: make_in(world, now, state),
                take=lambda it: clause_adoptions.confirm(adoption=it, by=person, at=now),
                may=who in ("ana", "mo", "dee", "lee"),
            )
            transaction.set_rollback(True)


def test_every_declared_step_has_an_action():
    steps.insist_on_all(ClauseAdoption, ["CONFIRM"])


def test_nobody_confirms_what_they_wrote_down(world, now):
    adoption = make_in(world, now, "recorded", by="ana")
    with pytest.raises(Refused, match="You wrote this down"):
        clause_adoptions.confirm(adoption=adoption, by=world.ana, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClauseAdoption.objects.update(state="confirmed", confirmed_by=world.ana, confirmed_at=now)


def test_it_is_written_down_once_a_job_and_with_how_we_know(world, now, as_):
    make_in(world, now, "recorded")
    clause = RoleClause.objects.in_library().earliest("pk")
    given = {
        "organisation": world.council.pk,
        "job_title": "outreach worker",
        "clause": clause.pk,
        "words": "Meets others.",
        "since": "2026-01-05",
    }
    address, browser = reverse("cohorts:clause_adoption_new"), as_(world.ana)
    assert "Say how you know" in browser.post(address, given).content.decode()
    given["evidence"] = "I read it."
    assert "already written down" in browser.post(address, given).content.decode()
    given["job_title"] = "Night worker"
    assert browser.post(address, given).status_code == 302
    assert ClauseAdoption.objects.count() == 2
    unsafe = given | {"evidence_link": "javascript:alert(1)", "job_title": "Day worker"}
    assert browser.post(address, unsafe).status_code == 200


def test_the_page_tells_which_employer_what_job_and_since_when(world, now, as_):
    make_in(world, now, "confirmed")
    page = as_(world.zed).get(reverse("cohorts:clause_adoptions")).content.decode()
    for words in (
        "Outreach worker, Eastmere Council",
        "10 Mar",
        "Meets other services",
        "confirmed",
    ):
        assert words in page


def test_the_page_counts_and_shows_the_jobs_of_one_employer(world, now, as_):
    first = make_in(world, now, "confirmed")
    clauses = RoleClause.objects.in_library().order_by("pk")
    make_adoption(world.council, world.cas, now, clause=clauses[1], job_title="outreach Worker")
    make_adoption(world.charity, world.cas, now, job_title="Night worker")
    browser, url = as_(world.zed), reverse("cohorts:clause_adoptions")
    page = browser.get(url).content.decode()
    assert "2 employers have written 3 clauses into 2 jobs. 1 of them is confirmed" in page
    page = browser.get(f"{url}?employer={world.council.pk}").content.decode()
    assert "Eastmere Council has written 2 clauses into 1 job." in page
    assert "Night worker" not in page
    assert "Night worker" in browser.get(f"{url}?employer=nonsense").content.decode()
    clause = browser.get(first.clause.get_absolute_url()).content.decode()
    assert "Outreach worker, Eastmere Council" in clause
    assert "Night worker" in clause, "it was written into that job too"


def test_who_manages_somebody_in_that_job_is_asked_whether_it_says_so(world, now):
    given = {
        "organisation": world.council,
        "job_title": "outreach worker",
        "clause": RoleClause.objects.in_library().earliest("pk"),
        "words": "Meets others.",
        "since": now.date(),
        "evidence_link": "",
        "evidence": "I read it.",
    }
    made = clause_adoptions.record(**given, by=world.cas, at=now)
    asked = Notification.objects.filter(event__verb="clause_adoption.recorded")
    assert [one.recipient for one in asked] == [world.mo]
    asked.delete()
    made.delete()
    clause_adoptions.record(**given, by=world.mo, at=now)
    assert not asked.exists(), "who wrote it down does not confirm it"


def test_what_somebody_added_wrote_down_and_confirmed_is_theirs_to_take_out(world, now):
    role_clauses.add(condition=1, **WORDS, by=world.cas, at=now)
    make_in(world, now, "confirmed")
    mine = {part.key: list(part.rows) for part in everything_about(world.cas)}
    assert [one["words"] for one in mine["clauses"]] == [WORDS["words"]]
    assert [one["job"] for one in mine["jobs"]] == ["Outreach worker"]
    theirs = {part.key: list(part.rows) for part in everything_about(world.mo)}
    assert [one["employer"] for one in theirs["jobs_confirmed"]] == ["Eastmere Council"]


@pytest.mark.parametrize("name", ["role_clauses", "clause_adoptions", "role_clause"])
def test_thirty_rows_cost_no_more_queries_than_one(name, world, now, as_):
    it = make_in(world, now, "recorded")
    args = [it.clause_id] if name == "role_clause" else []
    browser, url = as_(world.ana), reverse(f"cohorts:{name}", args=args)
    browser.get(url)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    before = count()
    for number in range(30):
        made = role_clauses.add(condition=1, **WORDS, by=world.cas, at=now)
        make_adoption(world.council, world.cas, now, clause=made, job_title=f"Job {number}")
        make_adoption(world.council, world.cas, now, clause=it.clause, job_title=f"Job {number}")
    assert count() == before <= 8
