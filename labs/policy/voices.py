"""Who may do what with a voice. Whether it is in turn is the state's business (the Steps)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from cohorts.models import Leader, Person
from labs.models import Voice, VoicePoster
from systemschangers.kernel.policy import YES, Verdict, no


def may_carry(person: Person) -> Verdict:
    """Whoever works in a service, or runs the programme: a voice comes from somewhere."""
    if person.reach.services:
        return YES
    return no("A voice is carried from a service, and you are in none here. Ask programme staff.")


def may_edit(person: Person, voice: Voice) -> Verdict:
    """Only after it was sent back: what staff and leaders read is what the person agreed to."""
    if voice.carried_by_id != person.pk:
        return no("Only the worker who carries a voice changes its words, with the person.")
    if voice.state != Voice.State.SENT_BACK:
        return no("Its words can be changed only when programme staff send it back.")
    return YES


def may_check(person: Person, voice: Voice) -> Verdict:
    """A second pair of eyes: never the carrier's own."""
    if voice.carried_by_id == person.pk:
        return no("You carry this voice, so somebody else has to look at it.")
    if person.reach.is_programme_staff:
        return YES
    return no("Only programme staff check voices before they are sent on.")


def answers_as(person: Person, voice: Voice) -> Leader | None:
    """As which leader `person` answers: the one it is for, or one who chairs or sits on the board."""
    mine = Leader.objects.filter(person=person, retired_at=None)
    if voice.leader_id:
        return mine.filter(pk=voice.leader_id).first()
    sits = Q(chaired_boards=voice.board_id) | Q(boards=voice.board_id)
    return mine.filter(sits).distinct().first()


def may_answer(person: Person, voice: Voice) -> Verdict:
    if voice.carried_by_id == person.pk:
        return no("You carry this voice, so somebody else answers it.")
    if answers_as(person, voice):
        return YES
    return no(f"Only {voice.to_words}, whom it is for, answers it.")


def may_speak_for(person: Person, voice: Voice) -> Verdict:
    """Passing on what the teller says, and telling back: whoever carries it, and programme staff for a
    carrier who has gone. Who gave a voice directly speaks by receipt, and for themselves."""
    if voice.way == Voice.Way.DIRECT:
        return no("Whoever told this holds the receipt, and says it with that.")
    if voice.carried_by_id == person.pk:
        return YES
    if person.reach.is_programme_staff and not _here(voice.carried_by):
        return YES
    return no("Only the worker who carries this voice passes on what the person says.")


def may_take_back(person: Person, voice: Voice) -> Verdict:
    """At the person's wish, told to their worker or to programme staff."""
    if voice.carried_by_id == person.pk or person.reach.is_programme_staff:
        return YES
    return no("Only the worker who carries this voice, and programme staff, take it back.")


def may_renew(person: Person, voice: Voice) -> Verdict:
    """A new consent is taken with the person, by the worker who carries their voice."""
    if voice.carried_by_id == person.pk:
        return YES
    return no("Only the worker who carries this voice asks the person anew.")


def may_make_poster(person: Person) -> Verdict:
    if person.reach.services:
        return YES
    return no("A poster is for a service, and you are in none here.")


def may_take_down(person: Person, poster: VoicePoster) -> Verdict:
    if person.reach.is_programme_staff or poster.service_id in person.reach.services:
        return YES
    return no("Only people of that service take its poster down.")


def may_be_read(person: Person, voice: Voice, today: date) -> Verdict:
    """Asked again inside every action: consent may have been taken back while the page was open."""
    if Voice.objects.visible_to(person, today).filter(pk=voice.pk).exists():
        return YES
    return no("This voice can’t be read any more: its consent has ended, or was taken back.")


def _here(person: Person | None) -> bool:
    return person is not None and person.is_active
