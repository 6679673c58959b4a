"""Raising a barrier, who sees it, what holders of power say, duplicates, and power handed down."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.models import Deputyship, Person, Post
from labs import barrier_board, barrier_page, barrier_patterns
from labs.actions import handed_decisions, same_heres
from labs.actions.barriers import answering, confirming, raising, tidying
from labs.models import Barrier, HandedDecision, SameHere
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter, Notification, Thread
from systemschangers.kernel.policy import Refused
from systemschangers.kernel.threads import threads_of, tie
from tests.factories.barriers import answers, hand_down, make_barrier, say_same
from tests.factories.cohorts import make_person
from tests.factories.leader_requests import make_leader, make_leader_request

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


def merged(into: Barrier) -> dict:
    return {"state": "duplicate", "duplicate_of": into, "before_merge": "raised"}


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


# --- Answers --------------------------------------------------------------------------------------


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


# --- Fixed ----------------------------------------------------------------------------------------


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


# --- Same here, duplicates ------------------------------------------------------------------------


def test_same_here_is_said_changed_taken_back_and_put_back(world, as_):
    barrier = make_barrier(world.ana)
    zed, url = as_(world.zed), f"{barrier.get_absolute_url()}same-here/"
    zed.post(url, {"words": "With us it is the bank card.", "service": world.hostel.pk})
    zed.post(url, {"words": "With us it is the bank card, too.", "service": world.hostel.pk})
    assert SameHere.objects.get().words == "With us it is the bank card, too."
    assert Notification.objects.filter(recipient=world.ana).count() == 1, "told once"
    page = zed.post(f"{url}removal/", follow=True).content.decode()
    assert "bank card" not in page.split("Undo")[1].split("<details")[0]
    zed.post(f"{url}removal/?undo=1")
    assert SameHere.objects.get().removed_at is None
    assert "bank card, too" in zed.get(barrier.get_absolute_url()).content.decode()


def test_same_here_is_not_for_ones_own_nor_without_a_service(world, now):
    barrier = make_barrier(world.ana)
    for who in (world.ana, world.sam):
        with pytest.raises(Refused):
            same_heres.say(barrier=barrier, words="Yes.", service=world.outreach, by=who, at=now)
    with pytest.raises(ValidationError, match="a service you work in"):
        same_heres.say(barrier=barrier, words="Yes.", service=world.outreach, by=world.zed, at=now)


def test_duplicates_are_put_together_and_nobodys_words_are_lost(world, now, as_):
    stands, other = make_barrier(world.ana, "No address."), make_barrier(world.zed, "No postcode.")
    say_same(other, world.mo, "The bank asks for one.")
    tidying.merge(barrier=other, into=stands, by=world.cas, at=now)
    page = as_(world.dee).get(stands.get_absolute_url()).content.decode()
    for words in (
        "No address.",
        "No postcode.",
        "The bank asks for one.",
        "Zed Kowalski",
        "Mo Rahman",
    ):
        assert words in page
    assert (
        "Put together with another" in as_(world.dee).get(other.get_absolute_url()).content.decode()
    )
    board = as_(world.dee).get("/barriers/").content.decode()
    assert "No postcode." not in board
    tidying.unmerge(barrier=other, by=world.cas, at=now)
    assert "No postcode." in as_(world.dee).get("/barriers/").content.decode()
    assert "No postcode." not in as_(world.dee).get(stands.get_absolute_url()).content.decode()


def test_nothing_hangs_in_a_chain(world, now):
    first, second, third = (make_barrier(world.ana, f"Number {n}.") for n in range(3))
    with pytest.raises(ValidationError, match="another barrier than this"):
        tidying.merge(barrier=first, into=first, by=world.cas, at=now)
    tidying.merge(barrier=second, into=first, by=world.cas, at=now)
    with pytest.raises(ValidationError, match="does not stand"):
        tidying.merge(barrier=third, into=second, by=world.cas, at=now)
    with pytest.raises(ValidationError, match="Others are merged"):
        tidying.merge(barrier=first, into=third, by=world.cas, at=now)
    with pytest.raises(ValidationError, match="Take them apart"):
        tidying.set_aside(barrier=first, words="A name.", by=world.cas, at=now)


def test_being_looked_at_is_not_lost_by_putting_together(world, now):
    stands, other = make_barrier(world.ana), make_barrier(world.zed, state="looking")
    tidying.merge(barrier=other, into=stands, by=world.cas, at=now)
    tidying.unmerge(barrier=other, by=world.cas, at=now)
    assert Barrier.objects.get(pk=other.pk).state == "looking"


def test_what_is_set_aside_only_its_raiser_and_staff_read(world, now, as_):
    barrier = make_barrier(world.ana)
    tidying.set_aside(barrier=barrier, words="It names a street.", by=world.cas, at=now)
    assert seers(world, barrier) == {"ana", "cas"}
    assert "It names a street." in as_(world.ana).get(barrier.get_absolute_url()).content.decode()


# --- The board and the pattern --------------------------------------------------------------------


def test_an_edit_of_what_was_changed_meanwhile_shows_both(world, as_):
    barrier = make_barrier(world.ana, "As it was.")
    ana, url = as_(world.ana), f"{barrier.get_absolute_url()}edit/"
    ana.post(url, {"what": "Changed elsewhere.", "version": 1})
    page = ana.post(url, {"what": "Changed here.", "version": 1}).content.decode()
    assert "Changed elsewhere." in page
    assert "Changed here." in page
    ana.post(url, {"what": "Changed here.", "version": 2})
    assert Barrier.objects.get().what == "Changed here."


def read(person, today, **asked) -> list[str]:

    board = barrier_board.read(QueryDict(urlencode(asked)), person=anew(person), today=today)
    return [barrier.what for barrier in board.page]


def test_the_board_goes_by_kind_theme_place_and_words(world, now):
    make_barrier(world.ana, "The prison posts no letters.", theme=world.themes[1])
    make_barrier(world.zed, "A flat needs two payslips.", theme=world.themes[0], state="cannot")
    make_barrier(world.zed, "A queue for keys.", state="fixed", place=world.northby)
    make_barrier(world.zed, "Nobody signs.", state="set_aside")
    today = now.date()
    assert read(world.mo, today) == ["The prison posts no letters."]
    assert read(world.mo, today, kind="closed") == ["A flat needs two payslips."]
    assert read(world.mo, today, kind="fixed") == ["A queue for keys."]
    assert read(world.mo, today, q="letter post") == ["The prison posts no letters."]
    assert read(world.mo, today, q="payslip") == []
    assert read(world.mo, today, kind="closed", theme="move-on-housing") != []
    assert read(world.mo, today, kind="fixed", place=str(world.eastmere.pk)) == []
    assert read(world.zed, today, kind="mine", q="signs") == ["Nobody signs."]
    nonsense = {"kind": "x", "theme": "x", "place": "9" * 40, "page": "x" * 300}
    assert read(world.mo, today, **nonsense) == ["The prison posts no letters."]


def test_the_board_is_paged_by_key(world, now, as_):
    for number in range(30):
        shown = now.date() - timedelta(days=number // 3)
        make_barrier(world.ana, f"Number {number:02}.", shown_on=shown)
    mo, seen, url = as_(world.mo), [], "/barriers/"
    for _ in range(2):
        board = mo.get(url).context["board"]
        seen += [barrier.what for barrier in board.page]
        url = f"/barriers/{board.older}"
    assert len(seen) == len(set(seen)) == 30
    assert [
        barrier.what for barrier in mo.get(f"/barriers/{board.newer}").context["board"].page
    ] == (seen[:25])


@pytest.mark.parametrize("address", ["/barriers/", "/barriers/pattern/", "/handed-down/"])
def test_as_many_queries_for_one_row_as_for_thirty(
    address, world, as_, django_assert_max_num_queries
):
    lee, mo = make_leader(world.lee), as_(world.mo)

    def one(number: int) -> None:
        barrier = make_barrier(
            world.ana, f"Number {number}.", theme=world.themes[0], leader=lee, place=world.eastmere
        )
        say_same(barrier, world.zed)
        hand_down(barrier, lee, world.outreach)

    one(0)
    mo.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        mo.get(address)
    for number in range(1, 30):
        one(number)
    with CaptureQueriesContext(connection) as many:
        mo.get(address)
    assert len(few) == len(many) <= 8, [query["sql"][:90] for query in many]


def test_a_barriers_page_takes_as_many_queries_however_much_was_said(world, as_, now):
    lee, mo = make_leader(world.lee), as_(world.mo)
    barrier = make_barrier(world.ana, leader=lee)

    def more(number: int) -> None:
        say_same(barrier, make_person(world.hostel))
        other = make_barrier(
            world.zed,
            f"Also {number}.",
            state="duplicate",
            duplicate_of=barrier,
            before_merge="raised",
        )
        say_same(other, make_person(world.hostel))
        confirming.keeping.say(barrier, "looking", at=now, voice=confirming.Voice(world.lee))

    more(0)
    mo.get(barrier.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        mo.get(barrier.get_absolute_url())
    for number in range(1, 12):
        more(number)
    with CaptureQueriesContext(connection) as many:
        mo.get(barrier.get_absolute_url())
    assert len(few) == len(many), [query["sql"][:120] for query in many]
    assert len(many) <= 14


def test_a_pattern_is_told_in_figures_from_five_people_on(world, as_):
    barrier = make_barrier(world.ana, "No address, no flat.", theme=world.themes[0])
    for number in range(3):
        say_same(barrier, make_person(world.hostel, name=f"W {number}"))
    assert "Fewer than 5 people so far" in as_(world.mo).get("/barriers/pattern/").content.decode()
    [one] = barrier_patterns.recurring(anew(world.mo))
    assert not one.told
    make_barrier(None, "No address.", **merged(barrier))
    [one] = barrier_patterns.recurring(anew(world.mo))
    assert (one.people, one.services, one.organisations) == (5, 2, 2)
    page = as_(world.mo).get("/barriers/pattern/").content.decode()
    assert "2 services of 2 organisations, 5 people" in page


def test_the_order_of_small_groups_tells_nothing_of_their_size(world):
    small = make_barrier(world.ana, "Two.")
    say_same(small, world.zed)
    smaller = make_barrier(world.ana, "Three.")
    for _ in range(2):
        say_same(smaller, make_person(world.hostel))
    keys = [one.barrier.pk for one in barrier_patterns.recurring(anew(world.mo))]
    assert keys == sorted([small.pk, smaller.pk])


# --- Power handed down ----------------------------------------------------------------------------


def test_a_decision_is_handed_down_with_its_limits_and_the_team_hears(world, as_, now):
    barrier = make_barrier(world.zed, leader=make_leader(world.lee))
    as_(world.lee).post(
        f"{barrier.get_absolute_url()}response/",
        {
            "step": "hand_down",
            "service": world.outreach.pk,
            "decision": "You may accept a hostel address.",
            "limits": "Up to ten people a month.",
            "until": "",
        },
    )
    handed = HandedDecision.objects.get()
    heard = set(Notification.objects.values_list("recipient__name", flat=True))
    assert heard == {"Ana Okafor", "Mo Rahman", "Dee Hughes", "Zed Kowalski"}
    for address in (barrier.get_absolute_url(), handed.get_absolute_url(), "/handed-down/"):
        page = as_(world.ana).get(address).content.decode()
        assert "Street outreach may decide this" in page
    assert "Up to ten people" in as_(world.ana).get(handed.get_absolute_url()).content.decode()


def test_it_is_taken_back_in_words_and_not_handed_twice(world, as_, now):
    lee = make_leader(world.lee)
    barrier = make_barrier(world.ana, leader=lee)
    handed = hand_down(barrier, lee, world.outreach)
    with pytest.raises(ValidationError, match="may decide this already"):
        handed_decisions.hand_down(
            barrier=barrier,
            service=world.outreach,
            decision="A.",
            limits="B.",
            by=world.lee,
            at=now,
        )
    empty = as_(world.lee).post(f"{handed.get_absolute_url()}taking-back/", {"words": ""})
    assert empty.status_code == 200
    as_(world.lee).post(
        f"{handed.get_absolute_url()}taking-back/", {"words": "The money is spent."}
    )
    page = as_(world.ana).get(handed.get_absolute_url()).content.decode()
    assert "The money is spent." in page
    assert handed.pk not in HandedDecision.objects.in_force().values_list("pk", flat=True)


def test_power_over_a_hidden_barrier_is_not_handed_to_whom_it_is_hidden_from(world, now):
    ruth = make_leader(make_person(world.hostel, name="Ruth"), organisation=world.charity)
    hidden = make_barrier(world.ana, way="hidden", leader=ruth)
    with pytest.raises(ValidationError, match="hidden from that organisation"):
        handed_decisions.hand_down(
            barrier=hidden, service=world.board, decision="A.", limits="B.", by=ruth.person, at=now
        )


# --- Carried, and by link -------------------------------------------------------------------------


def test_a_leader_request_carries_a_barrier(world, as_, now):
    barrier = make_barrier(world.ana, "No address, no flat.")
    foreign = make_barrier(world.zed, "Not mine.")
    request = make_leader_request(world.ana, make_leader(world.lee), world.mo, now)
    ana, url = as_(world.ana), f"/leader-requests/{request.pk}/carrying/"
    assert "No address, no flat." in ana.get(url).content.decode()
    ana.post(url, {"kind": "barrier", "take": barrier.pk})
    assert Thread.objects.get().target_id == barrier.pk
    assert "No address, no flat." in as_(world.mo).get(request.get_absolute_url()).content.decode()
    assert "This is carried by" in as_(world.mo).get(barrier.get_absolute_url()).content.decode()
    assert "carried by" not in as_(world.zed).get(barrier.get_absolute_url()).content.decode()
    assert ana.post(url, {"kind": "barrier", "take": foreign.pk}).status_code == 404
    ana.post(url, {"kind": "barrier", "leave": barrier.pk})
    assert not Thread.objects.exists()


def test_a_hidden_barrier_is_carried_past_those_it_is_hidden_from(world, now):
    hidden = make_barrier(world.ana, "My manager’s habit.", way="hidden")
    request = make_leader_request(world.ana, make_leader(world.lee), world.mo, now)
    tie(request, Thread.Kind.CARRIES, hidden, by=world.ana, at=now)
    assert len(threads_of(request, anew(world.ana))) == 1
    assert threads_of(request, anew(world.mo)) == []


@pytest.fixture
def by_link(world, now, client):
    """A barrier whose leader has no account, and the address in her letter."""
    ruth = make_leader(name="Ruth", email="ruth@example.org", organisation=world.charity)
    barrier = raising.raise_barrier(
        way="named", answers=answers("No address.", leader=ruth), by=world.ana, at=timezone.now()
    )
    return barrier, address_in_letter("ruth@example.org")


def address_in_letter(email: str) -> str:
    text = Letter.objects.filter(to=email).latest("pk").text
    return "/barrier-links/" + text.split("/barrier-links/")[1].split()[0]


def test_a_leader_without_an_account_answers_by_link_once_and_gets_the_next(by_link, client):
    barrier, address = by_link
    assert "No address." in client.get(address).content.decode()
    assert Barrier.objects.get(pk=barrier.pk).state == "raised", "opening decides nothing"
    done = client.post(address, {"step": "look", "words": "Thank you."}, follow=True)
    assert "It is on the board" in done.content.decode()
    assert barrier.words.get().by_name == "Ruth"
    assert client.post(address, {"step": "cannot", "words": "No."}).status_code == 410
    following = address_in_letter("ruth@example.org")
    assert following != address
    client.post(following, {"step": "cannot", "words": "The law asks for one."})
    assert Barrier.objects.get(pk=barrier.pk).state == "cannot"


def test_a_link_passed_on_to_somebody_here_shows_them_nothing(by_link, world, as_):
    _, address = by_link
    page = as_(world.mo).get(address)
    assert page.status_code == 403
    assert "No address." not in page.content.decode()


def test_a_link_ends_when_it_is_hidden_from_the_leader_or_another_is_asked(
    by_link, world, client, now
):
    barrier, address = by_link
    ruth = barrier.leader
    ruth.organisation = world.council
    ruth.save()
    Barrier.objects.filter(pk=barrier.pk).update(way="hidden")
    barrier.hidden_from.set([world.council])
    assert client.get(address).status_code == 410
    Barrier.objects.filter(pk=barrier.pk).update(way="named")
    assert client.get(address).status_code == 200
    raising.name_holder(
        barrier=barrier, leader=make_leader(world.lee), by=world.cas, at=timezone.now()
    )
    assert client.get(address).status_code == 410


def test_random_keys_tell_no_order(world):
    keys = [make_barrier(world.ana).pk for _ in range(20)]
    assert keys != sorted(keys)
    assert all(len(str(key)) == 16 for key in keys)


def test_every_step_is_recorded(world, now):
    barrier = raised(world, now)
    tidying.set_aside(barrier=barrier, words="A name.", by=world.cas, at=now)
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "barrier.raised",
        "barrier.set_aside",
    ]


def test_an_answer_too_late_is_told_in_words(world, as_):
    lee = make_leader(world.lee)
    fixed = make_barrier(world.ana, state="fixed", leader=lee)
    page = as_(world.lee).post(f"{fixed.get_absolute_url()}response/", {"step": "look"})
    assert page.status_code == 409
    assert "already “fixed”" in page.content.decode()
    with pytest.raises(WrongState):
        handed_decisions.hand_down(
            barrier=fixed,
            service=world.outreach,
            decision="A.",
            limits="B.",
            by=world.lee,
            at=timezone.now(),
        )
