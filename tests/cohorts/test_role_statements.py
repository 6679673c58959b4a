"""Role statements: who may take which step, what is seen, compared, put on paper and forgotten."""

from __future__ import annotations

from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from cohorts.actions import role_statements as actions
from cohorts.actions.decisions import hand_over
from cohorts.actions.leaving import leave
from cohorts.models import Deputyship, Person, Post, RoleClause, RoleLine, RoleStatement
from cohorts.role_versions import SAME, compare, pair_of
from systemschangers.home.waiting import waiting_on
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Notification
from systemschangers.kernel.personal_data import everything_about
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.roles import make_statement

EVERYBODY = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def decide(action):
    def take(it, by, at):
        return action(statement=it, words="As we said.", edition=it.edition, by=by, at=at)

    return take


TAKERS = {
    "PROPOSE": lambda it, by, at: actions.propose(statement=it, by=by, at=at),
    "TAKE_BACK": lambda it, by, at: actions.take_back(statement=it, by=by, at=at),
    "AGREE": decide(actions.agree),
    "TALK_THROUGH": decide(actions.talk_through),
}
# An agreed one is replaced when the version after it is agreed: see the test of that.
ELSEWHERE = ("REPLACE",)
MAY = {"PROPOSE": ("ana",), "TAKE_BACK": ("ana",)}


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_step_from_every_state_by_everybody(who, world, now):
    """The worker proposes and takes back; the manager, or the deputy of that day, answers."""
    person = Person.objects.get(pk=getattr(world, who).pk)
    for case in steps.cases(RoleStatement, without=ELSEWHERE):
        with transaction.atomic():
            steps.check(
                case,
                make=lambda state: make_statement(world.ana, world.mo, now, state),
                take=lambda it, name=case.name: TAKERS[name](it, person, now),
                may=who in MAY.get(case.name, ("mo", "dee")),
            )
            transaction.set_rollback(True)


def test_every_declared_step_has_an_action():
    steps.insist_on_all(RoleStatement, TAKERS, without=ELSEWHERE)


