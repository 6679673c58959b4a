"""What the pulse keeps about a person: in which rounds they answered. What they said nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cohorts.models import Person
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells
from wins.models import PulseTurn
from wins.models.pulses import quarter_words


@tells
def tell(person: Person) -> Iterator[Section]:
    yield Section(
        "pulse",
        "Rounds of the pulse you answered (what you said is kept apart: nobody can find it)",
        ({"round": quarter_words(one.round)} for one in PulseTurn.objects.filter(person=person)),
    )


@says
def say(person: Person) -> Farewell:
    return Farewell(
        goes=["That you answered the pulse."],
        stays=[
            "What you said in the pulse, which nobody can tell from what others said.",
            "Figures you are counted in, which name nobody.",
        ],
    )


@forgets
def forget(person: Person, at: datetime) -> None:
    PulseTurn.objects.filter(person=person).delete()
