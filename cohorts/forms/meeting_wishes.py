from __future__ import annotations

from typing import Any

from django import forms

from cohorts.models import Organisation, Person, Place, Post, Service, Theme
from systemschangers.kernel.widgets import DateInput

from .person_field import PersonField
from .words import PlainForm

LONGEST_SEARCH = 200


class MeetingForm(PlainForm):
    """Whether one is found, and about what."""

    open_to_meet = forms.BooleanField(
        required=False,
        label="People of other services may find me and ask to meet",
        help_text="Each time you can still say no. Without this you are not in the list.",
    )
    can_show = forms.CharField(
        required=False,
        max_length=500,
        label="What could you show somebody?",
        help_text="A way of doing things, a form that works, a morning at your side.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wants_to_see = forms.CharField(
        required=False,
        max_length=500,
        label="What would you like to see?",
        help_text="“How a hospital sends people home”, “what the duty desk does at nine”.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.order_by("name"),
        label="What is your work about?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class MatchPauseForm(PlainForm):
    until = forms.DateField(label="Until and with which day?", widget=DateInput)


class KeepApartForm(PlainForm):
    person = PersonField(label="Whom would you rather not be matched with?")


CHOSEN = ("place", "organisation", "service", "theme")


class MeetDirectoryForm(forms.Form):
    """The directory’s filters. What cannot be read is left out."""

    q = forms.CharField(required=False, max_length=LONGEST_SEARCH)
    place = forms.ModelChoiceField(
        Place.objects.order_by("name"), required=False, empty_label="Any place"
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), required=False, empty_label="Any organisation"
    )
    service: Any = forms.ModelChoiceField(
        Service.objects.none(), required=False, empty_label="Any service"
    )
    theme = forms.ModelChoiceField(
        Theme.objects.order_by("name"), required=False, empty_label="Any theme"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        service: Any = self.fields["service"]
        posts = Post.objects.current().filter(person__in=Person.objects.open_to_meet())
        with_somebody = Service.objects.filter(pk__in=posts.order_by().values("service"))
        service.queryset = with_somebody.select_related("organisation").order_by("name", "pk")
        service.label_from_instance = lambda one: f"{one.name}, {one.organisation.name}"
        self.is_valid()

    @property
    def chosen(self) -> bool:
        """Whether anything is chosen besides words: then what can be chosen stands open."""
        return any(self.cleaned_data.get(name) for name in CHOSEN)

    @property
    def narrowed(self) -> bool:
        return any(self.cleaned_data.values())

    def narrow(self, people: Any) -> Any:
        """The people it names. `people` is a queryset of Person."""
        given = self.cleaned_data
        if given.get("place"):
            people = people.working_in(service__place=given["place"])
        if given.get("organisation"):
            people = people.working_in(service__organisation=given["organisation"])
        if given.get("service"):
            people = people.working_in(service=given["service"])
        if given.get("theme"):
            people = people.filter(themes=given["theme"])
        if given.get("q"):
            people = people.who_show(" ".join(given["q"].split()))
        return people


def answers_of(person: Person) -> dict[str, Any]:
    return {
        "open_to_meet": person.open_to_meet,
        "can_show": person.can_show,
        "wants_to_see": person.wants_to_see,
        "themes": list(person.themes.all()),
    }
