"""Most significant change: put forward with a yes, read by who may, chosen with a reason that goes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import leaving
from cohorts.models import Person
from systemschangers.home.waiting import waiting_on
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_person
from tests.factories.stories import choose, make_round, make_selection, make_story, nominate, seat
from tests.factories.wins import make_win
from wins import stories_personal_data as personal_data
from wins.actions import nominations, panel_choices
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound, Story, Win

S, N = SelectionRound.State, Nomination.State
EVERYBODY = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def fresh(person):
    return Person.objects.get(pk=person.pk)


def readers(world, nomination):
    return {
        name
        for name in EVERYBODY
        if Nomination.objects.visible_to(getattr(world, name)).filter(pk=nomination.pk).exists()
    }


def reads_reason(world, choice):
    return {
        name
        for name in EVERYBODY
        if PanelChoice.objects.visible_to(getattr(world, name)).filter(pk=choice.pk).exists()
    }


def heard(verb):
    told = Notification.objects.filter(event__verb=verb)
    return sorted(told.values_list("recipient__name", flat=True))


def waits(person, at=None):
    return [row.label for row in waiting_on(fresh(person), at or timezone.now())]


def test_who_reads_what_was_put_forward_grows_with_the_rounds_steps(world):
    made = make_selection(world, S.OPEN)
    expected = {
        S.OPEN: {"ana", "zed"},
        S.FIRST: {"ana", "zed", "mo", "dee", "lee"},
        S.SECOND: {"ana", "zed", "mo", "dee", "lee"},
        S.FINISHED: {"ana", "zed", "mo", "dee", "lee"},
        S.CALLED_OFF: {"ana", "zed"},
    }
    for state, names in expected.items():
        SelectionRound.objects.filter(pk=made.it.pk).update(state=state)
        assert readers(world, made.anas) == names, state
    choose(made.anas, 1, world.mo, world.dee)
    for state in (S.SECOND, S.FINISHED):
        SelectionRound.objects.filter(pk=made.it.pk).update(state=state)
        assert readers(world, made.anas) == expected[state] | {"cas", "sam"}


def test_before_a_yes_and_after_a_no_nobody_but_the_two_reads_it(world):
    made = make_selection(world)
    for state in (N.ASKED, N.DECLINED, N.TAKEN_OUT):
        Nomination.objects.filter(pk=made.anas.pk).update(state=state)
        assert readers(world, made.anas) == {"ana", "zed"}


def test_what_is_taken_back_elsewhere_is_not_read_here_either(world):
    """Consent is asked when it is read: by the teller alone then, even where it was published."""
    made = make_selection(world, S.FINISHED)
    Nomination.objects.filter(pk=made.zeds.pk).update(
        state=N.PUBLISHED, published_at=timezone.now()
    )
    assert readers(world, made.zeds) == set(EVERYBODY)
    for state in (Win.State.TAKEN_BACK, Win.State.SET_ASIDE):
        Win.objects.filter(pk=made.zeds.win_id).update(state=state)
        assert readers(world, made.zeds) == {"zed"}
    story = nominate(made.it, make_story(world.ana), by=world.zed)
    assert "mo" in readers(world, story)
    Story.objects.update(state="taken_back")
    assert readers(world, story) == {"ana"}


def test_a_reason_is_its_panels_until_the_round_is_finished(world):
    made = make_selection(world)
    choice = choose(made.zeds, 1, world.mo)
    assert reads_reason(world, choice) == {"mo", "dee", "lee"}
    PanelChoice.objects.update(state="agreed", agreed_by=world.dee, agreed_at=timezone.now())
    assert reads_reason(world, choice) == {"mo", "dee", "lee"}
    SelectionRound.objects.filter(pk=made.it.pk).update(state=S.SECOND)
    assert reads_reason(world, choice) == {"mo", "dee", "lee", "cas", "sam"}
    last = choose(made.zeds, 2, world.cas, world.sam)
    assert reads_reason(world, last) == {"cas", "sam"}
    SelectionRound.objects.filter(pk=made.it.pk).update(state=S.FINISHED)
    assert reads_reason(world, last) == {"ana", "zed", "mo", "dee", "lee", "cas", "sam"}
    Nomination.objects.filter(pk=made.zeds.pk).update(
        state=N.PUBLISHED, published_at=timezone.now()
    )
    assert reads_reason(world, last) == set(EVERYBODY)


def test_somebody_elses_is_put_forward_after_their_yes(world, now):
    it = make_round(world.cas)
    win = make_win(world.ana)
    one = nominations.nominate(it=it, thing=win, why="It bent a rule.", by=world.zed, at=now)
    assert (one.state, heard("nomination.asked")) == (N.ASKED, ["Ana Okafor"])
    assert "Somebody would like to put something of yours forward" in waits(world.ana)
    with pytest.raises(ValidationError, match="put forward in this round already"):
        nominations.nominate(it=it, thing=win, why="Me too.", by=world.mo, at=now)
    nominations.consent(nomination=one, by=world.ana, at=now)
    assert heard("nomination.consented") == ["Zed Kowalski"]
    assert waits(world.ana) == []


def test_a_no_frees_it_and_ones_own_stands_at_once(world, now):
    it = make_round(world.cas)
    win = make_win(world.ana, visibility="only_me")
    one = nominations.nominate(it=it, thing=win, why="It lasts.", by=world.ana, at=now)
    assert (one.state, Notification.objects.count()) == (N.STANDING, 0)
    story = make_story(world.ana)
    asked = nominations.nominate(it=it, thing=story, why="It helps.", by=world.zed, at=now)
    nominations.decline(nomination=asked, by=world.ana, at=now)
    assert heard("nomination.declined") == ["Zed Kowalski"]
    again = nominations.nominate(it=it, thing=story, why="Now.", by=world.ana, at=now)
    assert again.state == N.STANDING


def test_a_yes_comes_too_late_once_the_round_has_gone_on(world, now):
    made = make_selection(world)
    late = nominate(made.it, make_win(world.ana), by=world.zed, state=N.ASKED)
    with pytest.raises(Refused, match="gone on without it"):
        nominations.consent(nomination=late, by=world.ana, at=now)
    with pytest.raises(Refused, match="no more stories"):
        nominations.nominate(it=made.it, thing=make_win(world.ana), why="x", by=world.ana, at=now)


def test_what_is_not_shown_to_others_is_not_put_forward(world, now, as_):
    it = make_round(world.cas)
    draft = make_win(world.ana, state="draft")
    with pytest.raises(Refused, match="Log it first"):
        nominations.nominate(it=it, thing=draft, why="x", by=world.ana, at=now)
    private = make_win(world.ana, visibility="only_me")
    url = reverse("wins:nomination_new")
    assert as_(world.zed).get(url, {"win": private.pk}).status_code == 404
    assert as_(world.zed).get(url, {"win": "²"}).status_code == 404
    assert as_(world.zed).get(url, {"round": "1" * 40}).status_code == 404


def test_the_reason_goes_back_to_everybody_who_was_put_forward(world, now, as_):
    made = make_selection(world, S.SECOND)
    words = "It began with one call, and it lasted."
    choice = panel_choices.propose(nomination=made.zeds, reason=words, by=world.cas, at=now)
    assert heard("panel_choice.proposed") == sorted(["Sam", made.third.name])
    assert "Your panel has a proposal. Do you agree?" in waits(world.sam)
    panel_choices.agree(choice=choice, by=world.sam, at=now)
    assert SelectionRound.objects.get().state == S.FINISHED
    assert heard("nomination.chosen") == ["Zed Kowalski"]
    told = ["Ana Okafor", "Zed Kowalski", made.third.name]
    assert heard("nomination.not_chosen") == sorted(told)
    asked = "What you told was chosen. May everyone read it?"
    assert asked in waits(world.zed, now)
    assert asked not in waits(world.zed, now + timedelta(days=15))
    ana = as_(world.ana).get(made.anas.get_absolute_url()).content.decode()
    assert words in ana
    assert "The first panel chose yours" in ana
    assert "It takes nothing from what you did." in ana
    third = as_(made.third).get(made.thirds.get_absolute_url()).content.decode()
    assert words in third
    assert "They could send only a few on." in third
    zed = as_(world.zed).get(made.zeds.get_absolute_url()).content.decode()
    assert "The panels chose this" in zed
    # What was chosen is only Zed’s to show; no order and no numbers anywhere.
    for page in (ana, third):
        assert "The ward rings us now." not in page
    assert not any(
        word in ana + third for word in ("runner", "rank", "place in", "votes", "second best")
    )


def test_its_subject_lines_carry_nobodys_story(world, now):
    made = make_selection(world, S.SECOND)
    choice = panel_choices.propose(nomination=made.zeds, reason="Trust.", by=world.cas, at=now)
    panel_choices.agree(choice=choice, by=world.sam, at=now)
    for letter in Letter.objects.all():
        assert "The ward rings" not in letter.subject + letter.text
        assert "Trust." not in letter.subject + letter.text


def test_published_with_the_tellers_yes_and_taken_down_again(world, now, as_):
    made = make_selection(world, S.FINISHED)
    page = reverse("wins:selection_round", args=[made.it.pk])
    assert "Nothing of it is published" in as_(world.ada).get(page).content.decode()
    with pytest.raises(Refused, match="What a panel has chosen is published"):
        nominations.publish(nomination=made.thirds, by=made.third, at=now)
    nominations.publish(nomination=made.zeds, by=world.zed, at=now)
    text = as_(world.ada).get(page).content.decode()
    assert "The ward rings us now." in text
    assert "It is about trust, and it lasted." in text
    nominations.take_down(nomination=made.zeds, by=world.zed, at=now)
    assert "The ward rings us now." not in as_(world.ada).get(page).content.decode()


def test_taken_out_by_its_teller_a_panel_reads_and_chooses_it_no_more(world, now):
    made = make_selection(world, S.SECOND)
    choice = choose(made.zeds, 2, world.cas)
    nominations.take_out(nomination=made.zeds, by=world.zed, at=now)
    assert readers(world, made.zeds) == {"zed"}
    with pytest.raises(Exception, match="taken it out meanwhile"), transaction.atomic():
        panel_choices.agree(choice=choice, by=world.sam, at=now)
    other = panel_choices.propose(nomination=made.anas, reason="It lasts.", by=world.cas, at=now)
    panel_choices.agree(choice=other, by=world.sam, at=now)
    assert heard("nomination.not_chosen") == [made.third.name]


def test_who_gives_a_place_up_takes_their_open_proposal_with_them(world, now, as_):
    made = make_selection(world)
    choice = choose(made.zeds, 1, world.mo)
    place = PanelSeat.objects.get(person=world.mo)
    assert "Your panel can read and choose" not in waits(world.dee)
    as_(world.mo).post(reverse("wins:panel_seat_removal", args=[place.pk]))
    choice.refresh_from_db()
    assert (choice.state, heard("panel.left")) == ("taken_back", ["Cas Mendes"])
    assert "Your panel can read and choose" in waits(world.dee)
    assert readers(world, made.zeds) == {"zed", "dee", "lee"}


def test_a_round_that_is_prepared_is_seen_by_staff_and_who_is_asked(world):
    it = make_round(world.cas, S.DRAFT)
    seat(it, 1, world.mo)
    seen = {n for n in EVERYBODY if SelectionRound.objects.visible_to(getattr(world, n)).exists()}
    assert seen == {"cas", "mo"}


def test_an_edit_on_older_words_shows_both(world, as_):
    it = make_round(world.cas, S.DRAFT)
    url, cas = reverse("wins:selection_round_edit", args=[it.pk]), as_(world.cas)
    form = {"starts": "2026-01-01", "ends": "2026-03-01", "version": 1}
    assert cas.post(url, form | {"domain": "First window"}).status_code == 302
    text = cas.post(url, form | {"domain": "Second window"}).content.decode()
    assert "Somebody changed this meanwhile" in text
    assert "First window" in text
    assert "Second window" in text
    assert SelectionRound.objects.get().domain == "First window"


def test_leaving_takes_ones_yes_with_it_and_leaves_reasons_others_agreed_to(world, now):
    made = make_selection(world, S.FINISHED)
    told = str([(s.key, list(s.rows)) for s in personal_data.tell(world.zed)])
    assert "It is about trust" in told
    assert "It showed me that a rule can bend." in told
    assert "reason" in str([list(s.rows) for s in personal_data.tell(world.mo)])
    leaving.leave(by=world.zed, went_to="left", at=now)
    assert not Nomination.objects.filter(pk=made.zeds.pk).exists()
    assert Nomination.objects.get(pk=made.anas.pk).nominated_by.name == "Someone who has left"
    leaving.leave(by=world.mo, went_to="left", at=now)
    assert not PanelSeat.objects.filter(person=world.mo).exists()
    assert PanelChoice.objects.get(nomination=made.anas).proposed_by.name == "Someone who has left"


def test_lists_take_as_many_queries_for_few_as_for_many(world, as_):
    made = make_selection(world)
    counts = {}
    for many in (1, 29):
        for _ in range(many):
            make_round(world.cas)
            nominate(made.it, make_win(make_person(world.hostel)))
        for url, person in (
            ("/selection-rounds/", world.zed),
            (made.it.get_absolute_url(), world.mo),
        ):
            browser = as_(person)
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(url).status_code == 200
            counts.setdefault(url, []).append(len(captured))
    for url, (few, many) in counts.items():
        assert few == many, (url, few, many)
    assert counts["/selection-rounds/"][0] <= 8
