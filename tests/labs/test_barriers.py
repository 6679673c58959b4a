"""Raising a barrier, who sees it, what holders of power say, and when it counts as fixed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cohorts.models import Deputyship, Person, Post
from labs import barrier_page, barrier_patterns
from labs.actions.barriers import answering, confirming, raising, tidying
from labs.models import Barrier
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.policy import Refused
from tests.factories.barriers import answers, make_barrier, say_same
from tests.factories.cohorts import make_person
from tests.factories.leader_requests import make_leader

pytestmark = pytest.mark.django_db
ALL = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def anew(person) -> Person:
    return Person.objects.get(pk=person.pk)


def seers(world, barrier) -> set[str]:
    return {
        who
        for who in ALL
        if Barrier.objects.visible_to(anew(getattr(world, who))).filter(pk=barrier.pk).exists()
    }


def raised(world, now, **more) -> Barrier:
    given = {"way": "named", "service": world.outreach, "by": world.ana, "at": now} | more
    return raising.raise_barrier(answers=answers("The form asks for an address."), **given)


def test_a_minute_is_enough(as_, ana):
    page = as_(ana).post(
        "/barriers/new/", {"what": "The form asks for an address.", "way": "named"}
    )
    barrier = Barrier.objects.get()
    assert page.url == barrier.get_absolute_url()
    assert (barrier.raised_by, barrier.state, barrier.kind) == (ana, "raised", "open")
    assert barrier.week.weekday() == 0


def test_everyone_here_sees_a_named_one(world, now):
    assert seers(world, raised(world, now)) == set(ALL)


def test_a_hidden_one_is_seen_by_nobody_of_the_organisation_and_nobody_unknown(world, now):
    """Mo, Dee and Lee are of Ana's council; nobody knows where Sam and Ada work."""
    hidden = raised(world, now, way="hidden")
    assert seers(world, hidden) == {"ana", "cas", "zed"}


def test_it_stays_hidden_where_the_raiser_works_by_now(world, now):
    hidden = raised(world, now, way="hidden")
    Post.objects.create(person=world.ana, service=world.hostel, title="Worker", started=now.date())
    assert seers(world, hidden) == {"ana"}


def test_a_leader_listed_for_the_organisation_does_not_see_it_whatever_their_post(world, now):
    make_leader(world.zed, organisation=world.council)
    assert "zed" not in seers(world, raised(world, now, way="hidden"))


@pytest.mark.parametrize("address", ["/barriers/", "/barriers/?q=habit", "/barriers/pattern/"])
def test_what_is_hidden_is_on_no_page_in_no_search_and_no_figure(address, world, as_):
    hidden = make_barrier(world.ana, "A habit of the morning meeting.", way="hidden")
    hidden.theme = world.themes[0]
    hidden.save()
    for number in range(4):
        say_same(hidden, make_person(world.hostel, name=f"Worker {number}"))
    assert "A habit of the morning meeting." in as_(world.zed).get(address).content.decode()
    page = as_(world.mo).get(address).content.decode()
    assert "morning meeting" not in page
    if "pattern" in address:
        assert "Move-on housing" not in page


def test_merged_words_that_are_hidden_stay_hidden_on_the_page_of_the_other(world, as_, now):
    stands = make_barrier(world.zed, "No phone in the ward.")
    hidden = make_barrier(world.ana, "Our ward hides its phone.", way="hidden")
    tidying.merge(barrier=hidden, into=stands, by=world.cas, at=now)
    assert "Our ward hides" in as_(world.cas).get(stands.get_absolute_url()).content.decode()
    assert "Our ward hides" not in as_(world.mo).get(stands.get_absolute_url()).content.decode()
    [one] = barrier_patterns.recurring(anew(world.cas))
    assert one.people == 2
    assert barrier_patterns.recurring(anew(world.mo)) == []


def test_who_has_no_post_cannot_hide_from_an_organisation_we_do_not_know(world, as_, now):
    with pytest.raises(Refused, match="don’t know which organisation"):
        raised(world, now, way="hidden", by=world.sam, service=None)
    page = as_(world.sam).get("/barriers/new/").content.decode()
    assert "Everyone but people of my own organisation" not in page


def test_a_leader_it_is_hidden_from_is_never_asked(world, as_):
    lee = make_leader(world.lee, organisation=world.council)
    words = {"what": "A habit.", "way": "hidden", "leader": lee.pk}
    page = as_(world.ana).post("/barriers/new/", words).content.decode()
    assert "of an organisation this is hidden from" in page
    assert not Barrier.objects.exists()
    assert not Letter.objects.exists()


def test_a_leader_who_is_named_gets_a_letter_and_a_notice(world, now):
    lee = make_leader(world.lee)
    raising.raise_barrier(way="named", answers=answers("A form.", leader=lee), by=world.ana, at=now)
    letter = Letter.objects.get(to="lee@example.org")
    assert "A form." in letter.text
    assert "/barrier-links/" in letter.text
    assert Notification.objects.filter(recipient=world.lee).count() == 1


def test_a_letter_about_a_hidden_one_holds_neither_words_nor_name(world, now):
    charity = make_leader(organisation=world.charity, email="ruth@example.org", name="Ruth")
    raising.raise_barrier(
        way="hidden", answers=answers("A habit.", leader=charity), by=world.ana, at=now
    )
    letter = Letter.objects.get(to="ruth@example.org")
    assert "A habit." not in letter.text + letter.html
    assert "Ana" not in letter.text + letter.html


