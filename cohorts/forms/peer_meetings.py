"""What people fill in to meet across services: an invitation, dates, an open meeting, whether they met."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from cohorts.models import PeerMeeting, Person, ProposedDate
from cohorts.policy.peer_meetings import may_invite
from systemschangers.kernel.widgets import DateInput

from .leader_requests import WordsForm, area
from .person_field import PersonField
from .signed_links import MetForm, OfferForm, TimeInput
from .words import PlainForm, in_sentence_case

HOURS = {
    "min_value": Decimal("0.25"),
    "max_value": Decimal(12),
    "max_digits": 4,
    "decimal_places": 2,
    "widget": forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    "error_messages": {
        "max_value": "Twelve hours at most.",
        "min_value": "A quarter of an hour at least.",
        "invalid": "Write the hours as a number, like 1.5.",
    },
}
QUESTION = {
    "label": "What would you like to compare?",
    "help_text": "A question, as “How do you hold a bed for somebody in hospital?”",
    "error_messages": {"required": "Write a question. One sentence is enough."},
}


class WhereForm(PlainForm):
    """A room with a word on how to get in, or a link to a call."""

    where = forms.CharField(
        label="Where?", max_length=200, required=False, help_text="A room and its address."
    )
    link = forms.URLField(
        label="Or a link to the call",
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "That is not a link. It begins with https://."},
    )
    access_note = forms.CharField(
        label="How to get in",
        max_length=300,
        required=False,
        help_text="Steps, a bell, where to park, whom to ask for.",
    )


class DatesForm(OfferForm, WhereForm):
    """Dates to choose from, and where."""

    field_order = [
        *(f"{what}_{number}" for number in (1, 2, 3) for what in ("day", "time")),
        *("where", "link", "access_note", "words"),
    ]

    def __init__(self, *args: Any, meeting: PeerMeeting | None = None, **options: Any) -> None:
        if meeting is not None and not options.get("initial"):
            names = ("where", "link", "access_note")
            options["initial"] = {name: getattr(meeting, name) for name in names}
        super().__init__(*args, **options)
        self.fields["where"].help_text = WhereForm.base_fields["where"].help_text
        self.order_fields(self.field_order)


class InvitationForm(DatesForm):
    """Whom, the question, and dates straight away if one likes."""

    person = PersonField(
        label="Whom do you want to meet?",
        help_text="Type their name, or their e-mail address. Best is somebody of another service.",
        error_messages={"required": "Say whom you want to meet."},
    )
    question = area(most=500, **QUESTION)  # type: ignore[arg-type]
    kind = forms.ChoiceField(
        label="How?",
        choices=[
            (PeerMeeting.Kind.ONE_TO_ONE, "Meet and talk"),
            (PeerMeeting.Kind.VISIT, "Come along to their work for half a day"),
        ],
        widget=forms.RadioSelect,
        initial=PeerMeeting.Kind.ONE_TO_ONE,
    )
    hours = forms.DecimalField(
        label="How many hours, with travel?",
        required=False,
        help_text="Left empty: one hour, or three and a half for a visit.",
        **HOURS,  # type: ignore[arg-type]
    )

    field_order = ["person", "question", "kind", "hours", *DatesForm.field_order]

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        for name in ("day_1", "time_1"):
            self.fields[name].required = False
        self.fields["words"].label = "Anything else to say?"

    @property
    def says_more(self) -> bool:
        """Whether something that is folded away is filled in or has to be mended."""
        folded = [name for name in self.fields if name not in ("person", "question", "kind")]
        return any(name in self.errors or self[name].value() for name in folded)

    def clean_person(self) -> Person:
        person = self.cleaned_data["person"]
        may = may_invite(self.by, person)
        if not may:
            raise forms.ValidationError(may.reason)
        return person


class DatesAnswerForm(PlainForm):
    """Which of the dates suit: one, or in a trio whichever do, while others have to answer yet."""

    def __init__(self, *args: Any, meeting: PeerMeeting, several: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        now = timezone.now()
        dates = [date for date in meeting.dates.all() if date.starts_at > now]  # type: ignore[attr-defined]
        self.by_key = {str(date.pk): date for date in dates}
        choices = [(str(date.pk), _spoken(date)) for date in dates]
        gone = "That date is no longer there. Choose one of those shown."
        common: dict[str, Any] = {"choices": choices}
        common["error_messages"] = {"required": "Choose a date.", "invalid_choice": gone}
        if several:
            self.fields["dates"] = forms.MultipleChoiceField(
                label="Which dates suit you?", widget=forms.CheckboxSelectMultiple, **common
            )
        else:
            self.fields["dates"] = forms.ChoiceField(
                label="Which date suits you?", widget=forms.RadioSelect, **common
            )

    def clean_dates(self) -> list[ProposedDate]:
        chosen = self.cleaned_data["dates"]
        return [self.by_key[key] for key in ([chosen] if isinstance(chosen, str) else chosen)]


def _why() -> forms.ChoiceField:
    """In a list, and no must: the words beside it are for the other; this is counted, without a name."""
    return forms.ChoiceField(
        label="What was it?",
        required=False,
        choices=[("", "I would rather not say"), *in_sentence_case(PeerMeeting.WhyNot.choices)],
        help_text="Staff who pair people count these, without names.",
    )


class PeerMetForm(MetForm):
    why = _why()
    field_order = ["met", "why", "words"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].label = "If not: what was it?"
        self.fields["words"].label = "Anything to say about it to the other?"


class NotMeetingForm(WordsForm):
    """It will not be: a word to the others, and what it was."""

    why = _why()
    field_order = ["why", "words"]


def _spoken(proposed: ProposedDate) -> str:
    moment = timezone.localtime(proposed.starts_at)
    return f"{moment:%A} {moment.day} {moment:%B} at {moment:%H:%M}"


class OpenMeetingForm(WhereForm):
    """Hold a meeting that anybody here may come to."""

    question = area(most=500, **QUESTION)  # type: ignore[arg-type]
    day = forms.DateField(label="Which day?", widget=DateInput)
    starts = forms.TimeField(
        label="At what time?",
        widget=TimeInput(format="%H:%M"),
        error_messages={"invalid": "That is not a time of day. Write it like 14:30."},
    )
    hours = forms.DecimalField(label="How many hours?", initial=Decimal(1), **HOURS)  # type: ignore[arg-type]
    seats = forms.IntegerField(
        label="How many seats, besides yours?",
        min_value=2,
        max_value=200,
        initial=8,
        help_text="When they are taken, people wait in order, and move up by themselves.",
        error_messages={
            "min_value": "Two seats at least. For one person, send an invitation.",
            "max_value": "200 seats at most.",
            "invalid": "Write the number of seats, like 8.",
        },
    )
    field_order = ["question", "day", "starts", "hours", "seats", "where", "link", "access_note"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        day, starts = data.get("day"), data.get("starts")
        if day and starts:
            self._combine(day, starts)
        if "link" not in self.errors and not data.get("where") and not data.get("link"):
            self.add_error("where", "Say where: a room here, or a link to the call below.")
        return data

    def _combine(self, day: date, starts: time) -> None:
        moment = timezone.make_aware(datetime.combine(day, starts))
        if moment <= timezone.now():
            self.add_error("day", "That time has passed. Choose one that is still to come.")
        self.cleaned_data["meets_at"] = moment

    @property
    def given(self) -> dict[str, Any]:
        """For an action. For a valid form."""
        names = ("question", "meets_at", "hours", "seats", "where", "link", "access_note")
        return {name: self.cleaned_data[name] for name in names}


def answers_of(meeting: PeerMeeting) -> dict[str, Any]:
    """What the form shows of an open meeting that is there."""
    moment = timezone.localtime(meeting.meets_at)
    names = ("question", "hours", "seats", "where", "link", "access_note")
    return {name: getattr(meeting, name) for name in names} | {
        "day": moment.date(),
        "starts": moment.time(),
    }
