"""A panel chooses: one proposes with the reason, another agrees. The second panel’s choice ends the round,
and the reason goes back to everybody whose story was put forward."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.clashes import clashes_in_words
from cohorts.models import Person
from systemschangers.kernel import activity
from systemschangers.kernel.lifecycle import WrongState
from wins import events
from wins.audiences import selection as hears
from wins.locking import locked_nomination
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound
from wins.models.selection_rounds import MOST_SENT_UP
from wins.policy.selection_rounds import may_agree, may_choose, may_take_choice_back


@transaction.atomic
def propose(*, nomination: Nomination, reason: str, by: Person, at: datetime) -> PanelChoice:
    """Propose it to one’s panel. The others of the panel are told, and one of them has to agree.

    Raises ValidationError when it is proposed already, WrongState when the panel has chosen."""
    nomination = locked_nomination(nomination)
    may_choose(by, nomination).require()
    it = nomination.round
    _insist_still_to_choose(it)
    _insist_it_stands(nomination)
    if not reason.strip():
        raise ValidationError({"reason": "Say why your panel chooses this one."})
    with clashes_in_words(PanelChoice):
        choice = PanelChoice.objects.create(
            round=it,
            level=it.level,
            nomination=nomination,
            reason=reason.strip(),
            proposed_by=by,
            proposed_at=at,
        )
    told = hears.may_agree_to(choice)
    activity.record(events.PANEL_CHOICE_PROPOSED, actor=by, target=choice, at=at, notify=told)
    return choice


@transaction.atomic
def take_back(*, choice: PanelChoice, by: Person, at: datetime) -> PanelChoice:
    """Before somebody has agreed. To change the reason, propose it anew."""
    locked_nomination(choice.nomination)
    choice = _locked(choice)
    may_take_choice_back(by, choice).require()
    PanelChoice.TAKE_BACK.apply(choice)
    choice.save(update_fields=["state"])
    activity.record(events.PANEL_CHOICE_TAKEN_BACK, actor=by, target=choice, at=at)
    return choice


@transaction.atomic
def agree(*, choice: PanelChoice, by: Person, at: datetime) -> PanelChoice:
    """It stands. Of the second panel it is the choice of the round, which is finished with it.

    Raises WrongState when the panel has chosen already: two who agree at once make one choice."""
    nomination = locked_nomination(choice.nomination)
    choice = _locked(choice)
    if choice.state == PanelChoice.State.AGREED:
        raise WrongState(f"{choice.agreed_by} has agreed to this already. It stands.")
    may_agree(by, choice).require()
    it = nomination.round
    _insist_still_to_choose(it)
    _insist_it_stands(nomination)
    choice.agree(by=by, at=at)
    choice.save()
    told = hears.panel(it, choice.level)
    activity.record(events.PANEL_CHOICE_AGREED, actor=by, target=choice, at=at, notify=told)
    if choice.level == PanelSeat.Level.SECOND:
        _finish(it, choice, by, at)
    return choice


def _finish(it: SelectionRound, choice: PanelChoice, by: Person, at: datetime) -> None:
    """The reason goes back: to who told what was chosen, and to everybody who was put forward."""
    it.move(SelectionRound.FINISH, at=at)
    it.save(update_fields=["state", "since"])
    activity.record(
        events.NOMINATION_CHOSEN,
        actor=by,
        target=choice.nomination,
        at=at,
        notify=hears.of_nomination(choice.nomination),
    )
    others = Nomination.objects.put_forward().filter(round=it).exclude(pk=choice.nomination_id)
    activity.record_each(
        events.NOMINATION_NOT_CHOSEN,
        actor=by,
        at=at,
        targets=[(one, hears.of_nomination(one)) for one in others.for_list()],
    )


def _insist_still_to_choose(it: SelectionRound) -> None:
    agreed = PanelChoice.objects.agreed(it.level).filter(round=it)
    standing = agreed.filter(nomination__in=Nomination.objects.standing())
    most = MOST_SENT_UP if it.level == PanelSeat.Level.FIRST else 1
    if standing.count() >= most:
        raise WrongState(
            "Your panel has chosen three. That is as many as it sends up."
            if most > 1
            else "Your panel has chosen already."
        )


def _insist_it_stands(nomination: Nomination) -> None:
    if nomination.state not in Nomination.PUT_FORWARD or not nomination.stands:
        raise WrongState("Who told this has taken it out meanwhile. Choose among the others.")


def _locked(choice: PanelChoice) -> PanelChoice:
    return PanelChoice.objects.for_list().select_related("nomination__round").get(pk=choice.pk)
