from __future__ import annotations

from typing import Any

from django import forms

from cohorts.forms.leader_requests import area
from cohorts.forms.words import NameField, PlainForm
from cohorts.models import Person
from wins.actions.stories import Telling
from wins.forms.photos import KeepsPhoto
from wins.models import Story
from wins.story_ground import Ground


class StoryForm(KeepsPhoto, PlainForm):
    """How somebody stayed and what they changed, in their words. Two fields are enough."""

    title = NameField(
        label="Your story in a few words",
        max_length=120,
        help_text="As “Nine years of nights, and a door that stays open now”.",
    )
    words = area(
        "What happened, and what changed?",
        6000,
        rows=10,
        help_text="What was in the way, what you did from where you are, who helped, how it is now."
        " Leave out anything that shows who somebody you support is.",
    )
    why_i_stay = area("Why do you stay?", 2000, required=False)
    to_who_starts = area("What would you tell somebody who starts today?", 2000, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["title", "words", "why_i_stay", "to_who_starts", "photo", "photo_alt"]

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        self.person = person
        super().__init__(*args, **options)

    def telling(self) -> Telling:
        """The whole of it, for an action. For a valid form."""
        names = ("title", "words", "why_i_stay", "to_who_starts", "photo_alt")
        return Telling(**{name: self.cleaned_data[name] for name in names}, photo=self.photo_so_far)


def told_of(story: Story) -> dict[str, Any]:
    """What a form for this story shows first: the story as it stands."""
    names = ("title", "words", "why_i_stay", "to_who_starts", "photo_alt", "version")
    return {name: getattr(story, name) for name in names}


class RestsOnForm(PlainForm):
    """Which of what one did, changed or was promised a story rests on."""

    def __init__(self, *args: Any, ground: list[Ground], **options: Any) -> None:
        super().__init__(*args, **options)
        self.things: dict[str, Any] = {}
        for number, group in enumerate(ground):
            choices = []
            for thing, words in group.things:
                key = f"{thing._meta.label_lower}-{thing.pk}"
                self.things[key] = thing
                choices.append((key, words))
            self.fields[f"group_{number}"] = forms.MultipleChoiceField(
                label=group.label,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={
                    "invalid_choice": "One of these is no longer there. Choose among those shown."
                },
            )

    @property
    def chosen(self) -> list[Any]:
        """The things themselves. For a valid form."""
        return [self.things[key] for keys in self.cleaned_data.values() for key in keys]
