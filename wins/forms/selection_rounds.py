from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cohorts.forms.leader_requests import area
from cohorts.forms.person_field import PersonField
from cohorts.forms.words import NameField, PlainForm
from cohorts.models import Person
from systemschangers.kernel.widgets import DateInput
from wins.models import PanelSeat, SelectionRound, Story, Win

MOST_OWN = 25


class SelectionRoundForm(PlainForm):
    """What a round looks for, and in which period."""

    domain = NameField(
        label="Which kind of change do you look for?",
        max_length=160,
        help_text="As “changes in how services work with one another”. One kind for a round.",
    )
    about = area(
        "What do you mean by it?",
        1000,
        required=False,
        help_text="A sentence or two, so that people know whether theirs belongs here.",
    )
    starts = forms.DateField(label="First day of the period", widget=DateInput)
    ends = forms.DateField(label="Last day of the period", widget=DateInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last day is before the first.")
        return data

    @property
    def given(self) -> dict[str, Any]:
        """For an action, without the version. For a valid form."""
        return {name: self.cleaned_data[name] for name in ("domain", "about", "starts", "ends")}


def answers_of(it: SelectionRound) -> dict[str, Any]:
    return {name: getattr(it, name) for name in ("domain", "about", "starts", "ends", "version")}


class SeatForm(PlainForm):
    person = PersonField(label="Whom do you ask?")
    level = forms.TypedChoiceField(
        label="For which panel?",
        coerce=int,
        choices=[
            (PanelSeat.Level.FIRST, "The first: reads all, and sends up to three on"),
            (PanelSeat.Level.SECOND, "The second: reads those, and chooses one"),
        ],
        widget=forms.RadioSelect,
    )


class NominationForm(PlainForm):
    """Which one, unless the page that led here said so; in which round; and why it matters."""

    thing = forms.ChoiceField(
        label="Which one?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of these."},
    )
    round: Any = forms.ModelChoiceField(
        SelectionRound.objects.none(),
        label="In which round?",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    why = area(
        "Why does it matter to you?",
        2000,
        rows=5,
        help_text="In your own words. The panels read it beside the story, with your name.",
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        thing: Win | Story | None = None,
        it: SelectionRound | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.given_thing, self.given_round = thing, it
        self.things: dict[str, Win | Story] = {}
        rounds = list(SelectionRound.objects.visible_to(person).open().order_by("-opened_at"))
        if thing is not None:
            del self.fields["thing"]
        else:
            self.things = own_things(person, it or (rounds[0] if rounds else None))
            self.fields["thing"].choices = [  # type: ignore[attr-defined]
                (key, one.excerpt) for key, one in self.things.items()
            ]
        if it is not None:
            del self.fields["round"]
        else:
            keys = [one.pk for one in rounds]
            self.fields["round"].queryset = SelectionRound.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
            if len(rounds) == 1:
                self.fields["round"].initial = keys[0]

    @property
    def chosen(self) -> dict[str, Any]:
        """The round, the thing and why, for the action. For a valid form."""
        data = self.cleaned_data
        return {
            "it": self.given_round or data["round"],
            "thing": self.given_thing or self.things[data["thing"]],
            "why": data["why"],
        }


def own_things(person: Person, it: SelectionRound | None) -> dict[str, Win | Story]:
    """What somebody could put forward of their own: their story, and the wins of the round’s period."""
    things: dict[str, Win | Story] = {}
    for story in Story.objects.filter(author=person).published():
        things[f"story-{story.pk}"] = story
    wins = Win.objects.filter(author=person).logged().defer("search")
    if it is not None:
        wins = wins.filter(logged_at__date__range=(it.starts, it.ends))
    for win in wins.order_by("-logged_at", "-id")[:MOST_OWN]:
        things[f"win-{win.pk}"] = win
    return things


class ReasonForm(PlainForm):
    reason = area(
        "Why does your panel choose this one?",
        3000,
        rows=5,
        help_text="What you talked over, in words its teller can read. Everybody whose story was put"
        " forward reads this too, so tell of the change and not of people.",
    )


def last_quarter(today: date) -> dict[str, date]:
    """The three months before this one, which a new round begins with."""
    months = today.year * 12 + today.month - 1 - 3
    first = date(months // 12, months % 12 + 1, 1)
    return {"starts": first, "ends": today}
