"""What is asked of whoever starts a lab, asks people in, and publishes its summary."""

from __future__ import annotations

from typing import Any

from django import forms

from cohorts.forms.leader_requests import area
from cohorts.forms.meanwhile import VersionedForm
from cohorts.forms.person_field import PersonField
from cohorts.forms.words import NameField, PlainForm, in_sentence_case
from cohorts.models import Place
from labs.models import LabMember

Role = LabMember.Role


class LabForm(VersionedForm):
    question = NameField(
        label="What is the question?",
        max_length=300,
        help_text="One that nobody can answer alone. “Why do people leave hospital with nowhere to go?”",
    )
    about = area(
        "What is it about?",
        2000,
        required=False,
        rows=4,
        help_text="Why now, who feels it, what you will not try to do.",
    )
    place = forms.ModelChoiceField(
        Place.objects.none(), label="Which place?", required=False, empty_label="No one place"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["place"]
        field.queryset = Place.objects.order_by("name")


class SummaryForm(VersionedForm):
    summary = area(
        "What would you like everyone to know?",
        5000,
        rows=12,
        help_text="What you asked, what you see now, what you tried and what came of it. "
        "Leave out names, and what shows who somebody is.",
    )


class MemberForm(PlainForm):
    """Somebody with an account, by name; or somebody without an e-mail address, by a card."""

    person = PersonField(
        label="Who has an account here?",
        required=False,
        help_text="Type their name, or their e-mail address. Leave it empty for somebody without one.",
    )
    role = forms.ChoiceField(
        label="They are here as",
        choices=in_sentence_case(Role.choices),
        initial=Role.WORKER,
        widget=forms.RadioSelect,
    )
    alias = NameField(
        label="A name to be called by in the lab",
        required=False,
        max_length=60,
        help_text="If they would rather not use their own. Others in the lab see this one alone.",
    )
    card_name = NameField(
        label="Or: somebody without an e-mail address",
        required=False,
        max_length=60,
        help_text="The name they want to be called by. It need not be their own. You print a card for "
        "them, with a code to sign in.",
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("person") and data.get("card_name"):
            self.add_error(
                "card_name", "Choose one: somebody with an account, or somebody without."
            )
        elif not data.get("person") and not data.get("card_name") and "person" not in self.errors:
            self.add_error("person", "Say who: by their account, or by a name for their card.")
        return data


class SeatForm(PlainForm):
    alias = NameField(
        label="Name in the lab",
        required=False,
        max_length=60,
        help_text="Left empty, it is the name of the account.",
    )
    access_needs = area(
        "What makes it possible to come?",
        1000,
        required=False,
        rows=3,
        help_text="Step-free, a lift home, an interpreter, a short day. Only who facilitates reads it.",
    )
    payment = area(
        "How is the time paid for?",
        500,
        required=False,
        rows=2,
        help_text="Vouchers, fares, a fee. Only who facilitates reads it.",
    )
    facilitates = forms.BooleanField(
        label="Facilitates this lab",
        required=False,
        help_text="Adds people, prints cards, publishes the summary, and reads what is private here.",
    )

    def __init__(self, *args: Any, may_run: bool, member: LabMember, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_run or member.role == Role.SERVICE_USER:
            del self.fields["facilitates"]
        if member.person.by_code_card:
            del self.fields["alias"]


class CodeForm(PlainForm):
    code = forms.CharField(
        label="The code on your card",
        max_length=60,
        help_text="Twelve letters and figures. Spaces and small letters don’t matter.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
