from __future__ import annotations

from typing import Any

from django import forms

from cohorts.models import Person
from systemschangers.kernel.models import Thread
from wins.models import Win

MOST_EARLIER = 20


class LinkForm(forms.Form):
    """One more win that this one came of."""

    came_of = forms.TypedChoiceField(
        label="Which win did it come of?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a win.",
            "invalid_choice": "You can’t see that win any more. Choose another one.",
        },
    )

    def __init__(self, *args: Any, person: Person, win: Win, **options: Any) -> None:
        super().__init__(*args, **options)
        wins = earlier_wins(person, win)
        self.fields["came_of"].choices = [(one.pk, one.excerpt) for one in wins]  # type: ignore[attr-defined]


def earlier_wins(person: Person, win: Win | None = None) -> list[Win]:
    """What a win of this person may have come of: their own, and those they said they would try."""
    mine = Win.objects.logged().filter(author=person)
    tried = Win.objects.logged().filter(appreciations__person=person, appreciations__kind="try")
    wins = Win.objects.visible_to(person).filter(pk__in=(mine | tried).values("pk"))
    if win is not None:
        linked = Thread.objects.filter(
            source_type=Win._meta.label_lower, source_id=win.pk, kind=Thread.Kind.CAME_OF
        )
        wins = wins.exclude(pk=win.pk).exclude(pk__in=linked.values("target_id"))
    return list(wins.defer("search").order_by("-logged_at", "-pk")[:MOST_EARLIER])
