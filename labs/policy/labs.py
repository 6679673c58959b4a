"""Who may do what in a lab. Whoever is not a member today does not see that there is one (404)."""

from __future__ import annotations

from cohorts.models import Person
from labs.models import Lab, LabMember
from systemschangers.kernel.policy import YES, Verdict, no


def seat_of(person: Person, lab: Lab | int) -> LabMember | None:
    """Their seat in the lab today."""
    pk = lab if isinstance(lab, int) else lab.pk
    seats = LabMember.objects.today().select_related("person")
    return seats.filter(lab=pk, person=person.pk).first()


def may_start(person: Person) -> Verdict:
    if person.by_code_card:
        return no(
            "Your card opens the labs you are in. Ask who facilitates yours to start another."
        )
    if person.reach.services or person.reach.cohorts:
        return YES
    return no("A lab is started by somebody who works in a service here, or is in a cohort.")


def may_write(seat: LabMember | None, lab: Lab) -> Verdict:
    """Members, all of them, while it goes on."""
    if seat is None or seat.lab_id != lab.pk:
        return no("Only members of this lab write in it.")
    if not lab.is_going:
        return no("This lab has ended. Who facilitates it can take it up again.")
    return YES


def may_agree(seat: LabMember | None, lab: Lab) -> Verdict:
    """With a sentence of the lab: every member, by a card and under an alias too, and each for
    themselves alone."""
    return may_write(seat, lab)


def may_run(seat: LabMember | None, lab: Lab) -> Verdict:
    """Members, cards, the summary, ending it."""
    if seat is not None and seat.lab_id == lab.pk and seat.facilitates:
        return YES
    return no("Only who facilitates this lab can do this.")


def may_change(seat: LabMember | None, lab: Lab, made_by: LabMember) -> Verdict:
    """One's own words; and, so that a slip of an absent member can be mended, who facilitates."""
    if not (may := may_write(seat, lab)):
        return may
    if seat is not None and (seat.pk == made_by.pk or seat.facilitates):
        return YES
    return no("Only who wrote this, and who facilitates the lab, can change it.")


def may_see_private(seat: LabMember | None, member: LabMember) -> Verdict:
    """Access needs and payment: who facilitates, and the member themselves."""
    here = seat is not None and seat.lab_id == member.lab_id
    if here and seat is not None and (seat.facilitates or seat.pk == member.pk):
        return YES
    return no("Access needs and payment are between the member and who facilitates the lab.")


def may_remove(seat: LabMember | None, member: LabMember) -> Verdict:
    """Oneself, or who facilitates; but not the last one who does."""
    if seat is None or seat.lab_id != member.lab_id:
        return no("Only members of this lab can do this.")
    if not (seat.facilitates or seat.pk == member.pk):
        return no("Only who facilitates this lab takes others out of it.")
    others = LabMember.objects.today().filter(lab=member.lab_id, facilitates=True)
    if member.facilitates and not others.exclude(pk=member.pk).exists():
        return no("Somebody has to facilitate this lab. Let another member facilitate it first.")
    return YES
