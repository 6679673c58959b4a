from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.models import Deputyship, Person, Post
from systemschangers.kernel.widgets import DateInput

from .person_field import PersonField
from .words import PlainForm

LONGEST = timedelta(days=366)


class DeputyshipForm(PlainForm):
    """`person` is who will be away."""

    deputy = PersonField(label="Your deputy")
    starts = forms.DateField(label="First day", widget=DateInput)
    ends = forms.DateField(label="Last day", widget=DateInput)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        near = Person.objects.in_service(*person.reach.services).filter(
            posts__kind__in=[Post.Kind.MANAGER, Post.Kind.LEADER]
        )
        self.fields["deputy"].offer(near.exclude(pk=person.pk)[:100])  # type: ignore[attr-defined]

    def clean_deputy(self) -> Person:
        deputy = self.cleaned_data["deputy"]
        if deputy == self.person:
            raise ValidationError("Choose somebody else as your deputy.")
        return deputy

    def clean_starts(self) -> date:
        starts = self.cleaned_data["starts"]
        if starts < timezone.localdate():
            raise ValidationError("The first day can’t be in the past.")
        return starts

    def clean(self) -> dict[str, Any]:
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends:
            if ends < starts:
                self.add_error("ends", "The last day can’t be before the first.")
            elif ends - starts > LONGEST:
                self.add_error("ends", "Name a deputy for a year at most.")
            else:
                self._look_for_overlap(starts, ends)
        return self.cleaned_data

    def _look_for_overlap(self, starts: date, ends: date) -> None:
        other = (
            Deputyship.objects.filter(
                person=self.person, called_off_at=None, starts__lte=ends, ends__gte=starts
            )
            .select_related("deputy")
            .first()
        )
        if other:
            self.add_error(
                "starts",
                f"{other.deputy} is already your deputy from {other.starts.day} {other.starts:%B} "
                f"to {other.ends.day} {other.ends:%B}. Call that off first, or choose other days.",
            )
