from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts.models import Borrowing, PeerMeeting, Person, Practice, Service, Theme
from cohorts.policy.practices import services_to_borrow_for

from .leader_requests import area
from .words import NameField, PlainForm, in_sentence_case


class PracticeForm(PlainForm):
    """What others need to know to borrow it. `people` are those who met."""

    title = NameField(
        max_length=120, label="What is it, in a few words?", help_text="As “A key before a form”."
    )
    what = area(
        "What do they, or you, do?",
        3000,
        rows=5,
        help_text="So that somebody elsewhere could do it. Leave out names of people you support.",
    )
    works_when = area("When does it work?", 1500, required=False)
    fails_when = area("When doesn’t it?", 1500, required=False)
    takes = area("What does it take?", 1500, required=False, help_text="Time, money, a yes.")
    service: Any = forms.ModelChoiceField(
        Service.objects.none(), label="Whose practice is it?", empty_label=None
    )
    ask: Any = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who can be asked about it?",
        empty_label="Nobody in particular",
        required=False,
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.order_by("name"),
        label="What is it about?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, people: list[Person], practice: Practice | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        ids = [person.pk for person in people]
        services = Service.objects.filter(posts__ended=None, posts__person__in=ids)
        if practice is not None:
            services |= Service.objects.filter(pk=practice.service_id)
        services = services.select_related("organisation").order_by("name").distinct()
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        self.fields["service"].label_from_instance = (  # type: ignore[attr-defined]
            lambda service: f"{service.name}, {service.organisation.name}"
        )
        here = Person.objects.here().filter(pk__in=ids)
        self.fields["ask"].queryset = here  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """For an action, without the version. For a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def answers_of(practice: Practice) -> dict[str, Any]:
    names = ("title", "what", "works_when", "fails_when", "takes", "service", "ask", "version")
    return {name: getattr(practice, name) for name in names} | {"themes": practice.themes.all()}


def begun_from(meeting: PeerMeeting, person: Person, note: Any) -> dict[str, Any]:
    """What a new practice starts with: the words of a note that was kept of the meeting."""
    start: dict[str, Any] = {"ask": person}
    if note is not None:
        start["what"] = note.we_do or note.they_do
        start["ask"] = note.author if note.we_do else person
    asked: Person = start["ask"]
    post = asked.posts.current().order_by("-started").first()  # type: ignore[attr-defined]
    return start | ({"service": post.service_id} if post else {})


class ShelfForm(forms.Form):
    """What the shelf of practices is narrowed by. A choice that is gone narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label="Search")
    theme: Any = forms.ModelChoiceField(
        Theme.objects.order_by("name"), required=False, label="Theme", empty_label="All themes"
    )
    service: Any = forms.ModelChoiceField(
        Service.objects.none(), required=False, label="Service", empty_label="All services"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shown = Practice.objects.published()
        where = Service.objects.filter(pk__in=shown.values("service")) | Service.objects.filter(
            pk__in=Borrowing.objects.filter(practice__in=shown).values("service")
        )
        self.fields["service"].queryset = where.order_by("name", "id")  # type: ignore[attr-defined]


class BorrowForm(PlainForm):
    """We do this too, or we borrow it; for which of one's services, and from whom one learned of it."""

    how = forms.ChoiceField(
        label="How is it with you?",
        choices=[("borrowing", "We are borrowing it"), ("we_do", "We do this too")],
        widget=forms.RadioSelect,
        help_text="If you borrow it, we ask you in eight weeks how it went.",
    )
    service: Any = forms.ModelChoiceField(
        Service.objects.none(), label="For which service?", empty_label=None
    )
    learned_from: Any = forms.ModelChoiceField(
        Borrowing.objects.none(),
        label="Where did you learn of it?",
        required=False,
        empty_label="From where it began, or from this page",
    )

    def __init__(self, *args: Any, practice: Practice, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = services_to_borrow_for(person, practice)
        self.fields["service"].queryset = Service.objects.filter(  # type: ignore[attr-defined]
            pk__in=[service.pk for service in mine]
        )
        if mine:
            self.fields["service"].initial = mine[0].pk
        others = practice.borrowings.exclude(person=person).for_list()  # type: ignore[attr-defined]
        self.fields["learned_from"].queryset = others  # type: ignore[attr-defined]
        self.fields["learned_from"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.service.name}, {one.service.organisation.name}"
        )


class HowItWentForm(PlainForm):
    outcome = forms.ChoiceField(
        label="How did it go?",
        choices=in_sentence_case(
            [
                ("kept", "we kept it"),
                ("adapted", "we changed it to fit"),
                ("dropped", "we dropped it"),
            ]
        ),
        widget=forms.RadioSelect,
    )
    words = area(
        "Why?", 1500, help_text="Seen by everyone here. Others decide by it whether to borrow."
    )


class ChangeWordsForm(PlainForm):
    words = area("What would you like changed?", 1000)

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise ValidationError("Say what you would like changed.")
        return words
