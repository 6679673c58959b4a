"""Of a thing that something is told about: who keeps it, who sees what is told, whether it is so far."""

from __future__ import annotations

from typing import Any

from cohorts.models import Commitment, PeerMeeting, PeerPlace, Person, Practice
from systemschangers.kernel.policy import YES, Verdict, no
from wins.models import Win
from wins.models.things import kind_of


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
    raise TypeError(f"nobody is known to keep a {kind_of(thing)}")


def is_keeper(person: Person, thing: Any) -> bool:
    if isinstance(thing, Win):
        return thing.author_id == person.pk
    return person.pk in {one.pk for one in keepers(thing)}


def sees(person: Person, thing: Any) -> bool:
    return type(thing).objects.visible_to(person).filter(pk=thing.pk).exists()


def is_far_enough(thing: Any) -> Verdict:
    """Nothing comes of what has not happened."""
    if isinstance(thing, Win) and thing.state != Win.State.LOGGED:
        return no("Log the win first. Then you can say what came of it.")
    if isinstance(thing, Practice) and thing.state != Practice.State.PUBLISHED:
        return no("This practice is not published now.")
    if isinstance(thing, PeerMeeting) and thing.state != PeerMeeting.State.HELD:
        return no("This meeting has not been held.")
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
    return "Seen by whoever sees the request this promise was made in."
