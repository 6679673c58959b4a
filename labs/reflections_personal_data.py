"""A person's journal: theirs to take out whole, and gone when they leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cohorts.models import Person
from labs.models import Passage, Reflection
from systemschangers.kernel.models import Thread
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells


@tells
def tell_reflections(person: Person) -> Iterator[Section]:
    yield Section(
        "reflections",
        "Your journal",
        (
            {
                "day": one.on,
                "question": one.prompt,
                "your words": one.words,
                "changed": one.changed_at,
            }
            for one in Reflection.objects.filter(author=person)
        ),
    )
    yield Section(
        "passages",
        "Words of your journal that lie ready for another page",
        (
            {"words": one.words, "for": one.get_kind_display(), "since": one.made_at}
            for one in Passage.objects.filter(reflection__author=person)
        ),
    )


@says
def say_reflections(person: Person) -> Farewell:
    return Farewell(goes=["Your journal."])


@forgets
def forget_reflections(person: Person, at: datetime) -> None:
    for reflection in Reflection.objects.filter(author=person):
        Thread.objects.of(reflection).delete()
        reflection.delete()
