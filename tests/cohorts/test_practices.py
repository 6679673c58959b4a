"""Practices: agreed by all who met, published, found, borrowed, and followed on their way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts import peer_waiting
from cohorts.actions import borrowings
from cohorts.actions import practices as actions
from cohorts.models import Borrowing, PeerMeeting, Practice
from cohorts.practice_shelf import travelled
from cohorts.waiting import waiting
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.cohorts import make_person
from tests.factories.peer_meetings import (
    make_borrowing,
    make_open_meeting,
    make_peer_meeting,
    make_practice,
)

State, Held = Practice.State, PeerMeeting.State.HELD
REFUSALS = (WrongState, Refused, ValidationError)
LIST = "/practices/"


@pytest.fixture
def met(world, now):
    return make_peer_meeting(world.ana, world.zed, at=now, state=Held)


def words(world, **changes):
    given = {"title": "A call at nine", "what": "We ring the ward.", "works_when": "", "takes": ""}
    given |= {"fails_when": "", "service": world.outreach, "ask": world.ana, "themes": []}
    return given | changes


def heard(person, verb):
    return Notification.objects.filter(recipient=person, event__verb=verb).count()


def sees(person, practice) -> bool:
    return Practice.objects.visible_to(person).filter(pk=practice.pk).exists()


def test_it_is_published_once_all_who_met_have_agreed(world, now, met):
    it = actions.draft(meeting=met, by=world.ana, at=now, **words(world))
    assert (sees(world.ana, it), sees(world.zed, it)) == (True, False)
    it = actions.send(practice=it, by=world.ana, at=now)
    assert (it.state, sees(world.zed, it), sees(world.mo, it)) == (State.AWAITING, True, False)
    assert heard(world.zed, "practice.sent") == 1
    (row,) = [row for row in waiting(peer_waiting.KINDS, world.zed, now) if "agree" in row.label]
    assert row.url == it.get_absolute_url()
    it = actions.agree(practice=it, version=it.version, by=world.zed, at=now)
    assert (it.state, sees(world.mo, it)) == (State.PUBLISHED, True)
    assert heard(world.zed, "practice.published") == 0
    assert heard(world.ana, "practice.published") == 1


def test_of_an_open_meeting_everybody_who_was_there_is_asked(world, now):
    met = make_open_meeting(world.zed, world.ana, world.lee, at=now, state=Held)
    it = actions.draft(meeting=met, by=world.ana, at=now, **words(world))
    it = actions.send(practice=it, by=world.ana, at=now)
    it = actions.agree(practice=it, version=it.version, by=world.zed, at=now)
    assert it.state == State.AWAITING
    it = actions.agree(practice=it, version=it.version, by=world.lee, at=now)
    assert it.state == State.PUBLISHED


def test_changed_words_are_agreed_to_anew(world, now, met):
    it = make_practice(met, world.ana, now, state=State.AWAITING)
    actions.ask_for_change(practice=it, words="Say when.", by=world.zed, at=now)
    assert heard(world.ana, "practice.change_asked") == 1
    changed = actions.change(
        practice=it, version=it.version, by=world.ana, at=now, **words(world, takes="A phone.")
    )
    assert changed.state == State.AWAITING
    with pytest.raises(actions.EditedMeanwhile):
        actions.agree(practice=it, version=it.version, by=world.zed, at=now)
    it = actions.agree(practice=it, version=changed.version, by=world.zed, at=now)
    assert it.state == State.PUBLISHED
    assert set(it.owners.values_list("words", flat=True)) == {""}


def test_the_database_publishes_nothing_that_somebody_has_not_agreed_to(world, now, met):
    it = make_practice(met, world.ana, now, state=State.AWAITING)

    def publish():
        with transaction.atomic():
            Practice.objects.filter(pk=it.pk).update(state="published", published_at=now)
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="once all its owners have agreed"):
        publish()
    it.owners.update(agreed_at=now)
    publish()


TAKERS = {
    "SEND": lambda it, who, at: actions.send(practice=it, by=who, at=at),
    "PUBLISH": lambda it, who, at: actions.agree(practice=it, version=1, by=who, at=at),
    "TAKE_BACK": lambda it, who, at: actions.take_back(practice=it, by=who, at=at),
    "SEND_AGAIN": lambda it, who, at: actions.send(practice=it, by=who, at=at),
}
# One action sends and sends again, by the state: each is walked from the states of its own.
SHARED = {"SEND": State.TAKEN_BACK, "SEND_AGAIN": State.DRAFT}


@pytest.mark.parametrize("case", steps.cases(Practice), ids=str)
def test_each_step_from_each_state(case, world, now, met):
    if SHARED.get(case.name) == case.state:
        return
    make = lambda state: make_practice(met, world.ana, now, state=state)  # noqa: E731
    who = world.ana if case.name == "SEND" else world.zed  # whose draft it is; the last to agree
    steps.check(case, make=make, take=lambda it: TAKERS[case.name](it, who, now))


def test_every_step_has_an_action_and_strangers_take_none(world, now, met):
    steps.insist_on_all(Practice, TAKERS)
    for name, take in TAKERS.items():
        it = make_practice(met, world.ana, now, state=min(getattr(Practice, name).sources))
        for who in (world.mo, world.cas, world.ada):
            with pytest.raises(Refused), transaction.atomic():
                take(it, who, now)


def test_an_edit_on_older_words_shows_both(world, now, met, as_):
    it = make_practice(met, world.ana, now)
    url = reverse("cohorts:practice_edit", args=[it.pk])
    form = {"title": "Mine", "what": "Mine.", "service": world.outreach.pk, "version": 1}
    assert as_(world.zed).post(url, form | {"title": "Zed’s words"}).status_code == 302
    page = as_(world.ana).post(url, form)
    text = page.content.decode()
    assert "Somebody changed this meanwhile" in text
    assert "Zed’s words" in text
    assert 'value="Mine"' in text
    assert Practice.objects.get(pk=it.pk).title == "Zed’s words"
    again = form | {"version": page.context["form"]["version"].value()}
    assert as_(world.ana).post(url, again).status_code == 302
    assert Practice.objects.get(pk=it.pk).title == "Mine"


def test_taken_back_only_its_owners_see_it_and_send_it_again(world, now, met):
    it = make_practice(met, world.ana, now)
    actions.take_back(practice=it, by=world.zed, at=now)
    assert (sees(world.ana, it), sees(world.mo, it)) == (True, False)
    it = actions.send(practice=it, by=world.ana, at=now)
    assert (it.state, it.published_at) == (State.AWAITING, now)


def test_a_practice_travels_from_service_to_service(world, now, met, as_):
    it = make_practice(met, world.ana, now)
    third = make_person(world.programme)
    first = borrowings.mark(practice=it, we_do=False, service=world.hostel, by=world.zed, at=now)
    borrowings.mark(
        practice=it, we_do=False, service=world.programme, by=third,
        at=now + timedelta(days=3), learned_from=first,
    )  # fmt: skip
    borrowings.mark(practice=it, we_do=True, service=world.board, by=world.lee, at=now)
    assert [(stop.borrowing.person, stop.learned_from, stop.depth) for stop in travelled(it)] == [
        (world.zed, "Street outreach", 1),
        (third, "Canal Street hostel", 2),
        (world.lee, "Street outreach", 1),
    ]
    assert heard(world.ana, "borrowing.marked") == 3
    page = as_(world.mo).get(it.get_absolute_url()).content.decode()
    assert "borrowed it from Canal Street hostel" in page
    assert "does this too" in page


def test_a_borrowing_is_followed_up_after_eight_weeks_once(world, now, met):
    it = make_practice(met, world.ana, now)
    mine = borrowings.mark(practice=it, we_do=False, service=world.board, by=world.lee, at=now)
    borrowings.mark(practice=it, we_do=True, service=world.programme, by=world.cas, at=now)
    weeks = [borrowings.ask_how_it_went(at=now + timedelta(weeks=week)) for week in (7, 8, 9)]
    assert weeks == [0, 1, 0]
    (row,) = waiting(peer_waiting.KINDS, world.lee, now)
    assert row.url == reverse("cohorts:borrowing", args=[mine.pk])
    with pytest.raises(ValidationError, match="why"):
        borrowings.tell(borrowing=mine, outcome="kept", words=" ", by=world.lee, at=now)
    told = borrowings.tell(
        borrowing=mine, outcome="adapted", words="We text.", by=world.lee, at=now
    )
    assert (told.state, heard(world.ana, "borrowing.told")) == (Borrowing.State.ADAPTED, 1)
    assert waiting(peer_waiting.KINDS, world.lee, now) == []


BORROWERS = {
    "BORROW": lambda it, who, at: borrowings.mark(
        practice=it.practice, we_do=False, service=it.service, by=who, at=at
    ),
    **{
        name: lambda it, who, at, outcome=outcome: borrowings.tell(
            borrowing=it, outcome=outcome, words="So.", by=who, at=at
        )
        for name, outcome in (("KEEP", "kept"), ("ADAPT", "adapted"), ("DROP", "dropped"))
    },
}


@pytest.mark.parametrize("case", steps.cases(Borrowing), ids=str)
def test_each_step_of_a_borrowing_from_each_state(case, world, now, met):
    practice = make_practice(met, world.ana, now)
    make = lambda state: make_borrowing(practice, world.lee, now, state=state)  # noqa: E731
    steps.check(case, make=make, take=lambda it: BORROWERS[case.name](it, world.lee, now))
    steps.insist_on_all(Borrowing, BORROWERS)


def test_nobody_borrows_their_own_or_for_a_service_not_theirs(world, now, met):
    it = make_practice(met, world.ana, now)
    given = {"practice": it, "we_do": False, "at": now}
    with pytest.raises(Refused, match="your own service"):
        borrowings.mark(service=world.outreach, by=world.mo, **given)
    with pytest.raises(Refused, match="no post"):
        borrowings.mark(service=world.hostel, by=world.sam, **given)
    with pytest.raises(ValidationError, match="your own services"):
        borrowings.mark(service=world.hostel, by=world.lee, **given)
    mine = borrowings.mark(service=world.board, by=world.lee, **given)
    with pytest.raises(ValidationError, match="already"):
        borrowings.mark(service=world.board, by=world.lee, **given)
    with pytest.raises(Refused):
        borrowings.take_off(borrowing=mine, by=world.ana, at=now)
    borrowings.take_off(borrowing=mine, by=world.lee, at=now)
    assert not Borrowing.objects.exists()


def shelf(world, as_, **query):
    return as_(world.mo).get(LIST, query)


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ("ringing wards", "A call to the ward each morning"),
        ("nine and hold", "A call to the ward each morning"),
        ('"hold the bed"', "A call to the ward each morning"),
        ("weekends", "A call to the ward each morning"),
        ("wards -nine", None),
        ("zebra", None),
    ],
)
def test_words_are_found_as_people_know_it_from_the_web(asked, finds, world, now, met, as_):
    make_practice(met, world.ana, now)
    silent = {"works_when": "", "fails_when": "", "takes": ""}
    make_practice(met, world.zed, now, title="Another", what="Keys.", **silent)
    page = shelf(world, as_, q=asked)
    assert [it.title for it in page.context["page"]] == ([finds] if finds else [])


def test_what_was_found_is_marked_and_nothing_else_gets_through(world, now, met, as_):
    make_practice(met, world.ana, now, what="<b>We</b> ring the ward.")
    page = shelf(world, as_, q="ring").content.decode()
    assert "<mark>ring</mark>" in page
    assert "<b>We</b>" not in page


@pytest.mark.parametrize("typed", ["mornnig", "hosptal"])
def test_a_mistyped_word_finds_what_comes_close(typed, world, now, met, as_):
    make_practice(met, world.ana, now, title="Morning call to the hospital")
    page = shelf(world, as_, q=typed)
    assert [it.title for it in page.context["alike"]] == ["Morning call to the hospital"]
    assert "These come close" in page.content.decode()


def test_it_is_narrowed_by_theme_and_by_service_that_does_or_borrows_it(world, now, met, as_):
    one = make_practice(met, world.ana, now, title="One")
    one.themes.add(world.themes[0])
    make_practice(met, world.zed, now, title="Two")
    make_borrowing(one, world.lee, now)

    def titles(**query):
        return [it.title for it in shelf(world, as_, **query).context["page"]]

    assert titles(theme=world.themes[0].pk) == ["One"]
    assert titles(service=world.hostel.pk) == ["Two"]
    assert titles(service=world.board.pk) == ["One"]
    assert titles(service=world.board.pk, theme=world.themes[1].pk) == []
    assert len(titles(theme="nonsense")) == 2


def test_the_shelf_takes_as_many_queries_for_one_as_for_thirty_and_pages(world, met, as_):
    now, browser = timezone.now(), as_(world.mo)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(LIST, {"q": "ward"}).status_code == 200
        return len(captured)

    make_practice(met, world.ana, now)
    browser.get(LIST)
    one = queries()
    for number in range(29):
        make_practice(met, world.ana, now - timedelta(hours=number))
    assert queries() == one <= 10, one
    first = browser.get(LIST).context["page"]
    second = browser.get(LIST, {"page": first.older}).context["page"]
    assert len({it.pk for it in [*first, *second]}) == 30


def test_a_practice_borrowed_by_thirty_takes_as_many_queries_as_by_one(world, now, met, as_):
    it, browser = make_practice(met, world.ana, now), as_(world.mo)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(it.get_absolute_url()).status_code == 200
        return len(captured)

    make_borrowing(it, world.zed, now)
    browser.get(it.get_absolute_url())
    one = queries()
    for _ in range(29):
        make_borrowing(it, make_person(world.hostel), now)
    assert queries() == one <= 15, one


def test_two_that_learned_of_it_from_each_other_are_both_shown(world, now, met):
    it = make_practice(met, world.ana, now)
    one = make_borrowing(it, world.zed, now)
    two = make_borrowing(it, world.lee, now, learned_from=one)
    Borrowing.objects.filter(pk=one.pk).update(learned_from=two)
    assert {stop.borrowing.pk for stop in travelled(it)} == {one.pk, two.pk}


def test_one_tap_from_a_borrowing_to_a_win_that_came_of_the_practice(world, now, met, as_):
    from wins.models import Win

    it = make_practice(met, world.ana, now)
    mine = make_borrowing(it, world.lee, now, state=Borrowing.State.KEPT)
    as_(world.lee).post(reverse("home:borrowing_win", args=[mine.pk]))
    win = Win.objects.get()
    assert win.what_happened == "It fits us."
    page = as_(world.lee).get(it.get_absolute_url()).content.decode()
    assert f'href="/wins/{win.pk}/"' in page
    assert (
        f'href="/wins/{win.pk}/"' not in as_(world.ana).get(it.get_absolute_url()).content.decode()
    )
