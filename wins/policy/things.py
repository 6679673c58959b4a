"""Of a thing that something is told about: who keeps it, who sees what is told, whether it is so far."""

from __future__ import annotations

from typing import Any

from django.utils.text import get_text_list

from cohorts.models import Commitment, PeerMeeting, PeerPlace, Person, Practice
from labs.models import Experiment, Lab, LabMember
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Win
from wins.models.things import kind_of, things_seen_by


def keepers(thing: Any) -> list[Person]:
    """Whose it is: who wrote the win, owns the practice, met, or was given the promise."""
    if isinstance(thing, Win):
        return [thing.author]
    if isinstance(thing, Practice):
        return [one.person for one in thing.owners.select_related("person")]  # type: ignore[attr-defined]
    if isinstance(thing, PeerMeeting):
        met = PeerPlace.objects.of_those_who_met().filter(meeting=thing)
        return [place.person for place in met.select_related("person")]
    if isinstance(thing, Commitment):
        return [thing.request.worker]
    if lab := lab_of(thing):
        seats = LabMember.objects.today().filter(lab=lab)
        return [seat.person for seat in seats.select_related("person")]
    raise TypeError(f"nobody is known to keep a {kind_of(thing)}")


def is_keeper(person: Person, thing: Any) -> bool:
    if isinstance(thing, Win):
        return thing.author_id == person.pk
    return person.pk in {one.pk for one in keepers(thing)}


def lab_of(thing: Any) -> int | None:
    """The lab whose members keep it together, if it is a lab's."""
    if isinstance(thing, Experiment):
        return thing.lab_id
    return thing.pk if isinstance(thing, Lab) else None


def sees(person: Person, thing: Any) -> bool:
    return things_seen_by(person, kind_of(thing)).filter(pk=thing.pk).exists()


def names_of_keepers(thing: Any) -> str:
    """Who keeps it, for a sentence. Of a lab nobody is named: a member may be there under an alias."""
    if lab_of(thing):
        return "members of this lab"
    return get_text_list([one.name for one in keepers(thing)], "and") or "whose it is"


def is_far_enough(thing: Any) -> Verdict:
    """Nothing comes of what has not happened."""
    if isinstance(thing, Win) and thing.state != Win.State.LOGGED:
        return no("Log the win first. Then you can say what came of it.")
    if isinstance(thing, Practice) and thing.state != Practice.State.PUBLISHED:
        return no("This practice is not published now.")
    if isinstance(thing, PeerMeeting) and thing.state != PeerMeeting.State.HELD:
        return no("This meeting has not been held.")
    lab = thing if isinstance(thing, Lab) else getattr(thing, "lab", None)
    if isinstance(lab, Lab) and not lab.is_going:
        return no("This lab has ended. Who facilitates it can take it up again.")
    if isinstance(thing, Commitment) and thing.state not in KEPT:
        return no("This promise has not been kept, so nothing has come of it yet.")
    return YES


KEPT = {Commitment.State.KEPT, Commitment.State.PARTLY}


def seen_by(thing: Any) -> str:
    """Who sees what is told about it: a sentence."""
    if isinstance(thing, Win):
        return f"{thing.seen_by_words}."
    if isinstance(thing, Practice):
        return "Seen by everyone here."
    if isinstance(thing, PeerMeeting):
        return "Seen by everyone here." if thing.is_open else "Seen by those who met."
    if lab_of(thing):
        return "Seen by the members of the lab."
    return "Seen by whoever sees the request this promise was made in."
