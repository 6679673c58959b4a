"""Those of a board without an account read its paper by a link: for them alone, in one browser, for a while,
and never more than they may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from labs.actions.voices import consenting
from labs.models import Consent
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Letter, SignedLink
from systemschangers.kernel.policy import Refused
from tests.factories.board_papers import (
    BARRIER,
    PROMISE,
    STORY,
    VOICE,
    full_board,
    issued,
    make_paper,
)
from tests.factories.leader_requests import make_commitment, make_leader, make_leader_request
from wins.actions import board_papers as actions

pytestmark = pytest.mark.django_db
RUTH = "ruth@board.example"
SAID = (VOICE, BARRIER, STORY)


@pytest.fixture
def full(world):
    return full_board(world)


@pytest.fixture
def paper(world, full):
    return issued(full.board, world.cas, stories=[full.story])


def link_to(email: str = RUTH) -> str:
    text = Letter.objects.filter(to=email, kind="board_paper_issued").latest("pk").text
    return "/board-paper-links/" + text.split("/board-paper-links/")[1].split()[0]


def opened(link: str) -> Client:
    browser = Client()
    browser.post(link, {"open": "1"})
    return browser


def page(browser: Client, link: str, status: int = 200) -> str:
    answer = browser.get(link)
    assert answer.status_code == status
    return answer.content.decode()


def test_who_has_no_account_gets_a_link_that_opens_by_a_press_and_decides_nothing(paper, full):
    assert not Letter.objects.filter(to=full.leader.email, kind="board_paper_issued").exists()
    browser, link = Client(), link_to()
    for _ in range(2):
        door = page(browser, link)
        assert not [words for words in SAID if words in door]
        browser.head(link)
    browser.post(link, {"open": "1"})
    shown = page(browser, link)
    assert [words for words in SAID if words in shown] == list(SAID)
    assert shown == page(browser, link), "read as often as one likes"
    assert SignedLink.objects.get().used_at is None
    assert f'href="{full.voice.get_absolute_url()}"' not in shown, "nothing leads on into the site"
    assert f'href="{full.barrier.get_absolute_url()}"' not in shown


def test_passed_on_it_shows_nothing_and_a_new_one_goes_to_the_member_alone(paper, world, as_):
    link = link_to()
    mine = opened(link)
    friend = opened(link)
    assert VOICE not in page(friend, link)
    assert VOICE not in page(as_(world.mo), link, 403)
    many = Letter.objects.count()
    friend.post(link, {"anew": "1"})
    friend.post(link, {"anew": "1"})
    assert Letter.objects.count() == many + 1
    assert Letter.objects.latest("pk").to == RUTH
    page(mine, link, 410)
    assert VOICE in page(opened(link_to()), link_to())


def test_what_is_taken_back_or_no_longer_names_this_board_is_gone_from_the_open_page(
    paper, full, world
):
    link = link_to()
    browser = opened(link)
    consents = Consent.objects.filter(voice=full.voice)
    consents.update(to_board=False)
    assert VOICE not in page(browser, link)
    consents.update(to_board=True)
    assert VOICE in page(browser, link)
    consenting.take_back(voice=full.voice, by=world.ana, at=timezone.now())
    assert VOICE not in page(browser, link)


def test_promises_are_told_in_words_to_whoever_made_them_alone(full, world):
    ruth = full.board.chair
    now = timezone.now()
    asked = make_leader_request(
        world.ana, ruth, world.mo, now, state="followed_up", meets_at=now - timedelta(days=9)
    )
    make_commitment(asked, now, words="Open the door on Sundays.")
    issued(full.board, world.cas)
    shown = page(opened(link_to()), link_to())
    assert "Open the door on Sundays." in shown
    assert PROMISE not in shown, "what Lee promised Ana is between them"


@pytest.mark.parametrize("how", ["left", "retired", "board", "account", "expired"])
def test_it_ends_with_the_seat_the_board_the_want_of_an_account_and_the_time(
    how, paper, full, world
):
    link, ruth, now = link_to(), full.board.chair, timezone.now()
    browser = opened(link)
    if how == "left":
        full.board.chair = make_leader(name="Nia", email="nia@board.example")
        full.board.save()
    elif how == "retired":
        ruth.retired_at = now
        ruth.save()
    elif how == "board":
        full.board.retired_at = now
        full.board.save()
    elif how == "account":
        ruth.person = world.zed
        ruth.save()
    else:
        ago = now - timedelta(days=61)
        SignedLink.objects.update(made_at=ago, expires_at=now - timedelta(seconds=1))
    assert VOICE not in page(browser, link, 410)


def test_each_of_several_has_their_own_and_sent_again_the_old_ones_end(full, world, as_):
    full.board.members.add(make_leader(name="Nia", email="nia@board.example"))
    paper = issued(full.board, world.cas)
    links = {email: link_to(email) for email in (RUTH, "nia@board.example")}
    for link in links.values():
        assert VOICE in page(opened(link), link)
    elsewhere = opened(links[RUTH])
    elsewhere.post(links[RUTH], {"anew": "1"})
    page(Client(), links["nia@board.example"])
    assert "Send the link again" in as_(world.cas).get(paper.get_absolute_url()).content.decode()
    as_(world.cas).post(f"{paper.get_absolute_url()}letters/")
    for email, link in links.items():
        page(Client(), link, 410)
        assert VOICE in page(opened(link_to(email)), link_to(email))


def test_only_staff_send_and_only_what_is_issued(paper, full, world, now):
    with pytest.raises(Refused):
        actions.send_links(paper=paper, by=world.lee, at=now)
    with pytest.raises(WrongState):
        actions.send_links(paper=make_paper(full.board, world.cas), by=world.cas, at=now)


def test_the_letter_tells_nothing_of_what_is_in_it(paper, full):
    letter = Letter.objects.get(to=RUTH, kind="board_paper_issued")
    told = f"{letter.subject} {letter.text} {letter.html}"
    for words in (*SAID, PROMISE, full.board.name, "Ana"):
        assert words not in told
