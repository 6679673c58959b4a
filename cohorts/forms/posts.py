from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cohorts.models import Person, Post, Service
from systemschangers.kernel.widgets import DateInput

from .person_field import PersonField
from .words import NameField, PlainForm, in_sentence_case

EARLIEST = date(1950, 1, 1)


def likely_day(day: date, *, ahead: timedelta = timedelta(days=366)) -> date:
    """Raises ValidationError for a day nobody means."""
    if not EARLIEST <= day <= timezone.localdate() + ahead:
        raise ValidationError("Check the year.")
    return day


class ServiceChoice(forms.ModelChoiceField):
    """A service, below the organisation it belongs to."""

    def __init__(self, **options: Any) -> None:
        services = Service.objects.select_related("organisation").order_by(
            "organisation__name", "name"
        )
        super().__init__(queryset=services, empty_label="Choose a service", **options)

    def label_from_instance(self, service: Any) -> str:
        return f"{service.organisation.name}: {service.name}"


class PostForm(PlainForm):
    """`person` is whose post it is; nobody is offered as their own line manager."""

    title = NameField(max_length=120, label="Job title")
    kind = forms.ChoiceField(
        choices=in_sentence_case(Post.Kind.choices),
        label="What kind of work is it?",
        widget=forms.RadioSelect,
        initial=Post.Kind.FRONTLINE,
    )
    line_manager = PersonField(required=False, label="Line manager")
    started = forms.DateField(label="First day", widget=DateInput)

    def __init__(self, *args: Any, person: Person, near: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        managers = Person.objects.here().filter(
            posts__ended=None, posts__kind__in=[Post.Kind.MANAGER, Post.Kind.LEADER]
        )
        if near is not None:
            managers = managers.filter(posts__service__organisation=near)
        self.fields["line_manager"].offer(managers.exclude(pk=person.pk).distinct()[:100])  # type: ignore[attr-defined]

    def clean_started(self) -> date:
        return likely_day(self.cleaned_data["started"])

    def clean_line_manager(self) -> Person | None:
        manager = self.cleaned_data["line_manager"]
        if manager == self.person:
            raise ValidationError("Nobody is their own line manager.")
        return manager


class NewPostForm(PostForm):
    service = ServiceChoice(label="Service")
    field_order = ["service", "title", "kind", "line_manager", "started"]


class EndPostForm(PlainForm):
    on = forms.DateField(label="Last day", widget=DateInput)
    went_to = forms.ChoiceField(
        label="Where did they go?",
        choices=in_sentence_case(Post.WentTo.choices),
        widget=forms.RadioSelect,
        help_text="We count how many people stay on the frontline. Choose “not known” if you don’t know.",
    )

    def __init__(self, *args: Any, started: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.started = started

    def clean_on(self) -> date:
        day = likely_day(self.cleaned_data["on"])
        if day < self.started:
            raise ValidationError("The last day can’t be before the first.")
        return day


class TitleForm(PlainForm):
    title = NameField(max_length=120, label="Job title")
