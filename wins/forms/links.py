from __future__ import annotations

from typing import Any

from django import forms

from cohorts.models import Person
from systemschangers.kernel.models import Thread
from wins import search
from wins.models import Win
from wins.models.win_queryset import WinQuerySet

MOST_EARLIER = 20


class LinkForm(forms.Form):
    """One more win that this one came of. With `words`: any that the person may see and that holds them."""

    came_of = forms.TypedChoiceField(
        label="Which win did it come of?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a win.",
            "invalid_choice": "You can’t see that win any more. Choose another one.",
        },
    )

    def __init__(
        self, *args: Any, person: Person, win: Win, words: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        wins = wins_holding(words, person, win) if words else earlier_wins(person, win)
        self.fields["came_of"].choices = [(one.pk, _told(one, person)) for one in wins]  # type: ignore[attr-defined]


def _told(win: Win, person: Person) -> str:
    """A colleague's win with the name of its author: two may tell of the same afternoon."""
    return win.excerpt if win.author_id == person.pk else f"{win.excerpt} ({win.author})"


def wins_holding(words: str, person: Person, win: Win) -> list[Win]:
    """The newest that hold the words, of all this person may see, but for what is linked already."""
    wins = _to_choose(person, win).logged()
    found = search.Found(wins, search.query_for(words), far=wins)
    return found.order_by("-logged_at", "-id")[:MOST_EARLIER]


def earlier_wins(person: Person, win: Win | None = None) -> list[Win]:
    """What a win of this person may have come of: their own, and those they said they would try."""
    mine = Win.objects.logged().filter(author=person)
    tried = Win.objects.logged().filter(appreciations__person=person, appreciations__kind="try")
    wins = _to_choose(person, win).filter(pk__in=(mine | tried).values("pk"))
    return list(wins.order_by("-logged_at", "-pk")[:MOST_EARLIER])


def _to_choose(person: Person, win: Win | None) -> WinQuerySet:
    wins = Win.objects.visible_to(person).select_related("author").defer("search")
    if win is not None:
        linked = Thread.objects.filter(
            source_type=Win._meta.label_lower, source_id=win.pk, kind=Thread.Kind.CAME_OF
        )
        wins = wins.exclude(pk=win.pk).exclude(pk__in=linked.values("target_id"))
    return wins
