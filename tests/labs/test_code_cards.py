"""Codes on cards: guessed by nobody, good for a short while, ended when they are lost; and what somebody
was writing comes back to them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from labs import code_cards
from labs.actions.labs import carrying, members, running, writing
from labs.models import Barrier, LabMember
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.policy import Refused
from tests.factories.barriers import make_barrier
from tests.factories.labs import join, make_insight, make_lab

WHEN = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)
WORDS = "They open the door at six, and nobody had told us."


@pytest.fixture
def lab(world):
    made = make_lab(world.cas, WHEN)
    join(made, world.ana, world.cas, WHEN)
    return made


@pytest.fixture
def kit(lab, world):
    """Somebody without an e-mail address."""
    return join(lab, None, world.cas, WHEN, name="Kit")


@pytest.fixture
def code(kit, world) -> str:
    return members.issue_card(member=kit, by=world.cas, at=WHEN)


def keyed(**said: str) -> dict[str, str]:
    """As the form on the page sends it."""
    return {"submission_key": str(uuid.uuid4()), **said}


def tries(code: str, address: str = "198.51.100.7") -> int:
    return Client(REMOTE_ADDR=address).post(page(), keyed(code=code)).status_code


def page() -> str:
    return reverse("labs:code_card")


def signed_in(code: str) -> Client:
    client = Client()
    assert client.post(page(), keyed(code=code)).status_code == 302
    return client


def insight_at(lab) -> str:
    return reverse("labs:insight_new", args=[lab.pk])


# --- Guessing ------------------------------------------------------------------------------------


def test_one_who_guesses_is_stopped_and_others_still_come_in(code):
    """The form carries a key, and a keyed answer that is a page is rolled back: the count is not."""
    with time_machine.travel(WHEN, tick=False):
        answers = [tries(f"WRONG{number}") for number in range(code_cards.OF_ONE + 1)]
        assert answers == [200] * code_cards.OF_ONE + [429]
        assert tries(code) == 429
        assert tries(code, address="198.51.100.8") == 302
    with time_machine.travel(WHEN + timedelta(seconds=code_cards.IN_SECONDS), tick=False):
        assert tries(code) == 302


def test_many_who_guess_add_up(code, monkeypatch):
    monkeypatch.setattr(code_cards, "OF_ALL", 5)
    with time_machine.travel(WHEN, tick=False):
        assert [tries("WRONG", address=f"198.51.100.{one}") for one in range(6)] == [200] * 5 + [
            429
        ]
        assert tries(code, address="198.51.100.99") == 429


def test_right_codes_are_not_counted(code):
    with time_machine.travel(WHEN, tick=False):
        assert {tries(code) for _ in range(code_cards.OF_ONE + 2)} == {302}


def test_how_many_codes_there_are(capsys):
    a_year = code_cards.OF_ALL * 6 * 24 * 365
    years = 32**code_cards.LENGTH / 1000 / a_year / 2
    with capsys.disabled():
        print(
            f"\ncode cards: one of 1,000 is guessed after {years / 1e6:.0f} million years, as a rule"
        )
    assert years > 1_000_000


# --- A short session on a shared device ----------------------------------------------------------


def test_half_an_hour_without_a_page_signs_out(lab, code):
    with time_machine.travel(WHEN, tick=False) as clock:
        client = signed_in(code)
        clock.move_to(WHEN + timedelta(minutes=29))
        assert client.get(lab.get_absolute_url()).status_code == 200
        clock.move_to(WHEN + timedelta(minutes=58))
        assert client.get(lab.get_absolute_url()).status_code == 200
        clock.move_to(WHEN + timedelta(minutes=58 + 31))
        assert client.get(lab.get_absolute_url()).url == page()
        assert "_auth_user_id" not in client.session


def test_two_hours_in_all_and_no_longer(lab, code):
    with time_machine.travel(WHEN, tick=False) as clock:
        client = signed_in(code)
        for minutes in range(20, 120, 20):
            clock.move_to(WHEN + timedelta(minutes=minutes))
            assert client.get(lab.get_absolute_url()).status_code == 200
        clock.move_to(WHEN + timedelta(minutes=120))
        assert client.get(lab.get_absolute_url()).url == page()


@pytest.mark.parametrize("name", ["lab", "lab_members", "insight_new", "lab_session_new"])
def test_one_tap_signs_out_on_every_page(name, lab, code):
    client = signed_in(code)
    text = client.get(reverse(f"labs:{name}", args=[lab.pk])).content.decode()
    assert text.count(f'action="{reverse("account_logout")}"') == 1
    client.post(reverse("account_logout"), keyed())
    assert client.get(lab.get_absolute_url()).status_code == 302


def test_closed_pages_say_so_with_a_way_out(code):
    client = signed_in(code)
    for closed in ("/wins/", "/people/", "/barriers/", "/more/", "/account/email/", "/search/"):
        answer = client.get(closed)
        assert answer.status_code == 403, closed
        assert reverse("account_logout") in answer.content.decode()


# --- What was written comes back -----------------------------------------------------------------


def given_back(answer, lab) -> None:
    text = answer.content.decode()
    assert WORDS in text
    assert lab.question not in text
    assert lab.about not in text or not lab.about


def test_taken_out_of_their_last_lab_while_writing(lab, kit, code, world):
    client = signed_in(code)
    members.remove(member=kit, by=world.cas, at=WHEN)
    answer = client.post(insight_at(lab), keyed(words=WORDS, lens="me"))
    assert answer.status_code == 403
    given_back(answer, lab)
    assert client.get(lab.get_absolute_url()).status_code == 404
    assert tries(code) == 200


def test_let_back_in_with_a_new_card_and_not_with_the_old_one(lab, kit, code, world, as_):
    cas = as_(world.cas)
    at = reverse("labs:lab_member_coming_back", args=[kit.pk])
    listed = reverse("labs:lab_members", args=[lab.pk])
    members.remove(member=kit, by=world.cas, at=WHEN)
    assert at in cas.get(listed).content.decode()
    assert at in cas.get(kit.get_absolute_url()).content.decode()
    assert at not in as_(world.ana).get(listed).content.decode()
    assert as_(world.ana).post(at, keyed()).status_code == 403
    assert cas.post(at, keyed()).url == kit.get_absolute_url()
    assert cas.post(at, keyed()).url == kit.get_absolute_url(), "twice changes nothing"
    assert at not in cas.get(listed).content.decode()
    assert tries(code) == 200, "the old card stays ended"
    kit.refresh_from_db()
    fresh = members.issue_card(member=kit, by=world.cas, at=WHEN)
    assert signed_in(fresh).get(lab.get_absolute_url()).status_code == 200


def test_nothing_is_written_of_somebody_who_left_and_nobody_gone_comes_back(lab, kit, world):
    members.remove(member=kit, by=world.cas, at=WHEN)
    private = {"alias": "", "access_needs": "A ramp.", "payment": "", "facilitates": False}
    with pytest.raises(WrongState, match="no longer in this lab"):
        members.change(member=kit, **private, by=world.cas, at=WHEN)
    for told in ({"payment": "Cash."}, {"access_needs": "A ramp."}, {"facilitates": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LabMember.objects.filter(pk=kit.pk).update(role="worker", **told)
    kit.person.is_active = False
    kit.person.save()
    with pytest.raises(WrongState, match="account has ended"):
        members.bring_back(member=kit, by=world.cas, at=WHEN)


def test_too_late_on_a_shared_device(lab, code):
    with time_machine.travel(WHEN, tick=False) as clock:
        client = signed_in(code)
        clock.move_to(WHEN + timedelta(minutes=31))
        answer = client.post(insight_at(lab), keyed(words=WORDS, lens="me"))
        given_back(answer, lab)
        assert client.get(insight_at(lab)).status_code == 302
    assert not lab.insights.exists()


def test_the_lab_ended_or_the_thing_went_meanwhile(lab, world, as_):
    mine = make_insight(lab, world.ana, WHEN)
    at = reverse("labs:insight_edit", args=[mine.pk])
    said = {"words": WORDS, "lens": "me", "version": "1"}
    writing.remove_insight(insight=mine, by=world.cas, at=WHEN)
    gone = as_(world.ana).post(at, keyed(**said))
    assert gone.status_code == 404
    given_back(gone, lab)
    running.end(lab=lab, by=world.cas, at=WHEN)
    ended = as_(world.ana).post(insight_at(lab), keyed(**said))
    assert ended.status_code == 403
    given_back(ended, lab)
    assert "has ended" in ended.content.decode()


def test_a_stranger_gets_their_own_words_and_learns_nothing(lab, world, as_):
    said = keyed(words=WORDS, lens="me")
    answers = [
        as_(world.zed).post(reverse("labs:insight_new", args=[pk]), said)
        for pk in (lab.pk, 999_999)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    first, second = (answer.content.decode().replace(str(lab.pk), "") for answer in answers)
    assert WORDS in first
    assert WORDS in second
    assert lab.question not in first


# --- Barriers ------------------------------------------------------------------------------------


def test_only_the_lab_that_carries_a_barrier_puts_it_down(lab, world):
    other = make_lab(world.cas, WHEN, question="Who holds the keys?")
    barrier = make_barrier(world.zed, "No key after ten.")
    carrying.pick_up(lab=lab, barrier=barrier, by=world.cas, at=WHEN)
    with pytest.raises(WrongState):
        carrying.put_down(lab=other, barrier=barrier, by=world.cas, at=WHEN)
    with pytest.raises(Refused):
        carrying.put_down(lab=lab, barrier=barrier, by=world.ana, at=WHEN)
    assert Barrier.objects.get(pk=barrier.pk).state == "in_lab"


def test_one_that_was_answered_meanwhile_keeps_its_answer(lab, world):
    barrier = make_barrier(world.zed, "No key after ten.")
    carrying.pick_up(lab=lab, barrier=barrier, by=world.cas, at=WHEN)
    Barrier.objects.filter(pk=barrier.pk).update(state="cannot")
    carrying.put_down(lab=lab, barrier=barrier, by=world.cas, at=WHEN)
    assert Barrier.objects.get(pk=barrier.pk).state == "cannot"
    with pytest.raises(WrongState):
        carrying.put_down(lab=lab, barrier=barrier, by=world.cas, at=WHEN)
