from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cohorts.forms.leader_requests import area
from cohorts.forms.words import PlainForm
from cohorts.models import Board, Person
from systemschangers.kernel.widgets import DateInput
from wins.actions.board_papers import Wanted
from wins.impact.periods import period_words, periods
from wins.models import BoardPaper, Story
from wins.models.board_papers import MOST_STORIES

MOST_OFFERED = 30


class BoardPaperForm(PlainForm):
    """Which board, which period, and what staff choose: the rest is found in the records."""

    board: Any = forms.ModelChoiceField(
        Board.objects.none(), label="For which board?", empty_label="Choose one"
    )
    period = forms.ChoiceField(
        label="About which time?",
        help_text="A time that still goes on is told with the figures of the last quarter that is over.",
    )
    meets_on = forms.DateField(label="When does the board meet?", required=False, widget=DateInput)
    words = area(
        "What do you want to say first?",
        600,
        required=False,
        help_text="Two or three sentences at the top of the paper. Everyone on the board reads them.",
    )
    stories: Any = forms.ModelMultipleChoiceField(
        Story.objects.none(),
        label="Which stories?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Three at most. These are published for everyone here. If a teller takes one back, it"
        " is gone from the paper as well.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["board"].queryset = Board.objects.visible_to(person).select_related("organisation")
        fields["period"].choices = [(one, _upper(period_words(one))) for one in periods(today)]
        newest = Story.objects.visible_to(person).published().order_by("-published_at", "-id")
        keys = list(newest.values_list("pk", flat=True)[:MOST_OFFERED])
        chosen = (self.initial or {}).get("stories") or []
        fields["stories"].queryset = newest.filter(pk__in=[*keys, *chosen]).select_related("author")
        fields["stories"].label_from_instance = lambda story: f"{story.title} ({story.author.name})"

    def clean_stories(self) -> list[Story]:
        chosen = list(self.cleaned_data["stories"])
        if len(chosen) > MOST_STORIES:
            raise forms.ValidationError("Choose three stories at most: the paper has four pages.")
        return chosen

    @property
    def wanted(self) -> Wanted:
        """For an action. For a valid form."""
        names = ("board", "period", "meets_on", "words", "stories")
        return Wanted(**{name: self.cleaned_data[name] for name in names})


def answers_of(paper: BoardPaper) -> dict[str, Any]:
    """What the form shows of a paper that is there."""
    plain = ("board", "period", "meets_on", "words", "version")
    return {name: getattr(paper, name) for name in plain} | {"stories": paper.chosen}


def beginning(board: str, period: str, today: date) -> dict[str, Any]:
    """What a new paper begins with: the board its maker came from, and the last quarter that is over."""
    over = [one for one in periods(today) if "-q" in one][1]
    begun: dict[str, Any] = {"period": period if period in periods(today) else over}
    return begun | ({"board": int(board)} if board.isascii() and board.isdigit() else {})


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
