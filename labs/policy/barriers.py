"""Who may do what with a barrier. Whether it is in turn is the state's business (the Steps)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cohorts.line_managers import is_deputy_for
from cohorts.models import Leader, Person
from labs.models import Barrier, LabMember
from systemschangers.kernel.policy import YES, Verdict, no

State = Barrier.State
WITHOUT_FELLOWS = (State.DUPLICATE, State.SET_ASIDE, State.FIXED)


def may_hide(person: Person) -> Verdict:
    """To hide something from an organisation we have to know which it is."""
    if person.reach.services:
        return YES
    return no(
        "We don’t know which organisation you work for, so we can’t hide this from it. "
        "Raise it with your name, or anonymously."
    )


def may_edit(person: Person, barrier: Barrier) -> Verdict:
    """The raiser, until somebody with power has answered in substance."""
    if barrier.raised_by_id != person.pk:
        return no("Only the person who raised a barrier can change its words.")
    if barrier.state not in (State.RAISED, State.LOOKING, State.SET_ASIDE):
        return no("Somebody has answered this, so its words stay as they were answered.")
    return YES


def may_say_same_here(person: Person, barrier: Barrier) -> Verdict:
    if barrier.raised_by_id == person.pk:
        return no("You raised this yourself.")
    if not person.reach.services:
        return no("“Same here” is said for a service, and you are in none here.")
    if barrier.state in WITHOUT_FELLOWS:
        return no(f"This barrier is “{barrier.get_state_display()}” now.")
    return YES


def holder(person: Person, barrier: Barrier, at: datetime) -> Leader | None:
    """As which leader `person` answers this: the one named, for whom a deputy stands in; where nobody
    is named (or who was has gone), any leader of the directory, who thereby takes it on."""
    named = barrier.leader
    if named is None or named.retired_at:
        return Leader.objects.visible_to(person).filter(person=person).first()
    if named.person_id is None:
        return None
    stands_in = is_deputy_for(person, named.person_id, timezone.localdate(at))
    return named if named.person_id == person.pk or stands_in else None


def may_answer(person: Person, barrier: Barrier, at: datetime) -> Verdict:
    """Nobody answers their own, not as a leader's deputy either."""
    if barrier.raised_by_id == person.pk:
        return no("You raised this, so somebody else answers it.")
    if holder(person, barrier, at):
        return YES
    if barrier.leader and not barrier.leader.retired_at:
        return no(f"Only {barrier.leader.name}, who has the power to change it, answers this.")
    return no("Only a leader, who has the power to change it, answers this.")


def may_say_whether_fixed(person: Person, barrier: Barrier) -> Verdict:
    """Whoever raised it. Of an anonymous one that is whoever holds the receipt, on a page without names."""
    if barrier.raised_by_id == person.pk:
        return YES
    return no("Only who raised a barrier says whether it is fixed.")


def may_confirm(person: Person, barrier: Barrier) -> Verdict:
    if barrier.state == State.CHANGED and barrier.asked_on is None:
        return no("We ask you four weeks after the change, so that it has had time to show.")
    return may_say_whether_fixed(person, barrier)


def may_name_holder(person: Person, barrier: Barrier) -> Verdict:
    if barrier.raised_by_id == person.pk or person.reach.is_programme_staff:
        return YES
    return no("Only who raised a barrier, and programme staff, ask a leader to answer it.")


def may_tidy(person: Person) -> Verdict:
    """Putting duplicates together, and setting aside what should not be read."""
    if person.reach.is_programme_staff:
        return YES
    return no("Only programme staff keep the board in order. Tell one of them.")


def may_set_aside(person: Person, barrier: Barrier) -> Verdict:
    if barrier.raised_by_id == person.pk:
        return no("You raised this yourself, so somebody else has to look at it.")
    return may_tidy(person)


def may_put_back(person: Person, barrier: Barrier) -> Verdict:
    return may_set_aside(person, barrier)


def may_pick_up(person: Person, barrier: Barrier) -> Verdict:
    """For a lab: whoever facilitates one, and programme staff."""
    runs_one = LabMember.objects.today().filter(person=person, facilitates=True)
    if person.reach.is_programme_staff or runs_one.exists():
        return YES
    return no("Only whoever runs a lab takes a barrier into it.")