def test_only_the_leader_named_or_todays_deputy_answers(world, now):
    lee = make_leader(world.lee)
    barrier = make_barrier(world.ana, leader=lee)
    for who in ("ana", "mo", "cas", "zed", "ada", "sam"):
        with pytest.raises(Refused):
            answering.look(barrier=barrier, by=getattr(world, who), at=now)
    Deputyship.objects.create(
        person=world.lee, deputy=world.dee, starts=now.date(), ends=now.date()
    )
    answering.look(barrier=barrier, by=world.dee, at=now)
    word = barrier.words.get()
    assert (word.by, word.deputy_for) == (world.dee, world.lee)
    assert "deputy for Lee Whitaker" in barrier_page.history(barrier)[0]["who"]


def test_where_nobody_is_named_a_leader_takes_it_on(world, now):
    barrier = make_barrier(world.ana)
    lee = make_leader(world.lee)
    answering.promise(barrier=barrier, words="A box.", due_on=now.date(), by=world.lee, at=now)
    assert Barrier.objects.get(pk=barrier.pk).leader == lee


def test_nobody_answers_their_own(world, now):
    lee = make_leader(world.lee)
    own = make_barrier(world.lee, leader=lee)
    with pytest.raises(Refused, match="somebody else answers"):
        answering.look(barrier=own, by=world.lee, at=now)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"step": "promise", "words": "", "due_on": "2030-01-01"}, "Your words"),
        ({"step": "promise", "words": "A box.", "due_on": "2020-01-01"}, "That day has passed"),
        ({"step": "promise", "words": "A box.", "due_on": "9999-12-31"}, "within two years"),
        ({"step": "promise", "words": "A box.", "due_on": "soon"}, "not a day we can read"),
        ({"step": "cannot", "words": "  "}, "Say it in a few words"),
        ({"step": "hand_down", "decision": "Yes.", "limits": ""}, "Within which limits"),
    ],
)
def test_what_makes_no_sense_says_what_to_do_and_nothing_is_lost(step, words, world, as_):
    barrier = make_barrier(world.ana, leader=make_leader(world.lee))
    page = as_(world.lee).post(f"{barrier.get_absolute_url()}response/", step)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    if words != "Your words":
        assert words in page.content.decode()
    assert Barrier.objects.get(pk=barrier.pk).state == "raised"


def test_whoever_told_of_it_hears_and_nobody_else(world, now):
    barrier = make_barrier(world.ana, leader=make_leader(world.lee))
    say_same(barrier, world.zed)
    answering.say_cannot(barrier=barrier, words="The law.", by=world.lee, at=now)
    heard = Notification.objects.filter(event__verb="barrier.cannot")
    assert set(heard.values_list("recipient__name", flat=True)) == {"Ana Okafor", "Zed Kowalski"}


def test_a_day_that_has_passed_is_told_and_the_holder_reminded_once(world, now, as_):
    lee = make_leader(world.lee)
    barrier = make_barrier(world.ana, state="promised", leader=lee, due_on=now.date())
    assert confirming.remind_holders(at=now) == 1
    assert confirming.remind_holders(at=now + timedelta(days=1)) == 0
    assert Letter.objects.filter(kind="barrier_due", to="lee@example.org").count() == 1
    assert barrier.is_late(now.date() + timedelta(days=1))


def test_fixed_only_counts_when_the_raiser_says_so_four_weeks_later(world, now):
    barrier = make_barrier(world.ana, leader=make_leader(world.lee))
    answering.say_changed(barrier=barrier, words="A new form.", by=world.lee, at=now)
    assert confirming.ask_whether_fixed(at=now + timedelta(days=27)) == 0
    with pytest.raises(Refused, match="four weeks"):
        confirming.confirm(barrier=barrier, by=world.ana, at=now)
    later = now + timedelta(days=28)
    assert confirming.ask_whether_fixed(at=later) == 1
    assert confirming.ask_whether_fixed(at=later) == 0
    for who in ("lee", "mo", "cas", "zed"):
        with pytest.raises(Refused):
            confirming.confirm(barrier=barrier, by=getattr(world, who), at=later)
    confirming.confirm(barrier=barrier, by=world.ana, at=later)
    assert Barrier.objects.get(pk=barrier.pk).kind == "fixed"
    steps = [word["what"] for word in barrier_page.history(barrier)]
    assert steps == ["says it has changed", "asked whether it is fixed", "says it is fixed"]


def test_not_fixed_reopens_it_and_the_holder_is_written_to(world, now):
    barrier = make_barrier(world.ana, state="changed", leader=make_leader(world.lee))
    confirming.reopen(barrier=barrier, words="The old form is back.", by=world.ana, at=now)
    barrier.refresh_from_db()
    assert (barrier.state, barrier.changed_on, barrier.asked_on) == ("raised", None, None)
    assert Letter.objects.filter(kind="barrier_reopened", to="lee@example.org").exists()


def test_the_database_knows_the_rules_too(world, now):
    for wrong in (
        {"state": "fixed", "changed_on": now.date()},
        {"state": "fixed", "changed_on": now.date(), "asked_on": now.date()},
        {"state": "promised", "due_on": None},
        {"state": "duplicate", "duplicate_of": None},
        {"way": "anonymous"},
        {"receipt_hash": "x" * 64},
        {"rule_cited": "Form 4"},
        {"week": now.date() + timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_barrier(world.ana, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_barrier(None, raised_by=world.ana)
