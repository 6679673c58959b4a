"""Who may do what in a round of most significant changes. Whether a step is in turn is the state’s
business (the Steps on the models); this is about who."""

from __future__ import annotations

from cohorts.models import Person
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Nomination, PanelChoice, PanelSeat, SelectionRound, Story, Win

State = SelectionRound.State


def may_run_rounds(person: Person) -> Verdict:
    """Programme staff prepare a round and lead it on. They choose nothing, unless they sit on a panel."""
    if person.reach.is_programme_staff:
        return YES
    return no("Only programme staff prepare these rounds and lead them on.")


def may_leave_panel(person: Person, seat: PanelSeat) -> Verdict:
    """Oneself; or programme staff, who name somebody else."""
    if seat.person_id == person.pk or person.reach.is_programme_staff:
        return YES
    return no("Only they or programme staff can give up this place.")


def may_nominate(person: Person, it: SelectionRound, thing: Win | Story) -> Verdict:
    """Anybody here who sees it, while the round is open: one’s own, or somebody’s who is still here."""
    if it.state != State.OPEN:
        return no("This round takes no more stories.")
    if thing.state not in (Win.State.LOGGED, Story.State.PUBLISHED):
        own = "Log it" if isinstance(thing, Win) else "Publish it"
        return no(f"{own} first. Then it can be put forward.")
    if not thing.author.is_active:
        return no("Who told this has left, so nobody can say yes to it.")
    return YES


def may_answer_nomination(person: Person, nomination: Nomination) -> Verdict:
    """Its teller, while the round is open."""
    if nomination.teller_id != person.pk:
        return no("Only the person who told it can say yes or no.")
    if nomination.round.state != State.OPEN:
        return no("The round has gone on without it. Nobody has read it there.")
    return YES


def may_take_out(person: Person, nomination: Nomination) -> Verdict:
    """Its teller at any time. Who asked them, while they have not answered."""
    if nomination.teller_id == person.pk:
        return YES
    asked = nomination.state == Nomination.State.ASKED
    if asked and nomination.nominated_by_id == person.pk:
        return YES
    return no("Only the person who told it can take it out.")


def may_publish_nomination(person: Person, nomination: Nomination) -> Verdict:
    """Its teller, once a panel has chosen it and the round is finished."""
    if nomination.teller_id != person.pk:
        return no("Only the person who told it can say whether it is published.")
    if nomination.round.state != State.FINISHED:
        return no("This can be published once the round is finished.")
    if not PanelChoice.objects.agreed().filter(nomination=nomination).exists():
        return no("What a panel has chosen is published. This one stays where it is.")
    return YES


def may_choose(person: Person, nomination: Nomination) -> Verdict:
    """Propose it, or agree to it: those of the panel whose turn it is, but not who told it or put it
    forward."""
    it = nomination.round
    if not it.level:
        return no("No panel is choosing at the moment.")
    if not PanelSeat.objects.filter(round=it, person=person, level=it.level).exists():
        return no("Only the panel whose turn it is chooses.")
    if person.pk in (nomination.teller_id, nomination.nominated_by_id):
        return no("You told this, or put it forward, so the others of your panel decide on it.")
    return YES


def may_agree(person: Person, choice: PanelChoice) -> Verdict:
    """Another of the same panel than who proposed it: nobody decides on their own."""
    if choice.proposed_by_id == person.pk:
        return no("You proposed this. Somebody else of your panel has to agree.")
    if choice.level != choice.nomination.round.level:
        return no("That panel’s turn is over.")
    return may_choose(person, choice.nomination)


def may_take_choice_back(person: Person, choice: PanelChoice) -> Verdict:
    if choice.proposed_by_id == person.pk:
        return YES
    return no("Only who proposed it can take it back.")
