"""What members write in a lab."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from cohorts.forms.leader_requests import area
from cohorts.forms.meanwhile import VersionedForm
from cohorts.forms.posts import likely_day
from cohorts.forms.time_requests import NOT_A_TIME, TimeInput
from cohorts.forms.words import NameField, PlainForm, in_sentence_case
from labs.models import Insight, Lab, LabSession
from systemschangers.kernel.widgets import DateInput


class LabSessionForm(VersionedForm):
    day = forms.DateField(label="Which day?", widget=DateInput)
    starts = forms.TimeField(
        label="At what time?", widget=TimeInput, error_messages={"invalid": NOT_A_TIME}
    )
    where = NameField(
        label="Where?", required=False, max_length=200, help_text="And how to get in."
    )
    notes = area(
        "Notes",
        6000,
        required=False,
        rows=8,
        help_text="What was said, without who said it. Any member can add to them.",
    )

    @property
    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        starts_at = datetime.combine(said.pop("day"), said.pop("starts"))
        return said | {"starts_at": timezone.make_aware(starts_at)}

    def clean_day(self) -> date:
        return likely_day(self.cleaned_data["day"])


def session_answers(session: LabSession) -> dict[str, Any]:
    """The answers that a session was made of."""
    local = timezone.localtime(session.starts_at)
    answers = {"day": local.date(), "starts": local.time().replace(second=0, microsecond=0)}
    return answers | {name: getattr(session, name) for name in ("where", "notes", "version")}


class InsightForm(VersionedForm):
    words = area(
        "What do you see now, that you did not see before?",
        1000,
        rows=4,
        help_text="An insight, not a solution. “People are told no by whoever answers the phone.”",
    )
    lens = forms.ChoiceField(
        label="About what?",
        choices=in_sentence_case(Insight.Lens.choices),
        initial=Insight.Lens.SYSTEM,
        widget=forms.RadioSelect,
    )


class PatternForm(VersionedForm):
    sentence = NameField(
        label="The sentence",
        max_length=300,
        help_text="What these insights say together.",
    )
    insights = forms.ModelMultipleChoiceField(
        Insight.objects.none(),
        label="Which insights say it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, lab: Lab, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["insights"]
        field.queryset = Insight.objects.filter(lab=lab)
        field.label_from_instance = lambda insight: insight.words

    @property
    def chosen(self) -> list[int]:
        return [insight.pk for insight in self.cleaned_data["insights"]]


class ExperimentForm(VersionedForm):
    try_what = area(
        "What will you try?",
        1000,
        rows=3,
        help_text="Small enough to try in a few weeks, and to stop again.",
    )
    expect = area(
        "What do you think will happen?",
        1000,
        rows=3,
        help_text="Say it before you know. It stays as you write it.",
    )
    by_when = forms.DateField(label="By when will you have tried it?", widget=DateInput)


class OutcomeForm(PlainForm):
    noticed = area("What did you notice?", 2000, rows=4, help_text="Also what you did not expect.")
    outcome = forms.ChoiceField(
        label="What will you do with it?",
        choices=[
            ("adapt", "Adapt it, and try again"),
            ("adopt", "Adopt it: we do it like this from now on"),
            ("abandon", "Abandon it, wiser than before"),
        ],
        widget=forms.RadioSelect,
    )


class DecisionForm(PlainForm):
    statement = area("What did you decide?", 1000, rows=3)
    review_on = forms.DateField(
        label="When will you look at it again?",
        widget=DateInput,
        help_text="It comes back to everybody in the lab on that day.",
    )


class ReviewForm(PlainForm):
    verdict = forms.ChoiceField(
        label="Does it still stand?",
        choices=[("stands", "Yes, it stands"), ("ended", "No, it no longer stands")],
        widget=forms.RadioSelect,
    )
    review_on = forms.DateField(
        label="If it stands: when will you look at it again?", required=False, widget=DateInput
    )
    words = area("What have you learnt since?", 1000, required=False, rows=3)
