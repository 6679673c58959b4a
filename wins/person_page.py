"""A person’s story and newest small wins on their page: those its reader may see, and a way to thank them."""

from __future__ import annotations

from cohorts.models import Person
from cohorts.person_page import Part, shows
from wins.models import Story, Win

NEWEST = 5


@shows
def story(reader: Person, person: Person) -> Part | None:
    it = Story.objects.visible_to(reader).published().filter(author=person).first()
    if it is None:
        return None
    return Part("wins/stories/_of_person.html", {"story": it, "is_me": reader.pk == person.pk})


@shows
def newest_wins(reader: Person, person: Person) -> Part | None:
    wins = (
        Win.objects.visible_to(reader)
        .logged()
        .filter(author=person)
        .only("what_happened", "logged_at")
        .order_by("-logged_at", "-id")[:NEWEST]
    )
    return Part(
        "wins/wins/_of_person.html",
        {"wins": list(wins), "of": person, "is_me": reader.pk == person.pk},
    )
