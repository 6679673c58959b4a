"""Every step of a round, of what is put forward and of what a panel chooses, from every state, by everybody;
and races between those who choose."""

from __future__ import annotations

from threading import Barrier as Gate
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from cohorts.models import Person
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.stories import choose, make_round, make_selection, nominate, seat
from tests.factories.wins import make_win
from wins.actions import nominations, panel_choices
from wins.actions import selection_rounds as rounds
from wins.models import Nomination, PanelChoice, SelectionRound

S, N = SelectionRound.State, Nomination.State
EVERYBODY = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")


def agree_at_last(it, by, at):
    """The round is finished by whoever agrees to what the second panel proposes."""
    choice = PanelChoice.objects.get(round=it, level=2, state="proposed")
    return panel_choices.agree(choice=choice, by=by, at=at)


ROUND_TAKERS = {
    "OPEN": (lambda it, by, at: rounds.open_round(it=it, by=by, at=at), {"cas"}),
    "CLOSE": (lambda it, by, at: rounds.close(it=it, by=by, at=at), {"cas"}),
    "SEND_UP": (lambda it, by, at: rounds.send_up(it=it, by=by, at=at), {"cas"}),
    "CALL_OFF": (lambda it, by, at: rounds.call_off(it=it, by=by, at=at), {"cas"}),
    "FINISH": (agree_at_last, {"sam"}),
}
NOMINATION_TAKERS = {
    "CONSENT": (lambda it, by, at: nominations.consent(nomination=it, by=by, at=at), {"ana"}),
    "DECLINE": (lambda it, by, at: nominations.decline(nomination=it, by=by, at=at), {"ana"}),
    "TAKE_OUT": (lambda it, by, at: nominations.take_out(nomination=it, by=by, at=at), {"ana"}),
    "PUBLISH": (lambda it, by, at: nominations.publish(nomination=it, by=by, at=at), {"ana"}),
    "TAKE_DOWN": (lambda it, by, at: nominations.take_down(nomination=it, by=by, at=at), {"ana"}),
}
CHOICE_TAKERS = {
    "AGREE": (lambda it, by, at: panel_choices.agree(choice=it, by=by, at=at), {"dee", "lee"}),
    "TAKE_BACK": (lambda it, by, at: panel_choices.take_back(choice=it, by=by, at=at), {"mo"}),
}


def test_every_declared_step_has_an_action_and_every_state_is_reached():
    for model, takers, start in (
        (SelectionRound, ROUND_TAKERS, "draft"),
        (Nomination, NOMINATION_TAKERS, "asked"),
        (PanelChoice, CHOICE_TAKERS, "proposed"),
    ):
        steps.insist_on_all(model, takers)
        assert steps.reachable(model, start) == set(steps.states_of(model))


def walk(world, case, make, takers, now):
    """The step from the case’s state by everybody, each undone."""
    take, may = takers[case.name]
    for who in EVERYBODY:
        person = Person.objects.get(pk=getattr(world, who).pk)
        with transaction.atomic():
            steps.check(
                case, make=make, take=lambda it, by=person: take(it, by, now), may=who in may
            )
            assert Event.objects.exists() == (case.allowed and who in may), f"{case} by {who}"
            transaction.set_rollback(True)


@pytest.mark.parametrize("case", steps.cases(SelectionRound), ids=str)
def test_each_step_of_a_round(case, world, now):
    def make(state):
        made = make_selection(world, S.SECOND)
        choose(made.zeds, 2, world.cas)
        opened = None if state == S.DRAFT else now
        SelectionRound.objects.filter(pk=made.it.pk).update(state=state, opened_at=opened)
        return SelectionRound.objects.get(pk=made.it.pk)

    walk(world, case, make, ROUND_TAKERS, now)


@pytest.mark.parametrize("case", steps.cases(Nomination), ids=str)
def test_each_step_of_what_is_put_forward(case, world, now):
    """Answered while the round is open; published once it is finished."""
    later = case.name in ("PUBLISH", "TAKE_DOWN")

    def make(state):
        made = make_selection(world, S.FINISHED if later else S.OPEN)
        given = {"state": state, "consented_at": now}
        given["published_at"] = now if state == N.PUBLISHED else None
        Nomination.objects.filter(pk=made.anas.pk).update(**given)
        return Nomination.objects.get(pk=made.anas.pk)

    if case.name == "TAKE_OUT" and case.state == N.ASKED:
        asker = dict(NOMINATION_TAKERS)
        asker["TAKE_OUT"] = (NOMINATION_TAKERS["TAKE_OUT"][0], {"ana", "zed"})
        walk(world, case, make, asker, now)
    else:
        walk(world, case, make, NOMINATION_TAKERS, now)


@pytest.mark.parametrize("case", steps.cases(PanelChoice), ids=str)
def test_each_step_of_a_choice(case, world, now):
    def make(state):
        made = make_selection(world)
        choice = choose(made.zeds, 1, world.mo)
        agreed = {"agreed_by": world.lee, "agreed_at": now} if state == "agreed" else {}
        PanelChoice.objects.filter(pk=choice.pk).update(state=state, **agreed)
        return PanelChoice.objects.get(pk=choice.pk)

    walk(world, case, make, CHOICE_TAKERS, now)


