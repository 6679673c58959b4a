"""What is asked of whoever raises a barrier, answers one, or keeps the board."""

from __future__ import annotations

from typing import Any

from django import forms

from cohorts.forms.leader_requests import area
from cohorts.forms.words import PlainForm, in_sentence_case
from cohorts.models import Leader, Person, Place, Service, Theme
from labs.models import Barrier
from systemschangers.kernel.widgets import DateInput


class AnswersForm(PlainForm):
    """The questions: one is needed, the others help. The same whichever way a barrier is raised."""

    what = area(
        "What gets in the way?",
        2000,
        rows=4,
        help_text="A sentence or two, as you would tell a colleague. Leave out names of people you support.",
    )
    who_feels = forms.CharField(
        label="Who feels it?",
        required=False,
        max_length=300,
        help_text="As “people leaving hospital, and whoever drives them home”.",
    )
    reported = forms.ChoiceField(
        label="Is it reported anywhere?",
        required=False,
        choices=in_sentence_case(Barrier.Reported.choices),
        widget=forms.RadioSelect,
        help_text="In figures, incident forms, reviews.",
    )
    rule = forms.ChoiceField(
        label="Is it a rule, or a habit?",
        required=False,
        choices=in_sentence_case(Barrier.Rule.choices),
        widget=forms.RadioSelect,
        help_text="Habits can often be bent. Rules can be read.",
    )
    rule_cited = forms.CharField(
        label="If it is written: which rule?",
        required=False,
        max_length=500,
        help_text="The policy, form or paragraph, if you know it.",
    )
    leader = forms.ModelChoiceField(
        Leader.objects.none(),
        label="Who has the power to change it?",
        required=False,
        empty_label="Nobody I can name, or not in this list",
        help_text="We write to whoever you choose, and they answer on the board.",
    )
    power = forms.CharField(
        label="Or in your own words",
        required=False,
        max_length=300,
        help_text="As “whoever signs the contract”, “the team next door”.",
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label="What is it about?", required=False, empty_label="Choose one"
    )
    place = forms.ModelChoiceField(
        Place.objects.none(), label="Which place?", required=False, empty_label="No one place"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices: dict[str, Any] = {
            "leader": Leader.objects.filter(retired_at=None).order_by("name", "id"),
            "theme": Theme.objects.order_by("name"),
            "place": Place.objects.order_by("name"),
        }
        for name, queryset in choices.items():
            if name in self.fields:
                self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("rule_cited") and data.get("rule") != Barrier.Rule.WRITTEN:
            self.add_error(
                "rule", "You name a rule. Choose “A written rule”, or take the name out."
            )
        return data

    @property
    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in AnswersForm.base_fields}


class RaiseForm(AnswersForm):
    """With the two ways that have a name behind them. The third has a page of its own."""

    way = forms.ChoiceField(
        label="Who may see it?",
        choices=[
            (Barrier.Way.NAMED, "Everyone here, with my name"),
            (Barrier.Way.HIDDEN, "Everyone but people of my own organisation, with my name"),
        ],
        initial=Barrier.Way.NAMED,
        widget=forms.RadioSelect,
        help_text="Hidden: nobody who works where you work sees it, your manager included, on no page, "
        "in no search and no figure. Nor do people who have no post here.",
    )
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="In which service?",
        required=False,
        empty_label="None of them",
    )

    def __init__(self, *args: Any, person: Person, may_hide: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        own = Service.objects.filter(pk__in=person.reach.services).order_by("name")
        field: Any = self.fields["service"]
        field.queryset, field.initial = own, next(iter(person.reach.services), None)
        if not person.reach.services:
            del self.fields["service"]
        if not may_hide:
            way: Any = self.fields["way"]
            way.choices, way.help_text = way.choices[:1], ""
        leaders: Any = self.fields["leader"]
        leaders.queryset = leaders.queryset.exclude(person=person)


class AnonymousForm(AnswersForm):
    """The questions without the names: no service, since a small one has few people in it; and no
    directory of leaders, which is for people here, while this page is open to the whole world."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["leader"]
        power = self.fields["power"]
        power.label = "Who has the power to change it?"
        power.help_text = f"{power.help_text} Programme staff then ask somebody to answer."


class EditForm(AnswersForm):
    """`version`: of the words that were opened, so that nobody's change is written over unseen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)


class ReceiptForm(PlainForm):
    code = forms.CharField(
        label="Your receipt",
        max_length=100,
        help_text="Twenty letters and figures. Spaces, dashes and small letters don’t matter.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class ReceiptVerdictForm(PlainForm):
    words = area(
        "What is it like now?",
        1000,
        required=False,
        rows=3,
        help_text="Everyone here reads it. Leave out what shows who you are.",
    )


class SameHereForm(PlainForm):
    words = forms.CharField(
        label="How does it show where you work?",
        max_length=300,
        help_text="One line. It is shown with your name and your service.",
    )
    service = forms.ModelChoiceField(
        Service.objects.none(), label="In which service?", empty_label=None
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        own = Service.objects.filter(pk__in=person.reach.services).order_by("name")
        field: Any = self.fields["service"]
        field.queryset, field.initial = own, next(iter(person.reach.services), None)
        if len(person.reach.services) < 2:
            field.widget = forms.HiddenInput()


class VerdictForm(PlainForm):
    words = area("What is it like now?", 1000, required=False, rows=3)


class PromiseForm(PlainForm):
    words = area("What will you do?", 2000, rows=3)
    due_on = forms.DateField(label="By when?", widget=DateInput)


class HandDownForm(PlainForm):
    service = forms.ModelChoiceField(
        Service.objects.none(), label="Which team may decide?", empty_label="Choose one"
    )
    decision = area("What may they decide?", 1000, rows=2, help_text="“You may …”")
    limits = area(
        "Within which limits?",
        1000,
        rows=2,
        help_text="How much, for whom, and when to ask you first.",
    )
    until = forms.DateField(
        label="Until when?", required=False, widget=DateInput, help_text="Leave empty for good."
    )

    def __init__(self, *args: Any, barrier: Barrier, **options: Any) -> None:
        super().__init__(*args, **options)
        services = Service.objects.select_related("organisation").exclude(
            organisation__in=barrier.hidden_from.all()
        )
        field: Any = self.fields["service"]
        field.queryset = services.order_by("organisation__name", "name")
        field.label_from_instance = lambda service: f"{service.name}, {service.organisation.name}"
        field.initial = barrier.service_id


class HolderForm(PlainForm):
    leader = forms.ModelChoiceField(
        Leader.objects.none(), label="Who has the power to change it?", empty_label="Choose one"
    )
    words = area("Why them?", 1000, required=False, rows=2)

    def __init__(self, *args: Any, barrier: Barrier, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["leader"]
        others = Leader.objects.filter(retired_at=None).order_by("name", "id")
        field.queryset = others.exclude(pk=barrier.leader_id) if barrier.leader_id else others


class FindForm(PlainForm):
    """To find the other barrier, by its words."""

    q = forms.CharField(label="Words of the other one", max_length=200, required=False)
