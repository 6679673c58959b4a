from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts.models import Cohort, Membership
from systemschangers.kernel.widgets import DateInput

from .meanwhile import SeenForm
from .organisations import place_field
from .person_field import PersonField
from .posts import likely_day
from .words import NameField, PlainForm, in_sentence_case

YEARS_AHEAD = timedelta(days=10 * 366)


class CohortForm(SeenForm):
    name = NameField(max_length=100, label="Name of the cohort")
    place = place_field()
    starts = forms.DateField(label="First day", widget=DateInput)
    ends = forms.DateField(label="Last day", required=False, widget=DateInput)
    applications_close_on = forms.DateField(
        label="Applications close on",
        required=False,
        widget=DateInput,
        help_text="The last day on which people can apply. Leave it empty if nobody applies.",
    )

    def __init__(self, *args: Any, besides: Cohort | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.besides = besides

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = Cohort.objects.exclude(pk=self.besides.pk if self.besides else 0)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("A cohort of that name is already here.")
        return name

    def clean_starts(self) -> date:
        return likely_day(self.cleaned_data["starts"], ahead=YEARS_AHEAD)

    def clean_ends(self) -> date | None:
        ends, starts = self.cleaned_data["ends"], self.cleaned_data.get("starts")
        if ends is None:
            return None
        if starts and ends < starts:
            raise ValidationError("The cohort can’t end before it starts.")
        return likely_day(ends, ahead=YEARS_AHEAD)

    def clean_applications_close_on(self) -> date | None:
        closes, ends = self.cleaned_data["applications_close_on"], self.cleaned_data.get("ends")
        if closes is None:
            return None
        if ends and closes > ends:
            raise ValidationError("Applications can’t close after the cohort has ended.")
        return likely_day(closes, ahead=YEARS_AHEAD)


def answers_of(cohort: Cohort) -> dict[str, Any]:
    """What the form shows of a cohort that is there."""
    place = cohort.place.name if cohort.place else ""
    plain = ("name", "starts", "ends", "applications_close_on")
    return {name: getattr(cohort, name) for name in plain} | {"place": place}


class MemberForm(PlainForm):
    person = PersonField(label="Who")
    role = forms.ChoiceField(
        choices=in_sentence_case(Membership.Role.choices),
        label="As what?",
        widget=forms.RadioSelect,
        initial=Membership.Role.PARTICIPANT,
    )
