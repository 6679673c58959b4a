"""What a person is told of the voices they carried and answered, and how both forget them.

The words of a voice are its teller’s, so they are in nobody’s download; and the teller has no account:
their receipt shows them all that is kept, and takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cohorts.models import Person
from labs.models import Consent, LinkOpening, Response, ToldBack, Voice, VoicePoster
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells


@tells
def tell_voices(person: Person) -> Iterator[Section]:
    carried = Voice.objects.filter(carried_by=person).for_list()
    yield Section(
        "voices",
        "Voices you carried",
        (
            {"told": one.told_on, "to": one.to_words, "state": one.get_state_display()}
            for one in carried
        ),
    )
    taken = Consent.objects.filter(taken_by=person)
    yield Section(
        "consents",
        "Consents you took",
        ({"on": one.given_on, "until": one.until, "how": one.get_how_display()} for one in taken),
    )
    said = Response.objects.filter(by=person)
    yield Section(
        "voice_responses",
        "What you answered to voices",
        (
            {"on": one.on, "what": f"you: {one.get_kind_display()}", "your words": one.words}
            for one in said
        ),
    )
    told = ToldBack.objects.filter(by=person)
    yield Section(
        "told_back",
        "Answers you told back",
        ({"on": one.on, "how": one.get_how_display()} for one in told),
    )
    made = VoicePoster.objects.filter(made_by=person).for_list()
    yield Section(
        "voice_posters",
        "Posters you made",
        ({"made": one.made_at, "service": one.service.name, "to": one.to_words} for one in made),
    )


@says
def say_voices(person: Person) -> Farewell:
    return Farewell(
        stays=[
            "Voices you carried, and what you answered: others rely on them. Your name goes, also from the "
            "wording of consents you took.",
        ]
    )


@forgets
def forget_voices(person: Person, at: datetime) -> None:
    """The wording of a consent is evidence and stays, with the name taken out of it."""
    for consent in Consent.objects.filter(taken_by=person, wording__contains=person.name):
        consent.wording = consent.wording.replace(person.name, "a worker who has left")
        consent.save(update_fields=["wording"])
    LinkOpening.objects.filter(link__email__iexact=person.email).delete()