def test_nobody_agrees_with_themselves_not_even_as_the_deputy(world, now):
    """Dee stands in for Mo, and wrote a role that Mo decides."""
    hers = make_statement(world.dee, world.mo, now, "proposed")
    with pytest.raises(Refused, match="Nobody agrees with themselves"):
        decide(actions.agree)(hers, world.dee, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleStatement.objects.update(state="agreed", decided_by=world.dee, decided_at=now)
    assert not any("decision" in row.label for row in waiting_on(world.dee, now))
    assert any("1 decision waits" in row.label for row in waiting_on(world.mo, now))


def test_a_deputy_agrees_for_the_manager_and_both_names_are_shown(world, now, as_):
    it = make_statement(world.ana, world.mo, now, "proposed")
    assert any("1 decision waits" in row.label for row in waiting_on(world.dee, now))
    done = decide(actions.agree)(it, world.dee, now)
    assert done.decider == "Dee Hughes, deputy for Mo Rahman"
    told = Notification.objects.filter(event__verb="role_statement.agreed")
    assert {one.recipient_id for one in told} == {world.ana.pk, world.mo.pk}
    page = as_(world.ana).get(it.get_absolute_url()).content.decode()
    assert "Dee Hughes, deputy for Mo Rahman" in page


def test_nobody_agrees_to_words_they_have_not_read(world, now):
    it = make_statement(world.ana, world.mo, now, "talk")
    given = {"kind": "role", "job_title": "Outreach worker", "purpose": "", "lines": {}}
    actions.change(statement=it, **given, edition=1, by=world.ana, at=now)
    with pytest.raises(ValidationError, match="changed the words meanwhile"):
        actions.agree(statement=it, words="", edition=1, by=world.mo, at=now)
    with pytest.raises(ValidationError, match="in another window"):
        actions.change(statement=it, **given, edition=1, by=world.ana, at=now)


def test_talking_through_takes_words_and_the_worker_reads_them_on_home(world, now):
    it = make_statement(world.ana, world.mo, now, "proposed")
    with pytest.raises(ValidationError, match="Say what needs talking through"):
        actions.talk_through(statement=it, words=" ", edition=1, by=world.mo, at=now)
    actions.talk_through(statement=it, words="Who covers?", edition=1, by=world.mo, at=now)
    assert any("needs talking through" in row.label for row in waiting_on(world.ana, now))


def test_a_draft_is_seen_by_its_worker_alone_and_what_is_proposed_by_who_answers(world, now):
    today = timezone.localdate()
    Deputyship.objects.update(starts=today, ends=today)

    def readers(it):
        people = Person.objects.in_bulk([getattr(world, who).pk for who in EVERYBODY])
        seen = RoleStatement.objects.filter(pk=it.pk)
        return {one.name.split()[0] for one in people.values() if seen.visible_to(one).exists()}

    assert readers(make_statement(world.ana, world.mo, now)) == {"Ana"}
    proposed = make_statement(world.ana, world.mo, now, "proposed")
    assert readers(proposed) == {"Ana", "Mo", "Dee", "Cas"}
    actions.take_back(statement=proposed, by=world.ana, at=now)
    assert readers(proposed) == {"Ana"}


def test_the_next_version_replaces_the_agreed_one_once_it_is_agreed_itself(world, now):
    old = make_statement(world.ana, world.mo, now, "agreed")
    new = actions.begin_next(statement=old, by=world.ana, at=now)
    assert (new.version, new.lines.count()) == (2, 2)
    with pytest.raises(ValidationError, match="newer version in the making"):
        actions.begin_next(statement=old, by=world.ana, at=now)
    actions.propose(statement=new, by=world.ana, at=now)
    old.refresh_from_db()
    assert old.state == "agreed", "it stands until the next one is agreed"
    decide(actions.agree)(new, world.mo, now)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == ("replaced", "agreed")
    assert set(old.lines.values_list("words", flat=True)) == set(
        new.lines.values_list("words", flat=True)
    )


def test_what_is_agreed_is_neither_changed_nor_thrown_away(world, now, as_):
    it = make_statement(world.ana, world.mo, now, "agreed")
    with pytest.raises(WrongState):
        actions.throw_away(statement=it, by=world.ana, at=now)
    given = {"kind": "role", "job_title": "Chief", "purpose": "", "lines": {}}
    with pytest.raises(WrongState):
        actions.change(statement=it, **given, edition=1, by=world.ana, at=now)


def test_the_builder_keeps_what_is_ticked_in_the_words_that_were_fitted(world, as_):
    first, second = RoleClause.objects.in_library().for_list()[:2]
    browser, address = as_(world.ana), reverse("cohorts:role_statement_new")
    given = {
        "edition": 1,
        "kind": "job",
        "job_title": "Outreach worker",
        f"pick_{first.pk}": "on",
        f"words_{first.pk}": "Meets the hostel each month.",
        f"words_{second.pk}": second.words,
    }
    page = browser.post(address, given | {f"words_{second.pk}": "Changed."}).content.decode()
    assert "You changed these words" in page
    assert (
        "Write the words"
        in browser.post(address, given | {f"words_{first.pk}": ""}).content.decode()
    )
    assert browser.post(address, given).status_code == 302
    made = RoleStatement.objects.for_detail().get()
    assert [line.words for line in made.lines.all()] == ["Meets the hostel each month."]
    assert len(made.missing) == 12
    assert first.condition not in made.missing
    page = browser.get(made.get_absolute_url()).content.decode()
    assert "12 of 13 conditions have nothing yet" in page


def test_a_clause_retired_since_stays_in_the_builder_of_who_picked_it(world, now, as_):
    it = make_statement(world.ana, world.mo, now)
    clause = it.lines.all()[0].clause
    RoleClause.objects.filter(pk=clause.pk).update(retired_at=now, retired_by=world.cas)
    browser = as_(world.ana)
    assert (
        f'name="pick_{clause.pk}"' in browser.get(f"{it.get_absolute_url()}edit/").content.decode()
    )
    assert f'name="pick_{clause.pk}"' not in browser.get("/role-statements/new/").content.decode()


def two_versions(world, now):
    older = make_statement(world.ana, world.mo, now, "replaced", purpose="To help.")
    newer = make_statement(world.ana, world.mo, now, "agreed", series=older.series, version=2)
    newer.lines.filter(clause__condition=1).update(words="Meets other services each month.")
    newer.lines.filter(clause__condition=2).delete()
    clause = RoleClause.objects.in_library().filter(condition=3).earliest("pk")
    RoleLine.objects.create(statement=newer, clause=clause, words="Carries voices.")
    found = RoleStatement.objects.for_detail()
    return found.get(pk=older.pk), found.get(pk=newer.pk)


def test_a_comparison_says_what_is_new_changed_taken_out_and_the_same(world, now):
    older, newer = two_versions(world, now)
    pairs = compare(older, newer)
    said = [pair.said for pair in pairs]
    assert said == ["the same", "taken out", "changed", "taken out", "new"]
    changed = pairs[2]
    assert [p.text for p in changed.before if p.change == "out"] == ["quarter."]
    assert [p.text for p in changed.after if p.change == "in"] == ["month."]
    for pair, words in (
        (changed, "Meets other services each month."),
        (pairs[4], "Carries voices."),
    ):
        assert "".join(piece.text for piece in pair.after) == words


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_comparison_loses_no_word_of_either_version(before, after):
    pair = pair_of("A part", before, after)
    assert "".join(piece.text for piece in pair.before) == before
    assert "".join(piece.text for piece in pair.after) == after
    kept = [[one.text for one in side if not one.change] for side in (pair.before, pair.after)]
    assert kept[0] == kept[1], "what is not marked is the same on both sides"
    assert (pair.said == SAME) == (before == after)


def test_the_comparison_page_marks_words_by_more_than_colour(world, now, as_):
    older, newer = two_versions(world, now)
    page = as_(world.mo).get(f"{newer.get_absolute_url()}comparison/").content.decode()
    assert '<del><span class="only-spoken">taken out: </span>quarter.' in page
    assert '<ins><span class="only-spoken">put in: </span>month.' in page
    alone = as_(world.mo).get(f"{older.get_absolute_url()}comparison/").content.decode()
    assert "no other version" in alone
    chosen = as_(world.mo).get(f"{older.get_absolute_url()}comparison/?with=2").content.decode()
    assert "month." in chosen


def test_the_word_file_opens_again_with_real_headings_and_the_words(world, now, as_):
    it = make_statement(world.ana, world.mo, now, "agreed", purpose="To keep doors open.")
    answer = as_(world.mo).get(f"{it.get_absolute_url()}docx/")
    assert "outreach-worker-version-1.docx" in answer["Content-Disposition"]
    paragraphs = Document(BytesIO(answer.content)).paragraphs
    headings = [(p.style.name, p.text) for p in paragraphs if p.style.name.startswith(("H", "T"))]
    assert headings == [
        ("Title", "Outreach worker"),
        ("Heading 1", "What the job is for"),
        ("Heading 1", "Changing the system, as part of this job"),
        ("Heading 2", "Meet frontline workers of other services"),
        ("Heading 2", "Permission to meet leaders"),
    ]
    words = [p.text for p in paragraphs]
    assert "Ana Okafor. Version 1, agreed with Mo Rahman on 10 March 2026." in words
    for line in ("To keep doors open.", "Meets other services each quarter.", "May ask leaders."):
        assert line in words


def test_words_that_a_word_file_cannot_hold_are_left_out_of_it(world, now, as_):
    hostile = "To\x0bkeep \x1fdoors\ufffe open.\u202e"
    it = make_statement(world.ana, world.mo, now, purpose=hostile, job_title="Night\x07 worker")
    it.lines.update(words=hostile)
    document = Document(BytesIO(as_(world.ana).get(f"{it.get_absolute_url()}docx/").content))
    words = [one.text for one in document.paragraphs]
    assert words.count("To keep doors open.\u202e") == it.lines.count() == 2
    assert words[3:5] == ["To", "keep doors open.\u202e"], "of the purpose each line is a paragraph"
    assert words[0] == "Night worker"
    about = document.core_properties
    assert (about.author, about.comments, about.language) == ("Ana Okafor", "", "en-GB")
    assert about.created == now


def test_what_stands_follows_the_line_manager(world, now):
    it = make_statement(world.ana, world.mo, now, "proposed")
    Post.objects.filter(person=world.ana).update(line_manager=world.dee)
    hand_over(worker=world.ana, by=world.cas, at=now)
    it.refresh_from_db()
    assert it.manager == world.dee
    assert decide(actions.agree)(it, world.dee, now).decided_for is None


def test_leaving_takes_ones_roles_and_ones_words_along(world, now):
    make_statement(world.ana, world.mo, now, "agreed")
    zeds = make_statement(world.zed, world.ana, now, "talk")
    told = str([list(s.rows) for s in everything_about(world.ana)])
    assert "Meets other services each quarter." in told
    leave(by=world.ana, went_to="left", at=now)
    zeds.refresh_from_db()
    assert not RoleStatement.objects.filter(worker=world.ana).exists()
    assert zeds.answer == "Taken out when they left."


@pytest.mark.django_db(transaction=True)
def test_manager_and_deputy_at_once_make_one_decision(world, now):
    it = make_statement(world.ana, world.mo, now, "proposed")
    start, outcomes = Barrier(2), []

    def work(who):
        try:
            start.wait()
            outcomes.append(decide(actions.agree)(it, Person.objects.get(pk=who.pk), now).state)
        except WrongState as told:
            outcomes.append(str(told))
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=[who]) for who in (world.mo, world.dee)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    it.refresh_from_db()
    assert sorted(outcomes) == sorted(["agreed", f"{it.decider} has already agreed to this."])
    assert Event.objects.filter(verb="role_statement.agreed").count() == 1


@pytest.mark.parametrize("where", ["/role-statements/", "one"])
def test_thirty_cost_no_more_queries_than_one(where, world, now, as_):
    it = make_statement(world.ana, world.mo, now, "proposed")
    browser = as_(world.mo)
    url = it.get_absolute_url() if where == "one" else where
    browser.get(url)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        return len(queries)

    before = count()
    have = it.lines.values("clause")
    for clause in RoleClause.objects.in_library().exclude(pk__in=have)[:28]:
        RoleLine.objects.create(statement=it, clause=clause, words="As it says.")
        make_statement(world.ana, world.mo, now, "agreed")
    assert count() == before <= 8