def test_nobody_decides_on_their_own_in_the_database_either(world, now):
    choice = choose(make_selection(world).zeds, 1, world.mo)
    with pytest.raises(Refused, match="Somebody else of your panel"):
        panel_choices.agree(choice=choice, by=world.mo, at=now)
    with pytest.raises(IntegrityError, match="nobody_decides_alone"), transaction.atomic():
        PanelChoice.objects.filter(pk=choice.pk).update(
            state="agreed", agreed_by=world.mo, agreed_at=now
        )


def test_who_told_it_or_put_it_forward_does_not_decide_on_it(world, now):
    it = make_round(world.cas, S.FIRST)
    seat(it, 1, world.mo, world.zed, world.ana)
    anas = nominate(it, make_win(world.ana), by=world.zed)
    for person in (world.ana, world.zed):
        with pytest.raises(Refused, match="You told this, or put it forward"):
            panel_choices.propose(nomination=anas, reason="Mine.", by=person, at=now)
    choice = panel_choices.propose(nomination=anas, reason="It lasts.", by=world.mo, at=now)
    for person in (world.ana, world.zed):
        with pytest.raises(Refused, match="You told this, or put it forward"):
            panel_choices.agree(choice=choice, by=person, at=now)


def test_a_panel_too_small_to_disagree_does_not_begin(world, now):
    it = make_round(world.cas, S.DRAFT)
    seat(it, 1, world.mo, world.dee, world.lee)
    seat(it, 2, world.sam, world.zed)
    with pytest.raises(ValidationError, match="second panel needs three"), transaction.atomic():
        rounds.open_round(it=it, by=world.cas, at=now)
    rounds.seat(it=it, person=world.ana, level=2, by=world.cas, at=now)
    with pytest.raises(ValidationError, match="on one of the two panels already"):
        rounds.seat(it=it, person=world.ana, level=1, by=world.cas, at=now)
    assert rounds.open_round(it=it, by=world.cas, at=now).state == S.OPEN
    with pytest.raises(ValidationError, match="not two yet"), transaction.atomic():
        rounds.close(it=it, by=world.cas, at=now)


def test_the_first_panel_sends_up_two_or_three(world, now):
    made = make_selection(world)
    for one in (made.zeds, made.anas, made.thirds):
        if one == made.anas:
            with pytest.raises(ValidationError, match="not chosen two"), transaction.atomic():
                rounds.send_up(it=made.it, by=world.cas, at=now)
        choice = panel_choices.propose(nomination=one, reason="It lasts.", by=world.mo, at=now)
        panel_choices.agree(choice=choice, by=world.lee, at=now)
    fourth = nominate(made.it, make_win(world.zed))
    with pytest.raises(WrongState, match="as many as it sends up"):
        panel_choices.propose(nomination=fourth, reason="Too.", by=world.mo, at=now)
    assert rounds.send_up(it=made.it, by=world.cas, at=now).state == S.SECOND


def race(*tasks):
    """Run these at once, each on its own connection; what each raised, or None."""
    gate, ends = Gate(len(tasks)), [None] * len(tasks)

    def run(number, task):
        gate.wait()
        try:
            task()
        except (WrongState, Refused, ValidationError) as refused:
            ends[number] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return ends


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_to_different_proposals_make_one_choice(world, now):
    made = make_selection(world, S.SECOND)
    one, other = choose(made.zeds, 2, world.cas), choose(made.anas, 2, made.third)
    ends = race(
        lambda: panel_choices.agree(choice=one, by=world.sam, at=now),
        lambda: panel_choices.agree(choice=other, by=world.cas, at=now),
    )
    assert sum(end is None for end in ends) == 1
    assert PanelChoice.objects.agreed(2).count() == 1
    assert SelectionRound.objects.get(pk=made.it.pk).state == S.FINISHED
    assert Event.objects.filter(verb="nomination.chosen").count() == 1
    refused = next(end for end in ends if end)
    assert str(refused)


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_to_the_same_proposal_make_one_and_the_other_reads_who(world, now):
    made = make_selection(world)
    choice = choose(made.zeds, 1, world.mo)
    ends = race(
        lambda: panel_choices.agree(choice=choice, by=world.dee, at=now),
        lambda: panel_choices.agree(choice=choice, by=world.lee, at=now),
    )
    (refused,) = [end for end in ends if end]
    agreed_by = PanelChoice.objects.select_related("agreed_by").get().agreed_by
    assert str(refused) == f"{agreed_by} has agreed to this already. It stands."


@pytest.mark.django_db(transaction=True)
def test_taken_out_and_agreed_to_at_once_one_comes_first(world, now):
    """Taken out first: there is nothing to agree to. Agreed first: it is taken out after, and not read."""
    made = make_selection(world)
    choice = choose(made.zeds, 1, world.mo)
    ends = race(
        lambda: nominations.take_out(nomination=made.zeds, by=world.zed, at=now),
        lambda: panel_choices.agree(choice=choice, by=world.lee, at=now),
    )
    assert ends[0] is None
    assert (ends[1] is None) == PanelChoice.objects.agreed(1).exists()
    assert not Nomination.objects.visible_to(world.lee).filter(pk=made.zeds.pk).exists()
