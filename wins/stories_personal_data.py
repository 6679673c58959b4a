"""What stories and rounds of most significant changes keep about a person, told to them and forgotten with
them. Read by wins.personal_data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage

from cohorts.models import Person
from systemschangers.kernel.personal_data import Enclosed, Farewell, Section, forgets, says, tells
from systemschangers.kernel.threads import threads_of
from wins.erasing import erase_stories
from wins.models import Nomination, PanelChoice, PanelSeat, Story


@tells
def tell(person: Person) -> Iterator[Section]:
    own = Story.objects.filter(author=person)
    yield Section(
        "story",
        "Your story",
        (
            {
                "in a few words": it.title,
                "what happened": it.words,
                "why you stay": it.why_i_stay,
                "to somebody who starts": it.to_who_starts,
                "what the photo shows": it.photo_alt,
                "what it rests on": [tied.title for tied in threads_of(it, person)],
                "state": it.get_state_display(),
                "begun": it.made_at,
                "published": it.published_at,
            }
            for it in own
        ),
        enclosed=(
            Enclosed(f"photos/story-{pk}.jpg", partial(default_storage.open, photo))
            for pk, photo in own.exclude(photo="").values_list("pk", "photo")
        ),
    )
    told = Nomination.objects.filter(teller=person).for_list()
    yield Section(
        "putforward",
        "What you told and was put forward as a most significant change",
        (
            {
                "round": one.round.domain,
                "what": one.excerpt,
                "put forward by": one.nominated_by.name,
                "why it matters to them": one.why,
                "state": one.get_state_display(),
                "when": one.made_at,
                "what panels said": [
                    choice.reason
                    for choice in PanelChoice.objects.visible_to(person)
                    .agreed()
                    .filter(nomination=one)
                ],
            }
            for one in told
        ),
    )
    yield Section(
        "nominations",
        "What you put forward for others",
        (
            {"round": one.round.domain, "why it matters to you": one.why, "when": one.made_at}
            for one in Nomination.objects.filter(nominated_by=person)
            .exclude(teller=person)
            .select_related("round")
        ),
    )
    yield Section(
        "panels",
        "Panels you are on, and reasons you wrote for them",
        (
            *(
                {"round": seat.round.domain, "panel": seat.get_level_display()}
                for seat in PanelSeat.objects.filter(person=person).select_related("round")
            ),
            *(
                {"reason": choice.reason, "when": choice.proposed_at}
                for choice in PanelChoice.objects.filter(proposed_by=person)
            ),
        ),
    )


@says
def say(person: Person) -> Farewell:
    return Farewell(
        goes=[
            "Your story, with its photo.",
            "What you told and was put forward as a most significant change, and what panels said of it.",
            "Your places on panels, and what you proposed there and nobody agreed to.",
        ],
        stays=[
            "Why others’ wins and stories mattered to you, without your name.",
            "Reasons you wrote for a panel that another agreed to, without your name.",
        ],
    )


@forgets
def forget(person: Person, at: datetime) -> None:
    """A story is its teller: it goes whole. So does a yes to be put forward, and all that rests on it."""
    Nomination.objects.filter(teller=person).delete()
    erase_stories(Story.objects.filter(author=person))
    asked = Nomination.State.ASKED
    Nomination.objects.filter(nominated_by=person, state=asked).delete()
    PanelChoice.objects.filter(proposed_by=person, state=PanelChoice.State.PROPOSED).delete()
    PanelSeat.objects.filter(person=person).delete()
